"""`python -m tests.runtime.faults [words]`: runs the scenarios, or those that the words name, and prints a table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from inplace import PACKAGES

from faults.table import main


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.runtime.faults", description="What users get from faults.")
    parser.add_argument("words", nargs="*", help="only scenarios whose group and name hold all of these")
    parser.add_argument("--package", choices=PACKAGES, default="sdk_runtime", help="the HTTP library: httpx2 or httpx")
    parser.add_argument("--markdown", action="store_true", help="a Markdown table")
    return parser


if __name__ == "__main__":
    options = _parser().parse_args()
    sys.exit(main(options.words, options.package, markdown=options.markdown))
