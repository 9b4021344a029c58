"""A file's text, and where things stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sdkwright.source.index import Duplicate, Index, Lines, index_json
from sdkwright.source.yaml_reader import index_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+|%[^\r\n]*+|---(?=\s))*+")
"""What stands in front of the root of a document: blanks, comments, directives and the mark of a YAML document."""


class SourceText:
    """The decoded text of one file. Lines and the index of nodes are built when first asked for, and kept."""

    __slots__ = ("_index", "_lines", "is_json", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.is_json = self.looks_like_json
        self._index: Index | None = None
        self._lines: Lines | None = None

    @property
    def looks_like_json(self) -> bool:
        """Whether the first character is that of a JSON object or array."""
        return self.text[:1000].lstrip()[:1] in {"{", "["}

    def position(self, pointer: str) -> tuple[int, int]:
        """The line and column, from 1, of a node or of its nearest ancestor that exists."""
        return self.locate(self._indexed().offset(pointer) if pointer else self._start())

    def locate(self, offset: int) -> tuple[int, int]:
        """The line and column, from 1, of a character."""
        return self._split().locate(offset)

    def line(self, number: int) -> str:
        """The text of a line, from 1; "" when there is none."""
        return self._split().line(number)

    def duplicates(self) -> Sequence[Duplicate]:
        """The keys that stand twice in one object."""
        return self._indexed().duplicates

    def _start(self) -> int:
        """The offset of the first character that is no comment: errors about a whole file need no index of it."""
        start = _BEFORE.match(self.text)
        return start.end() if start and start.end() < len(self.text) else 0

    def _indexed(self) -> Index:
        if self._index is None:
            self._index = index_json(self.text) if self.is_json else index_yaml(self.text)
        return self._index

    def _split(self) -> Lines:
        if self._lines is None:
            self._lines = Lines(self.text)
        return self._lines
