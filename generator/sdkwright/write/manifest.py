"""The list of files that a run wrote, kept in the package: `.sdkwright.json`.

It is what tells our files from the user's: only a file that it lists, with the content it lists, is ever
replaced or deleted without being asked. It depends on the files alone (no time, no machine), so it can be
committed.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, cast

from sdkwright import __version__
from sdkwright.paths import problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = ".sdkwright.json"
_FORMAT = 1


class BadManifestError(Exception):
    """The manifest is there and is not one that we wrote."""


def digest(content: bytes) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def render(files: Mapping[str, bytes]) -> bytes:
    """The manifest of `files`: sorted, one line a file so that it merges well."""
    listed = {path: digest(files[path]) for path in sorted(files)}
    text = json.dumps({"files": listed, "format": _FORMAT, "generator": f"sdkwright {__version__}"}, indent=2)
    return f"{text}\n".encode()


def read(target: Path) -> dict[str, str]:
    """Path to SHA-256 of what the last run wrote in `target`; empty without a manifest.

    Raises `BadManifestError` if it cannot be read: a merge conflict in it, a newer format, a path that leads
    outside.
    """
    place = target / NAME
    if place.is_symlink():
        raise BadManifestError("it is a symbolic link")
    try:
        content = place.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as fault:
        raise BadManifestError(fault.strerror or "it cannot be read") from fault
    try:
        data = cast("object", json.loads(content))
    except (ValueError, RecursionError) as fault:
        raise BadManifestError("it is not JSON") from fault
    return _listed(data)


def _listed(data: object) -> dict[str, str]:
    if not isinstance(data, dict):
        raise BadManifestError("it is not an object")
    known = cast("dict[str, object]", data)
    if known.get("format") != _FORMAT:
        raise BadManifestError("a different version of sdkwright wrote it")
    files = known.get("files")
    if not isinstance(files, dict):
        raise BadManifestError("it has no list of files")
    result: dict[str, str] = {}
    for path, value in cast("dict[str, object]", files).items():
        if problem(path) is not None or not isinstance(value, str):
            raise BadManifestError("it lists a path that no run can have written")
        result[path] = value
    return result
