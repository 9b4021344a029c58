"""Generated packages side by side in one tree: imported and type-checked together, each tool started once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from support.golden import Outcome

_IMPORT_ALL: Final = """
import importlib, pkgutil, sys, traceback
sys.path.insert(0, sys.argv[1])
for package in sys.argv[2:]:
    names = [package]
    for name in names:
        try:
            module = importlib.import_module(name)
        except BaseException:
            print(name, traceback.format_exc(limit=-2))
            continue
        names += [found.name for found in pkgutil.iter_modules(getattr(module, "__path__", []), name + ".")]
        for exported in getattr(module, "__all__", ()):
            try:
                getattr(module, exported)
            except BaseException:
                print(f"{name}.{exported}", traceback.format_exc(limit=-2))
"""


def lay_out(outcomes: Iterable[Outcome], tree: Path) -> list[str]:
    """Write the import packages of all outcomes into one directory; returns their names."""
    packages: list[str] = []
    for outcome in outcomes:
        prefix = "src/"
        if outcome.files is None:
            continue
        if outcome.package in packages:
            raise ValueError(f"two cases generate {outcome.package!r}; give one of them another info.title")
        packages.append(outcome.package)
        for name, content in outcome.files.items():
            if name.startswith(prefix):
                path = tree / name.removeprefix(prefix)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    return packages


def import_problems(tree: Path, packages: list[str]) -> str:
    """What fails when one new process imports every module and fetches everything that it exports."""
    return _run([sys.executable, "-I", "-B", "-W", "error", "-c", _IMPORT_ALL, str(tree), *packages], tree)


def pyright_problems(tree: Path, runtime: Iterable[str]) -> str:
    """What pyright says in its strict mode.

    The files of the runtime are the same in every package and checked in their own tests, so they are only read.
    """
    settings = {
        "include": ["."],
        "exclude": sorted(f"*/{name}" for name in runtime),
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    (tree / "pyrightconfig.json").write_text(json.dumps(settings))
    output = _run([sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(tree)], tree)
    return "" if output.startswith("0 errors, 0 warnings") else output


def mypy_problems(tree: Path, packages: list[str]) -> str:
    """What mypy says with `--strict`."""
    arguments = [argument for package in packages for argument in ("-p", package)]
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11"]
    settings = ["--config-file", os.devnull, "--cache-dir", str(tree.parent / "mypy")]
    output = _run([*command, *settings, *arguments], tree)
    return "" if output.startswith("Success") else output


def pyright_users_problems(code: Path, source: Path) -> str:
    """What pyright says, in its strict mode, of code that uses the packages in `source`: their tests, their READMEs."""
    settings = {
        "include": [str(code)],
        "extraPaths": [str(source)],
        "typeCheckingMode": "strict",
        "reportUnusedVariable": False,  # an example ends with what it has found
        "reportDeprecated": False,  # an API may have nothing else to show
        "pythonVersion": "3.11",
    }
    (code.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "-p", str(code.parent)]
    output = _run(command, code.parent)
    return "" if output.startswith("0 errors, 0 warnings") else output


def mypy_users_problems(code: Path, source: Path) -> str:
    """What mypy says of it with `--strict`."""
    settings = code.parent / "mypy.ini"
    settings.write_text(f"[mypy]\nmypy_path = {source}\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11", "--config-file", str(settings)]
    output = _run([*command, "--cache-dir", str(code.parent / ".mypy"), str(code)], code.parent)
    return "" if output.startswith("Success") else output


def _run(command: list[str], directory: Path) -> str:
    """Both streams of a program that looks at `directory`."""
    result = subprocess.run(
        command,
        cwd=directory,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=900,
    )
    return result.stdout + result.stderr
