"""A directory for one trial: a user's package with his own files around it, and what is found there afterwards."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CACHED = re.compile(r"[0-9a-f]{64}\.json")
USERS = {
    "src/pets/lib/extra.py": b"mine = 1\n",
    "examples/demo.py": b"print('demo')\n",
    "tests/custom/test_mine.py": b"def test() -> None: ...\n",
    "notes.txt": b"not generated\n",
    "src/pets/resources/helper.txt": b"beside generated files\n",
}
Found = Mapping[str, tuple[str, int, bytes]]
"""What is at each path: its kind, its permissions and its content."""


@dataclass(frozen=True, slots=True)
class Sandbox:
    """The places of a trial below one directory."""

    root: Path

    @property
    def target(self) -> Path:
        """The package."""
        return self.root / "work" / "pets"

    @property
    def temporary(self) -> Path:
        """What `TMPDIR` is."""
        return self.root / "tmp"

    @property
    def cache(self) -> Path:
        """What `XDG_CACHE_HOME` is."""
        return self.root / "cache"

    def make(self) -> None:
        """The directories, with no package yet."""
        for place in (self.target.parent, self.temporary, self.cache):
            place.mkdir(parents=True)

    def add_users(self) -> None:
        """A user's files around the package: plain ones, one that nobody may write, a link, an empty directory."""
        put(self.target, USERS)
        (self.target / "notes.txt").chmod(0o440)
        (self.target / "latest").symlink_to("notes.txt")
        (self.target / "drafts").mkdir(mode=0o750)

    def copy(self, root: Path) -> Sandbox:
        """The same in another place."""
        shutil.copytree(self.root, root, symlinks=True)
        return Sandbox(root)

    def found(self) -> Found:
        """What the target holds, byte for byte; nothing if it is not there."""
        return dict(_found(self.target))

    def leftovers(self) -> list[str]:
        """What no run should leave: files beside the package or in it, in the temporary directory, in the cache."""
        beside = [path for path in self.target.parent.iterdir() if path != self.target]
        inside = self.target.glob(".sdkwright.*") if self.target.is_dir() else ()
        cached = (path for path in self.cache.rglob("*") if not (path.is_dir() or _CACHED.fullmatch(path.name)))
        found = (*beside, *self.temporary.iterdir(), *cached, *inside)
        return sorted(str(path.relative_to(self.root)) for path in found if path.name != ".sdkwright.json")


def put(root: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` below `root` the plain way."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def _found(root: Path) -> Iterator[tuple[str, tuple[str, int, bytes]]]:
    for directory, folders, names in os.walk(root):
        for name in (*folders, *names):
            path = Path(directory, name)
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                kind, content = "link", os.fsencode(path.readlink())
            elif stat.S_ISDIR(mode):
                kind, content = "directory", b""
            else:
                kind, content = "file", path.read_bytes()
            yield str(path.relative_to(root)), (kind, stat.S_IMODE(mode), content)
