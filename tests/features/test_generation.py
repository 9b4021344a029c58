"""The packages themselves: nothing of the document was lost, and the extras are declared."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
import yaml
from sdkwright.diagnostics import Severity

from features.kit import HERE

if TYPE_CHECKING:
    from features.kit import Package

VERBS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def test_every_operation_is_generated_and_nothing_is_lost(package: Package) -> None:
    document = yaml.safe_load((HERE / "openapi.yaml").read_text())
    operations = [verb for item in document["paths"].values() for verb in item if verb in VERBS]
    assert (package.summary.operations, package.summary.generated) == (len(operations), len(operations))
    assert package.summary.skipped == 0 and package.summary.webhooks == 2
    assert [item for item in package.diagnostics if item.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("library", ["httpx2", "httpx"])
def test_the_package_needs_its_http_library_and_offers_the_extras(packages: dict[str, Package], library: str) -> None:
    project = tomllib.loads((packages[library].root / "pyproject.toml").read_text())["project"]
    names = {requirement.split(">")[0].split("[")[0] for requirement in project["dependencies"]}
    assert names == {"anyio", "pydantic", "typing-extensions", library}
    assert set(project["optional-dependencies"]) == {"aiohttp", "opentelemetry"}


def test_each_package_imports_only_its_own_http_library(packages: dict[str, Package]) -> None:
    for package in packages.values():
        other = {"httpx2": "httpx", "httpx": "httpx2"}[package.library]
        imports = re.compile(rf"^\s*(import|from) {other}\b", re.MULTILINE)
        assert not [path for path in (package.root / "src").rglob("*.py") if imports.search(path.read_text())]
        assert package.module("_http").httpx.__name__ == package.library
