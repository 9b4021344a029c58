"""A review as workflow commands, which GitHub shows beside the lines of the revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostic, Location, Severity
from sdkwright.diff.levels import Level
from sdkwright.diff.report.words import cause, reach, title, wire_meaning
from sdkwright.report.github import commands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.review import Review, ReviewCard


def render(result: Review) -> str:
    """One command for each card that matters: errors break somebody, warnings may, the rest are notices."""
    return commands([_diagnostic(card) for card in result.cards if max(card.wire, card.python)], {})


def join(results: Sequence[Review]) -> str:
    """The commands of several reviews."""
    return "".join(map(render, results))


def _diagnostic(card: ReviewCard) -> Diagnostic:
    level = max(card.wire, card.python)
    severity = (
        Severity.ERROR if level is Level.MAJOR
        else Severity.WARNING if level is Level.WARNING
        else Severity.NOTE
    )  # fmt: skip
    place = card.revision or card.base
    location = Location(place.file if place else "", place.pointer if place else "")
    meaning = f"On the wire: {wire_meaning(card)}; reaches {reach(card)}" if card.wire else cause(card).capitalize()
    return Diagnostic(
        f"diff/{card.card.rule}", severity, title(card), location, meaning, place.line if place else 0,
        1 if place and place.line else 0,
    )  # fmt: skip
