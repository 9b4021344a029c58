"""What a comparison comes to: two verdicts, the next version, and cards with their places in both documents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.diff.attach import attach
from sdkwright.diff.cards import Card, make_cards, worst
from sdkwright.diff.code import CodeChange, code_changes
from sdkwright.diff.compare import compare
from sdkwright.diff.consequence import AUDIENCES, RUNTIME, Consequence, Origin
from sdkwright.diff.excerpt import Place, around, place
from sdkwright.diff.levels import Level
from sdkwright.diff.loose import APART, loose_cards, symbol_of
from sdkwright.diff.pairs import Pairs

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.python import Packages
    from sdkwright.diff.settings import Acceptance, Settings
    from sdkwright.diff.sides import Side

_VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """A card with its places, its consequences for Python, and its acceptance.

    `wire` is what is left of the card's level once accepted findings do not count. A card without a change on the
    wire can still matter to Python. `origin` is what caused it, `around` the whole of the thing that changed in both
    documents, `code` what changes in the package, and `resources` are those whose methods reach it.
    """

    card: Card
    wire: Level
    python: Level
    base: Place | None
    revision: Place | None
    consequences: tuple[Consequence, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    origin: Origin = Origin.DOCUMENT
    around: tuple[Place | None, Place | None] = (None, None)
    code: tuple[CodeChange, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def like(self) -> int:
        """How many classes or methods a card about the package alone stands for."""
        return len({each.owner or each.target or each.symbol for each in self.consequences})

    @property
    def meets(self) -> tuple[str, ...]:
        """Who meets the change; if it breaks the wire and no code, only those whose program runs."""
        found = {who for each in self.consequences for who in each.meets}
        if self.wire >= Level.WARNING and not any(each.level is Level.MAJOR for each in self.consequences):
            found.add(RUNTIME)
        return tuple(who for who in AUDIENCES if who in found)


@dataclass(frozen=True, slots=True)
class Review:
    """The result. `folded` counts what has no effect; `expired` and `unused` are entries of the policy file.

    `python` is None without a verdict, and `reason` says why there is none if it was asked for.
    """

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
    reason: str = ""
    title: str = ""
    name: str = ""
    """How a review of several APIs calls this one."""
    causes: Mapping[str, Level] = field(default_factory=dict[str, Level])
    """The verdict on Python by what caused it."""
    notices: tuple[str, ...] = ()
    """What a person has to know beside the cards."""


def review(
    base: Side, revision: Side, settings: Settings, today: datetime.date, packages: Packages | None = None
) -> Review:
    """Compare two sides. Without `packages` there is only the verdict on the wire."""
    policy = settings.policy(today)
    comparison = compare(base.document(), revision.document(), policy)
    cards = make_cards(comparison, policy)
    consequences = packages.consequences(Pairs.of(cards)) if packages else ()
    uses = packages.uses() if packages else {}
    by_card, loose = attach([each for each in consequences if each.origin not in APART], cards, uses)
    groups = loose_cards((*loose, *(each for each in consequences if each.origin in APART)))
    by_card |= {card.id: group for card, group in groups}
    valid = [entry for entry in settings.accept if entry.expires is None or entry.expires >= today]
    used: set[int] = set()
    finish = _Finish(base, revision, valid, used, packages, packages.resources() if packages else {})
    found = tuple(finish.card(card, by_card.get(card.id, ())) for card in (*cards, *(card for card, _ in groups)))
    wire = worst(card.wire for card in found)
    planned = packages is not None and packages.old is not None
    python_level = worst(card.python for card in found) if planned else None
    version = str(_info(base).get("version", ""))
    return Review(
        base.name, revision.name, wire, python_level, version,
        next_version(version, max(wire, python_level or Level.NONE)),
        tuple(sorted(found, key=_order)),
        comparison.folded,
        expired=tuple(entry for entry in settings.accept if entry not in valid),
        unused=tuple(entry for number, entry in enumerate(valid) if number not in used),
        reason=packages.reason if packages else "",
        title=str(_info(revision).get("title", "")),
        causes=_causes(found) if planned else {},
        notices=packages.notices if packages else (),
    )  # fmt: skip


def _causes(cards: Iterable[ReviewCard]) -> dict[str, Level]:
    found: dict[str, Level] = {}
    for card in cards:
        if card.consequences:
            found[card.origin] = max(found.get(card.origin, Level.NONE), card.python)
    return {name: found[name] for name in Origin if name in found}


def _order(card: ReviewCard) -> tuple[int, int, str, str]:
    """Gravest first, on the wire before in Python, then by place."""
    return -max(card.wire, card.python), -card.wire, card.card.pointer, card.card.rule


def _info(side: Side) -> dict[str, object]:
    found = side.bundle.document.get("info")
    return found if pointers.is_object(found) else {}


@dataclass(frozen=True, slots=True)
class _Finish:
    """What turns a card into one that a report can show."""

    base: Side
    revision: Side
    valid: list[Acceptance]
    used: set[int]
    packages: Packages | None
    resources: Mapping[str, str]

    def card(self, card: Card, consequences: tuple[Consequence, ...]) -> ReviewCard:
        places = {
            card.pointer,
            card.base,
            card.revision,
            *(symbol_of(each) for each in consequences if not card.findings),
        }
        rules = {card.rule, *(each.rule for each in card.findings)}
        entries = [
            (number, entry) for number, entry in enumerate(self.valid)
            if (entry.pointer in places and entry.rule in rules)
            or any(entry.rule == each.rule and entry.pointer in {each.base, each.revision} for each in card.findings)
        ]  # fmt: skip
        self.used.update(number for number, _ in entries)
        accepted = {entry.rule for _, entry in entries}
        wire = worst(finding.level for finding in card.findings if finding.rule not in accepted)
        python = worst(each.level for each in consequences)
        gravest = {each.rule for each in card.findings if each.level is card.level} or {card.rule}
        origins = {each.origin for each in consequences}
        reached = {self.resources[name] for name in (*card.requests, *card.responses) if name in self.resources}
        return ReviewCard(
            card, wire, Level.NONE if gravest <= accepted else python,
            place(self.base, card.base), place(self.revision, card.revision), consequences,
            tuple(entry for _, entry in entries),
            next(iter(origins)) if len(origins) == 1 else Origin.DOCUMENT,
            (None, None) if origins & APART else (
                around(card, self.base, card.base), around(card, self.revision, card.revision)
            ),
            code_changes(self.packages, consequences) if self.packages else (),
            tuple(sorted(reached)),
        )  # fmt: skip


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
