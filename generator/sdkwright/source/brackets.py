"""Where brackets stand open: what a text that is cut off, or one bracket short, has to say."""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]', re.DOTALL)


def unclosed(text: str, end: int) -> str:
    """A clause on the innermost bracket of JSON text that is open at `end`; empty if there is none."""
    stack: list[int] = []
    for match in _TOKEN.finditer(text, 0, end):
        if match.group() in "{[":
            stack.append(match.start())
        elif match.group() in "}]" and stack:
            stack.pop()
    return opened(text, stack[-1]) if stack else ""


def too_deep_at(text: str, depth: int) -> int:
    """The offset of the first bracket of JSON text that stands inside `depth` others; -1 if there is none."""
    inside = 0
    for match in _TOKEN.finditer(text):
        if match.group() in "{[":
            inside += 1
            if inside > depth:
                return match.start()
        elif match.group() in "}]":
            inside -= 1
    return -1


def opened(text: str, offset: int) -> str:
    """A clause on the bracket or quote at `offset`, which is not closed."""
    mark = text[offset : offset + 1]
    return f"the `{mark}` of line {line_of(text, offset)} is not closed" if mark and mark in "{[\"'" else ""


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1, on which a character stands."""
    return len(re.findall(r"\r\n?|\n", text[:offset])) + 1
