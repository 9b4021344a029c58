"""Streams of events that break, stop, never end, or are left."""

from __future__ import annotations

from functools import partial

from loopback import events, raw, reply, reset

from .actions import STREAM, cancelled, closing, leave_stream
from .answers import EVENT_STREAM, OK, chunk, drip, then_reset, then_silence, truncated_gzip
from .scenario import Scenario

scenario = partial(Scenario, "stream", action=STREAM)
ONE = EVENT_STREAM + chunk(b"data: 1\n\n")
ENDLESS = drip(ONE, chunk(b"data: 2\n\n"), 1000, every=0.005)
LOST = r"APIConnectionError: Connection error: (ReadError|RemoteProtocolError)\."
INVALID = r"APIResponseValidationError: "

SCENARIOS = (
    scenario("cut off within an event", LOST, 1, (raw(ONE + chunk(b"data: ")),)),
    scenario("reset within an event", LOST, 1, (then_reset(ONE + chunk(b"data: ")),)),
    scenario("reset before it starts", r"\[1\]", 2, (reset, events(b"data: 1\n\n"))),
    scenario("ends without a last event's blank line", r"\[1\]", 1, (events(b"data: 1\n\ndata: 2\n"),)),
    scenario("ends without [DONE]", r"\[1\]", 1, (events(b"data: 1\n\n"),)),
    scenario("data after [DONE]", r"\[1\]", 1, (events(b"data: 1\n\ndata: [DONE]\n\ndata: {\n\n"),)),
    scenario("goes on after [DONE]", r"\[1\]", 1, (then_silence(ONE + chunk(b"data: [DONE]\n\n")),)),
    scenario("invalid chunk", LOST, 1, (raw(ONE + b"zz\r\n"),)),
    scenario(
        "idle",
        "APITimeoutError: Request timed out while waiting for the response",
        1,
        (then_silence(ONE),),
        timeout=0.1,
    ),
    scenario("idle from the start", "APITimeoutError", 1, (then_silence(EVENT_STREAM),), timeout=0.1),
    scenario("event that is no JSON", INVALID + ".*it is not JSON", 1, (events(b"data: 1\n\ndata: {\n\n"),)),
    scenario("event that is no UTF-8", INVALID + ".*it is not JSON", 1, (events(b'data: 1\n\ndata: "\xff"\n\n'),)),
    scenario(
        "error event",
        "APIError: The stream reports an error: busy",
        1,
        (events(b'event: error\ndata: {"message":"busy"}\n\n'),),
    ),
    scenario(
        "event that is too large",
        INVALID + ".*larger than 1000 bytes",
        1,
        (events(b"data: 0123456789\n" * 200),),
        limits={"MAX_EVENT_BYTES": 1000},
    ),
    scenario(
        "line that never ends",
        INVALID + ".*longer than 1000 bytes",
        1,
        (events(*[b"data: 0123456789"] * 200),),
        limits={"MAX_EVENT_BYTES": 1000},
    ),
    scenario("HTML instead", INVALID + ".*text/html", 1, (reply(b"<html>", headers=[("Content-Type", "text/html")]),)),
    scenario("one JSON object instead", INVALID + ".*application/json", 1, (OK,)),
    scenario(
        "gzip garbage",
        r"APIResponseValidationError: The response body could not be decompressed",
        1,
        (events(b"garbage", content_type="text/event-stream\r\nContent-Encoding: gzip"),),
    ),
    scenario(
        "gzip cut in half",
        r"APIResponseValidationError: The response body could not be decompressed",
        1,
        (truncated_gzip(b"data: 1\n\n" + bytes(range(11, 255)) * 50, "text/event-stream"),),
    ),
    scenario("error status", "BadRequestError: 400 Bad Request: no", 1, (reply({"message": "no"}, 400),)),
    scenario("left by a break", "'closed=True'", 1, (ENDLESS,), action=leave_stream("break")),
    scenario("left by an error in the loop", "'closed=True'", 1, (ENDLESS,), action=leave_stream("raise")),
    scenario("left by the end of a with block", "'closed=True'", 1, (ENDLESS,), action=leave_stream("with")),
    scenario("cancelled between events", "interrupted", 1, (ENDLESS,), action=cancelled(STREAM, 0.1)),
    scenario("cancelled while idle", "interrupted", 1, (then_silence(ONE),), action=cancelled(STREAM, 0.1)),
    scenario(
        "client closed during a stream",
        r"APIConnectionError|APITimeoutError|\[1",
        1,
        (then_silence(ONE),),
        action=closing(STREAM),
        closes=True,
        timeout=0.3,
    ),
)
