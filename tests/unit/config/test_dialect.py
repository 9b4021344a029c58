"""What tells a config that was written for another generator from one of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdkwright import config
from sdkwright.config.dialect import INHERITED, Dialect
from sdkwright.diagnostics import Diagnostics
from sdkwright.limits import Limits


def read(tmp_path: Path, text: str, name: str = "sdk.yaml") -> tuple[Dialect, list[tuple[str, str]]]:
    """The dialect of a file, and the notes about it with the nodes they are about."""
    path = tmp_path / name
    path.write_text(text)
    diagnostics = Diagnostics()
    dialect = config.load(path, Limits(), diagnostics).dialect
    return dialect, [(item.code, item.location.pointer) for item in diagnostics.items]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("edition: 2025-10-10\n", "/edition"),
        ("targets: {python: {edition: python.2025-11-20}}\n", "/targets/python/edition"),
        ("$schema: https://app.stainless.com/config.schema.json\n", "/$schema"),
        ("# yaml-language-server: $schema=https://app.stainlessapi.com/config.schema.json\n\nresources: {}\n", ""),
    ],
)
def test_an_inherited_config_is_recognised_and_said_to_be_one(tmp_path: Path, text: str, pointer: str) -> None:
    assert read(tmp_path, text) == (INHERITED, [("config/inherited", pointer)])


@pytest.mark.parametrize("name", ["stainless.yml", "stainless.yaml"])
def test_the_name_of_the_file_is_enough(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, "organization: {name: acme}\n", name) == (INHERITED, [("config/inherited", "")])


@pytest.mark.parametrize(
    "text",
    [
        "organization: {name: acme}\n",
        "targets: {go: {edition: go.2025-10-08}}\n",
        "$schema: https://example.com/sdk.schema.json\n",
        "# yaml-language-server: $schema=https://example.com/sdk.schema.json\norganization: {name: acme}\n",
        "organization: {name: acme}\n# yaml-language-server: $schema=https://app.stainless.com/config.schema.json\n",
    ],
)
def test_any_other_config_continues_no_package(tmp_path: Path, text: str) -> None:
    dialect, _ = read(tmp_path, text)
    assert dialect == Dialect()


def test_the_editions_of_one_config_are_said_once(tmp_path: Path) -> None:
    text = "edition: a\ntargets: {python: {edition: b}}\n"
    assert read(tmp_path, text)[1] == [("config/inherited", "/edition")]
