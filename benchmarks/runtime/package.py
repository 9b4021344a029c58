"""The package under measurement, generated from `openapi.yaml` when the benchmark starts."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from benchmarks.process import timed

__all__ = ["NAME", "generate"]

NAME: Final = "chat_bench"
_DOCUMENT = Path(__file__).with_name("openapi.yaml")
_GENERATOR = Path(__file__).parents[2] / "generator"


def generate(work: Path) -> str:
    """Generate it below `work`, make it importable, and return the version of the tool. Errors: `FailedError`."""
    target = work / "package"
    command = [sys.executable, "-m", "sdkwright", "generate", str(_DOCUMENT), "-o", str(target)]
    timed(command, directory=work, variables={"PYTHONPATH": str(_GENERATOR)})
    sys.path.insert(0, str(target / "src"))
    try:
        return version("sdkwright")
    except PackageNotFoundError:  # run from a checkout
        return "checkout"
