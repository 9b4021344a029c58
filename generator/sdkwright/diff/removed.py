"""The review of an API that is gone as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sdkwright.diff.cards import Card, Finding
from sdkwright.diff.consequence import IMPORTS, Change, Consequence, Thing
from sdkwright.diff.excerpt import Place
from sdkwright.diff.levels import Level
from sdkwright.diff.review import Review, ReviewCard
from sdkwright.diff.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkwright.diff.settings import Acceptance

_RULE: Final = "api-removed"


def removed(name: str, document: str, entries: Iterable[Acceptance]) -> Review:
    """One card for the whole API called `name`; `entries` are the acceptances that still count."""
    rule = RULES[_RULE]
    finding = Finding(_RULE, Level.MAJOR, rule.title.format(name=name), rule.meaning, "", None, name, None)
    card = Card(_RULE, f"/specs/{name}", name, Level.MAJOR, (finding,), "", None, (), (), whole=True)
    gone = Consequence(
        Thing.CLIENT, Change.GONE, name, Level.MAJOR, f"the package of {name} is gone", IMPORTS, name, "", None, None
    )
    found = ReviewCard(card, Level.MAJOR, Level.MAJOR, Place(document, 0, 0, "", ()), None, (gone,))
    accepted = tuple(entry for entry in entries if entry.rule == _RULE and entry.pointer == card.pointer)
    if accepted:
        found = replace(found, wire=Level.NONE, python=Level.NONE, accepted=accepted)
    return Review(
        document, "", found.wire, found.python, "", "", (found,), {}, name=name, causes={"document": found.python}
    )  # fmt: skip
