"""`python -m benchmarks.runtime`: one table, and exit code 1 with `--strict-budget` if a budget is missed."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from math import isnan
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.process import FailedError
from benchmarks.runtime import package, subjects
from benchmarks.runtime.measure import measure
from benchmarks.runtime.subjects import Subject

_OURS = "this package"
_LOG_WIDTH = 180
BUDGETS: dict[str, tuple[str, Callable[[float, float], bool]]] = {
    "small GET": ("at most 1.8x", lambda seconds, ratio: ratio <= 1.8),
    "POST of 11 nested messages": ("at most 1.5x", lambda seconds, ratio: ratio <= 1.5),
    "list of 100 objects": ("at most 1.5x", lambda seconds, ratio: ratio <= 1.5),
    "100 GETs at once, async": ("", lambda seconds, ratio: True),
    "10,000 events": ("", lambda seconds, ratio: True),
    "client construction": ("under 100 us", lambda seconds, ratio: seconds < 100e-6),
    "client construction, HTTP client too": ("", lambda seconds, ratio: True),
}
"""What DESIGN promises of the package for each task, in words and as a test of its seconds and its ratio."""
_PEERS: dict[str, Callable[[], Subject]] = {
    "openai": subjects.openai,
    "anthropic": subjects.anthropic,
    "mistralai": subjects.mistral,
    "cohere": subjects.cohere,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and return the exit code: 0, 1 for a missed budget, 2 if something could not be measured."""
    options = _parser().parse_args(arguments)
    errors = Console(stderr=True, markup=False, highlight=False)
    with tempfile.TemporaryDirectory(prefix="sdkwright-benchmarks-") as directory:
        try:
            chosen = _subjects(Path(directory), options.peers)
        except (FailedError, ImportError) as error:
            errors.print(f"error: {error}")
            return 2
        results = {task: measure(chosen, task, options.rounds) for task in BUDGETS if options.task in task}
    width = None if sys.stdout.isatty() else _LOG_WIDTH
    Console(highlight=False, width=width).print(_table(chosen, results))
    missed = [task for task, found in results.items() if not BUDGETS[task][1](*found[_OURS])]
    for task in missed:
        errors.print(f"missed: {task}")
    return 1 if missed and options.strict_budget else 0


def _subjects(work: Path, peers: Sequence[str]) -> list[Subject]:
    chosen = [subjects.ours(package.NAME, package.generate(work)), *(_PEERS[name]() for name in peers)]
    libraries = dict.fromkeys(subject.http for subject in chosen)
    return [*(subjects.bare(library) for library in libraries), *chosen]


def _table(chosen: Sequence[Subject], results: dict[str, dict[str, tuple[float, float]]]) -> Table:
    table = Table(title="calls, and their ratio to the bare HTTP client", caption=_versions(chosen))
    table.add_column("")
    for subject in chosen:
        table.add_column(subject.name, justify="right")
    table.add_column("budget")
    for task, found in results.items():
        cells = [_cell(subject, found) for subject in chosen]
        text, met = BUDGETS[task]
        verdict = "[green]met[/green]" if met(*found[_OURS]) else "[red]missed[/red]"
        table.add_row(task, *cells, f"{text} {verdict}" if text else "")
    return table


def _cell(subject: Subject, found: dict[str, tuple[float, float]]) -> str:
    if subject.name not in found:
        return ""
    seconds, ratio = found[subject.name]
    time = (
        f"{seconds:.2f} s"
        if seconds >= 1
        else f"{seconds * 1e3:.1f} ms"
        if seconds >= 1e-3
        else f"{seconds * 1e6:.0f} us"
    )
    return time if subject.name.startswith(subjects.BARE) or isnan(ratio) else f"{time}  {ratio:.2f}x"


def _versions(chosen: Sequence[Subject]) -> str:
    names = [f"{subject.name} {subject.version} on {subject.http}" for subject in chosen]
    pydantic = version("pydantic")
    return (
        "CPU time, medians of alternating rounds, in-process transport. "
        f"Python {platform.python_version()}, pydantic {pydantic}; {', '.join(names)}"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.runtime", description="Compare calls, in one run.")
    parser.add_argument("--rounds", type=int, default=9, help="how often each thing is measured (default: 9)")
    parser.add_argument("--task", default="", help="only tasks whose name holds this")
    parser.add_argument("--peers", nargs="*", choices=_PEERS, default=list(_PEERS), help="SDKs to compare with")
    parser.add_argument("--strict-budget", action="store_true", help="exit with 1 if a budget is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
