"""Taking everything that a write does not change from the old directory to the new one, by hard links.

A hard link is the same file: its content, times and permissions come along at no cost, and a program that
edits it in place edits both. What cannot be linked (another file system below the target, a system without
links) makes the caller replace files one by one instead.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from .disk import Disk

_LIMIT = 20_000  # entries; more are no package, but a home directory or a large environment inside the target
_BYTECODE = "__pycache__"


class TooManyFilesError(OSError):
    """The target holds more than can sensibly be linked."""


class Carrier:
    """Keeps `new` equal to `old` in every path that is not in `touched`."""

    def __init__(self, disk: Disk, old: Path, new: Path, touched: Collection[str]) -> None:
        self._disk = disk
        self._old = old
        self._new = new
        self._touched = touched
        self._seen = 0

    def carry(self) -> None:
        """Link what is missing in `new` or has become another file in `old` since the last call."""
        self._seen = 0
        self._directory("", self._carry)

    def prune(self) -> None:
        """Remove from `new` what the user has removed from `old` since it was carried."""
        self._prune("")

    def dress(self) -> None:
        """Give the directories of `new` the permissions of those in `old`, innermost first."""
        for path, _, _ in os.walk(self._new, topdown=False):
            source = self._old / os.path.relpath(path, self._new)
            if source.is_dir() and not source.is_symlink():
                self._disk.dress(source, Path(path))

    def sweep(self) -> None:
        """After the exchange: move over what came into `old` at the last moment, unless `new` has newer."""
        self._directory("", self._sweep)

    def _directory(self, path: str, take: Callable[[str], None]) -> None:
        directories: list[str] = []
        try:
            device = (self._old / path).stat().st_dev
            with os.scandir(self._old / path) as found:
                entries = list(found)
        except FileNotFoundError:
            return  # the user removed it a moment ago
        for entry in entries:
            inner = f"{path}/{entry.name}" if path else entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.stat(follow_symlinks=False).st_dev != device:
                    raise OSError(errno.EXDEV, "another file system is mounted here", entry.path)
                directories.append(inner)
            elif inner not in self._touched:
                take(inner)
        if not entries:
            self._disk.mkdirs(self._new / path)
        for inner in sorted(directories, key=lambda name: name.endswith(f"/{_BYTECODE}")):
            # Bytecode alone is no reason to keep a directory whose modules are gone.
            if not inner.endswith(f"/{_BYTECODE}") or (self._new / path).is_dir():
                self._directory(inner, take)

    def _count(self) -> None:
        self._seen += 1
        if self._seen > _LIMIT:
            raise TooManyFilesError(f"more than {_LIMIT} files")

    def _carry(self, path: str) -> None:
        self._count()
        source, place = self._old / path, self._new / path
        if _same(source, place):
            return
        if os.path.lexists(place):
            self._disk.unlink(place)
        else:
            self._disk.mkdirs(place.parent)
        try:
            self._disk.link(source, place)
        except FileNotFoundError:
            if os.path.lexists(source):
                raise  # else the user removed it a moment ago

    def _sweep(self, path: str) -> None:
        source, place = self._old / path, self._new / path
        if _same(source, place):
            return
        if not os.path.lexists(place) or os.lstat(source).st_mtime_ns > os.lstat(place).st_mtime_ns:
            self._disk.mkdirs(place.parent)
            self._disk.replace(source, place)

    def _prune(self, path: str) -> None:
        for entry in list(os.scandir(self._new / path)):
            inner = f"{path}/{entry.name}" if path else entry.name
            if entry.is_dir(follow_symlinks=False):
                self._prune(inner)
                if not (self._old / inner).is_dir() and not any((self._new / inner).iterdir()):
                    self._disk.rmdir(self._new / inner)
            elif inner not in self._touched and not os.path.lexists(self._old / inner):
                self._disk.unlink(self._new / inner)


def _same(one: Path, other: Path) -> bool:
    try:
        first, second = os.lstat(one), os.lstat(other)
    except FileNotFoundError:
        return False
    if os.path.samestat(first, second):
        return True
    return one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()
