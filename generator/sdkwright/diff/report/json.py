"""A review for machines. docs/diff.schema.json describes it; changes of this shape are announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sdkwright.diff import values
from sdkwright.diff.levels import Level
from sdkwright.diff.notes import changelog, notes, sections

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.cards import Finding
    from sdkwright.diff.consequence import Consequence
    from sdkwright.diff.excerpt import Place
    from sdkwright.diff.notes import Note
    from sdkwright.diff.review import Review, ReviewCard
    from sdkwright.diff.settings import Acceptance

Json = dict[str, object]


def render(result: Review) -> str:
    """The review as indented JSON in ASCII, with a final line break."""
    return json.dumps(as_dict(result), indent=2) + "\n"


def join(results: Sequence[Review]) -> str:
    """Several reviews, with the gravest verdicts of all."""
    python = [result.python for result in results if result.python is not None]
    content: Json = {
        "wire": max((result.wire for result in results), default=Level.NONE).verdict,
        "python": max(python).verdict if python else None,
        "reviews": [as_dict(result) for result in results],
    }
    return json.dumps(content, indent=2) + "\n"


def as_dict(result: Review) -> Json:
    """The review as plain data."""
    return {
        "name": result.name,
        "base": result.base,
        "revision": result.revision,
        "wire": result.wire.verdict,
        "python": None if result.python is None else result.python.verdict,
        "python_reason": result.reason,
        "python_by_origin": {name: level.verdict for name, level in result.causes.items()},
        "notices": list(result.notices),
        "version": result.version,
        "suggested_version": result.suggested_version,
        "cards": [_card(card) for card in result.cards],
        "folded": dict(result.folded),
        "expired": [_acceptance(entry) for entry in result.expired],
        "unused": [_acceptance(entry) for entry in result.unused],
        "changelog": {section.lower(): list(lines) for section, lines in sections(changelog(result))},
    }


def _card(card: ReviewCard) -> Json:
    inner = card.card
    return {
        "id": inner.id,
        "rule": inner.rule,
        "pointer": inner.pointer,
        "subject": inner.subject,
        "title": inner.headline if inner.findings else card.consequences[0].text,
        "wire": card.wire.verdict,
        "warning": card.wire.name == "WARNING",
        "python": card.python.verdict,
        "origin": card.origin,
        "meets": list(card.meets),
        "resources": list(card.resources),
        "base": _place(card.base),
        "revision": _place(card.revision),
        "findings": [_finding(finding) for finding in inner.findings],
        "consequences": [_consequence(each) for each in card.consequences],
        "code": [{"place": each.title, "before": list(each.before), "after": list(each.after)} for each in card.code],
        "migration": [_note(note) for note in notes(card)],
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
        "meaning": finding.meaning,
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
        "thing": each.thing,
        "change": each.change,
        "origin": each.origin,
    }


def _note(note: Note) -> Json:
    return {
        "symbol": note.symbol,
        "advice": note.advice,
        "before": note.before,
        "after": note.after,
        "shim": note.shim,
    }


def _acceptance(entry: Acceptance) -> Json:
    return {
        "rule": entry.rule,
        "pointer": entry.pointer,
        "reason": entry.reason,
        "author": entry.author,
        "expires": None if entry.expires is None else str(entry.expires),
    }
