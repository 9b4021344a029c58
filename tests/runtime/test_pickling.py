"""What a user may put in a queue pickles, and holds no credential; what cannot says what to do instead."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from loopback import Connection, Heard, Server, events, reply
from sdk_runtime._base_client import FinalRequestOptions, PageInfo, make_request_options
from sdk_runtime._models import BaseModel, ResponseProblem, UnknownVariant, annotate
from sdk_runtime._params import simple
from sdk_runtime._streaming import ServerSentEvent
from sdk_runtime._types import NOT_GIVEN, NotGiven, Omit, Timeout, not_given, omit
from sdk_runtime._utils import path_template

Drive = Any
SECRET = "sk-very-secret-value"


class Item(BaseModel):
    id: str
    note: str | None = None


def again(value: Any) -> Any:
    found = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    return found[-1]


@pytest.mark.parametrize("sentinel", [NOT_GIVEN, not_given, omit])
def test_there_is_one_of_each_sentinel(sentinel: Any) -> None:
    assert again(sentinel) is copy.copy(sentinel) is copy.deepcopy(sentinel) is type(sentinel)() is sentinel
    assert not sentinel and isinstance(sentinel, (NotGiven, Omit))


def test_values_pickle() -> None:
    assert again(Item(id="1", more=[1])) == Item(id="1", more=[1])
    assert again(UnknownVariant(type="new")).raw == {"type": "new"}
    assert again(ResponseProblem(("a", 0), "no")) == ResponseProblem(("a", 0), "no")
    event = again(ServerSentEvent(event="a", data="b", id="c", retry=1))
    assert (event.event, event.data, event.id, event.retry) == ("a", "b", "c", 1)
    assert repr(again(PageInfo(params={"a": 1}))) == "PageInfo(params={'a': 1})"
    options = make_request_options(query={"a": simple([1, 2])}, timeout=Timeout(3), max_retries=1)
    path = path_template("/items/{id}", id="1")
    sent = again(FinalRequestOptions.of("get", path, options, body={"a": omit}))
    assert (sent.url, sent.url.template, sent.timeout, sent.body) == (path, "/items/{id}", Timeout(3), {"a": omit})
    assert sent.params["a"].raw == "1,2"


def raw(drive: Drive, cast_to: Any) -> Callable[[Any], Any]:
    """A call that returns the raw response."""
    wrappers = drive.module("_response")
    wrap = wrappers.async_to_raw_response_wrapper if drive.kind == "async" else wrappers.to_raw_response_wrapper

    def method(client: Any) -> Any:
        return wrap(lambda extra_headers=None: client.get("/x", cast_to=cast_to, options={"headers": extra_headers}))()

    return method


async def _await(value: Any) -> Any:
    return await value


def parsed(drive: Drive, response: Any, **arguments: Any) -> Any:
    import asyncio

    found = response.parse(**arguments)
    return asyncio.run(_await(found)) if drive.kind == "async" else found


def test_a_raw_response_pickles_with_what_it_was_parsed_into(drive: Drive, server: Server) -> None:
    server.answers(reply({"id": "1", "note": SECRET}, headers=[("x-request-id", "r1"), ("Set-Cookie", f"a={SECRET}")]))
    response = drive(raw(drive, Item), custom_headers={"X-Api-Key": SECRET})
    data = pickle.dumps(response)
    assert data.count(SECRET.encode()) == 1  # the note of the item, once in `parsed`; elsewhere it is masked
    found = pickle.loads(data)
    assert type(found) is type(response) and repr(found).endswith("[200 OK] type=Item>")
    assert (found.status_code, found.request_id, found.retries_taken) == (200, "r1", 0)
    assert parsed(drive, found) == Item(id="1", note=SECRET)
    assert parsed(drive, found, to=object)["id"] == "1"


def test_a_binary_result_pickles_with_its_content(drive: Drive, server: Server) -> None:
    server.answers(reply(bytes(range(256))))
    response = drive.module("_response")
    cls = response.AsyncBinaryAPIResponse if drive.kind == "async" else response.BinaryAPIResponse
    found = again(drive(lambda client: client.get("/x", cast_to=cls)))
    assert found.content == bytes(range(256)) and found.is_closed


def test_a_response_that_is_not_read_says_so(drive: Drive, server: Server) -> None:
    server.answers(reply({"id": "1"}))
    wrappers, is_async = drive.module("_response"), drive.kind == "async"
    wrap = wrappers.async_to_streamed_response_wrapper if is_async else wrappers.to_streamed_response_wrapper

    def manager(client: Any) -> Any:
        return wrap(lambda extra_headers=None: client.get("/x", cast_to=Item, options={"headers": extra_headers}))()

    def refused(client: Any) -> Any:
        with manager(client) as found, pytest.raises(TypeError, match="read it first"):
            pickle.dumps(found)

    async def arefused(client: Any) -> Any:
        async with manager(client) as found:
            with pytest.raises(TypeError, match="read it first"):
                pickle.dumps(found)

    drive(arefused if is_async else refused)


def test_streams_and_clients_say_what_to_do_instead(drive: Drive, server: Server) -> None:
    server.answers(events(b"data: 1\n\n"))
    streaming = drive.module("_streaming")
    cls = streaming.AsyncStream if drive.kind == "async" else streaming.Stream
    stream = drive(lambda client: client.get("/x", cast_to=object, stream=True, stream_cls=cls[object]))
    with pytest.raises(TypeError, match="put its events in the queue"):
        pickle.dumps(stream)

    def refuse(client: Any) -> None:
        for refused in (pickle.dumps, copy.copy):
            with pytest.raises(TypeError, match="make one in each process"):
                refused(client)

    drive(refuse)


@pytest.mark.parametrize(
    "copied",
    [again, copy.copy, copy.deepcopy, lambda item: item.model_copy(), lambda item: item.model_copy(deep=True)],
    ids=["pickle", "copy", "deepcopy", "model_copy", "deep model_copy"],
)
def test_a_copy_of_a_model_carries_its_request_id_and_its_problems(copied: Callable[[Any], Any]) -> None:
    problems = (ResponseProblem(("id",), "no"),)
    item = Item(id="1", more=[1])
    annotate(item, request_id="r1", problems=problems)
    found = copied(item)
    assert (found, found.more, found._request_id, found._response_problems) == (item, [1], "r1", problems)
    assert found.model_fields_set == {"id", "more"} and found is not item
    bare = copied(Item(id="1"))
    assert (bare._request_id, bare._response_problems) == (None, ())


def test_a_validation_error_pickles_without_what_the_user_sent(drive: Drive, server: Server) -> None:
    def echo(connection: Connection, heard: Heard) -> None:
        reply(f"<html>{heard.headers}</html>".encode(), headers=[("Content-Type", "text/html")])(connection, heard)

    server.answers(echo)
    options = {"headers": {"X-Session": SECRET}, "cookies": {"c": f"cookie-{SECRET}"}}
    with pytest.raises(drive.module("_exceptions").APIResponseValidationError) as raised:
        drive(lambda client: client.get("/x", cast_to=Item, options=options), custom_headers={"X-Api-Key": SECRET})
    data = pickle.dumps(raised.value)
    assert SECRET.encode() not in data and SECRET in str(server.last)
    assert b"***" in pickle.loads(data).response.content
