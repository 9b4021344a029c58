"""Responses that break a rule of HTTP, of their encoding, of JSON, or of the document."""

from __future__ import annotations

from functools import partial

from loopback import raw, reply

from .actions import BYTES, GET, NOTHING, TEXT, TYPED
from .answers import JSON_HEAD, OK, and_close, bomb, chunk, json_bytes, then_silence, truncated_gzip
from .scenario import Scenario

scenario = partial(Scenario, "response")
CHUNKED = JSON_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GZIP = ("Content-Encoding", "gzip")
LOST = r"APIConnectionError: Connection error: (ReadError|RemoteProtocolError)\."
INVALID = r"APIResponseValidationError: The response of status 200 does not match: "
UNPACKED = r"APIResponseValidationError: The response body could not be decompressed\."
LARGE = r"APIResponseValidationError: The response is larger than 1000 bytes"
SMALL_LIMITS = {"MAX_RESPONSE_BYTES": 1000, "MAX_ERROR_BYTES": 1000}

TORN_400 = b"HTTP/1.1 400 X\r\nContent-Length: 10\r\n\r\nabc"
TORN_503 = b"HTTP/1.1 503 X\r\nContent-Length: 10\r\n\r\nabc"
HELD_400 = then_silence(TORN_400)

SCENARIOS = (
    scenario("not HTTP", LOST, 3, (raw(b"garbage\r\n\r\n"),)),
    scenario("only a status line", LOST, 3, (raw(b"HTTP/1.1 200"),)),
    scenario("status that is no number", LOST, 3, (raw(b"HTTP/1.1 OK 200\r\n\r\n"),)),
    scenario("header line without a colon", LOST, 3, (raw(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"),)),
    scenario("endless headers", LOST, 3, (raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 300_000 + b"\r\n\r\n"),)),
    scenario("Content-Length too large", LOST, 3, (raw(JSON_HEAD + b"Content-Length: 10\r\n\r\n{}"),)),
    scenario("Content-Length too small", INVALID + "it is not JSON", 1, (reply({"a": 1}, length=5),)),
    scenario("Content-Length that is no number", LOST, 3, (raw(JSON_HEAD + b"Content-Length: ten\r\n\r\n{}"),)),
    scenario("two Content-Lengths", LOST, 3, (raw(JSON_HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),)),
    scenario("no length: ends with the connection", r"\{'a': 1\}", 1, (raw(JSON_HEAD + b'\r\n{"a": 1}'),)),
    scenario("HTTP/1.0", r"\{\}", 1, (raw(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}"),)),
    scenario("chunked body cut off", LOST, 3, (raw(CHUNKED + b"5\r\nabc"),)),
    scenario("chunked body without its end", LOST, 3, (raw(CHUNKED + chunk(b"{}")),)),
    scenario("invalid chunk", LOST, 3, (raw(CHUNKED + b"zz\r\nabc\r\n"),)),
    scenario(
        "bytes after the body",
        r"\{\}",
        1,
        (and_close(raw(JSON_HEAD + b"Content-Length: 2\r\n\r\n{}HTTP/1.1 200", close=False), 0.02),),
    ),
    scenario(
        "103 before the response",
        r"\{\}",
        1,
        (raw(b"HTTP/1.1 103 X\r\nLink: </a>\r\n\r\n" + JSON_HEAD + b"Content-Length: 2\r\n\r\n{}"),),
    ),
    scenario(
        "a hundred times 100 Continue",
        r"\{\}",
        1,
        (raw(b"HTTP/1.1 100 X\r\n\r\n" * 100 + JSON_HEAD + b"Content-Length: 2\r\n\r\n{}"),),
    ),
    scenario(
        "101 that nobody asked for",
        r"APIStatusError: 101|APIConnectionError",
        (1, 3),
        (raw(b"HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),),
    ),
    scenario(
        "204 with a body",
        "None",
        1,
        (and_close(raw(b"HTTP/1.1 204 X\r\nContent-Length: 2\r\n\r\n{}", close=False)),),
        NOTHING,
    ),
    scenario(
        "204 where an object is promised",
        INVALID.replace("200", "204") + "the body is empty",
        1,
        (reply(b"", 204),),
        TYPED,
    ),
    scenario("200 with a body where nothing is promised", "None", 1, (reply(b"surprise"),), NOTHING),
    scenario("empty body", INVALID + "the body is empty", 1, (json_bytes(b""),), TYPED),
    scenario("invalid JSON", INVALID + "it is not JSON", 1, (json_bytes(b'{"id":'),), TYPED),
    scenario("invalid UTF-8", INVALID + "it is not JSON", 1, (json_bytes(b'{"id": "\xff"}'),), TYPED),
    scenario(
        "text in another charset than it says",
        INVALID + "its text is not valid utf-8",
        1,
        (reply(b"\xff", headers=[("Content-Type", "text/plain; charset=utf-8")]),),
        TEXT,
    ),
    scenario(
        "charset that nobody knows",
        INVALID + "its text is not valid x-nope|.ÿ.",
        1,
        (reply(b"\xff", headers=[("Content-Type", "text/plain; charset=x-nope")]),),
        TEXT,
    ),
    scenario("JSON nested 100,000 times", INVALID + "it is not JSON", 1, (json_bytes(b"[" * 100_000),)),
    scenario("number of two million digits", INVALID + "it is not JSON", 1, (json_bytes(b"9" * 2_000_000),), TYPED),
    scenario(
        "HTML where JSON is promised",
        INVALID + r"it is not JSON \(it looks like HTML\)",
        1,
        (json_bytes(b"<html>", "text/html"),),
        TYPED,
    ),
    scenario("JSON that says it is text", r"<?.*Item\(id='1'\)", 1, (json_bytes(b'{"id": "1"}', "text/plain"),), TYPED),
    scenario(
        "200 with an error body",
        r".*Item\(id=None, error='no'\) with problems: id: Field required",
        1,
        (reply({"error": "no"}),),
        TYPED,
    ),
    scenario(
        "200 with an error body, strict",
        INVALID + "id: Field required",
        1,
        (reply({"error": "no"}),),
        TYPED,
        options={"_strict_response_validation": True},
    ),
    scenario("a list where an object is promised", INVALID + "body: Input should be", 1, (reply([1]),), TYPED),
    scenario("gzip garbage", UNPACKED, 1, (reply(b"not gzip", headers=[GZIP]),)),
    scenario(
        "gzip cut in half, JSON",
        INVALID + "|" + UNPACKED,
        1,
        (truncated_gzip(b'{"a": "' + bytes(range(97, 123)) * 50 + b'"}', "application/json"),),
    ),
    scenario(
        "gzip cut in half, binary",
        UNPACKED,
        1,
        (truncated_gzip(bytes(range(256)) * 50, "application/octet-stream"),),
        BYTES,
    ),
    scenario(
        "encoding that nobody knows",
        r"\{\}",
        1,
        (json_bytes(b"{}", "application/json", ("Content-Encoding", "x-nope")),),
    ),
    scenario("decompression bomb", LARGE, 1, (json_bytes(bomb(), "application/json", GZIP),), limits=SMALL_LIMITS),
    scenario("body that is too large", LARGE, 1, (json_bytes(b" " * 5000),), limits=SMALL_LIMITS),
    scenario(
        "error body that is too large",
        r"BadRequestError: 400 Bad Request",
        1,
        (reply(b"x" * 50_000_000, 400),),
        limits=SMALL_LIMITS,
    ),
    scenario(
        "error body that is no JSON though it says so",
        r"BadRequestError: 400 Bad Request$",
        1,
        (reply(b"{", 400, [("Content-Type", "application/json")]),),
    ),
    scenario("error body that is cut off", "BadRequestError: 400", 1, (raw(TORN_400),)),
    scenario("error body that is cut off, of an error that may pass", r"\{'ok': 1\}", 2, (raw(TORN_503), OK), GET),
    scenario("error body that never ends", "BadRequestError: 400", 1, (HELD_400,), timeout=0.1),
    scenario(
        "error body that never ends, past the total timeout",
        "APITimeoutError: ",
        1,
        (HELD_400,),
        options={"total_timeout": 0.2},
    ),
    scenario(
        "error body that is gzip garbage", r"BadRequestError: 400 Bad Request$", 1, (reply(b"not gzip", 400, [GZIP]),)
    ),
    scenario(
        "status that HTTP does not know", r"InternalServerError: 799|APIConnectionError", (1, 3), (reply({}, 799),)
    ),
)
