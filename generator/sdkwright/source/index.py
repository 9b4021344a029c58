"""Where the nodes of a text stand: a tree of offsets, built only when a position is asked for."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass

from sdkwright import pointers

# Possessive, since a group that may give back keeps a record of every escape of a long text.
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)

_LARGEST = 1_500_000
"""Marks of one index, at some 300 bytes each; the largest documents of the real world have half as many."""


class Mark:
    """One node: the offset of its key (or of itself, in an array) and its members by key or index."""

    __slots__ = ("children", "offset")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.children: dict[str, Mark] = {}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that stands twice in one object: the object's pointer, the key and both offsets."""

    parent: str
    key: str
    first: int
    second: int


@dataclass(slots=True)
class Index:
    """The marks of one text and the duplicate keys found on the way."""

    root: Mark
    duplicates: list[Duplicate]

    def offset(self, pointer: str) -> int:
        """The offset of the node at `pointer`, or of its nearest ancestor that exists."""
        mark = self.root
        for step in pointers.split(pointer):
            child = mark.children.get(step)
            if child is None:
                break
            mark = child
        return mark.offset


class Cursor:
    """Builds an `Index` from the tokens or events of a text, in their order."""

    __slots__ = ("_duplicates", "_key", "_key_offset", "_marks", "_root", "_stack")

    def __init__(self) -> None:
        self._root = Mark(0)
        self._stack: list[tuple[Mark, bool, str]] = []
        self._key: str | None = None
        self._key_offset = 0
        self._duplicates: list[Duplicate] = []
        self._marks = 0

    @property
    def wants_key(self) -> bool:
        """Whether the next scalar is a key."""
        return bool(self._stack) and self._stack[-1][1] and self._key is None

    def key(self, key: str, offset: int) -> None:
        """A key of the open object."""
        children = self._stack[-1][0].children
        if key in children:
            parent = pointers.join(step for _, _, step in self._stack[1:])
            self._duplicates.append(Duplicate(parent, key, children[key].offset, offset))
        self._key, self._key_offset = key, offset

    def value(self, offset: int) -> Mark:
        """A value: of the pending key, or the next of the open array, or the root."""
        if not self._stack:
            self._root.offset = offset
            return self._root
        parent, is_object, _ = self._stack[-1]
        if is_object:
            step, offset = self._key or "", self._key_offset
            self._key = None
        else:
            step = str(len(parent.children))
        mark = parent.children[step] = Mark(offset)
        self._marks += 1
        return mark

    @property
    def full(self) -> bool:
        """Whether the index has grown as large as it may; what comes later is found at its nearest ancestor."""
        return self._marks > _LARGEST

    def open(self, offset: int, is_object: bool) -> Mark:
        """An object or an array begins."""
        is_member = bool(self._stack) and self._stack[-1][1]
        step = (self._key or "") if is_member else str(len(self._stack[-1][0].children)) if self._stack else ""
        mark = self.value(offset)
        self._stack.append((mark, is_object, step))
        return mark

    def close(self) -> None:
        """The innermost object or array ends."""
        if self._stack:
            self._stack.pop()
        self._key = None

    def finish(self) -> Index:
        """The index of what has been seen, which is all of a text that has no syntax error."""
        return Index(self._root, self._duplicates)


def index_json(text: str) -> Index:
    """Scan JSON text. The scanner only has to be right for text that the parser accepts."""
    cursor = Cursor()
    for match in _TOKEN.finditer(text):
        if cursor.full:
            break
        token, offset = match.group(), match.start()
        if token in "{[":
            cursor.open(offset, token == "{")
        elif token in "}]":
            cursor.close()
        elif token in ":,":
            continue
        elif cursor.wants_key:
            cursor.key(_unquote(token), offset)
        else:
            cursor.value(offset)
    return cursor.finish()


def _unquote(token: str) -> str:
    if "\\" not in token:
        return token[1:-1]
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]


class Lines:
    """Offsets to lines and columns, both counting from 1; CR, LF and CRLF end a line."""

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n?|\n", text))]

    def locate(self, offset: int) -> tuple[int, int]:
        """The line and column of a character."""
        line = bisect_right(self._starts, max(0, min(offset, len(self._text))))
        return line, offset - self._starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of one line without its end; "" when there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")
