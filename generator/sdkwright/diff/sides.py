"""Reads one side of a comparison: a file, or a file as it was at a git revision."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sdkwright import overlay, source, transforms
from sdkwright.bundle import Bundle, bundle
from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.diff.git import GitFile
from sdkwright.diff.places import Places
from sdkwright.diff.walk import Document
from sdkwright.limits import Limits
from sdkwright.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Generator

    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Side:
    """A document in canonical shape, its texts by name, and how the user named it.

    `folder` is the temporary directory of a git revision, "" for a file; `display` shows names without it.
    """

    name: str
    bundle: Bundle
    diagnostics: Diagnostics
    texts: dict[str, SourceText]
    folder: str = ""
    reference: str = ""
    _places: dict[str, Places] = field(default_factory=dict[str, "Places"])

    def display(self, file: str) -> str:
        """The name of a file as the user knows it."""
        return _shown(file, self.folder, self.reference) if self.folder else file

    def document(self) -> Document:
        """What the comparison looks at."""
        return Document(self.bundle.document, self._written)

    def _written(self, pointer: str) -> bool:
        """Whether the author wrote a keyword: its place in the source is not that of what is around it."""
        parent = pointer.rpartition("/")[0]
        place, around = self.bundle.origins.locate(pointer), self.bundle.origins.locate(parent)
        return place.file not in self.texts or self.position(place) != self.position(around)

    def position(self, place: Location) -> tuple[int, int]:
        """The line and column of a place in a text of this side."""
        if place.file not in self._places:
            self._places[place.file] = Places(self.texts[place.file])
        return self._places[place.file].position(place.pointer)


@dataclass(frozen=True, slots=True)
class Reading:
    """How both sides are read: as the generator does. `roots` are further directories for references."""

    config: Config = field(default_factory=Config)
    overlays: tuple[Path, ...] = ()
    roots: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)


@contextmanager
def open_side(name: str, reading: Reading, diagnostics: Diagnostics, texts: dict[str, SourceText]) -> Generator[Side]:
    """Read a side that is named by a path, or by a git revision and a path in its repository (`main:api.yaml`).

    A path that exists wins. Raises `Refusal` for what cannot be read; `texts` collects what was.
    """
    reference, _, path = name.partition(":")
    if Path(name).exists() or not path or not reference:
        yield _read(Path(name), name, reading, diagnostics, texts, "", "")
        return
    with tempfile.TemporaryDirectory(prefix="sdkwright-") as folder:
        target = GitFile(reference, path, diagnostics).materialise(Path(folder), reading.limits)
        start = len(diagnostics.items)
        try:
            side = _read(target, name, reading, diagnostics, texts, folder, reference)
        finally:
            _rename(diagnostics, start, texts, folder, reference)
        yield side


def _shown(file: str, folder: str, reference: str) -> str:
    inside = file.removeprefix(folder)
    return file if inside == file else f"{reference}:{inside.lstrip('/')}"


def _rename(
    diagnostics: Diagnostics, start: int, texts: dict[str, SourceText], folder: str, reference: str
) -> None:  # fmt: skip
    """Let diagnostics name files as the user does, and not where they were for a moment."""
    for file in [file for file in texts if file.startswith(folder)]:
        texts[_shown(file, folder, reference)] = texts[file]
    for number, item in enumerate(diagnostics.items[start:], start):
        shown = Location(_shown(item.location.file, folder, reference), item.location.pointer)
        message = item.message.replace(f"{folder}/", f"{reference}:")
        diagnostics.items[number] = replace(item, location=shown, message=message)


def _read(
    path: Path, name: str, reading: Reading, diagnostics: Diagnostics, texts: dict[str, SourceText],
    folder: str, reference: str,
) -> Side:  # fmt: skip
    if not path.is_file():
        raise diagnostics.refuse(
            "source/missing",
            f"{name} is not a file",
            Location(name),
            "pass a path, or REVISION:PATH of a git repository",
        )
    limits = reading.limits
    document = source.read(path, limits, diagnostics, texts)
    for each in reading.overlays:
        document = overlay.apply(document, each, limits, diagnostics, texts)
    document = transforms.apply(document, reading.config, diagnostics)
    bundled = bundle(document, roots=reading.roots, limits=limits, diagnostics=diagnostics, texts=texts)
    return Side(name, upgrade(bundled, diagnostics, limits), diagnostics, texts, folder, reference)
