"""How packages are found and read: by parsing alone, and with nothing left out in silence."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sdkwright.surface import Unreadable, compare, read
from unit.surface.support import write_package


def test_reading_runs_no_code_of_the_package(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    source = f"import pathlib\npathlib.Path({str(mark)!r}).touch()\nraise SystemExit(3)\nA = 1\n"
    surface = read(str(write_package(tmp_path, {"__init__.py": source, "setup.py": source})))
    assert set(surface.exports) == {".", ".A", ".setup", ".setup.A"}
    assert not mark.exists()
    assert "shop" not in sys.modules


@pytest.mark.parametrize("form", ["src/shop", "src", "."])
def test_a_package_is_named_by_any_of_its_folders(tmp_path: Path, form: str) -> None:
    write_package(tmp_path / "src", "A = 1\n")
    write_package(tmp_path, "", name="tests")
    assert read(str(tmp_path / form)).package == "shop"


def test_a_package_is_found_by_name_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_package(tmp_path, "A = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert ".A" in read("shop").exports


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda root: root / "missing", "there is no folder"),
        (lambda root: root, "holds several packages"),
        (lambda root: root / "one" / "deep", "holds no import package"),
        (lambda root: root / "one" / "__init__.py", "is a file"),
    ],
)
def test_what_is_no_package_is_said(tmp_path: Path, make: object, message: str) -> None:
    for name in ("one", "two"):
        write_package(tmp_path, "", name=name)
    (tmp_path / "one" / "deep").mkdir()
    assert callable(make)
    with pytest.raises(Unreadable, match=message):
        read(str(make(tmp_path)))


def test_a_module_that_does_not_parse_is_named(tmp_path: Path) -> None:
    files = {"good.py": "A = 1\n", "bad.py": "A = 1\nclass (:\n", "zero.py": "A = '\0'\n"}
    surface = read(str(write_package(tmp_path, files)))
    assert [(item.file, item.line) for item in surface.unread] == [("shop/bad.py", 2), ("shop/zero.py", 0)]
    assert ".good.A" in surface.exports


def test_a_package_that_does_not_parse_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="cannot be read"):
        read(str(write_package(tmp_path, "class (:\n")))


@pytest.mark.parametrize("deep", ["(" * 5000 + ")" * 5000, "1 + " * 50_000 + "1", "-" * 50_000 + "1"])
def test_code_nested_without_end_is_refused_or_named(tmp_path: Path, deep: str) -> None:
    package = write_package(tmp_path, {"deep.py": f"A = {deep}\n"})
    try:
        surface = read(str(package))
    except Unreadable as error:
        assert "nested too deeply" in str(error)
    else:
        assert [item.file for item in surface.unread] == ["shop/deep.py"]


def test_folders_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path, "")
    (folder / "again").symlink_to(folder)
    with pytest.raises(Unreadable, match="leads back"):
        read(str(folder))


def test_imports_in_a_circle_are_no_trouble(tmp_path: Path) -> None:
    files = {"a.py": "from .b import X as X\n", "b.py": "from .a import X as X\n", "c.py": "from .c import Y as Y\n"}
    surface = read(str(write_package(tmp_path, files)))
    assert compare(surface, surface).findings == ()
