"""A comparison as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sdkwright.surface.findings import Comparison, Finding
from sdkwright.surface.model import Place, Unread

FORMATS = ("text", "json")


def render(comparison: Comparison, form: str) -> str:
    """The comparison in one of `FORMATS`, with a line end at its end."""
    return as_json(comparison) if form == "json" else as_text(comparison)


def as_text(comparison: Comparison) -> str:
    """What breaks users, each change with its source before and after; then the rest, one line each."""
    lines: list[str] = []
    for finding in comparison.breaking:
        lines += _breaking(finding)
    if comparison.compatible:
        lines.append("Changes that break nobody:")
        for finding in comparison.compatible:
            lines.append(f"  {finding.name}: {_said(finding)}")
        lines.append("")
    lines += [_unread("old", item) for item in comparison.unread_old]
    lines += [_unread("new", item) for item in comparison.unread_new]
    lines.append(_summary(comparison))
    return "".join(f"{_printable(line)}\n" for line in lines)


def as_json(comparison: Comparison) -> str:
    """The comparison for programs; docs/surface.md has the keys."""
    value = {
        "old": comparison.old,
        "new": comparison.new,
        "python": comparison.bump,
        "breaking": len(comparison.breaking),
        "compatible": len(comparison.compatible),
        "unread": {
            "old": [_unread_json(item) for item in comparison.unread_old],
            "new": [_unread_json(item) for item in comparison.unread_new],
        },
        "findings": [_finding_json(item) for item in comparison.findings],
    }
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _breaking(finding: Finding) -> Iterator[str]:
    yield f"BREAKING {finding.name}: {_said(finding)}"
    yield f"  who     {', '.join(finding.rule.who)}{'  (semi-public)' if finding.semi_public else ''}"
    if finding.before or finding.old:
        yield f"  before  {_shown(finding.before, finding.old)}"
    if finding.after or finding.new:
        yield f"  after   {_shown(finding.after, finding.new)}"
    if finding.also:
        yield f"  also    {', '.join(finding.also)}"
    yield f"  rule    {finding.rule.id}"
    yield ""


def _said(finding: Finding) -> str:
    return f"{finding.rule.says}; {finding.hint}" if finding.hint else finding.rule.says


def _shown(text: str, place: Place | None) -> str:
    where = f"[{place.file}:{place.line}]" if place else ""
    return f"{text}  {where}".strip()


def _summary(comparison: Comparison) -> str:
    breaking, rest = len(comparison.breaking), len(comparison.compatible)
    if not comparison.findings:
        return f"{comparison.old} and {comparison.new} have the same surface."
    first = f"{breaking} {'change breaks' if breaking == 1 else 'changes break'} users"
    second = f"{rest} {'does' if rest == 1 else 'do'} not"
    return f"{comparison.old} -> {comparison.new}: {first}, {second} ({comparison.bump})."


def _unread(side: str, item: Unread) -> str:
    return f"NOT READ ({side} package) {item.file}:{item.line}: {item.reason}; what it defines is not compared"


def _unread_json(item: Unread) -> dict[str, object]:
    return {"file": item.file, "line": item.line, "reason": item.reason}


def _finding_json(item: Finding) -> dict[str, object]:
    return {
        "rule": item.rule.id,
        "breaking": item.rule.breaking,
        "who": list(item.rule.who),
        "says": item.rule.says,
        "symbol": item.symbol,
        "parameter": item.parameter,
        "also": list(item.also),
        "semi_public": item.semi_public,
        "before": item.before,
        "after": item.after,
        "old": _place_json(item.old),
        "new": _place_json(item.new),
        "hint": item.hint,
    }


def _place_json(place: Place | None) -> dict[str, object] | None:
    return {"file": place.file, "line": place.line} if place else None


def _printable(line: str) -> str:
    """The line with what could steer a terminal written out: the text comes from other people's packages."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
