"""Responses as objects: what `with_raw_response` and `with_streaming_response` give, read in every way."""

from __future__ import annotations

import asyncio
import gzip
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from loopback import Server, raw, reply

Drive = Any
TEXT = "a ü\nb\n".encode()
HALF = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf"


def with_response(drive: Drive, use: Callable[[Any], Any], *, cast_to: Any = object, streamed: bool = False) -> Any:
    """What `use` returns for the response of one call; while it is open, if it is streamed."""
    wrappers = drive.module("_response")
    is_async = drive.kind == "async"
    name = f"{'async_' if is_async else ''}to_{'streamed' if streamed else 'raw'}_response_wrapper"

    def call(client: Any) -> Any:
        def method(extra_headers: Any = None) -> Any:
            return client.get("/x", cast_to=cast_to, options={"headers": extra_headers})

        wrapped = getattr(wrappers, name)(method)()
        return acall(wrapped) if is_async else scall(wrapped)

    def scall(wrapped: Any) -> Any:
        with wrapped as response:
            return use(response)

    async def acall(wrapped: Any) -> Any:
        async with wrapped if streamed else await wrapped as response:
            result = use(response)
            return await result if inspect.isawaitable(result) else result

    return drive(call)


async def _collect(pieces: Any) -> list[Any]:
    return [piece async for piece in pieces]


def collect(pieces: Any) -> Any:
    return _collect(pieces) if hasattr(pieces, "__aiter__") else list(pieces)


def test_a_response_tells_what_came_and_from_where(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 503), reply({"a": 1}, 201, [("x-request-id", "r1"), ("X-More", "m")]))

    def look(response: Any) -> dict[str, Any]:
        assert response.elapsed.total_seconds() > 0
        assert repr(response).endswith("[201 X] type=object>")
        names = ("status_code", "method", "http_version", "is_closed", "request_id", "retries_taken")
        told = {name: getattr(response, name) for name in names}
        return told | {"url": str(response.url), "more": response.headers["x-more"]}

    assert with_response(drive, look) == {
        "status_code": 201,
        "method": "GET",
        "http_version": "HTTP/1.1",
        "is_closed": True,
        "request_id": "r1",
        "retries_taken": 1,
        "url": f"{server.url}/x",
        "more": "m",
    }


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (lambda response: response.read(), TEXT),
        (lambda response: response.text(), TEXT.decode()),
        (lambda response: response.parse(), TEXT.decode()),
        (lambda response: response.parse(to=bytes), TEXT),
        (lambda response: collect(response.iter_bytes(4)), [TEXT[:4], TEXT[4:]]),
        (lambda response: collect(response.iter_text(4)), ["a ü\n", "b\n"]),
        (lambda response: collect(response.iter_lines()), ["a ü", "b"]),
    ],
    ids=["read", "text", "parse", "parse to", "bytes", "pieces of text", "lines"],
)
def test_text_is_read_in_every_way(drive: Drive, server: Server, use: Any, expected: Any, streamed: bool) -> None:
    server.answers(reply(TEXT, headers=[("Content-Type", "text/plain; charset=utf-8")]))
    assert with_response(drive, use, cast_to=str, streamed=streamed) == expected


def test_json_is_plain_json(drive: Drive, server: Server) -> None:
    server.answers(reply({"a": [1, None]}))
    assert with_response(drive, lambda response: response.json()) == {"a": [1, None]}


def test_what_is_not_json_is_our_error_without_its_text(drive: Drive, server: Server) -> None:
    server.answers(reply(b"private words"))
    with pytest.raises(drive.module("_exceptions").APIResponseValidationError, match="it is not JSON") as raised:
        with_response(drive, lambda response: response.json())
    assert "private words" not in f"{raised.value}{raised.value.__cause__}{raised.value.__context__}"


@pytest.mark.parametrize("way", ["iter_bytes", "iter_text", "iter_lines"])
def test_a_body_that_is_cut_off_while_it_is_read_is_our_error(drive: Drive, server: Server, way: str) -> None:
    server.answers(raw(HALF))
    with pytest.raises(drive.module("_exceptions").APIConnectionError):
        with_response(drive, lambda response: collect(getattr(response, way)()), streamed=True)


def test_a_streamed_response_is_open_until_it_is_left(drive: Drive, server: Server) -> None:
    server.answers(reply(b"x" * 100_000))
    kept: list[Any] = []
    with_response(drive, lambda response: kept.append((response, response.is_closed)), streamed=True)
    ((response, was_closed),) = kept
    assert not was_closed and response.is_closed


def test_the_librarys_own_response_can_be_asked_for(drive: Drive, server: Server) -> None:
    httpx = drive.module("_http").httpx
    found = drive(lambda client: client.get("/x", cast_to=httpx.Response))
    assert type(found) is httpx.Response and found.json() == {}


@pytest.mark.parametrize("streamed", [False, True])
def test_a_wrapper_chooses_the_class_of_the_response(drive: Drive, server: Server, streamed: bool) -> None:
    wrappers = drive.module("_response")
    is_async = drive.kind == "async"
    prefix, kind = ("async_" if is_async else ""), ("streamed" if streamed else "raw")
    cls = getattr(wrappers, f"{'Async' if is_async else ''}{'Streamed' if streamed else ''}BinaryAPIResponse")
    server.answers(reply(b"\x00\x01"))

    def call(client: Any) -> Any:
        def method(extra_headers: Any = None) -> Any:
            return client.get("/x", cast_to=bytes, options={"headers": extra_headers})

        wrapped = getattr(wrappers, f"{prefix}to_custom_{kind}_response_wrapper")(method, cls)()
        return acall(wrapped) if is_async else scall(wrapped)

    def scall(wrapped: Any) -> Any:
        with wrapped as response:
            return type(response), response.read()

    async def acall(wrapped: Any) -> Any:
        async with wrapped if streamed else await wrapped as response:
            return type(response), await response.read()

    assert drive(call) == (cls, b"\x00\x01")


def test_a_context_manager_that_failed_to_open_closes_nothing(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 400))
    with pytest.raises(drive.module("_exceptions").BadRequestError):
        with_response(drive, lambda response: None, streamed=True)


def test_a_body_that_swells_comes_in_steps_of_a_mebibyte(drive: Drive, server: Server) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000, 9)
    server.answers(reply(bomb, headers=[("Content-Encoding", "gzip")]))
    pieces = with_response(drive, lambda response: collect(response.iter_bytes()), streamed=True)
    assert max(map(len, pieces)) <= 1024 * 1024 and sum(map(len, pieces)) == 30_000_000
    pieces = with_response(drive, lambda response: collect(response.iter_bytes(3_000_000)), streamed=True)
    assert [len(piece) for piece in pieces] == [3_000_000] * 10


def test_a_response_that_was_closed_says_so(drive: Drive, server: Server) -> None:
    server.answers(reply(b"x" * 300_000))
    kept: list[Any] = []
    with_response(drive, kept.append, streamed=True)
    with pytest.raises(drive.module("_exceptions").SDKError, match="closed before its body was read"):
        found = kept[0].read()
        asyncio.run(found) if inspect.isawaitable(found) else None
