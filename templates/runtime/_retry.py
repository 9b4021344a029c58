"""When a request is sent again, and after how long."""

from __future__ import annotations

import email.utils
import math
import random
import ssl
import threading
import time
from dataclasses import dataclass

from ._constants import INITIAL_RETRY_DELAY, MAX_RETRY_AFTER, MAX_RETRY_DELAY
from ._deadline import Deadline
from ._http import httpx

__all__ = [
    "Retries",
    "RetryBudget",
    "backoff",
    "is_retryable_error",
    "is_retryable_response",
    "retry_after",
    "retry_delay",
]

_STATUSES = frozenset({408, 409, 429})


def is_retryable_response(response: httpx.Response) -> bool:
    """Whether another attempt may succeed: 408, 409, 429 and 5xx, unless `x-should-retry` says otherwise."""
    told: str | None = response.headers.get("x-should-retry")
    if told in {"true", "false"}:
        return told == "true"
    return response.status_code in _STATUSES or response.status_code >= 500


def is_retryable_error(error: httpx.RequestError) -> bool:
    """Whether no answer came for a reason that may pass.

    A request that is wrong in itself stays wrong, and so does a certificate that is not trusted.
    """
    if not isinstance(error, httpx.TransportError):
        return False
    if isinstance(error, (httpx.UnsupportedProtocol, httpx.LocalProtocolError)):
        return False
    return not (isinstance(error, httpx.ConnectError) and _is_untrusted(error))


def retry_after(headers: httpx.Headers) -> float | None:
    """The seconds that the server asks to wait, at most MAX_RETRY_AFTER; None if it asks nothing sensible.

    Reads `retry-after-ms`, then `retry-after` in seconds or as a date (RFC 9110, section 10.2.3).
    """
    seconds = _number(headers.get("retry-after-ms"), 0.001)
    if seconds is None:
        seconds = _number(headers.get("retry-after"), 1.0)
    if seconds is None:
        seconds = _date(headers.get("retry-after"))
    if seconds is None or not seconds > 0:  # false for nan too
        return None
    return min(seconds, MAX_RETRY_AFTER)


def backoff(retries_taken: int) -> float:
    """Seconds before the next attempt: 0.5 doubling to 8, less up to a quarter so that clients spread out."""
    delay = min(INITIAL_RETRY_DELAY * 2.0 ** min(retries_taken, 32), MAX_RETRY_DELAY)
    return delay * (1 - 0.25 * random.random())


def retry_delay(retries_taken: int, response: httpx.Response | None) -> float:
    """Seconds before the next attempt: what the server asked for, else the backoff."""
    asked = retry_after(response.headers) if response is not None else None
    return backoff(retries_taken) if asked is None else asked


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and until when the requests of one call may be sent again; the budget of the client pays for it."""

    allowed: int
    deadline: Deadline
    budget: RetryBudget

    def delay(self, outcome: httpx.Response | httpx.RequestError, taken: int) -> float | None:
        """Seconds to wait before another attempt, after `taken` of them; None if this was the last."""
        if isinstance(outcome, httpx.Response):
            retryable, response = is_retryable_response(outcome), outcome
        else:
            retryable, response = is_retryable_error(outcome), None
        if not retryable or taken >= self.allowed:
            return None
        delay = retry_delay(taken, response)
        return delay if self.deadline.allows(delay) and self.budget.take() else None


class RetryBudget:
    """Keeps the retries of one client and its copies to a share of its calls while a server is down.

    A retry takes `cost` tokens, a success gives one back. When nothing is left, errors are raised at once. With
    the defaults a hundred retries in a row are free, then one call in five may retry.
    """

    def __init__(self, capacity: int = 500, cost: int = 5) -> None:
        self.capacity = capacity
        self.cost = cost
        self.tokens = capacity
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Pay for one retry; False if the budget is spent."""
        with self._lock:
            if self.tokens < self.cost:
                return False
            self.tokens -= self.cost
            return True

    def give(self) -> None:
        """Note a call that succeeded."""
        if self.tokens < self.capacity:  # the common case needs no lock: a lost token does not matter
            with self._lock:
                self.tokens = min(self.tokens + 1, self.capacity)


def _is_untrusted(error: BaseException) -> bool:
    """Whether a refused certificate is what led to the error."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None


def _number(text: str | None, unit: float) -> float | None:
    try:
        value = float(text) * unit if text is not None else None
    except ValueError:
        return None
    return None if value is None or math.isnan(value) else value


def _date(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return email.utils.parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, OverflowError, OSError):
        return None
