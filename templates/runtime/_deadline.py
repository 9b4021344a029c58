"""The time that one call has, and how the sockets of a waiting thread learn of it."""

from __future__ import annotations

import math
import threading
import time
from types import TracebackType
from typing import Self

from ._http import httpx

__all__ = ["Deadline", "time_left"]

_LEAST = 0.001
"""Seconds that a step gets at least: 0 would mean not to wait at all, which is another error than being late."""
_running = threading.local()


class Deadline:
    """The end of the time that one call has, all attempts together. `total` is in seconds, None has no end.

    While a thread is inside `with deadline:`, the sockets that it waits for end with the deadline: see `_network`.
    """

    __slots__ = ("_outer", "ends")

    def __init__(self, total: float | None) -> None:
        self.ends = None if total is None else time.monotonic() + total
        self._outer: float | None = None

    def __enter__(self) -> Self:
        if self.ends is not None:
            self._outer = getattr(_running, "ends", None)
            _running.ends = self.ends if self._outer is None else min(self.ends, self._outer)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.ends is not None:
            _running.ends = self._outer

    @property
    def left(self) -> float:
        """The seconds that are left, never less than 0."""
        return math.inf if self.ends is None else max(self.ends - time.monotonic(), 0.0)

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return self.ends is not None and time.monotonic() >= self.ends

    def allows(self, delay: float) -> bool:
        """Whether there is time to wait so many seconds."""
        return self.ends is None or time.monotonic() + delay < self.ends

    def cut(self, timeout: httpx.Timeout) -> httpx.Timeout:
        """The timeout, no longer than the time that is left."""
        if self.ends is None:
            return timeout
        left = max(self.left, _LEAST)
        return httpx.Timeout(
            **{step: left if limit is None else min(limit, left) for step, limit in timeout.as_dict().items()}
        )


def time_left(timeout: float | None) -> float | None:
    """The seconds that one step of this thread may take: `timeout`, or less if the deadline around it ends before."""
    ends: float | None = getattr(_running, "ends", None)
    if ends is None:
        return timeout
    left = max(ends - time.monotonic(), _LEAST)
    return left if timeout is None else min(timeout, left)
