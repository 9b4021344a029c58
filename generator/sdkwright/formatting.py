"""The stage `format`: ruff sorts imports, drops unused ones and lays out the code.

The settings are given on the command line and nothing else is read: no configuration file, cache or
environment variable of the user has an influence, so output is the same on every machine. The rules are few
on purpose: `I` (import order) and `F401` (unused imports). Both only ever touch imports; whatever else a
linter could say about generated code is a fault of the template that wrote it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from ruff import find_ruff_bin  # type: ignore[import-untyped]  # ruff ships no type information

from .paths import problem
from .scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE_LENGTH = 100
_PYTHON = (".py", ".pyi")
_SETTINGS = (
    "--isolated",
    "--no-cache",
    "--no-respect-gitignore",
    "--target-version=py311",
    f"--config=line-length={LINE_LENGTH}",
    "--config=exclude=[]",  # ruff would pass over a resource named `build` or `dist`
    '--config=src=["src"]',
    '--config=format.line-ending="lf"',
)
_CHECK = ("check", "--fix-only", "--select=I,F401", *_SETTINGS)
_FORMAT = ("format", *_SETTINGS)
_TIMEOUT = 120.0  # seconds
_THREADS = {"RUST_MIN_STACK": str(32 << 20), "RAYON_NUM_THREADS": str(min(os.cpu_count() or 1, 8))}
"""A union of a thousand variants is an expression of that depth, too deep for the stack that ruff's threads have."""
_MEMORY = "/dev/shm"
_SPARE = 16 << 20  # bytes


class FormatError(Exception):
    """What was rendered is not Python, which is a fault of sdkwright; the message names files and places."""


def format_files(files: Mapping[str, str]) -> dict[str, str]:
    """The same files, in the same order, with the Python ones (by suffix) formatted.

    Paths are relative, with `/`. Line ends become `\\n`. Raises `FormatError` if ruff refuses a file.
    """
    python = [path for path in files if path.endswith(_PYTHON)]
    unsafe = next((path for path in python if problem(path)), None)
    if unsafe is not None:
        raise FormatError(f"{unsafe!r} cannot be the path of a file: {problem(unsafe)}")
    if not python:
        return dict(files)
    place = _memory(sum(len(files[path]) for path in python))
    with scratch(place) as root:
        for directory in {path.rpartition("/")[0] for path in python}:
            (root / directory).mkdir(parents=True, exist_ok=True)
        for path in python:
            Path(root, path).write_bytes(files[path].encode())
        for arguments in (_CHECK, _FORMAT):
            _run(root, arguments)
        formatted = {path: Path(root, path).read_bytes().decode() for path in python}
    return {**files, **formatted}


def _memory(size: int) -> str | None:
    """A place in memory if the system has one with room to spare: nothing here need reach a disk.

    Making 2,000 files took from 0.1 to 1.3 s on a disk and 0.03 s in memory. A `TMPDIR` of the user wins.
    """
    if "TMPDIR" in os.environ or not os.access(_MEMORY, os.W_OK | os.X_OK):
        return None
    return _MEMORY if shutil.disk_usage(_MEMORY).free > 8 * size + _SPARE else None


def _run(root: Path, arguments: tuple[str, ...]) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RUFF_")}
    try:
        binary: str = find_ruff_bin()
        done = subprocess.run(
            [binary, *arguments, "."],
            cwd=root,
            env={**clean, **_THREADS, "NO_COLOR": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError as fault:
        raise FormatError("ruff, which sdkwright depends on, is not installed; install sdkwright again") from fault
    except subprocess.TimeoutExpired as fault:
        raise FormatError(f"ruff did not end within {_TIMEOUT:.0f} seconds") from fault
    if done.returncode:
        raise FormatError(f"ruff {arguments[0]}: {done.stderr.strip() or f'exit code {done.returncode}'}")
