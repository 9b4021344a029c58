"""A review as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from sdkwright import __version__
from sdkwright.diff.levels import Level
from sdkwright.diff.report.words import cause, flat, reach, title
from sdkwright.diff.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.excerpt import Place
    from sdkwright.diff.review import Review, ReviewCard

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render(result: Review) -> str:
    """One result for each card that matters, with the rules that they name."""
    return join([result])


def join(results: Sequence[Review]) -> str:
    """The results of several reviews as one run."""
    cards = [card for result in results for card in result.cards if max(card.wire, card.python)]
    names = sorted({card.card.rule for card in cards})
    run: dict[str, object] = {
        "tool": {
            "driver": {
                "name": "sdkwright diff",
                "semanticVersion": __version__,
                "rules": [_rule(name) for name in names],
            }
        },
        "results": [_result(card, names) for card in cards],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(name: str) -> dict[str, object]:
    rule = RULES.get(name)
    text = f"On the wire: {rule.meaning}. In Python: {rule.python}." if rule else "A change of the package alone."
    return {"id": name, "shortDescription": {"text": name.replace("-", " ")}, "fullDescription": {"text": text}}


def _result(card: ReviewCard, names: list[str]) -> dict[str, object]:
    level = max(card.wire, card.python)
    word = "error" if level is Level.MAJOR else "warning" if level is Level.WARNING else "note"
    place = card.revision or card.base
    found: dict[str, object] = {
        "ruleId": card.card.rule,
        "ruleIndex": names.index(card.card.rule),
        "level": word,
        "message": {"text": f"{flat(title(card))} ({cause(card) or f'reaches {reach(card)}'})"},
        "partialFingerprints": {"card/v1": card.card.id},
        "locations": [_location(place)] if place else [],
        "properties": {"wire": card.wire.verdict, "python": card.python.verdict, "origin": card.origin,
                       "meets": list(card.meets)},
    }  # fmt: skip
    if card.accepted:
        found["suppressions"] = [{"kind": "external", "justification": flat(card.accepted[0].reason)}]
    return found


def _location(place: Place) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(place.file)}}
    if place.line:
        physical["region"] = {"startLine": place.line, "endLine": max(place.line, place.end_line)}
    return {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": place.pointer}]}
