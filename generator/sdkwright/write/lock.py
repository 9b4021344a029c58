"""One writer per target: a lock file that names its holder.

The system's own file lock decides who holds it, so the lock of a process that died is free at once and a
reused process id cannot hold it for ever; the id in the file is for the message to the one who waits.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.signals import shielded

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
    lock = _Lock(path)
    try:
        lock.acquire(time.monotonic() + wait)
        yield
    finally:
        lock.release()


@dataclass(slots=True)
class _Lock:
    """The lock file; a signal finds it either taken and noted here, or not taken."""

    path: Path
    handle: int | None = None

    def acquire(self, deadline: float) -> None:
        while True:
            with shielded():
                holder = self._try()
            if holder is None:
                return
            if time.monotonic() >= deadline:
                raise HeldError(holder if holder.isdecimal() else "")
            time.sleep(_POLL)

    def release(self) -> None:
        """Give it up. A file that cannot be removed does no harm: nobody holds it, and the next run removes it."""
        with shielded(), suppress(OSError):
            handle, self.handle = self.handle, None
            if handle is None:
                return
            if sys.platform == "win32":  # an open file cannot be removed there, and a waiting one may open it first
                os.close(handle)
                self.path.unlink(missing_ok=True)
            else:
                try:
                    self.path.unlink(missing_ok=True)
                finally:
                    os.close(handle)

    def _try(self) -> str | None:
        """Take the lock; if another has it, what its file says about the holder."""
        while True:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                if not _try(handle):
                    return os.read(handle, 32).decode("ascii", "replace").strip()
                if _is(self.path, handle):  # else the last holder removed the file between our open and our lock
                    self.handle = handle
                    os.ftruncate(handle, 0)
                    os.write(handle, f"{os.getpid()}\n".encode())
                    return None
            finally:
                if self.handle is None:
                    os.close(handle)


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
