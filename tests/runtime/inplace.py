"""Imports `templates/runtime` in place as a package, with either of its two HTTP modules."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Final

RUNTIME: Final = Path(__file__).parents[2] / "templates" / "runtime"
PACKAGES: Final = {"sdk_runtime": "_http.py", "sdk_runtime_httpx": "_http_httpx.py"}
"""The names under which tests import the runtime, and the module that names the HTTP library of each."""


def load_runtime(name: str) -> ModuleType:
    """The runtime as one of `PACKAGES`, loaded once."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(RUNTIME)]
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    http = importlib.util.spec_from_file_location(f"{name}._http", RUNTIME / PACKAGES[name])
    assert http is not None and http.loader is not None
    module = importlib.util.module_from_spec(http)
    sys.modules[http.name] = module
    http.loader.exec_module(module)
    return package


for _name in PACKAGES:
    load_runtime(_name)
