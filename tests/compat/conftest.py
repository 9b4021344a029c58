"""A package made of the runtime and the names of older versions, as a generated package has them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from sdkwright.plan.package.model import Runtime
from sdkwright.render.compat import compat_files
from sdkwright.render.runtime import render_runtime
from sdkwright.text import Code

PACKAGE = "older_sdk"


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the package."""
    root = tmp_path_factory.mktemp("compat")
    plan = Runtime(Code("OlderError"), Code("OLDER"), Code("httpx2"), (), ())
    runtime = render_runtime(plan)
    for path, text in {"__init__.py": "", **runtime, **compat_files(runtime, "OlderError")}.items():
        file = root / PACKAGE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(root))
    return root


@pytest.fixture(scope="session")
def module(tree: Path) -> Callable[[str], ModuleType]:
    """Imports a module of the package by its name inside it."""
    return lambda name: importlib.import_module(f"{PACKAGE}.{name}")
