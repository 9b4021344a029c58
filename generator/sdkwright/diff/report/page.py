"""What the page shows, as values: the template has no decisions left to make."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sdkwright.diff.consequence import AUDIENCES, Origin
from sdkwright.diff.levels import Level
from sdkwright.diff.notes import notes
from sdkwright.diff.report import changelog
from sdkwright.diff.report.views import code_rows, document_rows
from sdkwright.diff.report.words import causes, reach, title, where, wire_meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sdkwright.diff.review import Review, ReviewCard

Values = dict[str, Any]

AUDIENCE_NAMES: Final[Mapping[str, str]] = MappingProxyType({
    "reads": "reads", "constructs": "constructs", "calls": "calls", "imports": "imports",
    "type-checks": "type-checks", "runtime": "only at run time",
})  # fmt: skip
_GROUPS: Final = (
    ("major", "Breaking", "somebody has to act", True),
    ("warning", "Warnings", "no well-behaved program breaks, some real ones may", True),
    ("minor", "Additions", "nobody has to know", False),
    ("none", "No effect", "accepted, or without effect on either side", False),
)
_LABELS: Final = {"major": "Breaking", "warning": "Warning", "minor": "Addition", "none": "No effect"}
_CAUSES: Final = {
    Origin.DOCUMENT: "", Origin.CONFIG: "The config causes this, not the document.",
    Origin.GENERATOR: "The generator causes this: the same document became another package.",
    Origin.UNDECIDED: "The document and the config changed, and neither can be judged without the other.",
}  # fmt: skip
_FORCED: Final = 3
_NO_RESOURCE: Final = "none"


def page(results: Sequence[Review]) -> Values:
    """The whole page."""
    numbered = [(result, card) for result in results for card in result.cards]
    numbered.sort(key=lambda each: (-max(each[1].wire, each[1].python), -each[1].wire))
    cards = [_card(number, result, card) for number, (result, card) in enumerate(numbered, 1)]
    only = results[0] if len(results) == 1 else None
    worst = max((max(each["weights"]) for each in cards), default=Level.NONE)
    forced = [card for card in cards if worst >= Level.MINOR and max(card["weights"]) is worst]
    return {
        "title": (only.name or only.title or "Untitled API") if only else f"{len(results)} APIs",
        "base": only.base if only else "",
        "revision": only.revision if only else "",
        "tiles": [_wire_tile(results), _python_tile(results)],
        "next": (only.suggested_version or "unknown") if only else ("see below" if results else "unchanged"),
        "was": f"was {only.version or 'unknown'}" if only else "each package has its own",
        "forced": forced[:_FORCED],
        "forced_more": max(len(forced) - _FORCED, 0),
        "apis": [_api(result) for result in results],
        "notices": [
            f"{f'{result.name}: ' if result.name else ''}the package could not be planned, so there is no verdict on "
            f"Python: {result.reason}" for result in results if result.reason
        ] + [f"{f'{result.name}: ' if result.name else ''}{notice}" for result in results for notice in result.notices],
        "facets": list(_facets(cards, len(results))),
        "total": f"{len(cards)} {'change' if len(cards) == 1 else 'changes'}",
        "groups": [
            {"level": level, "title": name, "says": says, "open": opened or len(cards) < _SHORT,
             "cards": [card for card in cards if card["level"] == level]}
            for level, name, says, opened in _GROUPS if any(card["level"] == level for card in cards)
        ],
        "folded": [{"kind": kind, "count": count} for kind, count in _folded(results)],
        "entries": [entry for result in results for entry in _entries(result)],
        "pastes": [
            {"title": f"Changelog and migration notes{f': {result.name}' if result.name else ''}",
             "text": changelog.render(result)}
            for result in results if result.cards
        ],
    }  # fmt: skip


_SHORT: Final = 12
"""Cards below which every group is open."""


def _folded(results: Sequence[Review]) -> list[tuple[str, int]]:
    found: Counter[str] = Counter()
    for result in results:
        found.update(result.folded)
    return sorted(found.items())


def _entries(result: Review) -> Iterable[Values]:
    used = {id(entry): entry for card in result.cards for entry in card.accepted}.values()
    for state, entries in (("expired", result.expired), ("unused", result.unused), ("used", used)):
        for entry in entries:
            yield {"state": state, **entry.model_dump()}


def _api(result: Review) -> Values:
    return {
        "name": result.name,
        "wire": result.wire.verdict,
        "python": result.python.verdict if result.python is not None else "unasked",
        "version": f"{result.version or 'unknown'} \u2192 {result.suggested_version or 'unknown'}",
        "changes": len(result.cards),
    }


def _wire_tile(results: Sequence[Review]) -> Values:
    return _tile(
        "Wire", "for programs that speak HTTP", max((result.wire for result in results), default=Level.NONE),
        [card.wire for result in results for card in result.cards], "",
    )  # fmt: skip


def _python_tile(results: Sequence[Review]) -> Values:
    asked = [result for result in results if result.python is not None]
    apart = [causes(result) for result in asked if len(result.causes) > 1]
    verdict = max((result.python or Level.NONE for result in asked), default=None)
    levels = [card.python for result in asked for card in result.cards]
    more = f"By cause: {apart[0]}" if len(apart) == 1 else ""
    word = "not planned" if any(result.reason for result in results) else "not asked"
    return _tile("Python", "for people who import the package", verdict, levels, more, word)


def _tile(name: str, asks: str, level: Level | None, levels: list[Level], more: str, without: str = "") -> Values:
    counts = Counter(_word(each) for each in levels if each)
    total = sum(counts.values()) or 1
    parts: list[Values] = []
    start = 0.0
    for word, _, _, _ in _GROUPS:
        width = round(100 * counts[word] / total, 3)
        if width:
            parts.append({"level": word, "start": round(start, 3), "width": width})
        start += width
    words = [
        f"{counts[word]} {text}{'' if counts[word] == 1 else 's'}"
        for word, text in (("major", "break"), ("warning", "warning"), ("minor", "addition")) if counts[word]
    ]  # fmt: skip
    return {
        "name": name, "asks": asks, "level": "unasked" if level is None else _word(level),
        "verdict": without if level is None else level.verdict, "parts": parts,
        "counts": ", ".join(words) or "no change", "more": more,
    }  # fmt: skip


def _word(level: Level) -> str:
    return {Level.PATCH: "minor"}.get(level, level.name.lower())


def _card(number: int, result: Review, card: ReviewCard) -> Values:
    inner = card.card
    level = max(card.wire, card.python)
    sides = [name for name, each in (("wire", card.wire), ("python", card.python)) if each]
    return {
        "number": number,
        "id": inner.id,
        "api": result.name.replace(" ", "-"),
        "level": _word(level),
        "weights": (card.wire, card.python),
        "sides": sides or ["neither"],
        "chips": list(_chips(card)),
        "title": title(card),
        "subject": inner.subject,
        "pointer": inner.pointer,
        "meets": card.meets,
        "resources": [name.replace(" ", "-") for name in card.resources] or [_NO_RESOURCE],
        "origin": str(card.origin),
        "cause": _CAUSES[card.origin],
        "reach": "" if card.origin in {Origin.CONFIG, Origin.GENERATOR} else reach(card),
        "meaning": f"{wire_meaning(card).capitalize()}." if card.wire else "",
        "findings": [
            {"text": each.text, "rule": each.rule, "level": _word(each.level)} for each in inner.findings
        ],
        "rename": None if inner.rename is None else {
            "old": inner.rename.old, "new": inner.rename.new, "value": round(inner.rename.confidence, 2),
            "percent": f"{inner.rename.confidence:.0%}",
        },
        "was": where(card.base),
        "now": where(card.revision),
        "rows": document_rows(card),
        "consequences": [
            {"text": each.text, "level": _word(each.level),
             "meets": ", ".join(AUDIENCE_NAMES[who] for who in each.meets)}
            for each in card.consequences
        ],
        "code": [{"title": each.title, "rows": code_rows(each)} for each in card.code],
        "notes": notes(card),
        "requests": inner.requests,
        "responses": inner.responses,
        "accepted": card.accepted,
    }  # fmt: skip


def _chips(card: ReviewCard) -> Iterable[Values]:
    for name, level in (("wire", card.wire), ("python", card.python)):
        if level:
            yield {"level": _word(level), "text": f"{name} {level.name.lower()}"}
    if card.origin is not Origin.DOCUMENT:
        yield {"level": "none", "text": str(card.origin)}
    if card.accepted:
        yield {"level": "used", "text": "accepted"}


def _facets(cards: list[Values], apis: int) -> Iterable[Values]:
    """The filters; one with a single value would filter nothing."""
    if apis > 1:
        yield _facet("api", "API", cards, lambda card: [card["api"]], {})
    yield _facet("level", "Verdict", cards, lambda card: [card["level"]], _LABELS, tuple(_LABELS))
    yield _facet(
        "side", "Where", cards, lambda card: card["sides"], {"wire": "On the wire", "python": "In Python",
        "neither": "Neither"}, ("wire", "python", "neither"),
    )  # fmt: skip
    yield _facet("meets", "Who meets it", cards, lambda card: card["meets"], AUDIENCE_NAMES, AUDIENCES)
    if any(card["origin"] != Origin.DOCUMENT for card in cards):
        yield _facet("origin", "Cause", cards, lambda card: [card["origin"]], {})
    yield _facet("resource", "Resource", cards, lambda card: card["resources"], {_NO_RESOURCE: "no resource"})


def _facet(
    key: str, heading: str, cards: list[Values], values: Callable[[Values], Iterable[str]], labels: Mapping[str, str],
    order: Sequence[str] = (),
) -> Values:  # fmt: skip
    counts = Counter(value for card in cards for value in values(card))
    names = [name for name in order if counts[name]] or sorted(counts)
    return {
        "key": key,
        "title": heading,
        "options": [{"value": name, "label": labels.get(name, name), "count": counts[name]} for name in names],
    }
