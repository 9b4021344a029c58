"""One writer per target: a lock file that names its holder.

The system's own file lock decides who holds it, so the lock of a process that died is free at once and a
reused process id cannot hold it for ever; the id in the file is for the message to the one who waits.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_POLL = 0.05  # seconds
_FAR = 1 << 30  # Windows locks bytes against reading too, so lock one that is never written


class HeldError(Exception):
    """Another process kept the lock for the whole waiting time; `holder` is its id, or empty if not known."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def locked(path: Path, wait: float) -> Generator[None]:
    """Hold the lock `path` inside the block, waiting for it up to `wait` seconds; else raises `HeldError`."""
    handle = _acquire(path, time.monotonic() + wait)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        if sys.platform == "win32":  # an open file cannot be removed there, and a waiting one may open it first
            os.close(handle)
            with suppress(OSError):
                path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            os.close(handle)


def _acquire(path: Path, deadline: float) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if _try(handle):
            if _is(path, handle):
                return handle
            os.close(handle)  # the last holder removed the file between our open and our lock
            continue
        holder = os.read(handle, 32).decode("ascii", "replace").strip()
        os.close(handle)
        if time.monotonic() >= deadline:
            raise HeldError(holder if holder.isdecimal() else "")
        time.sleep(_POLL)


def _is(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(path.stat(follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
