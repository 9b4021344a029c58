"""The fault table: one line for each scenario and client."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .actions import World
from .harness import complaints, run
from .registry import SCENARIOS
from .scenario import Observed

__all__ = ["main"]

_WIDTH = 88
_HEADINGS = ("scenario", "client", "the user gets", "attempts", "waits", "sockets", "tasks", "serves", "seconds")


def main(words: Sequence[str], package: str, *, markdown: bool) -> int:
    """Run what matches and print it. Returns 1 if something is not as its scenario says."""
    fitting = [each for each in SCENARIOS if package in each.packages]
    chosen = [each for each in fitting if all(word in f"{each.group} {each.name}" for word in words)]
    lines: list[tuple[str, ...]] = []
    wrong: list[str] = []
    for scenario in chosen:
        for kind in scenario.kinds:
            if sys.stderr.isatty():
                print(f"\r{len(lines)} runs ", end="", file=sys.stderr, flush=True)
            seen = run(scenario, World(package, kind))
            lines.append((scenario.group, scenario.name, kind, *_cells(seen)))
            wrong += [f"{scenario.group}: {scenario.name} ({kind}): {text}" for text in complaints(scenario, seen)]
    if sys.stderr.isatty():
        print("\r", end="", file=sys.stderr)
    merged = _together(lines)
    for group in dict.fromkeys(line[0] for line in merged):
        rows = [line for line in merged if line[0] == group]
        print(_markdown(group, rows) if markdown else _plain(group, rows))
    print(f"{len(chosen)} scenarios, {len(lines)} runs, {len(wrong)} not as they should be")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


def _cells(seen: Observed) -> tuple[str, ...]:
    waits = ", ".join(f"{wait:.2g}" for wait in seen.waits[:3]) + (" ..." if len(seen.waits) > 3 else "")
    gets = seen.gets if len(seen.gets) <= _WIDTH else f"{seen.gets[: _WIDTH - 3]}..."
    serves = "yes" if seen.serves else "no"
    return gets, str(seen.attempts), waits, str(seen.sockets), str(seen.tasks), serves, f"{seen.seconds:.2f}"


def _together(lines: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """One line for both clients where they agree in everything but the time."""
    merged: list[tuple[str, ...]] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is not None and last[:2] == line[:2] and last[3:5] == line[3:5] and last[6:9] == line[6:9]:
            merged[-1] = (*last[:2], "both", *last[3:])
        else:
            merged.append(line)
    return merged


def _plain(group: str, rows: list[tuple[str, ...]]) -> str:
    cells = [_HEADINGS, *(row[1:] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(_HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    return "\n".join([group.upper(), *lines, ""])


def _markdown(group: str, rows: list[tuple[str, ...]]) -> str:
    lines = [" | ".join(cell.replace("|", "\\|") for cell in row[1:]) for row in rows]
    head = [f"### {group}", "", f"| {' | '.join(_HEADINGS)} |", f"|{'---|' * len(_HEADINGS)}"]
    return "\n".join([*head, *(f"| {line} |" for line in lines), ""])
