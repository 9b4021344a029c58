"""From facts to cards: one card for each thing that changed, with its level and whom it reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.company import LONE
from sdkwright.diff.levels import Level
from sdkwright.diff.reach import Reach, reaches
from sdkwright.diff.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkwright.diff.facts import Comparison, Fact, OperationKey
    from sdkwright.diff.policy import Policy

RENAMES: Final = frozenset({
    "schema-renamed", "property-renamed", "parameter-renamed", "path-parameter-renamed", "operation-moved",
    "path-moved",
})  # fmt: skip
_CAUSES: Final = RENAMES | {"reference-changed"}
"""What the other findings of a card follow from, however light it is itself."""
_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One change on a card: its rule, its level where it reaches, a sentence, and what it means on the wire there."""

    rule: str
    level: Level
    text: str
    meaning: str
    base: str | None
    revision: str | None
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Rename:
    """That something seems to have another name, with a confidence from 0 to 1."""

    old: str
    new: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that happened to one thing.

    `rule` is that of the gravest finding, which with `pointer` identifies the card from run to run. `base` and
    `revision` are pointers into the canonical documents, None on a side that does not have it. `requests` and
    `responses` are the operations that reach it; `whole` says that it is about the API and no operation of its own.
    """

    rule: str
    pointer: str
    subject: str
    level: Level
    findings: tuple[Finding, ...]
    base: str | None
    revision: str | None
    requests: tuple[str, ...]
    responses: tuple[str, ...]
    rename: Rename | None = None
    whole: bool = False

    @property
    def id(self) -> str:
        """The card's identity: what an accept file names."""
        return f"{self.rule}:{self.pointer}"

    @property
    def headline(self) -> str:
        """What happened in one sentence: a rename, else the gravest findings about the thing."""
        first, *others = self._told
        start = f"{pointers.split(self.pointer)[-1]} " if self.pointer else ""
        return " and ".join([first.text, *(each.text.removeprefix(start) for each in others)])

    @property
    def also(self) -> tuple[Finding, ...]:
        """The findings that the headline does not tell."""
        return tuple(each for each in self.findings if each not in self._told)

    @property
    def _told(self) -> list[Finding]:
        """The finding that the headline tells, and a second one of its weight if both begin with the thing's name."""
        causes = [each for each in self.findings if each.rule in _CAUSES]
        if causes:
            return causes[:1]
        first, *others = self.findings
        start = f"{pointers.split(self.pointer)[-1]} " if self.pointer else ""
        if not start or not first.text.startswith(start):
            return [first]
        same = [each for each in others if each.level is first.level and each.text.startswith(start)]
        return [first, *same[:1]]


@dataclass(frozen=True, slots=True)
class _Placed:
    fact: Fact
    finding: Finding
    reach: Reach


def make_cards(comparison: Comparison, policy: Policy) -> tuple[Card, ...]:
    """The cards of a comparison, gravest first, then in the order of their places."""
    stable = sum(1 << n for n, key in enumerate(comparison.operations) if key.stability not in policy.unstable)
    sites: dict[str, dict[tuple[str, str | None, str | None, str, str], _Placed]] = {}
    for unit, reach in zip(comparison.units, reaches(comparison.units), strict=True):
        for fact in unit.facts:
            here = reach.through(fact.scope)
            key = (fact.rule, fact.base, fact.revision, values.key(fact.before), values.key(fact.after))
            site = sites.setdefault(fact.site, {})
            if key in site:
                seen = site[key].reach
                here = Reach(seen.request | here.request, seen.response | here.response)
            site[key] = _Placed(fact, _finding(fact, _level(fact, here, stable, policy), here), here)
    cards = [_card(list(site.values()), comparison.operations) for site in sites.values()]
    return tuple(sorted(cards, key=lambda card: (-card.level, card.pointer, card.rule)))


def _level(fact: Fact, reach: Reach, stable: int, policy: Policy) -> Level:
    rule = RULES[fact.rule]
    level = Level.NONE
    for mask, reached in ((reach.request, rule.request), (reach.response, rule.response)):
        if mask:
            level = max(level, reached if mask & stable else min(reached, Level.MINOR))
    override = policy.severity.get(fact.rule)
    return level if override is None or not (reach.request or reach.response) else override


