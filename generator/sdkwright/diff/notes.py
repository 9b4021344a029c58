"""What people who use the package have to do, symbol by symbol, and the entry of the changelog."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright.diff.annotations import alternatives
from sdkwright.diff.consequence import Change, Thing
from sdkwright.diff.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdkwright.diff.consequence import Consequence
    from sdkwright.diff.review import Review, ReviewCard

_ADVICE: Final[Mapping[tuple[Thing, Change], str]] = MappingProxyType({
    (Thing.CLIENT, Change.RENAMED): "Import it under its new name",
    (Thing.CLASS, Change.GONE): "Stop importing it: nothing takes its place",
    (Thing.CLASS, Change.RENAMED): "Import it under its new name",
    (Thing.FIELD, Change.GONE): "Stop reading it: it is always absent",
    (Thing.FIELD, Change.RENAMED): "Read `{new}` instead of `{old}`",
    (Thing.FIELD, Change.RETYPED): "Expect the new type where you read it",
    (Thing.KEY, Change.GONE): "Stop passing it",
    (Thing.KEY, Change.RENAMED): "Pass `{new}` instead of `{old}`",
    (Thing.KEY, Change.REQUIRED): "Pass it: it is required now",
    (Thing.KEY, Change.RETYPED): "Pass a value of the new type",
    (Thing.METHOD, Change.GONE): "Stop calling it: nothing takes its place",
    (Thing.METHOD, Change.RENAMED): "Call it under its new name",
    (Thing.METHOD, Change.RETYPED): "Expect the new type where you use the result",
    (Thing.METHOD, Change.REORDERED): "Pass arguments by name, or in the new order",
    (Thing.METHOD, Change.DEPRECATED): "Move away from it: it will be removed",
    (Thing.ARGUMENT, Change.GONE): "Stop passing it",
    (Thing.ARGUMENT, Change.RENAMED): "Pass `{new}` instead of `{old}`",
    (Thing.ARGUMENT, Change.REQUIRED): "Pass it: it is required now",
    (Thing.ARGUMENT, Change.RETYPED): "Pass a value of the new type",
})  # fmt: skip
_SECTIONS: Final = ("Breaking", "Deprecated", "Added", "Changed")


@dataclass(frozen=True, slots=True)
class Note:
    """What to do about one symbol; `shim` is what the owner of the package can offer to soften it."""

    symbol: str
    advice: str
    before: str
    after: str
    shim: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the changelog, in one of its sections."""

    section: str
    text: str


def notes(card: ReviewCard) -> tuple[Note, ...]:
    """What to do about a card: nothing if it breaks nothing; what breaks only the wire has a note on its subject."""
    found = tuple(_note(each) for each in card.consequences if _matters(each))
    if found or card.wire is not Level.MAJOR:
        return found
    text = f"{card.card.headline}: {card.card.findings[0].meaning}"
    return (Note(card.card.subject, text[:1].upper() + text[1:], "", "", ""),)


def _matters(each: Consequence) -> bool:
    return each.level is Level.MAJOR or each.change is Change.DEPRECATED


def _note(each: Consequence) -> Note:
    advice = _ADVICE.get((each.thing, each.change), "Look at the change")
    if each.thing is Thing.FIELD and each.change is Change.RETYPED and _gains_none(each.before, each.after):
        advice = "Handle `None` where you read it"
    advice = advice.format(old=each.member, new=each.renamed)
    return Note(each.symbol, advice, each.before, each.after, each.shim)


def _gains_none(before: str, after: str) -> bool:
    old, new = (set(alternatives(line.partition(": ")[2].removesuffix(" = None"))) for line in (before, after))
    return new - old == {"None"}


def changelog(result: Review) -> tuple[Entry, ...]:
    """The entry, gravest first: what the package changes, else what the wire does."""
    found = [entry for card in result.cards for entry in _entries(card)]
    unique = {(entry.section, entry.text): entry for entry in found}
    return tuple(sorted(unique.values(), key=lambda entry: _SECTIONS.index(entry.section)))


def _entries(card: ReviewCard) -> Iterator[Entry]:
    for each in card.consequences:
        yield Entry(_section(each.level, each.change), _sentence(each.text))
    if card.wire and not any(each.level is Level.MAJOR for each in card.consequences):
        text, subject = card.card.headline, card.card.subject
        title = text if text.startswith(subject) else f"{subject}: {text}"
        if card.wire is Level.MAJOR:
            yield Entry("Breaking", _sentence(title))
        elif not card.consequences:
            added = card.card.rule.endswith("-added")
            yield Entry("Added" if added else "Changed", _sentence(title))


def _section(level: Level, change: Change) -> str:
    if level is Level.MAJOR:
        return "Breaking"
    if change is Change.DEPRECATED:
        return "Deprecated"
    return "Added" if change is Change.NEW else "Changed"


def _sentence(text: str) -> str:
    return f"{text}."


def sections(entries: tuple[Entry, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sections that have entries, in their order, with their lines."""
    for section in _SECTIONS:
        lines = tuple(entry.text for entry in entries if entry.section == section)
        if lines:
            yield section, lines
