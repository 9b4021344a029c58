"""One document measured: generated as a user would, in a process of its own, then imported and type-checked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .importing import Imported, imported
from .numbered import numbered

_WITH_PEAK = (
    "import resource, runpy, sys\n"
    "sys.argv = sys.argv[1:]\n"
    "try: runpy.run_module('sdkwright', run_name='__main__', alter_sys=True)\n"
    "finally:\n"
    "    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "    print(max(each.ru_maxrss for each in used), sum(each.ru_utime + each.ru_stime for each in used))\n"
)
"""Runs a module; prints the peak of its memory in KiB and its CPU time in seconds, with those of its children."""

_ROOM = {"NODE_OPTIONS": "--max-old-space-size=8192"}
"""Pyright looks at thousands of modules at once; Node gives it some 2 GiB unless told."""


@dataclass(frozen=True)
class Measured:
    """What came of a document. `type_errors` is -1 if types were not checked; `fault` says why there is no package.

    `seconds` is what the user waits, `cpu` what the processors work, which other load on the machine changes less.
    """

    name: str
    fault: str = ""
    operations: int = 0
    skipped: int = 0
    models: int = 0
    modules: int = 0
    diagnostics: Mapping[str, int] = field(default_factory=dict[str, int])
    seconds: float = 0.0
    cpu: float = 0.0
    mib: int = 0
    numbered: tuple[str, ...] = ()
    """Classes that are told apart by a number alone."""
    imported: Imported | None = None
    type_errors: int = -1
    findings: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether every operation is there, everything imports, quickly, and no type checker complains."""
        quick = self.imported is not None and self.imported.good
        return not self.fault and self.skipped == 0 and quick and self.type_errors <= 0


def measure(name: str, spec: Path, target: Path, *, roots: tuple[Path, ...], types: bool, limit: float) -> Measured:
    """Generate a document into `target` and look at the result. `limit` is in seconds, for the generation."""
    report = target.with_suffix(".json")
    allowed = [argument for root in roots for argument in ("--root", str(root))]
    command = [sys.executable, "-c", _WITH_PEAK, "sdkwright"]
    arguments = ["generate", str(spec), "-o", str(target), "--report", str(report), *allowed]
    start = time.perf_counter()
    try:
        run = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return Measured(name, fault=f"not done after {limit:g} s")
    seconds = time.perf_counter() - start
    if run.returncode != 0 or not report.is_file():
        return Measured(name, fault=(run.stderr.strip().splitlines() or ["no output"])[-2:][0][:200])
    found = json.loads(report.read_text("utf-8"))
    problems = _type_problems(target) if types else None
    peak, cpu = run.stdout.split()[-2:]
    return Measured(
        name=name,
        operations=found["operations"]["total"],
        skipped=found["operations"]["skipped"],
        models=found["models"],
        modules=sum(1 for _ in (target / "src").rglob("*.py")),
        diagnostics=Counter(item["code"] for item in found["diagnostics"]),
        seconds=seconds,
        cpu=float(cpu),
        mib=int(peak) // 1024,
        numbered=tuple(name for root in roots for name in numbered(target, root)),
        imported=imported(target / "src"),
        type_errors=-1 if problems is None else len(problems),
        findings=tuple(problems or ()),
    )


def _type_problems(target: Path) -> list[str]:
    """The errors of pyright in its strict mode and of `mypy --strict`."""
    settings = target.parent / f"{target.name}.pyright.json"
    settings.write_text(
        json.dumps({"include": [f"{target.name}/src"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}), "utf-8"
    )
    checkers = (
        [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(settings)],
        [sys.executable, "-m", "mypy", "--config-file=", "--strict", "--no-incremental", str(target / "src")],
    )
    lines: list[str] = []
    for checker in checkers:
        run = subprocess.run(checker, capture_output=True, text=True, check=False, env={**os.environ, **_ROOM})
        lines += [line.strip() for line in run.stdout.splitlines() if ": error:" in line or " - error: " in line]
        if run.returncode not in {0, 1}:
            lines.append(f"{checker[2]} ended with {run.returncode}: {run.stderr.strip()[-200:]}")
    return lines
