"""The tiny package on disk and imported, its models replaced by the simplest classes of the same names."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sdkwright.config import Config
from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import ResourceNode
from sdkwright.render.package import render
from support.golden import GOLDEN, Case, run
from support.packages import lay_out
from unit.render.tiny import API, DECLARATIONS, NAMES, SYMBOLS, TREE, tiny_plan


def stub_models() -> dict[str, str]:
    """A module for each symbol: a model that takes anything, a `TypedDict`, or an alias."""
    files: dict[str, str] = {}
    for (id_, mode), symbol in SYMBOLS.table.items():
        if isinstance(DECLARATIONS[id_], Alias):
            text = f"{symbol.name} = object\n"
        elif mode is Mode.MODEL:
            text = f"from .._models import BaseModel\n\n\nclass {symbol.name}(BaseModel):\n    pass\n"
        else:
            text = f"from typing import TypedDict\n\n\nclass {symbol.name}(TypedDict):\n    pass\n"
        files[f"src/tiny/{symbol.module.replace('.', '/')}.py"] = text
    return files


def write_package(
    target: Path, config: Config, tree: ResourceNode = TREE, api: Api = API, names: Names = NAMES
) -> Path:
    """The tiny package below a folder; returns its source root."""
    for path, text in (stub_models() | render(tiny_plan(config, tree=tree, api=api, names=names), {})).items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return target / "src"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The tiny package, imported afresh."""
    yield from imported(tmp_path, monkeypatch, Config())


def imported(
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    config: Config,
    tree: ResourceNode = TREE,
    api: Api = API,
    names: Names = NAMES,
) -> Iterator[ModuleType]:
    """The tiny package for a config, imported afresh and forgotten afterwards."""
    monkeypatch.syspath_prepend(str(write_package(target, config, tree, api, names)))
    importlib.invalidate_caches()
    try:
        yield importlib.import_module("tiny")
    finally:
        for name in [name for name in sys.modules if name == "tiny" or name.startswith("tiny.")]:
            del sys.modules[name]


Package = Callable[[str], Any]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Package]:
    """Generates the package of a case and imports it, to be forgotten afterwards."""
    monkeypatch.syspath_prepend(str(tmp_path))
    found: list[str] = []

    def imported(case: str) -> ModuleType:
        found.extend(lay_out([run(Case(GOLDEN / case))], tmp_path))
        return importlib.import_module(found[-1])

    yield imported
    for name in [name for name in sys.modules if name.partition(".")[0] in found]:
        del sys.modules[name]
