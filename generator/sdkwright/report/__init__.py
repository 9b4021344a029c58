"""Diagnostics and results for people, scripts and CI: with positions, and with text made harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diagnostics import Diagnostic
    from sdkwright.source import SourceText

__all__ = ["located", "sanitise"]

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def located(diagnostics: Iterable[Diagnostic], texts: Mapping[str, SourceText]) -> list[Diagnostic]:
    """The diagnostics by file, line and column, which each has where its file is among `texts`: people fix top down."""
    result: list[Diagnostic] = []
    for item in diagnostics:
        source = texts.get(item.location.file)
        if item.line == 0 and source is not None:
            line, column = source.position(item.location.pointer)
            item = replace(item, line=line, column=column)
        result.append(item)
    return sorted(result, key=lambda item: (item.location.file, item.line, item.column))


def sanitise(text: str) -> str:
    """Text of a document with everything escaped that a terminal or an editor would act on.

    Control and formatting characters (ANSI escapes, bidirectional overrides, zero-width ones) become
    `\\u001b` and the like; tabs and line breaks stay.
    """
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
