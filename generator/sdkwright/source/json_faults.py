"""Syntax errors of JSON, said for people: what is wrong, where, and what to do."""

from __future__ import annotations

import json

from sdkwright.source.brackets import unclosed
from sdkwright.source.faults import Fault

_MEANINGS = (
    ("Invalid control character", "a text holds a line break or another control character",
     'close the text with `"`, or write the character as an escape like \\n'),
    ("Unterminated string", "a text is not closed", 'close it with `"`'),
    ("Expecting property name", "a key in double quotes is expected here",
     "put the key in double quotes, and no comma before a `}`"),
    ("Expecting ',' delimiter", "a `,` or the end of the object or array is expected here", "add it"),
    ("Expecting ':' delimiter", "a `:` is expected behind the key", "add it"),
    ("Illegal trailing comma", "there is a comma behind the last entry", "remove the comma"),
    ("Expecting value", "a value is expected here",
     "a value is a text in double quotes, a number, true, false, null, an object or an array"),
    ("Extra data", "there is more text behind the end of the document", "keep one document per file"),
    ("Invalid \\", "a text holds a backslash that begins no escape", "write `\\\\` for a backslash"),
)  # fmt: skip


def syntax_fault(text: str, error: json.JSONDecodeError) -> Fault:
    """The fault for what the parser could not read. What breaks off at the end of the file is said to be cut off."""
    at_end = not text[error.pos :].strip() or error.msg.startswith("Unterminated string")
    if at_end:
        inside = error.msg.startswith(("Invalid control", "Unterminated"))
        message = "the file ends in the middle of a text" if inside else "the file ends before the document does"
        where = unclosed(text, error.pos)
        message = f"this is not valid JSON: {message}" + (f"; {where}" if where else "")
        end = max(len(text.rstrip()) - 1, 0)
        return Fault("source/syntax", message, offset=end, hint="the file seems to be cut off: get the whole of it")
    for start, meaning, hint in _MEANINGS:
        if error.msg.startswith(start):
            return Fault("source/syntax", f"this is not valid JSON: {meaning}", offset=error.pos, hint=hint)
    return Fault("source/syntax", "this is not valid JSON", offset=error.pos)
