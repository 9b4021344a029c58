"""Sets bombs off: each in a process of its own, with 1 GiB of memory and a deadline."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hostile.bombs import BOMBS

SECONDS = 10.0
MEMORY = 1 << 30
_BUDGET = 8.0
"""Seconds that the tool is told to have; the rest is for its start, the last words and the import check."""
_PATIENCE = 60.0
"""Seconds after which a process is ended."""


@dataclass(frozen=True)
class Explosion:
    """What a bomb did: seconds of work (of all cores; a machine may be busy with other things), MiB at the peak, and
    the error codes, or none for a package."""

    name: str
    seconds: float
    mib: int
    codes: tuple[str, ...]
    fault: str = ""

    @property
    def line(self) -> str:
        """A row of the table."""
        end = self.fault or ", ".join(self.codes) or "package"
        return f"{self.name:32} {self.seconds:5.1f} s {self.mib:5} MiB  {end}"


def explode(names: Iterable[str]) -> Iterator[Explosion]:
    """Set bombs off, one after the other."""
    for name in names:
        with tempfile.TemporaryDirectory(prefix="sdkwright-bomb-") as directory:
            yield _explode(name, Path(directory))


def _explode(name: str, directory: Path) -> Explosion:
    (directory / "in").mkdir()
    arguments = BOMBS[name](directory / "in")
    report, output, said = directory / "report.json", directory / "out", directory / "stderr"
    command = [sys.executable, "-m", "sdkwright", "generate", *arguments, "-o", str(output), "--report", str(report)]
    start = time.monotonic()
    with said.open("wb") as errors:
        child = subprocess.Popen(
            [*command, "--limit", f"seconds={_BUDGET:g}"],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=errors,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            preexec_fn=_limit,  # noqa: PLW1509  (there are no threads here)
        )
        status, usage = _wait(child.pid, start + _PATIENCE)
        child.returncode = status
    seconds, mib = min(time.monotonic() - start, usage.ru_utime + usage.ru_stime), usage.ru_maxrss // 1024
    codes, fault = _judged(status, report, output, said)
    if not fault and seconds > SECONDS:
        fault = f"took longer than {SECONDS:g} s"
    shutil.rmtree(output, ignore_errors=True)
    return Explosion(name, seconds, mib, codes, fault)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _wait(pid: int, moment: float) -> tuple[int, resource.struct_rusage]:
    """The exit code (-9: ended by us) and what the process and its children used."""
    while True:
        found, status, usage = os.wait4(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status), usage
        if time.monotonic() > moment:
            os.kill(pid, 9)
        time.sleep(0.02)


def _judged(status: int, report: Path, output: Path, said: Path) -> tuple[tuple[str, ...], str]:
    """The codes of the errors, and what is wrong with the way it ended."""
    text = said.read_text("utf-8", "replace")
    if "Traceback" in text:
        return (), f"traceback: {text.strip().splitlines()[-1][:200]}"
    if status not in {0, 1, 2}:
        return (), f"ended with {status}"
    if not report.is_file():
        return (), f"no report: {text.strip()[-200:]}"
    found = json.loads(report.read_text("utf-8"))["diagnostics"]
    errors = [item for item in found if item["severity"] == "error"]
    codes = tuple(dict.fromkeys(item["code"] for item in errors))
    if len(text) > 200_000:
        return codes, f"said {len(text):,} characters"
    if status == 0:
        return codes, "" if (output / "pyproject.toml").is_file() and not codes else "no package"
    if not errors or output.exists():
        return codes, "no error" if not errors else "something was written"
    if bad := [item["message"] for item in errors if item["code"].startswith(("internal/", "verify/"))]:
        return codes, f"a fault of the tool: {bad[0][:300]}"
    if not all(item["file"] for item in errors):
        return codes, "an error without a place"
    return codes, ""
