"""Lines of nodes in YAML without an index of the whole text.

An index of a large document takes longer than its comparison, and a review asks for few places. In block style a path
or a component is a stretch of lines that indentation ends, so that only these lines have to be parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.source import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable

_SMALL: Final = 200_000
"""Characters below which an index of everything is quick enough."""
_DEPTHS: Final = {"components": 3, "paths": 2, "webhooks": 2, "definitions": 2}
_ENTRY = re.compile(r"^( *)[^\s#]", re.MULTILINE)


@dataclass(slots=True)
class Places:
    """Finds positions in one text, and remembers the stretches that it has parsed."""

    text: SourceText
    _stretches: dict[str, tuple[SourceText, int] | None] = field(
        default_factory=dict[str, tuple[SourceText, int] | None]
    )

    def position(self, pointer: str) -> tuple[int, int]:
        """The line and column, from 1, of a node or of its nearest ancestor that exists."""
        steps = pointers.split(pointer)
        depth = _DEPTHS.get(steps[0], 0) if steps else 0
        if self.text.is_json or len(self.text.text) < _SMALL or not 0 < depth <= len(steps):
            return self.text.position(pointer)
        head = pointers.join(steps[:depth])
        if head not in self._stretches:
            self._stretches[head] = self._stretch(steps[:depth])
        stretch = self._stretches[head]
        if stretch is None:
            return self.text.position(pointer)
        part, first = stretch
        line, column = part.position(pointers.join(steps[depth - 1 :]))
        return line + first - 1, column

    def _stretch(self, steps: Iterable[str]) -> tuple[SourceText, int] | None:
        """The lines of a node and the number of the first; None where they are not plain block style."""
        text = self.text.text
        start, end, indent, line_start = 0, len(text), 0, 0
        for number, step in enumerate(steps):
            entry = _ENTRY.search(text, start, end)
            if entry is None or (number and len(entry[1]) <= indent):
                return None
            indent = len(entry[1])
            key = re.escape(step)
            pattern = re.compile(rf"^ {{{indent}}}(?:{key}|\"{key}\"|'{key}'):[ \t]*(?:#.*)?$", re.MULTILINE)
            found = [match.span() for match in pattern.finditer(text, start, end)]
            if len(found) != 1:
                return None
            line_start, start = found[0]
            following = re.compile(rf"^ {{0,{indent}}}[^\s#]", re.MULTILINE).search(text, start, end)
            end = following.start() if following else end
        return SourceText(self.text.name, text[line_start:end]), text.count("\n", 0, line_start) + 1
