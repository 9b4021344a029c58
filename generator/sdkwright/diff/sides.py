"""Reads one side of a comparison."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright import overlay, source, transforms
from sdkwright.bundle import Bundle, bundle
from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.diff.files import Files, Found
from sdkwright.diff.places import Places
from sdkwright.diff.walk import Document
from sdkwright.limits import Limits
from sdkwright.upgrade import upgrade

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Side:
    """A document in canonical shape, its texts by name, and how the user named it."""

    name: str
    bundle: Bundle
    diagnostics: Diagnostics
    texts: dict[str, SourceText]
    found: Found
    _places: dict[str, Places] = field(default_factory=dict[str, "Places"])

    def display(self, file: str) -> str:
        """The name of a file as the user knows it."""
        return self.found.shown(file)

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
    """How a side is read: as the generator does. `roots` are further directories for references."""

    config: Config = field(default_factory=Config)
    overlays: tuple[Path, ...] = ()
    roots: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)


@contextmanager
def open_side(name: str, reading: Reading, diagnostics: Diagnostics, texts: dict[str, SourceText]) -> Generator[Side]:
    """Read a side that `Files` finds by its name; `texts` collects the files. Raises `Refusal` if that fails."""
    with Files(diagnostics, texts, reading.limits) as files:
        yield read_side(files.find(name), reading, diagnostics, texts)


def read_side(found: Found, reading: Reading, diagnostics: Diagnostics, texts: dict[str, SourceText]) -> Side:
    """Read a document with its overlays, as the generator does with this config."""
    if not found.path.is_file():
        raise diagnostics.refuse(
            "source/missing",
            f"{found.name} is not a file",
            Location(found.name),
            "pass a path, or REVISION:PATH of a git repository",
        )
    limits = reading.limits
    document = source.read(found.path, limits, diagnostics, texts)
    for each in reading.overlays:
        document = overlay.apply(document, each, limits, diagnostics, texts)
    document = transforms.apply(document, reading.config, diagnostics)
    bundled = bundle(document, roots=reading.roots, limits=limits, diagnostics=diagnostics, texts=texts)
    return Side(found.name, upgrade(bundled, diagnostics, limits), diagnostics, texts, found)
