"""Generation of one whole document by this tool and by its peers."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from benchmarks.documents import endpoints
from benchmarks.generators import Generator, generators
from benchmarks.process import timed
from benchmarks.report import Budget, Row, seconds
from benchmarks.stats import Sample, Timing, alternate, ratio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OURS = "ours"


def measure(document: Path, work: Path, runs: int) -> list[Row]:
    """A row for each generator. Our output is left at `work / OURS`."""
    compared = generators()
    targets = {each.name: work / (OURS if index == 0 else f"peer{index}") for index, each in enumerate(compared)}
    samples = alternate(runs, {each.name: _run(each, document, targets[each.name]) for each in compared})
    total = endpoints(document)
    kept = {each.name: len(each.kept(targets[each.name]) & total) for each in compared}
    ours, _, peer, *_ = (each.name for each in compared)
    budget = Budget(
        "faster than openapi-generator, every operation kept",
        samples[ours].wall < samples[peer].wall and kept[ours] == len(total),
    )
    return [
        Row(
            section=f"generate {document.name}, {len(total)} operations",
            what=name,
            wall=seconds(sample.wall),
            cpu=seconds(sample.cpu),
            ratio=_against(sample, samples[ours]),
            kept=f"{kept[name]}/{len(total)}",
            budget=budget if name == ours else None,
        )
        for name, sample in samples.items()
    ]


def _run(generator: Generator, document: Path, target: Path) -> Callable[[], Timing]:
    def run() -> Timing:
        shutil.rmtree(target, ignore_errors=True)
        return timed(generator.command(document, target), directory=target.parent)

    return run


def _against(sample: Sample, ours: Sample) -> str:
    return f"{ratio(sample.wall, ours.wall):.2f}x"
