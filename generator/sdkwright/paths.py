"""Which relative paths a package may contain: those that mean the same file on every system.

A path comes from names in a document, and a manifest is a file that anybody may have edited, so both are
checked here before one of them is joined to a directory.
"""

from __future__ import annotations

import re
import unicodedata
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff<>:"|?*\\]')
_LONGEST_NAME = 255  # bytes, the limit of nearly every file system


def problem(path: str) -> str | None:
    """Why `path` cannot be the place of a generated file, or None if it can."""
    if path.startswith("/"):
        return "it is absolute"
    for name in path.split("/"):
        reason = _name_problem(name)
        if reason:
            return reason
    return None


def problems(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each unusable path with the reason, also those that clash with an earlier one (in the given order).

    Two paths clash if a system that ignores case or Unicode form takes one for the other, or if one needs as
    a directory what the other is as a file.
    """
    spelled: dict[str, str] = {}
    files: set[str] = set()
    directories: set[str] = set()
    for path in paths:
        reason = problem(path)
        if reason is None:
            parents = parents_of(path)
            reason = _clash(path, parents, spelled, files, directories)
            files.add(path)
            directories.update(parents)
        if reason is not None:
            yield path, reason


def parents_of(path: str) -> list[str]:
    """The directories above `path`, outermost first: `a/b/c` gives `a` and `a/b`."""
    return [path[:index] for index, letter in enumerate(path) if letter == "/"]


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether `path` is, or lies below, what one of the patterns names; `*` stands for part of one name."""
    steps = path.split("/")
    return any(_below(steps, pattern.split("/")) for pattern in patterns)


def _below(steps: list[str], pattern: list[str]) -> bool:
    return len(steps) >= len(pattern) and all(map(fnmatchcase, steps, pattern))


def _name_problem(name: str) -> str | None:
    if name in {"", ".", ".."}:
        return "it has an empty, '.' or '..' step"
    if _FORBIDDEN.search(name):
        return "it has a character that file names cannot have everywhere"
    if name[-1] in ". ":
        return "a name in it ends with a dot or a space"
    if _DEVICE.fullmatch(name.split(".", 1)[0].rstrip(" ")):
        return "a name in it is a device on Windows"
    if len(name.encode("utf-8")) > _LONGEST_NAME:
        return f"a name in it is longer than {_LONGEST_NAME} bytes"
    return None


def _clash(
    path: str, parents: list[str], spelled: dict[str, str], files: set[str], directories: set[str]
) -> str | None:
    for prefix in (*parents, path):
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", prefix).casefold())
        other = spelled.setdefault(folded, prefix)
        if other != prefix:
            return f"it differs from {other!r} only in case or Unicode form"
    blocking = next((parent for parent in parents if parent in files), None)
    if blocking is not None:
        return f"{blocking!r} would be both a file and a directory"
    if path in files:
        return "it is there twice"
    return "it would be both a file and a directory" if path in directories else None
