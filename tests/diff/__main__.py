"""`python -m tests.diff FOLDER`: pairs of documents with known verdicts, as a table.

FOLDER holds `cases.jsonl`, one case a line: `case_id`, `base` and `revision` (paths in FOLDER, or as many on both sides
of an API in several documents), `consensus` ("breaking", "non-breaking", "split" or null), `identical`, and
`expected_ids`, which rules another tool finds. Where consensus is `breaking` the verdict on the wire must be major,
where it is `non-breaking` it must not be, and identical documents give nothing. Exit code 1 if one row is wrong.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from sdkwright.diagnostics import Diagnostics
from sdkwright.diff.levels import Level
from sdkwright.diff.review import Review, review
from sdkwright.diff.settings import Settings
from sdkwright.diff.sides import Reading, Side, open_side

from tests.diff.rules import ours


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case. `right` is None where the tools do not agree.

    `found` are the rules of the other tool for which one of ours was found, `missed` those for which none was.
    """

    case: str
    consensus: str
    verdict: Level
    right: bool | None
    rules: tuple[str, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]


def main(
    folder: Annotated[Path, typer.Argument(help="The folder of cases.", exists=True, file_okay=False)],
    today: Annotated[str, typer.Option(help="The day with which sunsets are compared.")] = "2026-11-20",
    show: Annotated[
        str, typer.Option(help="List the cases of a consensus (breaking, non-breaking or split), or what is missed.")
    ] = "",
) -> None:
    """Compare all pairs and count how the verdicts fall."""
    console = Console(width=None if sys.stdout.isatty() else 200, highlight=False)
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    day = datetime.date.fromisoformat(today)
    outcomes = [outcome(folder, case, day) for case in cases]
    for each in outcomes:
        if each.right is False or each.consensus == show:
            console.print(f"{each.case} {each.consensus}: {each.verdict.name.lower()} {', '.join(each.rules)}")
    console.print(_table(outcomes))
    found, missed = sum(len(each.found) for each in outcomes), [name for each in outcomes for name in each.missed]
    console.print(
        f"{found} of {found + len(missed)} findings of the other tool that have rules of ours are found by them"
    )
    if show == "missed":
        for name, count in sorted(Counter(missed).items()):
            console.print(f"  {count} x {name}")
    raise typer.Exit(any(each.right is False for each in outcomes))


def outcome(folder: Path, case: dict[str, Any], today: datetime.date) -> Outcome:
    """The verdict on one case."""
    pairs = zip(_documents(case["base"]), _documents(case["revision"]), strict=True)
    results = [_review(folder / base, folder / revision, today) for base, revision in pairs]
    cards = [card for result in results for card in result.cards]
    wire = max(result.wire for result in results)
    consensus = case["consensus"] or "none"
    major = wire is Level.MAJOR
    right = {"breaking": major, "non-breaking": not major}.get(consensus)
    if case["identical"]:
        right = not cards
    mine = {finding.rule for card in cards for finding in card.card.findings}
    theirs = sorted({each.partition(":")[0] for each in case["expected_ids"]})
    known = [name for name in theirs if ours(name)[0]]
    return Outcome(
        case["case_id"], consensus, wire, right, tuple(card.card.rule for card in cards),
        tuple(name for name in known if mine.intersection(ours(name)[0])),
        tuple(name for name in known if not mine.intersection(ours(name)[0])),
    )  # fmt: skip


def _documents(paths: str | list[str]) -> list[str]:
    return [paths] if isinstance(paths, str) else paths


def _review(base: Path, revision: Path, today: datetime.date) -> Review:
    return review(_side(base), _side(revision), Settings(), today)


def _side(path: Path) -> Side:
    with open_side(str(path), Reading(), Diagnostics(), {}) as side:
        return side


def _table(outcomes: list[Outcome]) -> Table:
    table = Table("consensus", "cases", "right", "wrong", *(level.name.lower() for level in reversed(Level)))
    for consensus in ("breaking", "non-breaking", "split", "none"):
        found = [each for each in outcomes if each.consensus == consensus]
        rights = Counter(each.right for each in found)
        levels = Counter(each.verdict for each in found)
        table.add_row(
            consensus, str(len(found)), str(rights[True]), str(rights[False]),
            *(str(levels[level]) for level in reversed(Level)),
        )  # fmt: skip
    return table


if __name__ == "__main__":
    typer.run(main)
