"""What a comparison comes to: two verdicts, the next version, and cards with their places in both documents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff.cards import Card, make_cards, subject, worst
from sdkwright.diff.compare import compare
from sdkwright.diff.levels import Level
from sdkwright.diff.python import Consequence, PythonReview, attach

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.settings import Acceptance, Settings
    from sdkwright.diff.sides import Side
    from sdkwright.source import SourceText

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")
_EXCERPT: Final = 16
"""Lines of a document that a place keeps."""
_LONGEST: Final = 4_000
_WIDEST: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file as the user knows it, lines from 1, the pointer there, and the text."""

    file: str
    line: int
    end_line: int
    pointer: str
    excerpt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A card with its places, its consequences for Python, and its acceptance.

    `wire` is what is left of the card's level once accepted findings do not count. A card without a change on the
    wire can still matter to Python.
    """

    card: Card
    wire: Level
    python: Level
    base: Place | None
    revision: Place | None
    consequences: tuple[Consequence, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The result. `folded` counts what has no effect; `expired` and `unused` are entries of the policy file."""

    base: str
    revision: str
    wire: Level
    python: Level | None
    version: str
    suggested_version: str
    cards: tuple[ReviewCard, ...]
    folded: Mapping[str, int]
    expired: tuple[Acceptance, ...] = ()
    unused: tuple[Acceptance, ...] = ()


def review(
    base: Side, revision: Side, settings: Settings, today: datetime.date, python: PythonReview | None = None
) -> Review:
    """Compare two sides. Without `python` there is only the verdict on the wire."""
    policy = settings.policy(today)
    comparison = compare(base.document(), revision.document(), policy)
    cards = make_cards(comparison, policy)
    by_card, loose = attach(python.consequences, cards) if python else ({}, ())
    cards = (*cards, *_loose_cards(loose))
    for each in loose:
        by_card[_loose_id(each)] = (*by_card.get(_loose_id(each), ()), each)
    valid = [entry for entry in settings.accept if entry.expires is None or entry.expires >= today]
    used: set[int] = set()
    found = tuple(
        _review_card(card, base, revision, by_card.get(card.id, ()), valid, used) for card in cards
    )  # fmt: skip
    wire = worst(card.wire for card in found)
    python_level = worst(card.python for card in found) if python else None
    version = str(_info(base).get("version", ""))
    return Review(
        base.name, revision.name, wire, python_level, version,
        next_version(version, max(wire, python_level or Level.NONE)),
        tuple(sorted(found, key=_order)),
        comparison.folded,
        expired=tuple(entry for entry in settings.accept if entry not in valid),
        unused=tuple(entry for number, entry in enumerate(valid) if number not in used),
    )  # fmt: skip


def _order(card: ReviewCard) -> tuple[int, int, str, str]:
    """Gravest first, on the wire before in Python, then by place."""
    return -max(card.wire, card.python), -card.wire, card.card.pointer, card.card.rule


def _info(side: Side) -> dict[str, object]:
    found = side.bundle.document.get("info")
    return found if pointers.is_object(found) else {}


def _loose_id(consequence: Consequence) -> str:
    return f"python:{consequence.symbol}"


def _loose_cards(consequences: Iterable[Consequence]) -> list[Card]:
    """Cards for changes of the package that no change of the document stands for."""
    return [
        Card("python", each.symbol, subject(each.base or each.revision or "") or each.symbol, Level.NONE, (),
             each.base, each.revision, (), ())
        for each in {each.symbol: each for each in consequences}.values()
    ]  # fmt: skip


def _review_card(
    card: Card, base: Side, revision: Side, consequences: tuple[Consequence, ...], valid: list[Acceptance],
    used: set[int],
) -> ReviewCard:  # fmt: skip
    places = {card.pointer, card.base, card.revision}
    entries = [(number, entry) for number, entry in enumerate(valid) if entry.pointer in places]
    entries = [(n, entry) for n, entry in entries if any(each.rule == entry.rule for each in card.findings)]
    used.update(number for number, _ in entries)
    rules = {entry.rule for _, entry in entries}
    wire = worst(finding.level for finding in card.findings if finding.rule not in rules)
    python = worst(each.level for each in consequences)
    if card.findings and all(each.rule in rules for each in card.findings if each.level is card.level):
        python = Level.NONE
    return ReviewCard(
        card, wire, python, _place(base, card.base), _place(revision, card.revision), consequences,
        tuple(entry for _, entry in entries),
    )  # fmt: skip


def _place(side: Side, pointer: str | None) -> Place | None:
    if pointer is None:
        return None
    location = side.bundle.origins.locate(pointer)
    text = side.texts.get(location.file)
    if text is None:
        return Place(side.display(location.file), 0, 0, location.pointer, ())
    line, column = side.position(location)
    lines = _lines(text, line, column, item=location.pointer.rpartition("/")[2].isdigit())
    return Place(side.display(location.file), line, line + len(lines) - 1, location.pointer, _short(lines))


def _lines(source: SourceText, first: int, column: int, *, item: bool) -> list[str]:
    """The lines of a node: the first, and what is indented below it (or its dash), with the bracket that closes it."""
    start = source.line(first)
    found, indent = [start], column - 1
    if item and start.lstrip().startswith("- "):
        indent = len(start) - len(start.lstrip())
    for number in range(first + 1, first + _LONGEST):
        line = source.line(number)
        text = line.lstrip()
        if not text:
            break
        depth = len(line) - len(text)
        is_item = depth == indent and text.startswith("- ") and start.rstrip().endswith(":") and not item
        closes = depth == indent and text[0] in "}]"
        if depth <= indent and not is_item and not closes:
            break
        found.append(line)
        if closes:
            break
    return found


def _short(lines: list[str]) -> tuple[str, ...]:
    cut = [line[:_WIDEST] for line in lines[:_EXCERPT]]
    margin = min((len(line) - len(line.lstrip()) for line in cut if line.strip()), default=0)
    rest = len(lines) - len(cut)
    return (*(line[margin:] for line in cut), *([f"... {rest} more lines"] if rest else []))


def next_version(version: str, level: Level) -> str:
    """The next version that a level asks for (semver 2.0); below 1.0.0 a breaking change moves the minor."""
    match = _VERSION.match(version.strip())
    if match is None:
        return ""
    major, minor, patch = (int(part or 0) for part in match.groups())
    if level is Level.NONE:
        return f"{major}.{minor}.{patch}"
    if level is Level.PATCH:
        return f"{major}.{minor}.{patch + 1}"
    if level is Level.MAJOR and major > 0:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0"


def fails(result: Review, fail_on: str) -> bool:
    """Whether a run fails: `breaking` on a major verdict of either kind, `warning` also on warnings, `none` never."""
    limit = {"breaking": Level.MAJOR, "warning": Level.WARNING}.get(fail_on)
    return limit is not None and max(result.wire, result.python or Level.NONE) >= limit
