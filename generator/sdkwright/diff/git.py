"""Files as they were at a git revision."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from sdkwright.diagnostics import Diagnostics, Location

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.limits import Limits

_SUFFIXES: Final = frozenset({".json", ".yaml", ".yml"})
_FILES: Final = 20_000
_HINT: Final = "pass a revision and a path below the root of the repository"


@dataclass(frozen=True, slots=True)
class GitFile:
    """A document at a revision, as the user named both: `main` and `apis/api.yaml`. git runs in `cwd`."""

    revision: str
    path: str
    diagnostics: Diagnostics
    cwd: Path

    def materialise(self, folder: Path, limits: Limits) -> Path:
        """Write the document, and all documents in and below its directory, into a folder; returns its path there.

        Only regular files come out, never links, and only within the budget of a bundle; beyond it the document
        comes alone, with a warning. Raises `Refusal` when there is no such revision or file.
        """
        blobs = self._blobs(limits)
        content = self._git("cat-file", "--batch", stdin="".join(f"{blob}\n" for blob in blobs.values()).encode())
        at = 0
        for name in blobs:
            end = content.index(b"\n", at)
            size = int(content[at:end].split()[2])
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content[end + 1 : end + 1 + size])
            at = end + size + 2
        return folder / PurePosixPath(self.path)

    def _blobs(self, limits: Limits) -> dict[str, str]:
        """The names of blobs by path."""
        commit = self._git("rev-parse", "--verify", "--end-of-options", f"{self.revision}^{{commit}}").decode().strip()
        wanted = PurePosixPath(self.path)
        within = [] if str(wanted.parent) == "." else [f"{wanted.parent}/"]
        found: dict[str, str] = {}
        total = 0
        for entry in self._git("ls-tree", "-r", "-z", "--full-tree", "--long", commit, "--", *within).split(b"\0"):
            head, _, raw = entry.partition(b"\t")
            fields = head.decode().split()
            file = PurePosixPath(raw.decode(errors="replace"))
            if len(fields) != 4 or not fields[0].startswith("100") or ".." in file.parts or file.is_absolute():
                continue
            if file == wanted or file.suffix.lower() in _SUFFIXES:
                total += int(fields[3])
                found[str(file)] = fields[2]
        if str(wanted) not in found:
            message = f"{self.path} is not a file of {self.revision}"
            raise self.diagnostics.refuse("source/missing", message, self._where, _HINT)
        if total > limits.bundle_bytes or len(found) > _FILES:
            message = f"the directory of {self.path} holds too many documents; it is read alone"
            self.diagnostics.warning(
                "limit/bundle", message, self._where, "move the document into a directory of its own"
            )
            found = {str(wanted): found[str(wanted)]}
        return found

    @property
    def _where(self) -> Location:
        return Location(f"{self.revision}:{self.path}")

    def _git(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        try:
            return run_git(self.cwd, *arguments, stdin=stdin)
        except GitError as fault:
            message = f"git does not know {self.revision}:{self.path}: {fault}"
            raise self.diagnostics.refuse("source/git", message, self._where, _HINT) from None


def as_of(name: str, document: str, cwd: Path) -> str:
    """The name of a file at the revision that a document is named at, where both are in the same repository.

    The name itself where the document is a path, and where the file was not there yet.
    """
    revision, _, path = document.partition(":")
    if not name or not path or ":" in name or (cwd / document).exists():
        return name
    try:
        tracked = run_git(cwd, "ls-files", "-z", "--full-name", "--", name).decode(errors="replace").strip("\0")
        run_git(cwd, "rev-parse", "--verify", "--end-of-options", f"{revision}:{tracked}")
    except GitError:
        return name
    return f"{revision}:{tracked}" if tracked else name


class GitError(Exception):
    """git did not do what it was asked; the message is its own."""


def run_git(cwd: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """What a git command prints. Raises `GitError`."""
    try:
        done = subprocess.run(["git", *arguments], cwd=cwd, input=stdin, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        raise GitError(next(iter(done.stderr.decode(errors="replace").strip().splitlines()), "no reason given"))
    return done.stdout
