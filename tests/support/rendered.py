"""Writes rendered modules of types as a package that can be imported and checked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from support.stages import Named

RUNTIME = Path(__file__).parents[2] / "templates" / "runtime"
Importer = Callable[[Named], Callable[[str], ModuleType]]


def write_package(found: Named, directory: Path, package: str) -> None:
    """The modules of types beside the runtime that they import from."""
    root = directory / package
    shutil.copytree(RUNTIME, root, ignore=shutil.ignore_patterns("__pycache__", "__init__.py"))
    (root / "__init__.py").write_text("", "utf-8")
    for path, text in found.render().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        for folder in target.parents:
            if folder == root:
                break
            (folder / "__init__.py").touch()
