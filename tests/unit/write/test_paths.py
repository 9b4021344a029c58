"""Which paths are refused before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.paths import matches, problems
from sdkwright.write import path_problem, publish

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "",
        "a//b",
        "./a",
        "a/../b",
        "..",
        "a/",
        "a\\b",
        "C:a",
        "a:stream",
        "con",
        "src/NUL.py",
        "aux.tar.gz",
        "COM1",
        "lpt².txt",
        "a.",
        "a ",
        "a\n.py",
        "a\x00",
        "a\u202ey.py",
        "a\ud800",
        "what?.py",
        "x" * 256,
    ],
)
def test_a_path_that_some_system_cannot_hold_is_refused_and_nothing_is_written(tmp_path: Path, path: str) -> None:
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish({"good.py": b"", path: b""}, tmp_path / "pkg", diagnostics=diagnostics)
    assert [item.code for item in diagnostics.items] == ["write/path"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["a.py", "src/pkg/_x.py", "console.py", "com10/a", "é.md", ".hidden", "a b.md"])
def test_an_ordinary_path_is_fine(path: str) -> None:
    assert path_problem(path) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("src/User.py", "src/user.py"),
        ("src/A/one.py", "src/a/two.py"),
        ("straße.py", "STRASSE.py"),
        ("\u00e9.py", "e\u0301.py"),
        ("src/a", "src/a/b.py"),
        ("src/a/b.py", "src/a"),
        (".SDKWRIGHT.json", ".sdkwright.json"),
    ],
)
def test_paths_that_are_one_file_on_some_system_clash(first: str, second: str) -> None:
    assert [path for path, _ in problems([first, second])] == [second]


def test_the_manifests_own_name_is_not_for_a_generated_file(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        publish({".sdkwright.json": b"{}"}, tmp_path / "pkg", diagnostics=Diagnostics())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("src/pets/lib", True),
        ("src/pets/lib/deep/x.py", True),
        ("src/pets/library.py", False),
        ("src/pets/types/lib/x.py", False),
        ("examples/x.py", True),
        ("src/examples/x.py", False),
        ("tests/custom/x.py", True),
        ("tests/customs.py", False),
    ],
)
def test_the_users_places_are_whole_directories(path: str, expected: bool) -> None:
    assert matches(path, ("src/*/lib", "examples", "tests/custom")) is expected
