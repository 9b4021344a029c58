"""Commands, timed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.stats import Timing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SHOWN = 2000


class FailedError(Exception):
    """Something that was to be measured did not work."""


def timed(command: Sequence[str], *, directory: Path, variables: Mapping[str, str] | None = None) -> Timing:
    """Run `command` and wait for it; the CPU time is that of all its processes.

    `variables` are added to the environment. Errors: `FailedError` with the end of what the command said.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=directory,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace")[-_SHOWN:]
        raise FailedError(f"{Path(command[0]).name} ended with {done.returncode}:\n{said}")
    return Timing(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def script(name: str) -> str:
    """The path of a command of this environment. Errors: `FailedError` if it is not installed."""
    path = Path(sys.executable).parent / name
    if not path.is_file():
        raise FailedError(f"{name} is not installed; run `uv sync --group benchmarks`")
    return str(path)
