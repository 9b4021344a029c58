"""`regenerate --check` with nothing changed, against a regeneration from nothing, of the packages under `specs/`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from benchmarks.generators import this_tool
from benchmarks.process import timed
from benchmarks.report import Budget, Row, seconds
from benchmarks.stats import Timing, alternate, ratio

if TYPE_CHECKING:
    from pathlib import Path

_COLD = "regenerate into an empty directory, no import check"
_WARM = "regenerate --check, after a regenerate on this machine"
_FRESH = "regenerate --check, in a fresh checkout"


def measure(specs: Path, work: Path, runs: int) -> list[Row]:
    """The three cases, in a copy of `specs` and with a cache of their own."""
    root, cache = work / "workspace", work / "cache"
    shutil.copytree(specs, root / "specs")
    variables = {"XDG_CACHE_HOME": str(cache)}
    regenerate = [*this_tool(), "regenerate"]

    def cold() -> Timing:
        shutil.rmtree(root / "generated", ignore_errors=True)
        return timed([*regenerate, "--no-verify-import"], directory=root, variables=variables)

    def warm() -> Timing:
        return timed([*regenerate, "--check"], directory=root, variables=variables)

    def fresh() -> Timing:
        shutil.rmtree(cache, ignore_errors=True)
        return warm()

    cold()
    warm()
    samples = alternate(runs, {_COLD: cold, _WARM: warm, _FRESH: fresh})
    reference = samples[_COLD].wall
    budget = Budget("under half of a cold regenerate", ratio(samples[_WARM].wall, reference) < 0.5)
    count = sum(1 for path in specs.iterdir() if path.is_dir())
    return [
        Row(
            section=f"{count} {'package' if count == 1 else 'packages'}, nothing changed",
            what=name,
            wall=seconds(sample.wall),
            cpu=seconds(sample.cpu),
            ratio=f"{ratio(sample.wall, reference):.2f}x",
            budget=budget if name == _WARM else None,
        )
        for name, sample in samples.items()
    ]