def _finding(fact: Fact, level: Level, reach: Reach) -> Finding:
    rule = RULES[fact.rule]
    text = rule.title.format(
        name=values.show(fact.name), before=values.show(fact.before), after=values.show(fact.after)
    )
    ways = zip((reach.request, reach.response), (rule.request, rule.response), rule.wire, strict=True)
    meanings = dict.fromkeys(meaning for mask, reached, meaning in ways if mask and reached)
    return Finding(fact.rule, level, text, "; ".join(meanings), fact.base, fact.revision, fact.before, fact.after)


def _card(placed: list[_Placed], operations: tuple[OperationKey, ...]) -> Card:
    placed.sort(key=_weight)
    gravest = placed[0]
    request = response = 0
    for each in placed:
        request, response = request | each.reach.request, response | each.reach.response
    renames = [each.fact for each in placed if each.fact.rule in RENAMES]
    told = sorted(placed, key=lambda each: (each.fact.rule not in _CAUSES, each.fact.rule in LONE))
    base = next((each.fact.base for each in told if each.fact.base is not None), None)
    revision = next((each.fact.revision for each in told if each.fact.revision is not None), None)
    pointer = gravest.fact.site.removeprefix("+")
    return Card(
        rule=gravest.finding.rule,
        pointer=pointer,
        subject=subject(pointer),
        level=gravest.finding.level,
        findings=tuple(each.finding for each in placed),
        base=base,
        revision=revision,
        requests=_names(operations, request),
        responses=_names(operations, response),
        rename=Rename(str(renames[0].before), str(renames[0].after), renames[0].confidence) if renames else None,
        whole=_whole(operations, gravest),
    )


def _weight(placed: _Placed) -> tuple[object, ...]:
    """Gravest first; what only comes along or gives another name stands last among its like."""
    rule = placed.finding.rule
    return -placed.finding.level, rule in RENAMES, rule in LONE, rule, placed.fact.name


def _whole(operations: tuple[OperationKey, ...], gravest: _Placed) -> bool:
    mask = gravest.reach.request | gravest.reach.response
    return bool(gravest.finding.level) and mask > 0 and not operations[(mask & -mask).bit_length() - 1].method


def _names(operations: tuple[OperationKey, ...], mask: int) -> tuple[str, ...]:
    found: list[str] = []
    while mask:
        lowest = mask & -mask
        if (key := operations[lowest.bit_length() - 1]).method:
            found.append(str(key))
        mask ^= lowest
    return tuple(sorted(found))


def subject(pointer: str) -> str:
    """A pointer as people name its place: `Conversation.metadata`, `POST /items request body`."""
    steps = pointers.split(re.sub(r"/parameters/\d+$", "", pointer))
    if steps[:2] == ["components", "schemas"] and len(steps) > 2:
        return ".".join([steps[2], *_members(steps[3:])])
    if steps[:1] == ["components"] and len(steps) > 2:
        return " ".join([re.sub(r"s$", "", steps[1]), ".".join([steps[2], *_members(steps[3:])])])
    if steps[:1] in (["paths"], ["webhooks"]) and len(steps) > 1:
        method = steps[2].upper() if len(steps) > 2 and steps[2] in _METHODS else ""
        return " ".join(word for word in (method, steps[1], *_in_operation(steps[3 if method else 2 :])) if word)
    if steps[:1] == ["servers"]:
        return "the server"
    return ".".join(_members(steps)) or "the document"


def _in_operation(steps: list[str]) -> list[str]:
    """What of an operation: `response 200 items[].id`. A media type is named where nothing below it is."""
    found: list[str] = []
    if steps[:1] == ["requestBody"]:
        found, steps = ["request body"], steps[1:]
    elif steps[:1] == ["responses"] and len(steps) > 1:
        found, steps = [f"response {steps[1]}"], steps[2:]
    if steps[:1] == ["content"] and len(steps) > 2:
        steps = steps[2:]
    return [*found, ".".join(_members(steps))]


_SILENT: Final = frozenset({"properties", "schema", "content", "allOf", "oneOf", "anyOf"})


def _members(steps: Iterable[str]) -> list[str]:
    """The steps that say something: names, not the keywords that hold them."""
    found: list[str] = []
    for step in steps:
        if step == "items" and found:
            found[-1] += "[]"
        elif step not in _SILENT:
            found.append(step)
    return found


def worst(levels: Iterable[Level]) -> Level:
    """The gravest of some levels; none for none."""
    return max(levels, default=Level.NONE)
