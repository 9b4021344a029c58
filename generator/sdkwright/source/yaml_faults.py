"""Syntax errors of YAML, said for people: what is wrong, where it began, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.source.brackets import line_of, opened
from sdkwright.source.faults import Fault

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

_INDENT = "indent what belongs together by the same number of spaces"
_MEANINGS = (
    ("',' or '}'", "a `,` or `}` is expected here", "add it, or quote the text if a bracket is part of it"),
    ("',' or ']'", "a `,` or `]` is expected here", "add it, or quote the text if a bracket is part of it"),
    ("end of stream", "the file ends in the middle of a text in quotes", "close the quote"),
    ("mapping values are not allowed", "a `:` stands where no key can be", f"quote the text, or {_INDENT}"),
    ("sequence entries are not allowed", "a list cannot begin here", "put its first `-` on a line of its own"),
    ("expected ':'", "a key has no `:` behind it", f"add it, or {_INDENT}"),
    ("expected key", "this line does not fit the mapping it stands in", _INDENT),
    ("'-' indicator", "an entry of the list, with `-`, is expected here", _INDENT),
    ("expected <block end>", "this line does not fit what stands above it", _INDENT),
    ("unknown escape", "a text in double quotes holds a backslash that begins no escape",
     "write `\\\\` for a backslash, or use single quotes"),
    ("alphabetic or numeric", "`*` and `&` begin an alias or an anchor", "quote the text if it is meant to begin so"),
    ("node content", "a value is expected here", "add it, and close all brackets"),
    ("comment or line break", "there is more text behind a `|` or `>`", "begin the text on the next line"),
    ("tab character", "a tab stands in the place of indentation", "use spaces"),
    ("<document start>", "there is more text behind the end of the document", _INDENT),
)  # fmt: skip


def syntax_fault(text: str, error: MarkedYAMLError) -> Fault:
    """The fault for what the parser could not read, with the line on which it began if that is another one."""
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark else 0
    meaning, hint = _meaning(error.problem or "", text[offset : offset + 1])
    message = f"this is not valid YAML: {meaning}" if meaning else "this is not valid YAML"
    start = error.context_mark.index if error.context_mark else offset
    bracket = opened(text, start)
    if bracket and "escape" not in (error.problem or ""):
        message += f"; {bracket}"
    elif line_of(text, start) != line_of(text, offset):
        message += f"; it belongs to what begins on line {line_of(text, start)}"
    return Fault("source/syntax", message, offset=offset, hint=hint)


def _meaning(problem: str, char: str) -> tuple[str, str]:
    if "cannot start any token" in problem:
        if char == "\t":
            return "a tab stands in the place of indentation", "use spaces"
        return f"a text cannot begin with `{char}`", "quote the text"
    for part, meaning, hint in _MEANINGS:
        if part in problem:
            return meaning, hint
    return problem, ""
