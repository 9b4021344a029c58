"""When a request is sent again, and after how long."""

from __future__ import annotations

import email.utils
import ssl
import time

import httpx2 as httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime import _retry
from sdk_runtime._retry import (
    RetryBudget,
    backoff,
    is_retryable_error,
    is_retryable_response,
    retry_after,
)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, False),
        (400, False),
        (401, False),
        (404, False),
        (408, True),
        (409, True),
        (422, False),
        (425, False),
        (429, True),
        (500, True),
        (501, True),
        (503, True),
        (599, True),
    ],
)
def test_statuses_that_are_retried(status: int, expected: bool) -> None:
    assert is_retryable_response(httpx.Response(status)) is expected


def test_the_servers_own_word_decides() -> None:
    assert is_retryable_response(httpx.Response(400, headers={"x-should-retry": "true"}))
    assert not is_retryable_response(httpx.Response(503, headers={"x-should-retry": "false"}))
    assert is_retryable_response(httpx.Response(503, headers={"x-should-retry": "maybe"}))


def test_errors_that_may_pass_are_retried_and_wrong_requests_are_not() -> None:
    assert is_retryable_error(httpx.ConnectError(""))
    assert is_retryable_error(httpx.ReadTimeout(""))
    assert is_retryable_error(httpx.RemoteProtocolError(""))
    assert is_retryable_error(httpx.PoolTimeout(""))
    assert not is_retryable_error(httpx.UnsupportedProtocol(""))
    assert not is_retryable_error(httpx.LocalProtocolError(""))
    assert not is_retryable_error(httpx.DecodingError(""))
    untrusted = httpx.ConnectError("")
    untrusted.__cause__ = OSError()
    untrusted.__cause__.__context__ = ssl.SSLCertVerificationError()
    assert not is_retryable_error(untrusted)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "60"}, 60.0),
        ({"retry-after": "3600"}, 60.0),
        ({"retry-after": "inf"}, 60.0),
        ({"retry-after": "1e400"}, 60.0),
        ({"retry-after": "0"}, None),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "tomorrow"}, None),
        ({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, 60.0),
        ({"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, None),
        ({"retry-after": "Fri, 31 Dec 99999 23:59:59 GMT"}, None),
    ],
)
def test_retry_after_in_every_form(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after(httpx.Headers(headers)) == expected


def test_retry_after_as_a_date() -> None:
    header = email.utils.formatdate(time.time() + 20, usegmt=True)
    seconds = retry_after(httpx.Headers({"retry-after": header}))
    assert seconds is not None and 18 <= seconds <= 20


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_header_makes_the_wait_negative_or_longer_than_the_cap(text: str) -> None:
    for name in ("retry-after", "retry-after-ms"):
        seconds = retry_after(httpx.Headers({name: text}))
        assert seconds is None or 0 < seconds <= 60


@given(st.integers(0, 10_000))
def test_backoff_doubles_to_its_cap_less_up_to_a_quarter(taken: int) -> None:
    base = min(_retry.INITIAL_RETRY_DELAY * 2.0 ** min(taken, 32), _retry.MAX_RETRY_DELAY)
    assert 0.75 * base <= backoff(taken) <= base


def test_the_budget_ends_a_storm_of_retries_and_recovers_with_successes() -> None:
    budget = RetryBudget(capacity=10, cost=5)
    assert [budget.take() for _ in range(3)] == [True, True, False]
    for _ in range(5):
        budget.give()
    assert budget.take()
    for _ in range(100):
        budget.give()
    assert budget.tokens == 10
