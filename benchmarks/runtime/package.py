"""The package under measurement, generated from `openapi.yaml` when the benchmark starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from benchmarks.process import timed

__all__ = ["NAME", "generate"]

NAME: Final = "chat_bench"
_DOCUMENT = Path(__file__).with_name("openapi.yaml")
_TOOL = Path(__file__).parents[2] / ".venv" / "bin" / "sdkwright"
"""The tool in its own environment, which holds none of the packages that are measured."""


def generate(work: Path) -> str:
    """Generate it below `work`, make it importable, and return the version of the tool. Errors: `FailedError`."""
    target = work / "package"
    timed([str(_TOOL), "generate", str(_DOCUMENT), "-o", str(target)], directory=work)
    sys.path.insert(0, str(target / "src"))
    shown = subprocess.run([str(_TOOL), "--version"], check=True, capture_output=True, text=True)
    return shown.stdout.removeprefix("sdkwright").strip()
