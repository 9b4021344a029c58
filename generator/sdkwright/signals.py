"""How Ctrl-C and SIGTERM reach a run: as exceptions, and never in the middle of rolling back or cleaning up."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import FrameType

T = TypeVar("T")

_BOTH: Final = (signal.SIGINT, signal.SIGTERM)
_SOON: Final = 0.01
"""Seconds."""


class Terminated(SystemExit):
    """SIGTERM arrived. If nothing catches it the process exits with `status`, 143 (128 + 15)."""

    status = 128 + signal.SIGTERM

    def __init__(self) -> None:
        super().__init__(self.status)


@contextmanager
def interruptible() -> Generator[None]:
    """Inside the block SIGTERM raises `Terminated`, as SIGINT raises `KeyboardInterrupt`.

    A handler that the program installed itself stays. Outside the main thread nothing happens, since Python
    runs handlers in the main thread only.
    """
    if not _in_main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    with _insisting(lambda: None):
        signal.signal(signal.SIGTERM, _terminate)
        try:
            yield
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)


@contextmanager
def shielded() -> Generator[None]:
    """Inside the block SIGINT and SIGTERM wait; the first that came is delivered when the block has ended."""
    if not _in_main_thread():
        yield
        return
    pending: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        pending.append(number)

    previous = {number: signal.signal(number, note) for number in _BOTH}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if pending:
            signal.raise_signal(pending[0])


def by_default() -> None:
    """Both signals end the process at once, as they do one that has nothing to clean up."""
    for number in _BOTH:
        signal.signal(number, signal.SIG_DFL)


def end_quietly(work: Callable[[], T]) -> T:
    """In a worker: the result of `work`. Either signal raises `Terminated` in it, and then ends the process.

    The process does not return to its pool then, which would take the exception for a result and give it more to do.
    Ctrl-C reaches all processes; the first of them speaks of it.
    """
    try:
        with _insisting(_arm):
            _arm()
            try:
                return work()
            finally:
                by_default()
    except Terminated as end:
        os._exit(end.status)


def _arm() -> None:
    for number in _BOTH:
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    """The first signal ends; the same from the parent and the terminal at once would disturb the cleaning up."""
    for number in _BOTH:
        signal.signal(number, _pass)  # `SIG_IGN` would make Python complain of one that is on its way
    raise Terminated


def _pass(_number: int, _frame: FrameType | None) -> None:
    pass


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


@contextmanager
def _insisting(arm: Callable[[], None]) -> Generator[None]:
    """What a signal raises in a callback of a weak reference, or a finalizer, goes nowhere: so it comes again soon."""
    before = sys.unraisablehook

    def hook(lost: sys.UnraisableHookArgs) -> None:
        if isinstance(lost.exc_value, Terminated | KeyboardInterrupt):
            arm()
            number = signal.SIGTERM if isinstance(lost.exc_value, Terminated) else signal.SIGINT
            threading.Timer(_SOON, _send, (number,)).start()
        else:
            before(lost)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _send(number: int) -> None:
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:  # where a call that waits is woken by a signal to its own thread
        signal.pthread_kill(cast("int", threading.main_thread().ident), number)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
