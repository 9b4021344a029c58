"""`python -m tests.diff.bars DOCUMENT...`: what a review of a large document costs, each against an edited copy.

The edit adds one optional property to the schema that most references name, which has to come out as one card. Each
comparison is a process of its own, without the generated packages: its time and its memory are those of the command.
Exit code 1 if one is more than one card, takes 3 s of a processor for each 3 MB, or a GiB.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer
import yaml
from rich.console import Console
from rich.table import Table
from sdkwright.source import SourceText

ROOT: Final = Path(__file__).parents[2]
_REFERENCE: Final = re.compile(r"#/(components/schemas|definitions)/([A-Za-z0-9_.-]+)")
_MEGABYTE: Final = 1_000_000
_GIBIBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor and wall time in seconds, the peak of memory in MiB, and what the review says."""

    size: int
    processor: float
    wall: float
    memory: float
    schema: str
    review: dict[str, Any]

    @property
    def fine(self) -> bool:
        """Whether all bars are kept."""
        allowed = 3.0 * max(1.0, self.size / (3 * _MEGABYTE))
        return len(self.review["cards"]) == 1 and self.processor < allowed and self.memory < _GIBIBYTE


def measure(document: Path, folder: Path) -> Cost:
    """Compare a document with an edited copy of itself."""
    text = document.read_text("utf-8")
    if document.suffix == ".json":
        text = json.dumps(json.loads(text), indent=1)  # so that an edit is one of lines, as people make it
    schema, edited = _edited(text, document.name)
    paths = folder / f"base{document.suffix}", folder / f"revision{document.suffix}"
    for path, content in zip(paths, (text, edited), strict=True):
        path.write_text(content, "utf-8")
    command = [sys.executable, "-m", "sdkwright", "diff", *map(str, paths), "--no-python", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        found = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode not in {0, 1}:
        raise RuntimeError(f"the comparison of {document.name} ended with {process.returncode}")
    return Cost(len(text), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, schema, json.loads(found))


def _edited(text: str, name: str) -> tuple[str, str]:
    """The most named schema that has properties, and the text with one property more in it."""
    content: Any = json.loads(text) if name.endswith(".json") else yaml.load(text, yaml.CSafeLoader)
    for (section, schema), _ in Counter(_REFERENCE.findall(text)).most_common():
        node: Any = content
        for step in [*section.split("/"), schema]:
            node = node.get(step, {})
        properties = node.get("properties")
        if properties:
            first = next(iter(properties))
            line, column = SourceText(name, text).position(f"/{section}/{schema}/properties/{first.replace('/', '~1')}")
            lines = text.split("\n")
            member = '"bar_probe": {"type": "string"},' if name.endswith(".json") else "bar_probe: {type: string}"
            lines.insert(line - 1, " " * (column - 1) + member)
            return schema, "\n".join(lines)
    raise ValueError(f"{name} names no schema with properties")


def main(documents: Annotated[list[Path], typer.Argument(help="Documents.", exists=True, dir_okay=False)]) -> None:
    """Measure each document and print a table."""
    table = Table("document", "MB", "processor s", "wall s", "peak MiB", "edited", "cards", "requests", "responses")
    kept = True
    for document in documents:
        with tempfile.TemporaryDirectory() as folder:
            cost = measure(document, Path(folder))
        kept = kept and cost.fine
        cards = cost.review["cards"]
        table.add_row(
            document.parent.name, f"{cost.size / _MEGABYTE:.1f}", f"{cost.processor:.2f}", f"{cost.wall:.2f}",
            f"{cost.memory:.0f}", cost.schema, str(len(cards)), str(sum(len(each["requests"]) for each in cards)),
            str(sum(len(each["responses"]) for each in cards)),
        )  # fmt: skip
    Console(width=None if sys.stdout.isatty() else 160, highlight=False).print(table)
    raise typer.Exit(not kept)


if __name__ == "__main__":
    typer.run(main)
