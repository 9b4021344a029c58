"""How long the import of a generated package takes, and what it loads."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.process import FailedError
from benchmarks.report import Budget, Row, seconds
from benchmarks.stats import Timing, alternate, ratio

if TYPE_CHECKING:
    from pathlib import Path

_ALLOWANCE = 0.015
_BASE = "httpx2 and pydantic"
_OURS = "ours"
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


def measure(source: Path, runs: int, peer: str = "openai") -> list[Row]:
    """The rows for the package under `source`, a directory with one package in it, and for the installed `peer`.

    `import pydantic` alone loads little of pydantic, so what a client can be compared with has a row of its own.
    """
    package = next(path.name for path in sorted(source.iterdir()) if (path / "py.typed").is_file())
    # The package under `source` may have the name of the peer, which is therefore looked for elsewhere.
    models, clients = "from pydantic import BaseModel, TypeAdapter", "Client, AsyncClient, types, APIError"
    imports = {
        _BASE: _Import("import httpx2, pydantic", "httpx2"),
        _OURS: _Import(f"import {package}", package, source),
        "httpx2 and the models of pydantic": _Import(f"import httpx2; {models}", "httpx2"),
        "ours, with both clients": _Import(f"from {package} import {clients}", package, source),
        f"{peer}, the peer": _Import(f"import {peer}", peer),
    }
    # The first import writes the bytecode; it is not what users wait for.
    first = {label: each.probe() for label, each in imports.items()}
    samples = alternate(runs, {label: each.timing for label, each in imports.items()})
    limit = samples[_BASE].wall + _ALLOWANCE
    loaded = {label: len(model_modules(imports[label].package, found.modules)) for label, found in first.items()}
    kept = samples[_OURS].wall <= limit and loaded[_OURS] == 0
    budget = Budget(f"at most {seconds(limit)} ({_BASE} + 15 ms), no module of models", kept)
    return [
        Row(
            section=f"import in a fresh process, with {package} for ours",
            what=f"{label} [dim]({len(first[label].modules)} modules, {loaded[label]} of models)[/dim]",
            wall=seconds(sample.wall),
            cpu=seconds(sample.cpu),
            ratio=f"{ratio(sample.wall, samples[_BASE].wall):.2f}x",
            budget=budget if label == _OURS else None,
        )
        for label, sample in samples.items()
    ]


@dataclass(frozen=True, slots=True)
class _Import:
    """A statement, the package that it is about, and where that is if it is not installed."""

    statement: str
    package: str
    source: Path | None = None

    def probe(self) -> Probe:
        return probe(self.statement, *([self.source] if self.source else []))

    def timing(self) -> Timing:
        return self.probe().timing
