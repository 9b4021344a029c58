"""What a directory holds, compared with what it should hold. Reads only; follows no symbolic link inside."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright.paths import matches, parents_of

from . import manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

USER_PLACES = ("src/*/lib", "examples", "tests/custom")
"""Where files are the user's: one of ours is put there once, if absent, and never looked at again."""


@dataclass(slots=True)
class Survey:
    """The planned files and those of the last run, each under what was found in its place.

    Values are SHA-256 of what is there now. `edited` and `foreign` differ from the plan and from the manifest
    (or are not in it), so they are somebody's work; `outdated` and `stale` are as the last run left them.
    """

    absent: list[str] = field(default_factory=list[str])
    same: list[str] = field(default_factory=list[str])
    outdated: dict[str, str] = field(default_factory=dict[str, str])
    edited: dict[str, str] = field(default_factory=dict[str, str])
    foreign: dict[str, str] = field(default_factory=dict[str, str])
    settled: list[str] = field(default_factory=list[str])
    """Planned in one of the user's places and there already."""
    stale: dict[str, str] = field(default_factory=dict[str, str])
    stale_edited: list[str] = field(default_factory=list[str])
    links: list[str] = field(default_factory=list[str])
    """A symbolic link stands where a planned file belongs, or above it."""
    blocked: list[str] = field(default_factory=list[str])
    """A directory or device stands where a planned file belongs, or a file above it."""

    @property
    def clean(self) -> bool:
        """Whether writing the plan would change nothing."""
        found = (
            self.absent,
            self.outdated,
            self.edited,
            self.foreign,
            self.stale,
            self.links,
            self.blocked,
        )
        return not any(found)


def with_manifest(files: Mapping[str, bytes], keep: tuple[str, ...]) -> dict[str, bytes]:
    """`files` and the manifest that lists them; what lies in the user's places is not listed."""
    ours = {path: content for path, content in files.items() if not matches(path, keep)}
    return {**files, manifest.NAME: manifest.render(ours)}


def survey(files: Mapping[str, bytes], known: Mapping[str, str], target: Path, keep: tuple[str, ...]) -> Survey:
    """Compare `target` with the planned `files` (with the manifest) and with the last run's `known`."""
    result = Survey()
    tree = _Tree(target)
    for path, content in files.items():
        kind = tree.kind(path)
        if kind == "absent":
            result.absent.append(path)
        elif kind == "link":
            result.links.append(path)
        elif kind == "other":
            result.blocked.append(path)
        elif matches(path, keep):
            result.settled.append(path)
        else:
            _sort(result, path, content, (target / path).read_bytes(), known)
    for path, written in known.items():
        if path in files or matches(path, keep) or tree.kind(path) == "absent":
            continue
        if tree.kind(path) == "file" and manifest.digest((target / path).read_bytes()) == written:
            result.stale[path] = written
        else:
            result.stale_edited.append(path)
    return result


def _sort(result: Survey, path: str, content: bytes, present: bytes, known: Mapping[str, str]) -> None:
    if present == content:
        result.same.append(path)
        return
    found = manifest.digest(present)
    if path == manifest.NAME or known.get(path) == found:
        result.outdated[path] = found
    elif path in known:
        result.edited[path] = found
    else:
        result.foreign[path] = found


class _Tree:
    """Kinds of paths below a root: file, absent, link (or below one) or other; looks at a directory once."""

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._above: dict[str, str] = {}

    def kind(self, path: str) -> str:
        for parent in parents_of(path):
            above = self._above.get(parent)
            if above is None:
                above = self._above[parent] = self._look(parent)
            if above != "directory":
                return "other" if above == "file" else above
        found = self._look(path)
        return "other" if found == "directory" else found

    def _look(self, path: str) -> str:
        try:
            mode = os.lstat(f"{self._root}/{path}").st_mode
        except FileNotFoundError:
            return "absent"
        except NotADirectoryError:
            return "other"
        if stat.S_ISLNK(mode):
            return "link"
        if stat.S_ISDIR(mode):
            return "directory"
        return "file" if stat.S_ISREG(mode) else "other"
