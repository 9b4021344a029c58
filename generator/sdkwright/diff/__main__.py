"""`python -m sdkwright.diff DIRECTORY`: writes diff-rules.md and diff.schema.json, both made from data."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sdkwright.diff.report.schema import SCHEMA
from sdkwright.diff.rules import CHANGES, NARROWS, RULES, WIDENS
from sdkwright.diff.rules_http import HTTP_RULES
from sdkwright.diff.rules_schema import SCHEMA_RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkwright.diff.rules import Rule
    from sdkwright.diff.rules_schema import Row

_HEAD = """\
# Rules of `sdkwright diff`

This page is made from the rules themselves: `python -m sdkwright.diff docs`.

Every change has one rule, and every rule two levels: one where the changed thing is part of a request, one where it is
part of a response. Most levels follow from a principle: a request may widen, a response may narrow. `warning` counts as
minor in a version number and fails a run under `--fail-on warning`. docs/diff-policy.md has the reasons where other
tools judge otherwise.

To switch a rule, name it in the file that `--policy` takes, with `none`, `patch`, `minor`, `warning` or `major`; to
accept one change, name its rule and pointer:

```yaml
severity:
  enum-value-added: none
accept:
  - rule: property-removed
    pointer: /components/schemas/Boat/properties/name
    reason: nobody has read it since 2024
    author: harbour team
    expires: 2027-01-31
```
"""
_PRINCIPLES = {NARROWS: "narrows", WIDENS: "widens", CHANGES: "changes"}


def rules_page() -> str:
    """docs/diff-rules.md."""
    parts = [_HEAD, _section("Schemas", SCHEMA_RULES), _section("Operations and what belongs to them", HTTP_RULES)]
    return "\n".join(parts)


def schema_text() -> str:
    """docs/diff.schema.json."""
    return json.dumps(SCHEMA, indent=2) + "\n"


def _section(title: str, rows: Iterable[Row]) -> str:
    lines = [
        f"## {title}", "", "| rule | found when | in a request | in a response | in Python |", "|---|---|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*lines, *(_row(RULES[row[0]]) for row in rows), ""])


def _row(rule: Rule) -> str:
    principle = _PRINCIPLES.get((rule.request, rule.response))
    levels = rule.request.name.lower(), rule.response.name.lower()
    ways = [
        f"**{level}**: {meaning}" if level != "none" else "none"
        for level, meaning in zip(levels, rule.wire, strict=True)
    ]
    name = f"`{rule.id}`" + (f" ({principle})" if principle else "")
    title = rule.title.format(name="*x*", before="*a*", after="*b*")
    return f"| {name} | {title} | {ways[0]} | {ways[1]} | {rule.python} |"


def main(folder: Path) -> None:
    """Write both files."""
    (folder / "diff-rules.md").write_text(rules_page(), "utf-8")
    (folder / "diff.schema.json").write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
