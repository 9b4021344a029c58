"""From what a user types (a path or a name) to the folder of one import package."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_NEVER = {"tests", "test", "docs", "examples", "build", "dist"}


class Unreadable(Exception):  # noqa: N818  (what was asked for cannot be read; it is no fault of the program)
    """There is no package to read where the user pointed; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Located:
    """An import package: its name, and the folder that holds it."""

    name: str
    parent: Path

    @property
    def folder(self) -> Path:
        """The package's own folder."""
        return self.parent / self.name


def locate(source: str) -> Located:
    """The package that `source` names: an import package's folder, a src or distribution folder with one package in
    it, or the dotless name of a package on `sys.path`. Nothing is imported."""
    path = Path(source)
    if path.is_dir():
        return _in_folder(path.resolve())
    if path.exists():
        raise Unreadable(f"{source} is a file; name the folder of the package")
    if source.isidentifier():
        for entry in dict.fromkeys(["", *sys.path]):
            found = Path(entry or os.curdir) / source
            if _is_package(found):
                return Located(source, found.parent.resolve())
    raise Unreadable(f"there is no folder {source!r}, and no package of that name on sys.path")


def _in_folder(folder: Path) -> Located:
    if _is_package(folder):
        return Located(folder.name, folder.parent)
    for place in (folder / "src", folder):
        names = sorted(child.name for child in place.iterdir() if _is_package(child)) if place.is_dir() else []
        names = [name for name in names if name not in _NEVER]
        if len(names) == 1:
            return Located(names[0], place)
        if names:
            raise Unreadable(f"{place} holds several packages ({', '.join(names)}); name the folder of one")
    raise Unreadable(f"{folder} holds no import package (a folder with an __init__.py)")


def _is_package(path: Path) -> bool:
    return path.name.isidentifier() and any((path / f"__init__{suffix}").is_file() for suffix in (".py", ".pyi"))
