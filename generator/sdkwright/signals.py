"""How Ctrl-C and SIGTERM reach a run: as exceptions, and never in the middle of rolling back or cleaning up."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from types import FrameType


class Terminated(SystemExit):
    """SIGTERM arrived. If nothing catches it the process exits with 143 (128 + 15)."""

    def __init__(self) -> None:
        super().__init__(128 + signal.SIGTERM)


@contextmanager
def interruptible() -> Generator[None]:
    """Inside the block SIGTERM raises `Terminated`, as SIGINT raises `KeyboardInterrupt`.

    A handler that the program installed itself stays. Outside the main thread nothing happens, since Python
    runs handlers in the main thread only.
    """
    if not _in_main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
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

    previous = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if pending:
            signal.raise_signal(pending[0])


def end_quietly() -> None:
    """In a worker: let both signals end it by `Terminated`. Ctrl-C reaches the whole group; the parent speaks of it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    """The first signal ends; the same from the parent and the terminal at once would disturb the cleaning up."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _pass)  # `SIG_IGN` would make Python complain of one that is on its way
    raise Terminated


def _pass(_number: int, _frame: FrameType | None) -> None:
    pass


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
