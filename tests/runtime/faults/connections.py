"""The connection: refused, reset, silent, slow, closed behind the client's back, and TLS."""

from __future__ import annotations

from functools import partial

from loopback import raw, reply, reset

from .actions import GENERATOR, GET, POST, UPLOAD, calls, cancelled, closing, get
from .answers import (
    JSON_HEAD,
    OK,
    and_close,
    deaf,
    deaf_tls,
    drip,
    echo_path,
    impatient,
    late,
    no_such_host,
    nobody,
    plain_as_tls,
    then_reset,
    then_silence,
    untrusted,
)
from .scenario import Scenario

scenario = partial(Scenario, "connection")
REFUSED = r"APIConnectionError: Connection error: cannot connect to \S+: .+\."
LOST = r"APIConnectionError: Connection error: (ReadError|RemoteProtocolError)\."
LATE = r"APITimeoutError: Request timed out"

SCENARIOS = (
    scenario("refused", REFUSED, 0, place=nobody, waits=(None, None)),
    scenario("unknown host", REFUSED, 0, place=no_such_host, within=5),
    scenario("refused, body read only once", REFUSED, 0, action=GENERATOR, place=nobody, waits=(None, None)),
    scenario("reset before the response", LOST, 3, (reset,), waits=(None, None)),
    scenario("reset once before the response", r"\{'ok': 1\}", 2, (reset, OK)),
    scenario("reset before the response of a POST", r"\{'ok': 1\}", 2, (reset, OK), POST),
    scenario("reset, body read only once", LOST, 1, (reset,), GENERATOR),
    scenario("reset during the headers", LOST, 3, (then_reset(b"HTTP/1.1 200 OK\r\nContent-"),)),
    scenario("reset during the body", LOST, 3, (then_reset(JSON_HEAD + b'Content-Length: 10\r\n\r\n{"a'),)),
    scenario("closed without a byte", LOST, 3, (raw(),)),
    scenario("closed during the headers", LOST, 3, (raw(b"HTTP/1.1 200 OK\r\nContent-Le"),)),
    scenario("half-open: no answer ever", LATE, 2, (then_silence(),), retries=1, timeout=0.1),
    scenario("half-open: silent within the headers", LATE, 2, (then_silence(JSON_HEAD),), retries=1, timeout=0.1),
    scenario(
        "accepted by the backlog, never read",
        LATE + " while waiting for the response",
        0,
        place=deaf,
        retries=1,
        timeout=0.1,
    ),
    scenario("slow headers, slower than the timeout", LATE, 1, (late(0.4, {}),), retries=0, timeout=0.1),
    scenario("slow headers within the timeout", r"\{'ok': 1\}", 1, (late(0.15, {"ok": 1}),), timeout=0.5),
    scenario(
        "slow body, slower than the timeout",
        LATE,
        2,
        (then_silence(JSON_HEAD + b"Content-Length: 10\r\n\r\n{"),),
        retries=1,
        timeout=0.1,
    ),
    scenario(
        "slow body within the timeout",
        r"\{\}",
        1,
        (drip(JSON_HEAD + b"Content-Length: 12\r\n\r\n{}", b" ", 10, every=0.01),),
        timeout=0.3,
    ),
    scenario(
        "slow body past the total timeout",
        LATE,
        1,
        (drip(JSON_HEAD + b"Content-Length: 1000\r\n\r\n", b" ", 1000, every=0.01),),
        options={"total_timeout": 0.2},
    ),
    scenario(
        "headers dripping past the total timeout",
        LATE,
        1,
        (drip(b"HTTP/1.1 200 OK\r\nX-A: ", b"a", 1000, every=0.01),),
        options={"total_timeout": 0.2},
    ),
    scenario("an answer that comes too late for its call", LATE, 1, (late(0.3, {"late": 1}),), retries=0, timeout=0.1),
    scenario("closed between calls", r"\{'path': '/x'\}", 3, (and_close(echo_path),), calls(3, get)),
    scenario(
        "closed between calls, seen only when the next one is sent",
        r"\{'ok': 1\}",
        3,
        (and_close(OK), raw(), OK),
        calls(2, get),
    ),
    scenario(
        "closed by `Connection: close`",
        r"\{'ok': 1\}",
        3,
        (and_close(reply({"ok": 1}, headers=[("Connection", "close")])),),
        calls(3, get),
    ),
    scenario(
        "closed in the middle of an upload with 413",
        r"APIStatusError: 413|APIConnectionError",
        0,
        action=UPLOAD,
        place=impatient,
        retries=0,
    ),
    scenario("reset in the middle of an upload, then fine", r"\{'ok': 1\}", 2, (reset, OK), UPLOAD),
    scenario("TLS expected, plain HTTP spoken", REFUSED, 0, place=plain_as_tls, waits=(None, None)),
    scenario("TLS certificate that nobody signed", REFUSED, 0, place=untrusted, waits=()),
    scenario("TLS handshake never answered", LATE + " while connecting", 0, place=deaf_tls, retries=1, timeout=0.1),
    scenario("cancelled while it waits for the headers", "interrupted", 1, (then_silence(),), cancelled(GET)),
    scenario(
        "cancelled while it reads the body",
        "interrupted",
        1,
        (then_silence(JSON_HEAD + b"Content-Length: 10\r\n\r\n{"),),
        cancelled(GET),
    ),
    scenario("cancelled while it waits for the connection", "interrupted", 0, action=cancelled(GET), place=deaf_tls),
    scenario(
        "cancelled while it waits to try again",
        "interrupted",
        1,
        (reply({}, 503, [("Retry-After", "0.25")]),),
        cancelled(GET, 0.1),
    ),
    scenario("cancelled during an upload", "interrupted", (0, 1), action=cancelled(UPLOAD, 0.1), place=deaf),
    scenario(
        "client closed during a call",
        "RuntimeError: The client is closed",
        1,
        (then_silence(),),
        closing(GET),
        timeout=0.3,
        closes=True,
    ),
)
