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
_MOST: Final = 300
"""Stretches after which an index of everything is quicker."""
_DEPTHS: Final = {"components": 3, "paths": 2, "webhooks": 2, "definitions": 2}
_FIRST = re.compile(r"^( *)[^\s#]", re.MULTILINE)
_KEY = re.compile(r"""(?:"([^"\\]*)"|'([^']*)'|([^\s"'#{\[&*!][^#]*?)):[ \t]*(?:\#.*)?""")

Stretch = tuple[int, int]
"""The offsets of the first line of a node and of the line after its last."""

_NONE: Final[Stretch] = (0, 0)


@dataclass(slots=True)
class Places:
    """Finds positions in one text, and remembers the stretches that it has parsed."""

    text: SourceText
    _parts: dict[str, tuple[SourceText, int] | None] = field(default_factory=dict[str, tuple[SourceText, int] | None])
    _children: dict[Stretch, dict[str, Stretch]] = field(default_factory=dict[Stretch, dict[str, Stretch]])

    def position(self, pointer: str) -> tuple[int, int]:
        """The line and column, from 1, of a node or of its nearest ancestor that exists."""
        steps = pointers.split(pointer)
        depth = _DEPTHS.get(steps[0], 0) if steps else 0
        if self.text.is_json or len(self.text.text) < _SMALL or not 0 < depth <= len(steps):
            return self.text.position(pointer)
        head = pointers.join(steps[:depth])
        if head not in self._parts and len(self._parts) < _MOST:
            self._parts[head] = self._part(steps[:depth])
        found = self._parts.get(head)
        if found is None:
            return self.text.position(pointer)
        part, first = found
        line, column = part.position(pointers.join(steps[depth - 1 :]))
        return line + first - 1, column

    def _part(self, steps: Iterable[str]) -> tuple[SourceText, int] | None:
        """The lines of a node and the number of the first; None where they are not plain block style."""
        text = self.text.text
        stretch: Stretch = (0, len(text))
        inside = 0
        for step in steps:
            found = self._entries(inside, stretch[1]).get(step)
            if found is None or found == _NONE:
                return None
            stretch = found
            inside = text.find("\n", stretch[0]) + 1
            if not 0 < inside < stretch[1]:
                return None
        return SourceText(self.text.name, text[stretch[0] : stretch[1]]), text.count("\n", 0, stretch[0]) + 1

    def _entries(self, start: int, end: int) -> dict[str, Stretch]:
        """The entries of the block mapping on these lines; `_NONE` for a key that stands twice."""
        if (start, end) in self._children:
            return self._children[start, end]
        text, found = self.text.text, dict[str, Stretch]()
        first = _FIRST.search(text, start, end)
        if first:
            sibling = re.compile(rf"^{first[1]}(?=[^\s#])", re.MULTILINE)
            starts = [match.start() for match in sibling.finditer(text, first.start(), end)]
            for at, following in zip(starts, [*starts[1:], end], strict=True):
                line_end = text.find("\n", at, end)
                key = _KEY.fullmatch(text, at + len(first[1]), end if line_end < 0 else line_end)
                if key:
                    name = key[1] or key[2] or key[3] or ""
                    found[name] = _NONE if name in found else (at, following)
        self._children[start, end] = found
        return found
