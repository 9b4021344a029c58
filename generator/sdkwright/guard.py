"""The budgets of a whole run, time and memory (THREATS.md, N11): whatever a document does, a run ends."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

_AGAIN = 0.01
"""Seconds."""


class OutOfTime(BaseException):
    """The time is up. No `Exception`, so that nothing on the way takes it for a fault of its own."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment, by the monotonic clock, at which a run must have ended."""

    moment: float

    def check(self) -> None:
        """Raise `OutOfTime` if it has passed."""
        if time.monotonic() > self.moment:
            raise OutOfTime


@contextmanager
def deadline(seconds: float) -> Generator[Deadline]:
    """A block that may take so long.

    It is interrupted by `OutOfTime` wherever it is, in the main thread of a system with interval timers. Elsewhere, and
    where an alarm is in use already, only who calls `check` notices.
    """
    limit = Deadline(time.monotonic() + seconds)
    if not _can_be_interrupted():
        yield limit
        return
    before, unraisable = signal.signal(signal.SIGALRM, _ring), sys.unraisablehook

    def lost(fault: sys.UnraisableHookArgs) -> None:
        """An alarm that fell into a destructor or a callback of C: it rings again."""
        if fault.exc_type is OutOfTime:
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        else:
            unraisable(fault)

    sys.unraisablehook = lost
    signal.setitimer(signal.ITIMER_REAL, max(seconds, _AGAIN))
    try:
        yield limit
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:
            signal.signal(signal.SIGALRM, before)
            sys.unraisablehook = unraisable


def _can_be_interrupted() -> bool:
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return False
    return signal.getitimer(signal.ITIMER_REAL)[0] == 0 and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def _ring(number: int, frame: object) -> None:
    raise OutOfTime


def limit_memory(size: int) -> None:
    """Let this process and its children have so many bytes of data each; more raises `MemoryError`.

    A lower limit that is set already stays. Systems without such limits are left alone.
    """
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY or soft > size:
        resource.setrlimit(resource.RLIMIT_DATA, (size, hard))
