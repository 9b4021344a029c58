"""The memory of what inputs gave is a shortcut that is never wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sdkwright import cache
from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options
from sdkwright.source import SourceText
from sdkwright.write import publish

FILES = {"a.py": b"a = 1\n", "b.py": b"b = 2\n"}


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document whose package, in `pkg` beside it, is remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = tmp_path / "openapi.json"
    found.write_text("{}", "utf-8")
    publish(FILES, tmp_path / "pkg", diagnostics=Diagnostics())
    cache.remember(found, Options(), FILES, {str(found): SourceText(str(found), "{}")})
    return found


def test_what_was_remembered_is_current_until_an_input_or_the_output_changes(spec: Path) -> None:
    target = spec.parent / "pkg"
    assert cache.is_current(spec, Options(), target)
    (target / "a.py").write_bytes(b"a = 2\n")
    assert not cache.is_current(spec, Options(), target)
    (target / "a.py").write_bytes(FILES["a.py"])
    assert cache.is_current(spec, Options(), target)
    spec.write_text("{ }", "utf-8")
    assert not cache.is_current(spec, Options(), target)


def test_an_entry_that_was_torn_or_mixed_is_none(spec: Path) -> None:
    (entry,) = (spec.parent / "cache" / "sdkwright").iterdir()
    text = entry.read_text("utf-8")
    for length in range(0, len(text), 7):
        entry.write_text(text[:length], "utf-8")
        assert not cache.is_current(spec, Options(), spec.parent / "pkg")
    entry.write_text(json.dumps({**json.loads(text), "sources": []}), "utf-8")
    assert not cache.is_current(spec, Options(), spec.parent / "pkg")


def test_remembering_leaves_one_file_and_no_draft(spec: Path) -> None:
    assert [path.suffix for path in (spec.parent / "cache" / "sdkwright").iterdir()] == [".json"]


def test_without_an_absolute_place_nothing_is_remembered(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (spec.parent / "cwd").mkdir()
    monkeypatch.chdir(spec.parent / "cwd")
    monkeypatch.setenv("XDG_CACHE_HOME", "../relative")
    monkeypatch.setenv("HOME", "relative")
    cache.remember(spec, Options(), FILES, {str(spec): SourceText(str(spec), "{}")})
    assert not cache.is_current(spec, Options(), spec.parent / "pkg")
    assert not (spec.parent / "relative").exists() and not any((spec.parent / "cwd").iterdir())
