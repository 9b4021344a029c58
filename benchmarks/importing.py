"""How long the import of a generated package takes, and what it loads."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.process import FailedError
from benchmarks.report import Budget, Row, seconds
from benchmarks.stats import Sample, Timing, alternate, ratio

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ALLOWANCE = 0.015
_PROBE = """
import json, sys, time
sys.path[:0] = json.loads(sys.argv[1])
start, cpu = time.perf_counter(), time.process_time()
exec(sys.argv[2])
wall, cpu = time.perf_counter() - start, time.process_time() - cpu
print(json.dumps({"wall": wall, "cpu": cpu, "modules": sorted(sys.modules)}))
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """One import in a process of its own, and the names of all modules that were loaded in the end."""

    timing: Timing
    modules: tuple[str, ...]


def probe(statement: str, *paths: Path) -> Probe:
    """Run `statement` in a fresh interpreter that finds packages at `paths` too. Errors: `FailedError`."""
    command = [sys.executable, "-I", "-c", _PROBE, json.dumps([str(path) for path in paths]), statement]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    if done.returncode != 0:
        raise FailedError(f"`{statement}` failed:\n{done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Probe(Timing(found["wall"], found["cpu"]), tuple(found["modules"]))


def model_modules(package: str, modules: tuple[str, ...]) -> list[str]:
    """The modules that define types of `package`."""
    return [name for name in modules if name.startswith(f"{package}.types.")]


def measure(source: Path, runs: int, peer: str = "import openai") -> list[Row]:
    """The rows for the package under `source`, a directory with one package in it, and for `peer`.

    `import pydantic` alone loads little of pydantic, so what a client can be compared with has a row of its own.
    """
    package = next(path.name for path in sorted(source.iterdir()) if (path / "py.typed").is_file())
    base, whole = "import httpx2, pydantic", "import httpx2; from pydantic import BaseModel, TypeAdapter"
    ours, client = f"import {package}", f"from {package} import Client, AsyncClient, types, APIError"
    statements = (base, ours, whole, client, peer)
    # The first import writes the bytecode; it is not what users wait for.
    first = {statement: probe(statement, source) for statement in statements}
    samples = alternate(runs, {statement: _again(statement, source) for statement in statements})
    limit = samples[base].wall + _ALLOWANCE
    loaded = {statement: len(model_modules(package, found.modules)) for statement, found in first.items()}
    budget = Budget(
        f"at most {seconds(limit)} ({base} + 15 ms), no module of models",
        samples[ours].wall <= limit and loaded[ours] == 0,
    )
    return [
        Row(
            section="import, in a fresh process",
            what=f"{statement} [dim]({len(first[statement].modules)} modules, {loaded[statement]} of models)[/dim]",
            wall=seconds(sample.wall),
            cpu=seconds(sample.cpu),
            ratio=_against(sample, samples[base]),
            budget=budget if statement == ours else None,
        )
        for statement, sample in samples.items()
    ]


def _again(statement: str, source: Path) -> Callable[[], Timing]:
    return lambda: probe(statement, source).timing


def _against(sample: Sample, base: Sample) -> str:
    return f"{ratio(sample.wall, base.wall):.2f}x"
