"""Every change that a write makes on the disk, one method each.

All changes pass `about_to`, so a test can stop the run before any of them, the way a kill, a full disk or
Ctrl-C would.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AT_FDCWD = -100
_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS
_SYNC_THREADS = 8
UNABLE = frozenset(
    {
        errno.EACCES,
        errno.EBUSY,
        errno.EINVAL,
        errno.EMLINK,
        errno.ENOSYS,
        errno.EOPNOTSUPP,
        errno.EPERM,
        errno.EXDEV,
    }
)
"""What systems answer to a link or an exchange that they cannot make: time for another way."""


class Disk:
    """The file system. Raises `OSError`; follows no symbolic link in the last step of a path."""

    def about_to(self, operation: str, path: Path) -> None:
        """Called before each change with the method's name and the path to change; does nothing here."""

    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        """Make a directory whose parent exists."""
        self.about_to("mkdir", path)
        path.mkdir(mode)

    def mkdirs(self, path: Path) -> list[Path]:
        """Make a directory and what is missing above it; returns those made, outermost first."""
        if path.is_dir():
            return []
        made = self.mkdirs(path.parent)
        self.mkdir(path)
        return [*made, path]

    def write(self, path: Path, content: bytes, like: os.stat_result | None = None) -> None:
        """Make a new file, with the permissions of `like` if given. An existing file is an error.

        A script, which says in its first line what runs it, can be executed by whoever can read it.
        """
        self.about_to("write", path)
        with path.open("xb") as file:
            file.write(content)
        if like is None and content.startswith(b"#!"):
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | (mode & 0o444) >> 2)
        if like is not None:
            path.chmod(stat.S_IMODE(like.st_mode))
            self._own(path, like)

    def link(self, source: Path, place: Path) -> None:
        """Give `source` a second name; a symbolic link is made anew with the same text."""
        self.about_to("link", place)
        if source.is_symlink():
            place.symlink_to(source.readlink())
        else:
            place.hardlink_to(source)

    def copy(self, source: Path, place: Path) -> None:
        """Copy a regular file with its permissions and times."""
        self.about_to("copy", place)
        shutil.copy2(source, place, follow_symlinks=False)

    def dress(self, source: Path, directory: Path) -> None:
        """Give a directory the owner, permissions and attributes of another; its time stays current."""
        known = source.stat()
        self._own(directory, known)
        shutil.copystat(source, directory)
        os.utime(directory)

    def replace(self, source: Path, place: Path) -> None:
        """Move a file or directory, replacing a file at `place`; one atomic step."""
        self.about_to("replace", place)
        source.replace(place)

    def exchange(self, one: Path, other: Path) -> None:
        """Swap two directories in one atomic step; `OSError` (ENOSYS) where the system has no such call."""
        self.about_to("exchange", other)
        if sys.platform == "win32":
            raise OSError(errno.ENOSYS, "no atomic exchange on this system", str(other))
        _exchange(one, other)

    def unlink(self, path: Path) -> None:
        """Remove a file or symbolic link."""
        self.about_to("unlink", path)
        path.unlink()

    def rmdir(self, path: Path) -> None:
        """Remove an empty directory."""
        self.about_to("rmdir", path)
        path.rmdir()

    def remove_tree(self, path: Path) -> None:
        """Remove a directory with all that is in it; nothing happens if there is none."""
        if path.is_dir() and not path.is_symlink():
            self.about_to("remove_tree", path)
            _open_up(path)
            shutil.rmtree(path)

    def sync(self, paths: Iterable[Path]) -> None:
        """Wait until these files and directories are on the medium.

        Several threads, because the system then commits many files with one flush (measured: half the time).
        """
        todo = list(paths)
        if todo:
            self.about_to("sync", todo[0])
            with ThreadPoolExecutor(min(_SYNC_THREADS, len(todo))) as pool:
                list(pool.map(_sync, todo))

    @staticmethod
    def _own(path: Path, like: os.stat_result) -> None:
        if sys.platform == "win32":
            return
        known = path.stat()
        if (known.st_uid, known.st_gid) != (like.st_uid, like.st_gid):
            os.chown(path, like.st_uid, like.st_gid)


def _open_up(path: Path) -> None:
    """Let the owner in everywhere: a directory that the user closed to writing could not be emptied."""
    path.chmod(0o700)
    for parent, directories, _ in os.walk(path):
        for name in directories:
            inner = Path(parent, name)
            if not inner.is_symlink():
                inner.chmod(0o700)


def _sync(path: Path) -> None:
    if sys.platform == "win32" and path.is_dir():
        return  # Windows keeps directories itself and gives no handle to flush
    handle = os.open(path, os.O_RDWR if sys.platform == "win32" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(one), os.fsencode(other)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*paths, _SWAP)
    else:
        raise OSError(errno.ENOSYS, "no atomic exchange on this system", str(other))
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(other))
