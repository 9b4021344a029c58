"""A small package in two versions, a user's files around it, and disks that fail at a chosen moment."""

from __future__ import annotations

import errno
import os
import signal
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostics
from sdkwright.write import MANIFEST, Disk, WriteResult, publish

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

OLD = {
    "pyproject.toml": b'name = "pets"\nversion = "1"\n',
    "src/pets/__init__.py": b"VERSION = 1\n",
    "src/pets/_client.py": b"class Pets: ...\n",
    "src/pets/resources/cats.py": b"class Cats: ...\n",
    "src/pets/resources/gone/__init__.py": b"",
}
NEW = {
    "pyproject.toml": b'name = "pets"\nversion = "2"\n',
    "src/pets/__init__.py": b"VERSION = 2\n",
    "src/pets/_client.py": b"class Pets: ...\n",
    "src/pets/resources/cats.py": b"class Cats:\n    lives = 9\n",
    "src/pets/resources/dogs/__init__.py": b"class Dogs: ...\n",
}
USERS = {
    "src/pets/lib/extra.py": b"mine = 1\n",
    "examples/demo.py": b"print('demo')\n",
    "tests/custom/test_mine.py": b"def test() -> None: ...\n",
    "notes.txt": b"not generated\n",
    "src/pets/resources/helper.txt": b"beside generated files\n",
}


def put(root: Path, files: dict[str, bytes]) -> None:
    """Write `files` below `root` the plain way."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def contents(root: Path) -> dict[str, bytes]:
    """Every file below `root` except the manifest; an empty directory is a path that ends with a slash."""
    found: dict[str, bytes] = {}
    for place in sorted(root.rglob("*")):
        path = place.relative_to(root).as_posix()
        if place.is_symlink() or place.is_file():
            found[path] = place.read_bytes()
        elif not any(place.iterdir()):
            found[f"{path}/"] = b""
    found.pop(MANIFEST, None)
    return found


def write(target: Path, files: dict[str, bytes], disk: Disk | None = None, *, force: bool = False) -> WriteResult:
    """Publish with fresh diagnostics."""
    return publish(files, target, diagnostics=Diagnostics(), disk=disk, force=force)


def prepare(target: Path) -> None:
    """The old package with the user's files around it."""
    write(target, OLD, CountingDisk())
    put(target, USERS)


def leftovers(target: Path) -> list[str]:
    """What a run left beside or inside the target."""
    places = (*target.parent.iterdir(), *(target.iterdir() if target.is_dir() else ()))
    return [place.name for place in places if "sdkwright" in place.name and place.name != MANIFEST]


class CountingDisk(Disk):
    """Calls `act` before the change with number `at` (from 0); counts all changes."""

    def __init__(self, at: int = -1, act: Callable[[], None] = lambda: None) -> None:
        self.count = 0
        self._at = at
        self._act = act

    def about_to(self, operation: str, path: Path) -> None:
        """Count, and act when it is time."""
        self.count += 1
        if self.count == self._at + 1:
            self._act()

    def sync(self, paths: Iterable[Path]) -> None:
        """Nothing is flushed: a killed process loses no page of the system's cache, and tests stay quick."""
        self.about_to("sync", next(iter(paths)))


class OneByOneDisk(CountingDisk):
    """A system that cannot exchange two directories."""

    def exchange(self, one: Path, other: Path) -> None:
        """Refused, as an old kernel would."""
        self.about_to("exchange", other)
        raise OSError(errno.ENOSYS, "no such call", str(other))


def kill() -> None:
    """End this process the hard way."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_child(work: Callable[[], object]) -> int:
    """Run `work` in a forked process; returns its wait status (0 fine, the signal's number if killed)."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]
