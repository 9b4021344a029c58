"""Scratch directories that no run leaves for good: one that was killed is cleaned up after by the next."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .signals import shielded

if TYPE_CHECKING:
    from collections.abc import Generator

_PREFIX = "sdkwright-scratch-"


@contextmanager
def scratch(place: str | None = None) -> Generator[Path]:
    """A new directory below `place` (the system's by default), gone after the block.

    Its maker holds the system's lock on it, which ends with the process however that ends; so those of this user
    that nobody holds are what killed runs left, and are removed first.
    """
    above = Path(place or tempfile.gettempdir()).resolve()
    if sys.platform == "win32":  # no locks on directories there, and kills that leave nothing to clean are the system's
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=above) as name:
            yield Path(name)
        return
    for left in above.glob(f"{_PREFIX}*"):
        _sweep(left)
    made: tuple[Path, int] | None = None
    try:
        with shielded():  # a signal comes when the directory is known, so that it goes again
            made = _made(above)
        yield made[0]
    finally:
        with shielded():
            if made is not None:
                shutil.rmtree(made[0], ignore_errors=True)
                os.close(made[1])


if sys.platform != "win32":
    import fcntl

    def _made(above: Path) -> tuple[Path, int]:
        """A directory that is locked, and the handle that holds the lock; another run may sweep it before it is."""
        while True:
            path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
            with suppress(FileNotFoundError):
                handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
                fcntl.flock(handle, fcntl.LOCK_EX)
                if path.is_dir():
                    return path, handle
                os.close(handle)

    def _sweep(path: Path) -> None:
        with suppress(OSError):  # another run was quicker, or it is somebody else's
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(handle).st_uid == os.geteuid():
                    shutil.rmtree(path)
            finally:
                os.close(handle)
