"""Calls over a socket, on both clients and both HTTP libraries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from loopback import Answer, Connection, Heard, Server, reply, reset

Drive = Callable[..., Any]
HTML = b"<html>Please log in</html>"


def item(drive: Any) -> type[Any]:
    base = drive.module("_models").BaseModel
    return type("Item", (base,), {"__annotations__": {"id": str}, "__module__": __name__})


def errors(drive: Any) -> Any:
    return drive.module("_exceptions")


def get(path: str = "/x", **arguments: Any) -> Callable[[Any], Any]:
    return lambda client: client.get(path, **{"cast_to": object, **arguments})


def post(path: str = "/x", **arguments: Any) -> Callable[[Any], Any]:
    return lambda client: client.post(path, **{"cast_to": object, **arguments})


def test_a_response_is_parsed_into_its_model(drive: Drive, server: Server) -> None:
    server.answers(reply({"id": "1"}, headers=[("x-request-id", "req_9")]))
    found = drive(get(cast_to=item(drive)))
    assert (found.id, found._request_id) == ("1", "req_9")
    assert server.last.headers["accept"] == "application/json"
    assert re.fullmatch(r"(Async|Sync)APIClient/Python 1\.2\.3", server.last.headers["user-agent"])
    assert not [name for name in server.last.headers if name.startswith("x-stainless")]


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
def test_verbs_send_json_once_and_compact(drive: Drive, server: Server, verb: str) -> None:
    drive(lambda client: getattr(client, verb)("/x", cast_to=object, body={"a": [1, None], "b": "é"}))
    assert server.last.method == verb.upper()
    assert server.last.body == '{"a":[1,null],"b":"é"}'.encode()
    assert server.last.headers["content-type"] == "application/json"


def test_any_method_can_be_sent(drive: Drive, server: Server) -> None:
    for method in ("HEAD", "OPTIONS", "TRACE", "QUERY", "PURGE"):
        drive(lambda client, method=method: client.send_request(method, "/x", cast_to=type(None)))
        assert server.last.method == method


def test_what_the_call_passes_wins_over_operation_and_client(drive: Drive, server: Server) -> None:
    make = drive.module("_base_client").make_request_options
    options = make(
        headers={"X-A": "operation", "X-B": "operation"},
        query={"a": "operation", "b": "operation"},
        extra_headers={"x-a": "call", "User-Agent": drive.module("_types").omit},
        extra_query={"a": "call"},
        extra_body={"b": 2},
    )
    drive(
        post(options=options, body={"a": 1, "b": 1}),
        custom_headers={"X-A": "client", "X-B": "client", "X-C": "client"},
        custom_query={"a": "client", "c": "client"},
    )
    heard = server.last
    assert (heard.headers["x-a"], heard.headers["x-b"], heard.headers["x-c"]) == ("call", "operation", "client")
    assert "APIClient" not in heard.headers.get("user-agent", "")
    assert heard.query == "a=call&c=client&b=operation"
    assert json.loads(heard.body) == {"a": 1, "b": 2}


def test_a_header_value_with_a_line_break_is_refused_without_showing_it(drive: Drive, server: Server) -> None:
    options = drive.module("_base_client").make_request_options(extra_headers={"X-Key": "secret\r\nX-Evil: 1"})
    with pytest.raises(errors(drive).SDKError, match="`X-Key` cannot be sent") as raised:
        drive(get(options=options))
    assert "secret" not in str(raised.value)
    assert server.heard == []


def test_a_dot_segment_in_a_hand_written_path_is_refused(drive: Drive, server: Server) -> None:
    with pytest.raises(ValueError, match="dot segment"):
        drive(get("/a/%2e%2e/admin"))
    assert server.heard == []


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (418, "APIStatusError"),
        (422, "UnprocessableEntityError"),
        (429, "RateLimitError"),
        (500, "InternalServerError"),
        (503, "InternalServerError"),
    ],
)
def test_each_status_has_its_error(drive: Drive, server: Server, status: int, name: str) -> None:
    server.answers(reply({"error": {"message": "no\x1b[31m way", "code": "c"}}, status, [("x-request-id", "r")]))
    with pytest.raises(errors(drive).APIStatusError, match=r"^\d{3}.*no \[31m way") as raised:
        drive(get(), max_retries=0)
    error = raised.value
    assert type(error).__name__ == name
    assert (error.status_code, error.request_id, error.body["error"]["code"]) == (status, "r", "c")
    assert error.response.status_code == status and error.request.url.path == "/x"


def test_error_bodies_are_parsed_as_the_document_says(drive: Drive, server: Server) -> None:
    failure = item(drive)
    options = drive.module("_base_client").make_request_options(errors={"404": failure, "4XX": str, "default": dict})
    server.answers(reply({"id": "gone"}, 404))
    with pytest.raises(errors(drive).NotFoundError) as raised:
        drive(get(options=options))
    assert raised.value.parsed.id == "gone"
    server.answers(reply({"x": 1}, 500))
    with pytest.raises(errors(drive).APIStatusError) as raised:
        drive(get(options=options), max_retries=0)
    assert raised.value.parsed == {"x": 1}


@pytest.mark.parametrize("first", [reply({}, status) for status in (408, 409, 429, 500, 502, 503)] + [reset])
def test_a_failure_that_may_pass_is_retried(drive: Drive, server: Server, first: Answer) -> None:
    server.answers(first, first, reply({"ok": True}))
    assert drive(post(body={"a": 1})) == {"ok": True}
    assert [heard.body for heard in server.heard] == [b'{"a":1}'] * 3


def test_retries_end_and_the_error_says_how_many_there_were(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 503))
    with pytest.raises(errors(drive).InternalServerError) as raised:
        drive(get())
    assert len(server.heard) == 3 and raised.value.retries_taken == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 425])
def test_other_failures_are_not_retried(drive: Drive, server: Server, status: int) -> None:
    server.answers(reply({}, status))
    with pytest.raises(errors(drive).APIStatusError):
        drive(get())
    assert len(server.heard) == 1


def test_retries_per_call_override_those_of_the_client(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 503))
    options = drive.module("_base_client").make_request_options(max_retries=4)
    with pytest.raises(errors(drive).InternalServerError):
        drive(get(options=options), max_retries=0)
    assert len(server.heard) == 5


def test_one_idempotency_key_for_all_attempts(drive: Drive, server: Server) -> None:
    class Keyed(drive.client_class()):  # type: ignore[misc] # chosen at run time
        _idempotency_header = "Idempotency-Key"

    server.answers(reply({}, 503), reply({}))
    drive(post(), get(), client=Keyed)
    first, again, read = server.heard
    assert first.headers["idempotency-key"] == again.headers["idempotency-key"]
    assert "idempotency-key" not in read.headers
    options = drive.module("_base_client").make_request_options(idempotency_key="mine")
    drive(post(options=options), client=Keyed)
    assert server.last.headers["idempotency-key"] == "mine"


def test_a_body_that_cannot_be_sent_twice_is_not_retried(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 503))
    with pytest.raises(errors(drive).InternalServerError):
        drive(post(content=(piece for piece in [b"a", b"b"])))
    assert [heard.body for heard in server.heard] == [b"ab"]


def test_a_body_of_which_nothing_was_read_is_retried(drive: Drive, server: Server) -> None:
    options = {"base_url": "http://127.0.0.1:1"}
    with pytest.raises(errors(drive).APIConnectionError) as raised:
        drive(post(content=(piece for piece in [b"a"])), **options)
    assert raised.value.retries_taken == 2


def test_the_connection_error_names_its_cause(drive: Drive) -> None:
    with pytest.raises(errors(drive).APIConnectionError, match=r"cannot connect to 127\.0\.0\.1: ") as raised:
        drive(get(), base_url="http://127.0.0.1:1", max_retries=0)
    assert type(raised.value.__cause__).__name__ == "ConnectError"


def silence(connection: Connection, heard: Heard) -> None:
    import time

    time.sleep(1)


def test_timeouts_of_client_and_call(drive: Drive, server: Server) -> None:
    server.answers(silence)
    with pytest.raises(errors(drive).APITimeoutError, match="timed out"):
        drive(get(), timeout=0.05, max_retries=0)
    options = drive.module("_base_client").make_request_options(timeout=0.05)
    with pytest.raises(errors(drive).APITimeoutError):
        drive(get(options=options), max_retries=0)


def test_a_total_timeout_covers_all_attempts(drive: Drive, server: Server) -> None:
    server.answers(silence)
    with pytest.raises(errors(drive).APITimeoutError):
        drive(get(), total_timeout=0.3, max_retries=50)
    assert len(server.heard) <= 3


def test_middleware_sees_every_attempt(drive: Any, server: Server) -> None:
    seen: list[str] = []

    def note(request: Any, send: Any) -> Any:
        seen.append(request.method)
        request.headers["X-Attempt"] = str(len(seen))
        return send(request)

    async def anote(request: Any, send: Any) -> Any:
        note(request, lambda _: None)
        return await send(request)

    server.answers(reply({}, 503), reply({"ok": 1}))
    assert drive(get(), middleware=[note if drive.kind == "sync" else anote]) == {"ok": 1}
    assert [heard.headers["x-attempt"] for heard in server.heard] == ["1", "2"]


def test_raw_and_streaming_responses(drive: Any, server: Server) -> None:
    response = drive.module("_response")
    is_async = drive.kind == "async"
    server.answers(reply({"id": "1"}, headers=[("x-request-id", "r")]))
    raw_wrapper = response.async_to_raw_response_wrapper if is_async else response.to_raw_response_wrapper
    streamed = response.async_to_streamed_response_wrapper if is_async else response.to_streamed_response_wrapper

    def method(client: Any) -> Any:
        make = drive.module("_base_client").make_request_options
        return lambda extra_headers=None: client.get(
            "/x", cast_to=item(drive), options=make(extra_headers=extra_headers)
        )

    def read_raw(client: Any) -> Any:
        if not is_async:
            found = raw_wrapper(method(client))()
            return found, found.parse()

        async def read() -> Any:
            found = await raw_wrapper(method(client))()
            return found, await found.parse()

        return read()

    found, parsed = drive(read_raw)
    assert found.is_closed and found.status_code == 200 and found.request_id == "r" and parsed.id == "1"
    assert "x-sdk-raw-response" not in server.last.headers

    def read_streamed(client: Any) -> Any:
        if not is_async:
            with streamed(method(client))() as found:
                assert not found.is_closed
                return found, b"".join(found.iter_bytes())

        async def read() -> Any:
            async with streamed(method(client))() as found:
                assert not found.is_closed
                return found, b"".join([chunk async for chunk in found.iter_bytes()])

        return read()

    found, content = drive(read_streamed)
    assert found.is_closed and content == b'{"id": "1"}'


def test_a_wrong_http_client_is_named(drive: Any) -> None:
    with pytest.raises(TypeError, match="`http_client` must be a"):
        drive(get(), http_client=object())


def test_a_closed_client_says_so(drive: Any, server: Server) -> None:
    with pytest.raises(RuntimeError, match="The client is closed"):
        drive(lambda client: client.close(), get())


def test_a_bad_base_url_is_refused_when_the_client_is_made(drive: Any) -> None:
    for url in ("ftp://x", "api.example.com", ""):
        with pytest.raises(ValueError, match="base_url"):
            drive(get(), base_url=url)


def test_a_request_says_its_host_and_its_length_once(drive: Drive, server: Server) -> None:
    host = f"127.0.0.1:{server.port}"
    drive(get(), post(), post(body={"a": 1}), post(content=[b"a", b"b"]))
    lengths = [(heard.headers.get("content-length"), heard.headers.get("transfer-encoding")) for heard in server.heard]
    assert lengths == [(None, None), ("0", None), ("7", None), (None, "chunked")]
    assert {heard.headers["host"] for heard in server.heard} == {host}
    drive(get(options={"headers": {"Host": "other.example"}}))
    assert server.last.headers["host"] == "other.example"


def test_a_middleware_finds_the_body_the_template_and_the_attempt(drive: Any, server: Server) -> None:
    seen: list[Any] = []
    attempt_of = drive.module("_request").Attempt.of

    def note(request: Any, send: Any) -> Any:
        attempt = attempt_of(request)
        seen.append((request.content, attempt.template, attempt.retries_taken, attempt.foreign))
        return send(request)

    async def anote(request: Any, send: Any) -> Any:
        return await note(request, send)

    server.answers(reply({}, 503), reply({"ok": 1}))
    path = drive.module("_utils").path_template("/items/{id}", id="1")
    drive(post(path, body={"a": 1}), middleware=[note if drive.kind == "sync" else anote])
    assert seen == [(b'{"a":1}', "/items/{id}", 0, False), (b'{"a":1}', "/items/{id}", 1, False)]
