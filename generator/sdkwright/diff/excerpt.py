"""The text of a document at the place of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright import pointers

if TYPE_CHECKING:
    from sdkwright.diff.cards import Card
    from sdkwright.diff.sides import Side
    from sdkwright.source import SourceText

_EXCERPT: Final = 16
"""Lines of an excerpt."""
_LONGEST: Final = 4_000
_KEPT: Final = 400
"""Lines that a place keeps, for views that show what differs."""
_WIDEST: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file as the user knows it, lines from 1, the pointer there, and the text.

    `text` are the first lines of it, without their common indentation.
    """

    file: str
    line: int
    end_line: int
    pointer: str
    text: tuple[str, ...]

    @property
    def excerpt(self) -> tuple[str, ...]:
        """The beginning of the text, and how much more there is."""
        rest = self.end_line - self.line + 1 - _EXCERPT
        return (*self.text[:_EXCERPT], *([f"... {rest} more lines"] if self.text and rest > 0 else []))


def around(card: Card, side: Side, pointer: str | None) -> Place | None:
    """The whole of the thing that a card is about, where `pointer` may be a keyword in it."""
    if pointer is None:
        return None
    steps = pointers.split(pointer)
    return place(side, pointers.join(steps[: len(pointers.split(card.pointer))]))


def place(side: Side, pointer: str | None) -> Place | None:
    """The place of a canonical pointer in the files of a side."""
    if pointer is None:
        return None
    location = side.bundle.origins.locate(pointer)
    text = side.texts.get(location.file)
    if text is None:
        return Place(side.display(location.file), 0, 0, location.pointer, ())
    line, column = side.position(location)
    lines = _lines(text, line, column, item=location.pointer.rpartition("/")[2].isdigit())
    return Place(side.display(location.file), line, line + len(lines) - 1, location.pointer, _dedented(lines[:_KEPT]))


def _lines(source: SourceText, first: int, column: int, *, item: bool) -> list[str]:
    """The lines of a node: the first, and what is indented below it (or its dash), with the bracket that closes it."""
    start = source.line(first)
    found, indent = [start], column - 1
    if item and start.lstrip().startswith("- "):
        indent = len(start) - len(start.lstrip())
    for number in range(first + 1, first + _LONGEST):
        line = source.line(number)
        text = line.lstrip()
        if not text:
            break
        depth = len(line) - len(text)
        is_item = depth == indent and text.startswith("- ") and start.rstrip().endswith(":") and not item
        closes = depth == indent and text[0] in "}]"
        if depth <= indent and not is_item and not closes:
            break
        found.append(line)
        if closes:
            break
    return found


def _dedented(lines: list[str]) -> tuple[str, ...]:
    cut = [line[:_WIDEST] for line in lines]
    margin = min((len(line) - len(line.lstrip()) for line in cut if line.strip()), default=0)
    return tuple(line[margin:] for line in cut)
