"""A review for machines. docs/diff.schema.json describes it; changes of this shape are announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sdkwright.diff import values

if TYPE_CHECKING:
    from sdkwright.diff.cards import Finding
    from sdkwright.diff.python import Consequence
    from sdkwright.diff.review import Place, Review, ReviewCard
    from sdkwright.diff.settings import Acceptance

Json = dict[str, object]


def render(result: Review) -> str:
    """The review as indented JSON in ASCII, with a final line break."""
    return json.dumps(as_dict(result), indent=2) + "\n"


def as_dict(result: Review) -> Json:
    """The review as plain data."""
    return {
        "base": result.base,
        "revision": result.revision,
        "wire": result.wire.verdict,
        "python": None if result.python is None else result.python.verdict,
        "version": result.version,
        "suggested_version": result.suggested_version,
        "cards": [_card(card) for card in result.cards],
        "folded": dict(result.folded),
        "expired": [_acceptance(entry) for entry in result.expired],
        "unused": [_acceptance(entry) for entry in result.unused],
    }


def _card(card: ReviewCard) -> Json:
    inner = card.card
    return {
        "id": inner.id,
        "rule": inner.rule,
        "pointer": inner.pointer,
        "subject": inner.subject,
        "title": inner.title if inner.findings else card.consequences[0].text,
        "wire": card.wire.verdict,
        "warning": card.wire.name == "WARNING",
        "python": card.python.verdict,
        "base": _place(card.base),
        "revision": _place(card.revision),
        "findings": [_finding(finding) for finding in inner.findings],
        "consequences": [_consequence(each) for each in card.consequences],
        "requests": list(inner.requests),
        "responses": list(inner.responses),
        "rename": None if inner.rename is None else {
            "old": inner.rename.old, "new": inner.rename.new, "confidence": inner.rename.confidence,
        },
        "accepted": [_acceptance(entry) for entry in card.accepted],
    }  # fmt: skip


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "line": place.line,
        "end_line": place.end_line,
        "pointer": place.pointer,
        "excerpt": list(place.excerpt),
    }


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule,
        "level": finding.level.verdict,
        "warning": finding.level.name == "WARNING",
        "text": finding.text,
        "before": None if finding.before is None else values.show(finding.before),
        "after": None if finding.after is None else values.show(finding.after),
    }


def _consequence(each: Consequence) -> Json:
    return {
        "symbol": each.symbol,
        "level": each.level.verdict,
        "text": each.text,
        "meets": list(each.meets),
        "before": each.before,
        "after": each.after,
        "shim": each.shim,
    }


def _acceptance(entry: Acceptance) -> Json:
    return {
        "rule": entry.rule,
        "pointer": entry.pointer,
        "reason": entry.reason,
        "author": entry.author,
        "expires": None if entry.expires is None else str(entry.expires),
    }
