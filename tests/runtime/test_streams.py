"""Streams of events over a socket: typed, ended and raised as configured, and closed on every way out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from loopback import Connection, Heard, Server, events, reply

Drive = Any
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def opened(drive: Drive, name: str = "Stream", cast_to: Any = object, **arguments: Any) -> Callable[[Any], Any]:
    cls = getattr(drive.module("_streaming"), ("Async" if drive.kind == "async" else "") + name)
    return lambda client: client.get("/x", cast_to=cast_to, stream=True, stream_cls=cls[cast_to], **arguments)


def collect(drive: Drive, call: Callable[[Any], Any], *, stop_after: int | None = None) -> Callable[[Any], Any]:
    """Iterate over the stream, all of it or with a `break`; returns the values and the stream."""
    if drive.kind == "sync":

        def read(client: Any) -> Any:
            stream, values = call(client), []
            for value in stream:
                values.append(value)
                if len(values) == stop_after:
                    break
            return values, stream

        return read

    async def aread(client: Any) -> Any:
        stream, values = await call(client), []
        async for value in stream:
            values.append(value)
            if len(values) == stop_after:
                break
        await asyncio.sleep(0.01)  # the loop finalises an abandoned generator in a task of its own
        return values, stream

    return aread


def test_events_are_typed_and_done_ends_the_stream(drive: Drive, server: Server) -> None:
    from pydantic import Field

    base = drive.module("_models").BaseModel

    class Text(base):  # type: ignore[misc] # chosen at run time
        type: Literal["text"]
        text: str

    class Stop(base):  # type: ignore[misc] # chosen at run time
        type: Literal["stop"]

    kind = Annotated[Text | Stop, Field(discriminator="type")]
    pieces = (b'data: {"type":"te', b'xt","text":"a"}\r\n\r\n: ping\n\n', b'data: {"type":"new"}\n\ndata: [DONE]\n\nx')
    server.answers(events(*pieces))
    values, stream = drive(collect(drive, opened(drive, cast_to=kind)))
    assert type(values[0]) is Text and values[0].text == "a"
    assert type(values[1]).__name__ == "UnknownVariant"
    assert stream.response.is_closed
    assert server.last.headers["accept"] == "text/event-stream"


def test_events_of_which_nothing_is_known_are_handed_on_as_they_come(drive: Drive, server: Server) -> None:
    server.answers(events(b'event: note\nid: 7\ndata: hello\n\ndata: {"a":1}\n\n'))
    values, _ = drive(collect(drive, opened(drive, cast_to=drive.module("_streaming").ServerSentEvent)))
    assert [(value.event, value.id, value.data) for value in values] == [("note", "7", "hello"), (None, "7", '{"a":1}')]


def test_json_lines_end_with_or_without_a_line_break(drive: Drive, server: Server) -> None:
    server.answers(events(b'{"a":1}\r\n\n{"a"', b':2}\n{"a":3}', content_type="application/x-ndjson"))
    values, stream = drive(collect(drive, opened(drive, "JSONLStream")))
    assert values == [{"a": 1}, {"a": 2}, {"a": 3}] and stream.response.is_closed


def test_an_error_event_raises_with_its_message_and_closes(drive: Drive, server: Server) -> None:
    server.answers(events(b'data: 1\n\nevent: error\ndata: {"error":{"message":"overloaded"}}\n\ndata: 2\n\n'))
    with pytest.raises(drive.module("_exceptions").APIError, match="overloaded") as raised:
        drive(collect(drive, opened(drive)))
    assert raised.value.body == {"error": {"message": "overloaded"}}


def test_configured_rules_end_skip_and_raise(drive: Drive, server: Server) -> None:
    rule = drive.module("_base_client").StreamRule

    class Configured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        _stream_events = (
            rule("continue", events=("ping",)),
            rule("done", events=("end",)),
            rule("error", events=("failure",)),
            rule("yield", events=(None,), error_property="error"),
        )

    call = collect(drive, opened(drive))
    server.answers(events(b"event: ping\ndata: 0\n\ndata: 1\n\nevent: end\ndata: x\n\ndata: 2\n\n"))
    assert drive(call, client=Configured)[0] == [1]
    server.answers(events(b'data: {"a":1}\n\ndata: {"error":{"message":"in data"}}\n\n'))
    with pytest.raises(drive.module("_exceptions").APIError, match="in data"):
        drive(call, client=Configured)


def endless(connection: Connection, heard: Heard) -> None:
    connection.send(HEAD)
    while True:
        connection.send(chunk(b"data: 1\n\n"))
        time.sleep(0.005)


def test_a_stream_that_answers_with_an_error_status_raises_before_it_starts(drive: Drive, server: Server) -> None:
    server.answers(reply({"error": {"message": "nope"}}, 400))
    with pytest.raises(drive.module("_exceptions").BadRequestError, match="nope"):
        drive(opened(drive))


def test_next_and_context_manager(drive: Drive, server: Server) -> None:
    server.answers(endless)
    if drive.kind == "sync":

        def use(client: Any) -> Any:
            with opened(drive)(client) as stream:
                assert next(stream) == 1
                return stream
    else:

        async def use(client: Any) -> Any:
            async with await opened(drive)(client) as stream:
                assert await anext(stream) == 1
                return stream

    assert drive(use).response.is_closed


def test_a_stream_that_was_closed_says_so(drive: Drive, server: Server) -> None:
    server.answers(events(b"data: 1\n\n", b"data: 2\n\n"))
    error = drive.module("_exceptions").SDKError

    def closed(client: Any) -> Any:
        stream = opened(drive)(client)
        return aclosed(stream) if drive.kind == "async" else sclosed(stream)

    def sclosed(stream: Any) -> None:
        stream.close()
        with pytest.raises(error, match="The stream was closed"):
            list(stream)

    async def aclosed(opening: Any) -> None:
        stream = await opening
        await stream.close()
        with pytest.raises(error, match="The stream was closed"):
            _ = [value async for value in stream]

    drive(closed)
