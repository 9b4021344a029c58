"""Two texts side by side: which lines correspond, and which words in them differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sdkwright.report import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONTEXT: Final = 3
_MOST: Final = 48
"""Rows of one view."""
_ALIKE: Final = 0.4
"""How alike two lines must be, from 0 to 1, for their words to be compared."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Piece(NamedTuple):
    """A part of a line, and whether it differs from the other side."""

    text: str
    changed: bool = False


Kind = Literal["same", "changed", "removed", "added", "gap"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: line numbers from 1 (0: no line on that side) and the pieces of both lines. A gap has `hidden` lines."""

    kind: Kind
    left: int = 0
    right: int = 0
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    hidden: int = 0


def rows(old: Sequence[str], new: Sequence[str], left: int = 1, right: int = 1) -> tuple[Row, ...]:
    """The rows around what differs; `left` and `right` are the numbers of the first lines. None if nothing does."""
    before, after = [sanitise(line) for line in old], [sanitise(line) for line in new]
    if before == after:
        return ()
    found = list(_rows(before, after, left, right))
    hidden = len(found) - _MOST
    return (*found[:_MOST], *([Row("gap", hidden=hidden)] if hidden > 0 else []))


def _rows(old: list[str], new: list[str], left: int, right: int) -> Iterator[Row]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    end = 0
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        start = group[0][1]
        if start > end:
            yield Row("gap", hidden=start - end)
        for tag, a, b, c, d in group:
            if tag == "equal":
                for at in range(b - a):
                    plain = (Piece(old[a + at]),)
                    yield Row("same", left + a + at, right + c + at, plain, plain)
            else:
                yield from _block(old[a:b], new[c:d], left + a, right + c)
        end = group[-1][2]
    if old and end < len(old):
        yield Row("gap", hidden=len(old) - end)


def _block(old: list[str], new: list[str], left: int, right: int) -> Iterator[Row]:
    """Lines that were replaced: in pairs, then what is left over."""
    both = min(len(old), len(new))
    for at in range(both):
        before, after = _words(old[at], new[at])
        yield Row("changed", left + at, right + at, before, after)
    for at in range(both, len(old)):
        yield Row("removed", left + at, 0, (Piece(old[at]),))
    for at in range(both, len(new)):
        yield Row("added", 0, right + at, (), (Piece(new[at]),))


def _words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (Piece(old, changed=True),), (Piece(new, changed=True),)
    sides: tuple[list[Piece], list[Piece]] = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, tokens in zip(sides, (before[a:b], after[c:d]), strict=True):
            if tokens:
                side.append(Piece("".join(tokens), tag != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def unified(found: Sequence[Row]) -> Iterator[str]:
    """The rows as the lines of a patch: removed lines before added ones, `...` for a gap."""
    waiting: list[str] = []
    for row in found:
        if row.kind in {"same", "gap"}:
            yield from waiting
            waiting = []
            yield " ..." if row.kind == "gap" else f" {_text(row.old)}"
            continue
        if row.left:
            yield f"-{_text(row.old)}"
        if row.right:
            waiting.append(f"+{_text(row.new)}")
    yield from waiting


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces)
