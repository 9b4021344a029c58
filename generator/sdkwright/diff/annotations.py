"""How one annotation became another: who can still pass what they passed, and read what they read."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Shift(StrEnum):
    """The relation of a new annotation to the old one."""

    SAME = "same"
    WIDER = "wider"
    NARROWER = "narrower"
    OTHER = "other"


def shift(old: str, new: str) -> Shift:
    """Compare two annotations as sets of alternatives, the members of `Literal` taken apart."""
    before, after = set(alternatives(old)), set(alternatives(new))
    if before == after:
        return Shift.SAME
    if before <= after or after == {"object"}:
        return Shift.WIDER
    if after <= before or before == {"object"}:
        return Shift.NARROWER
    return Shift.OTHER


def alternatives(annotation: str) -> Iterator[str]:
    """The members of a union as it is written, `Literal["a", "b"]` as two; `int` is also a `float`."""
    for part in split(annotation, "|"):
        if part.startswith("Literal[") and part.endswith("]"):
            yield from (f"Literal[{value}]" for value in split(part[8:-1], ","))
        else:
            yield part


def split(text: str, separator: str) -> list[str]:
    """Cut a text at a separator outside brackets and quotes."""
    parts, depth, start, quote, escaped = list[str](), 0, 0, "", False
    for at, letter in enumerate(text):
        if quote:
            quote, escaped = ("" if letter == quote and not escaped else quote), letter == "\\" and not escaped
        elif letter in "\"'":
            quote, escaped = letter, False
        elif letter in "[(":
            depth += 1
        elif letter in "])":
            depth -= 1
        elif letter == separator and depth == 0:
            parts.append(text[start:at].strip())
            start = at + 1
    return [*parts, text[start:].strip()]
