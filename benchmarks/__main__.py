"""`python -m benchmarks`: one table, and exit code 1 with `--strict-budget` if a budget is missed."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks import checking, generation, importing
from benchmarks.documents import synthetic
from benchmarks.process import FailedError
from benchmarks.report import Row, missed, table

_LOG_WIDTH = 200
_ROOT = Path(__file__).parents[1]


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and return the exit code: 0, 1 for a missed budget, 2 if something could not be measured."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="sdkwright-benchmarks-") as directory:
        try:
            rows = _measure(options, Path(directory))
        except FailedError as error:
            Console(stderr=True, markup=False, highlight=False).print(f"error: {error}")
            return 2
    # A terminal wraps the table to its width; a log has room for all of it.
    width = None if sys.stdout.isatty() else _LOG_WIDTH
    Console(highlight=False, width=width).print(table(rows, title="sdkwright benchmarks"))
    late = missed(rows)
    for row in late:
        Console(stderr=True, highlight=False).print(f"missed: {row.section}: {row.what}")
    return 1 if late and options.strict_budget else 0


def _measure(options: argparse.Namespace, work: Path) -> list[Row]:
    document = options.document
    if document is None:
        document = work / "synthetic.json"
        document.write_text(json.dumps(synthetic()), encoding="utf-8")
    rows = generation.measure(document.absolute(), work, options.runs)
    rows += checking.measure(_ROOT / "specs", work, options.runs)
    return rows + importing.measure(work / generation.OURS / "src", options.import_runs)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Compare with peers, in one run.")
    parser.add_argument("--document", type=Path, help="what to generate; a synthetic one of 300 operations if absent")
    parser.add_argument("--runs", type=_positive, default=5, help="how often each command is run (default: 5)")
    parser.add_argument("--import-runs", type=_positive, default=25, help="how often each import is (default: 25)")
    parser.add_argument("--strict-budget", action="store_true", help="exit with 1 if a budget is missed")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main())
