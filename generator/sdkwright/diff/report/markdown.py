"""A review as a comment on a pull request: under 60,000 characters, details folded, nothing of a document acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright.diff.notes import notes
from sdkwright.diff.report import changelog
from sdkwright.diff.report.escaping import code, fenced, inside_html, plain
from sdkwright.diff.report.rows import unified
from sdkwright.diff.report.views import code_rows, document_rows
from sdkwright.diff.report.words import (
    cause,
    causes,
    consequence,
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
    from collections.abc import Iterator, Sequence

    from sdkwright.diff.review import Review, ReviewCard

_LIMIT: Final = 60_000
_RESERVE: Final = 2_000
"""Characters kept for the end of a review."""
_OPERATIONS: Final = 50
_ENTRIES: Final = 10
_SIGNS: Final = {"major": "\U0001f534", "warning": "\U0001f7e0", "minor": "\U0001f535", "patch": "⚪", "none": "⚪"}


def render(result: Review) -> str:
    """The verdicts as a table, then the cards, gravest first, as many as fit, then the changelog."""
    return _review(result, "## API review", _LIMIT)


def join(results: Sequence[Review]) -> str:
    """Several reviews as one comment: each gets its share of the room."""
    if not results:
        return "## API review\n\nNo API changed.\n"
    share = _LIMIT // len(results)
    return "\n".join(_review(result, f"## API review: {plain(result.name)}", share) for result in results)


def _review(result: Review, heading: str, limit: int) -> str:
    text = "\n".join(_head(result, heading)) + "\n"
    room = limit - _RESERVE
    shown = 0
    for card in result.cards:
        entry = "\n".join(_card(card)) + "\n"
        if len(text) + len(entry) > room:
            entry = f"- {_line(card)}\n"
            if len(text) + len(entry) > room:
                break
        text += entry
        shown += 1
    tail = list(_tail(result, len(result.cards) - shown))
    paste = "\n".join(_paste(result))
    if len(text) + len(paste) < room:
        tail.append(paste)
    return (text + "\n".join(tail)).rstrip("\n") + "\n"


def _head(result: Review, heading: str) -> list[str]:
    apart = f" ({causes(result)})" if len(result.causes) > 1 else ""
    return [
        heading,
        "",
        "| | verdict |",
        "|---|---|",
        f"| wire | **{verdict(result.wire)}** |",
        f"| python | **{python_verdict(result)}**{apart} |",
        f"| next version | {_version(result.suggested_version)} (was {_version(result.version)}) |",
        "",
        f"{summary(result)}.",
        "",
        *(line for notice in result.notices for line in (f"Note: {plain(notice, code=True)}.", "")),
        *([f"The package could not be planned: {plain(result.reason)}", ""] if result.reason else []),
    ]


def _tail(result: Review, rest: int) -> Iterator[str]:
    if rest:
        yield f"\n... and {rest} more changes; `--format json` has all of them."
    if result.folded:
        yield f"\nWithout effect: {plain(folded(result))}."
    for words, entries in (("Expired", result.expired), ("Unused", result.unused)):
        if entries:
            names = ", ".join(f"`{entry.rule}`" for entry in entries[:_ENTRIES])
            more = " ..." if len(entries) > _ENTRIES else ""
            yield f"\n{words} entries of the policy file: {names}{more}."


def _paste(result: Review) -> Iterator[str]:
    """The changelog as a block to copy."""
    if result.cards:
        text = changelog.render(result).splitlines()
        yield from ("", "<details>", "<summary>Changelog entry and migration notes, ready to paste</summary>", "")
        yield from fenced(text, "markdown")
        yield from ("", "</details>", "")


def _version(text: str) -> str:
    return plain(text or "unknown")


def _line(card: ReviewCard) -> str:
    return f"{_sign(card)} **{weights(card)}** {plain(title(card))} `{card.card.rule}`"


def _sign(card: ReviewCard) -> str:
    return _SIGNS[max(card.wire, card.python).name.lower()]


def _card(card: ReviewCard) -> Iterator[str]:
    yield from ("<details>", f"<summary>{_sign(card)} <b>{weights(card)}</b> {inside_html(title(card))}</summary>", "")
    places = [f"{name} {code(where(place))}" for name, place in (("was", card.base), ("is", card.revision)) if place]
    yield f"{', '.join([*places, f'reaches {reach(card)}'])}." if not cause(card) else f"{cause(card).capitalize()}."
    if card.meets:
        yield f"Met {met(card)}."
    if card.wire:
        yield f"On the wire: {wire_meaning(card)}."
    yield ""
    yield from (f"- {plain(each.text)}" for each in card.card.also)
    for each in card.consequences:
        yield f"- python, {each.level.verdict}: {plain(consequence(each), code=True)}"
    if card.card.rename:
        rename = card.card.rename
        yield f"- renamed: {plain(rename.old)} to {plain(rename.new)}, confidence {rename.confidence:.0%}"
    yield from (f"- on offer: {code(shim)}" for shim in dict.fromkeys(note.shim for note in notes(card)) if shim)
    yield from (f"- accepted by {plain(entry.author)}: {plain(entry.reason)}" for entry in card.accepted)
    yield from _views(card)
    names = sorted({*card.card.requests, *card.card.responses})
    if len(names) > 1:
        rest = f" and {len(names) - _OPERATIONS} more" if len(names) > _OPERATIONS else ""
        yield from ("", f"Operations: {', '.join(code(name) for name in names[:_OPERATIONS])}{rest}")
    yield from ("", "</details>", "")


def _views(card: ReviewCard) -> Iterator[str]:
    document = list(unified(document_rows(card)))
    if document:
        yield from ("", *fenced(document, "diff"))
    for change in card.code:
        yield from ("", f"{code(change.title)}:", "", *fenced(unified(code_rows(change)), "diff"))
