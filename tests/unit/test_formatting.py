"""The stage `format`: what ruff does to generated files, and what can have no influence on it."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from sdkwright.formatting import FormatError, format_files

if TYPE_CHECKING:
    from pathlib import Path

MESSY = "import sys\nfrom .b import c\nimport os\n\nx = {'a':os.sep}\nc( x )\n"
CLEAN = 'import os\n\nfrom .b import c\n\nx = {"a": os.sep}\nc(x)\n'


def test_imports_are_sorted_unused_ones_dropped_and_code_laid_out() -> None:
    assert format_files({"src/pets/a.py": MESSY}) == {"src/pets/a.py": CLEAN}


def test_formatting_twice_changes_nothing() -> None:
    assert format_files({"a.py": CLEAN}) == {"a.py": CLEAN}


def test_other_files_and_the_order_of_all_stay() -> None:
    files = {"z.py": MESSY, "README.md": "a  b\r\n", "a.pyi": "def f(x:int)->str:...\n"}
    done = format_files(files)
    assert list(done) == list(files)
    assert done["README.md"] == "a  b\r\n"
    assert done["a.pyi"] == "def f(x: int) -> str: ...\n"


@pytest.mark.parametrize("name", ["build", "dist", "venv", "node_modules", "site-packages", ".eggs"])
def test_no_directory_name_is_passed_over(name: str) -> None:
    path = f"src/pets/resources/{name}/a.py"
    assert format_files({path: MESSY}) == {path: CLEAN}


def test_explicit_re_exports_of_a_package_stay() -> None:
    text = 'from .a import b as b\nfrom .c import D\n\n__all__ = ["D"]\n'
    assert format_files({"src/pets/__init__.py": text})["src/pets/__init__.py"] == text


def test_imports_for_type_checkers_only_are_sorted_but_kept_if_used() -> None:
    text = (
        "from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\n"
        "if TYPE_CHECKING:\n    from .b import B\n    from .a import A\n\n\ndef f(x: A) -> B: ...\n"
    )
    done = format_files({"src/pets/x.py": text})["src/pets/x.py"]
    assert done.index("import A") < done.index("import B")


def test_lines_are_a_hundred_wide() -> None:
    fits = f"x = {' + '.join(['abcdefg'] * 9)} + {'z' * 6}\n"
    assert len(fits) == 101
    assert format_files({"a.py": fits}) == {"a.py": fits}
    assert format_files({"a.py": fits.replace("zz", "zzzz")})["a.py"].count("\n") > 1


def test_the_users_configuration_and_environment_have_no_influence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 20\nexclude = ['*']\n")
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "json")
    monkeypatch.setenv("RUFF_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    assert format_files({"src/pets/a.py": MESSY}) == {"src/pets/a.py": CLEAN}
    assert sorted(place.name for place in tmp_path.iterdir()) == [".git", ".gitignore", "ruff.toml"]


@pytest.mark.parametrize("text", ["def (:\n", "x = 'unclosed\n", "\tx = 1\n", "def f():\n    return (\n"])
def test_output_that_is_no_python_is_an_error_with_file_and_place(text: str) -> None:
    with pytest.raises(FormatError, match=r"bad\.py:\d+:\d+"):
        format_files({"good.py": CLEAN, "src/bad.py": text})


def test_a_path_that_leads_outside_is_refused_before_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be the path"):
        format_files({f"../../{tmp_path.name}.py": MESSY})


def test_an_empty_package_needs_no_formatter() -> None:
    assert format_files({}) == {}
    assert format_files({"README.md": "x"}) == {"README.md": "x"}
