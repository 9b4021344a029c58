"""Rendered modules of types, in a package with the runtime, imported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from support.rendered import Importer, write_package
from support.stages import Named


@pytest.fixture
def imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Importer]:
    """A function that writes a package and gives one that imports its modules (`types.session`)."""

    def write(found: Named) -> Callable[[str], ModuleType]:
        write_package(found, tmp_path, "acme_rendered")
        monkeypatch.syspath_prepend(str(tmp_path))
        return lambda module: importlib.import_module(f"acme_rendered.{module}")

    yield write
    for name in [name for name in sys.modules if name.split(".")[0] == "acme_rendered"]:
        del sys.modules[name]
