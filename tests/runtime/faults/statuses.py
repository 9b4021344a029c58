"""Statuses: which are tried again, after how long, and redirects."""

from __future__ import annotations

import email.utils
import time
from functools import partial

from loopback import Connection, Heard, raw, reply, reset

from .actions import GENERATOR, GET, POST, failing_then
from .answers import OK, elsewhere
from .scenario import Scenario

retried = partial(Scenario, "status")
redirected = partial(Scenario, "redirect")

RETRY_AFTER: dict[str, tuple[str, float | None]] = {
    "zero": ("0", None),
    "negative": ("-5", None),
    "a tenth of a second": ("0.1", 0.1),
    "huge": ("86400", 60.0),
    "infinite": ("inf", 60.0),
    "not a number": ("nan", None),
    "words": ("tomorrow", None),
    "a date in the past": ("Fri, 31 Dec 1999 23:59:59 GMT", None),
    "a date in the year 9999": ("Fri, 31 Dec 9999 23:59:59 GMT", 60.0),
    "a date no calendar has": ("Fri, 99 Foo 99999 99:99:99 GMT", None),
}
"""What the header says, and the seconds that the client waits; None for its own backoff."""
STATUSES = {
    408: "APIStatusError",
    409: "ConflictError",
    429: "RateLimitError",
    500: "InternalServerError",
    503: "InternalServerError",
}


def soon(connection: Connection, heard: Heard) -> None:
    """Asks for 20 seconds as a date."""
    header = email.utils.formatdate(time.time() + 20, usegmt=True)
    reply({}, 503, [("Retry-After", header)])(connection, heard)


SCENARIOS = (
    *(
        retried(f"{status}", f"{error}: {status}", 3, (reply({}, status),), waits=(None, None))
        for status, error in {**STATUSES, 502: "InternalServerError", 504: "InternalServerError"}.items()
    ),
    *(
        retried(f"{status} is final", f"{error}: {status}", 1, (reply({}, status),), POST)
        for status, error in {400: "BadRequestError", 401: "AuthenticationError", 425: "APIStatusError"}.items()
    ),
    *(
        retried(
            f"{status}, Retry-After {form}",
            r"\{'ok': 1\}",
            2,
            (reply({}, status, [("Retry-After", header)]), OK),
            waits=(seconds,),
        )
        for status in STATUSES
        for form, (header, seconds) in RETRY_AFTER.items()
    ),
    *(
        retried(
            f"425, Retry-After {form}: final all the same",
            "APIStatusError: 425",
            1,
            (reply({}, 425, [("Retry-After", header)]), OK),
            waits=(),
        )
        for form, (header, _) in RETRY_AFTER.items()
    ),
    retried("Retry-After is a date in 20 seconds", r"\{'ok': 1\}", 2, (soon, OK), waits=(19.5,)),
    retried(
        "retry-after-ms before Retry-After",
        r"\{'ok': 1\}",
        2,
        (reply({}, 429, [("retry-after-ms", "150"), ("Retry-After", "9")]), OK),
        waits=(0.15,),
    ),
    retried("x-should-retry says no", "InternalServerError: 503", 1, (reply({}, 503, [("x-should-retry", "false")]),)),
    retried(
        "x-should-retry says yes", r"\{'ok': 1\}", 2, (reply({}, 400, [("x-should-retry", "true")]), OK), waits=(None,)
    ),
    retried("body read only once", "InternalServerError: 503", 1, (reply({}, 503),), GENERATOR),
    retried(
        "flapping",
        r"\{'ok': 1\}",
        5,
        (reply({}, 503), reset, raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), reply({}, 429), OK),
        retries=5,
    ),
    retried(
        "down for a hundred calls: the budget ends the storm",
        "InternalServerError: 503",
        (101, 202),
        (reply({}, 503),),
        failing_then(100, GET),
        within=10,
    ),
    retried(
        "Retry-After longer than the total timeout",
        "InternalServerError: 503",
        1,
        (reply({}, 503, [("Retry-After", "0.25")]),),
        options={"total_timeout": 0.2},
        waits=(),
    ),
    redirected("loop", "APIStatusError: 302 Found", 6, (reply(b"", 302, [("Location", "/x")]),)),
    redirected(
        "loop through a reset",
        "APIStatusError: 302 Found",
        7,
        (reply(b"", 302, [("Location", "/x")]), reset, reply(b"", 302, [("Location", "/x")])),
    ),
    redirected("without a Location", "APIStatusError: 302 Found", 1, (reply(b"", 302),)),
    redirected(
        "to another scheme",
        "APIStatusError: 302 Found|APIConnectionError",
        1,
        (reply(b"", 302, [("Location", "ftp://x/")]),),
    ),
    redirected(
        "to a broken URL",
        "APIStatusError: 302 Found|APIConnectionError",  # one of the two HTTP libraries looks at it before we do
        (1, 3),
        (reply(b"", 302, [("Location", "http://[::1")]),),
    ),
    redirected(
        "to a host that no name can be",
        "APIStatusError: 302 Found",
        1,
        (reply(b"", 302, [("Location", f"http://{'a' * 300}.example/")]),),
    ),
    redirected(
        "to another origin: no credential goes there",
        r"\{'told': \[\]\}",
        2,
        (elsewhere(302),),
        options={"custom_headers": {"Authorization": "Bearer s", "X-Key": "s", "Cookie": "a=s"}},
    ),
    redirected("to another origin with a body", "APIStatusError: 307", 1, (elsewhere(307),), POST),
    redirected(
        "to where nobody is",
        r"APIConnectionError: Connection error: cannot connect to 127.0.0.1: ",
        3,
        (reply(b"", 302, [("Location", "http://127.0.0.1:1/")]),),
    ),
)
