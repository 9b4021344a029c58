"""A review for a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from sdkwright.diff.report.rows import unified
from sdkwright.diff.report.views import code_rows, document_rows
from sdkwright.diff.report.words import (
    cause,
    causes,
    consequence,
    flat,
    folded,
    met,
    python_verdict,
    reach,
    summary,
    title,
    verdict,
    weights,
    where,
    wire_meaning,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sdkwright.diff.review import Review, ReviewCard

_OPERATIONS: Final = 3
"""How many operations of a card are named."""
_LINES: Final = 14
"""Lines of one patch."""
_BAR: Final = "    | "


def render(result: Review) -> str:
    """The verdicts, then the cards, gravest first."""
    lines = [
        f"WIRE {verdict(result.wire)}   PYTHON {python_verdict(result)}   "
        f"next version {flat(result.suggested_version) or 'unknown'} (was {flat(result.version) or 'unknown'})",
        summary(result),
        *([f"python could not be planned: {flat(result.reason)}"] if result.reason else []),
        *(f"note: {flat(notice)}" for notice in result.notices),
        *([f"python by cause: {causes(result)}"] if len(result.causes) > 1 else []),
    ]
    for card in result.cards:
        lines += ["", *_card(card)]
    if result.folded:
        lines += ["", f"without effect: {folded(result)}"]
    for words, entries in (("expired", result.expired), ("unused", result.unused)):
        lines += [f"{words} entry of the policy file: {entry.rule} at {flat(entry.pointer)}" for entry in entries]
    return "\n".join(lines) + "\n"


def join(results: Sequence[Review]) -> str:
    """Several reviews, each under its name."""
    return "\n".join(f"== {flat(result.name)}\n{render(result)}" for result in results) or "no changes\n"


def _card(card: ReviewCard) -> list[str]:
    lines = [f"{weights(card).upper()}: {flat(title(card))}  [{card.card.rule}]"]
    places = [where(place) for place in (card.base, card.revision)]
    lines.append(f"    {flat(' -> '.join(place for place in places if place))}")
    lines += [f"    also: {flat(each.text)}" for each in card.card.also]
    lines.append(f"    {cause(card) or f'reaches {reach(card)}{_named(card)}'}")
    lines += [f"    met {met(card)}"] if card.meets else []
    if card.wire:
        lines.append(f"    wire: {wire_meaning(card)}")
    for each in card.consequences:
        lines.append(f"    python, {each.level.verdict}: {flat(consequence(each))}")
    if card.card.rename:
        rename = card.card.rename
        lines.append(f"    renamed: {flat(rename.old)} -> {flat(rename.new)}, confidence {rename.confidence:.0%}")
    lines += [f"    on offer: {flat(shim)}" for shim in dict.fromkeys(each.shim for each in card.consequences) if shim]
    lines += [f"{_BAR}{line}" for line in _views(card)]
    lines += [f"    accepted by {flat(entry.author)}: {flat(entry.reason)}" for entry in card.accepted]
    return lines


def _views(card: ReviewCard) -> list[str]:
    """What changed in the document and in the code, as lines of a patch."""
    lines = _first(unified(document_rows(card)))
    for change in card.code:
        lines += [flat(change.title), *_first(unified(code_rows(change)))]
    return lines


def _first(patch: Iterable[str]) -> list[str]:
    lines = [line if line.strip() == "..." else flat(line) for line in patch]
    return lines if len(lines) <= _LINES else [*lines[:_LINES], f"... {len(lines) - _LINES} more lines"]


def wrapped(text: str, width: int) -> str:
    """A review for a terminal of so many columns: what goes on stands below where it began, and no name is broken."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        if len(line) <= width or line.startswith(_BAR):
            lines.append(line)
        else:
            lines += textwrap.wrap(
                line, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
            )
    return "\n".join(lines)


def _named(card: ReviewCard) -> str:
    names = sorted({*card.card.requests, *card.card.responses})
    if not names:
        return ""
    rest = f" and {len(names) - _OPERATIONS} more" if len(names) > _OPERATIONS else ""
    return f": {flat(', '.join(names[:_OPERATIONS]))}{rest}"
