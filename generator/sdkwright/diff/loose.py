"""Cards for changes of the package that no change of the document stands for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff.cards import Card, subject
from sdkwright.diff.consequence import Consequence, Origin, Thing
from sdkwright.diff.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

APART: Final = frozenset({Origin.CONFIG, Origin.GENERATOR})
"""What never belongs to the card of a change of the document."""
_RULES: Final = {
    Origin.DOCUMENT: "python", Origin.UNDECIDED: "python", Origin.CONFIG: "config", Origin.GENERATOR: "generator",
}  # fmt: skip
_DEFINITION: Final = 3
"""Steps of a pointer to a component or to an operation."""


def loose_cards(consequences: Iterable[Consequence]) -> list[tuple[Card, tuple[Consequence, ...]]]:
    """One card for each component or operation, with what changed about it, the gravest first and methods first.

    What the generator changed has no place in the document: all that it changed in one way is one card.
    """
    groups: dict[tuple[Origin, str], list[Consequence]] = {}
    for each in consequences:
        groups.setdefault((each.origin, _cause(each)), []).append(each)
    found: list[tuple[Card, tuple[Consequence, ...]]] = []
    for (origin, _), group in groups.items():
        group.sort(key=lambda each: (-each.level, each.thing is not Thing.METHOD))
        first = group[0]
        card = Card(
            _RULES[origin], symbol_of(first), _subject(first), Level.NONE, (), first.base, first.revision, (), ()
        )
        found.append((card, tuple(group)))
    return found


def symbol_of(consequence: Consequence) -> str:
    """The class or method that a consequence is about: what an accept file names."""
    return consequence.owner or consequence.target or consequence.symbol


def _cause(consequence: Consequence) -> str:
    if consequence.origin is Origin.GENERATOR:
        return f"{consequence.thing} {consequence.change} {_member(consequence)}"
    at = consequence.base if consequence.base is not None else consequence.revision
    return pointers.join(pointers.split(at)[:_DEFINITION]) if at else symbol_of(consequence)


def _member(consequence: Consequence) -> str:
    """The name of what changed in a class or method, which is the same in all that a template makes."""
    if consequence.thing in {Thing.CLASS, Thing.METHOD, Thing.CLIENT}:
        return consequence.text.replace(consequence.symbol, "")
    return re.split(r"[.(]", consequence.symbol)[-1] + consequence.text.replace(consequence.symbol, "")


def _subject(consequence: Consequence) -> str:
    if consequence.origin in APART:
        owner = symbol_of(consequence)
        return owner if owner.startswith("client.") else owner.rpartition(".")[2]
    return subject(consequence.base or consequence.revision or "") or consequence.symbol
