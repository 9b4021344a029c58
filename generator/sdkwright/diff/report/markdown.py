"""A review as a comment on a pull request: under 60,000 characters, details folded, nothing of a document acts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright.diff.report.words import (
    consequence,
    flat,
    folded,
    reach,
    summary,
    title,
    verdict,
    weights,
    where,
    wire_meaning,
)

if TYPE_CHECKING:
    from sdkwright.diff.review import Place, Review, ReviewCard

_LIMIT: Final = 60_000
_RESERVE: Final = 2_000
"""Characters kept for the end of the comment."""
_OPERATIONS: Final = 50
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&])")
_SIGNS: Final = {"major": "\U0001f534", "warning": "\U0001f7e0", "minor": "\U0001f535", "patch": "⚪", "none": "⚪"}


def render(result: Review) -> str:
    """The verdicts as a table, then the cards, gravest first, as many as fit."""
    head = [
        "## API review",
        "",
        "| | verdict |",
        "|---|---|",
        f"| wire | **{verdict(result.wire)}** |",
        f"| python | **{verdict(result.python)}** |",
        f"| next version | {_version(result.suggested_version)} (was {_version(result.version)}) |",
        "",
        f"{summary(result)}.",
        "",
    ]
    text = "\n".join(head)
    shown = 0
    for card in result.cards:
        entry = "\n".join(_card(card)) + "\n"
        if len(text) + len(entry) > _LIMIT - _RESERVE:
            entry = f"- {_head(card)}\n"
            if len(text) + len(entry) > _LIMIT - _RESERVE:
                break
        text += entry
        shown += 1
    tail: list[str] = []
    if shown < len(result.cards):
        tail.append(f"\n... and {len(result.cards) - shown} more changes; `--format json` has all of them.")
    if result.folded:
        tail.append(f"\nWithout effect: {escape(folded(result))}.")
    for words, entries in (("Expired", result.expired), ("Unused", result.unused)):
        if entries:
            names = ", ".join(f"`{entry.rule}`" for entry in entries[:10])
            tail.append(f"\n{words} entries of the policy file: {names}{' ...' if len(entries) > 10 else ''}.")
    return (text + "\n".join(tail)).rstrip("\n") + "\n"


def _version(text: str) -> str:
    return escape(text or "unknown")


def escape(text: str) -> str:
    """Text of a document that Markdown, HTML and mentions leave alone."""
    return _SPECIAL.sub(r"\\\1", flat(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\@", "&#64;")


def _head(card: ReviewCard) -> str:
    return f"{_sign(card)} **{weights(card)}** {escape(title(card))} `{card.card.rule}`"


def _sign(card: ReviewCard) -> str:
    return _SIGNS[max(card.wire, card.python).name.lower()]


def _card(card: ReviewCard) -> list[str]:
    lines = ["<details>", f"<summary>{_html(card)}</summary>", ""]
    places = [f"{name} `{_code(where(place))}`" for name, place in (("was", card.base), ("is", card.revision)) if place]
    lines.append(f"{', '.join(places)}; reaches {reach(card)}.")
    if card.wire:
        lines.append(f"On the wire: {wire_meaning(card)}.")
    lines += ["", *(f"- {escape(each.text)}" for each in card.card.findings[1:])]
    for each in card.consequences:
        lines.append(f"- python, {each.level.verdict}: {escape(consequence(each))}")
        lines += [f"  On offer: `{_code(each.shim)}`"] if each.shim else []
    if card.card.rename:
        rename = card.card.rename
        lines.append(f"- renamed: {escape(rename.old)} to {escape(rename.new)}, confidence {rename.confidence:.0%}")
    lines += [f"- accepted by {escape(entry.author)}: {escape(entry.reason)}" for entry in card.accepted]
    lines += _excerpts(card.base, card.revision)
    names = sorted({*card.card.requests, *card.card.responses})
    if len(names) > 1:
        rest = f" and {len(names) - _OPERATIONS} more" if len(names) > _OPERATIONS else ""
        lines += ["", f"Operations: {', '.join(f'`{_code(name)}`' for name in names[:_OPERATIONS])}{rest}"]
    return [*lines, "", "</details>", ""]


def _html(card: ReviewCard) -> str:
    text = flat(title(card)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")
    return f"{_sign(card)} <b>{weights(card)}</b> {text}"


def _code(text: str) -> str:
    return flat(text).replace("`", "'")


def _excerpts(base: Place | None, revision: Place | None) -> list[str]:
    lines = [f"{sign}{flat(line)}" for sign, place in (("-", base), ("+", revision)) if place for line in place.excerpt]
    if not lines or (base and revision and base.excerpt == revision.excerpt):
        return []
    return ["", "~~~~diff", *(line.replace("~~~~", "~ ~ ~") for line in lines), "~~~~"]
