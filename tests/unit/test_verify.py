"""The stage `verify`: each kind of broken output is found, and nothing of it runs in this process."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics, Severity
from sdkwright.verify import compile_all, expected_symbols, import_check, report_imports

if TYPE_CHECKING:
    from pathlib import Path

HEADER = b"# the first line of every module\n"


def problems(text: bytes, *, header: bytes | None = HEADER) -> list[tuple[str, str]]:
    diagnostics = Diagnostics()
    compile_all({"src/pets/a.py": text, "README.md": b"\xff not Python"}, diagnostics, header=header)
    assert all(item.severity is Severity.ERROR for item in diagnostics.items)
    assert all(item.location.file == "src/pets/a.py" for item in diagnostics.items)
    return [(item.code, item.message) for item in diagnostics.items]


def test_a_good_module_passes() -> None:
    assert problems(HEADER + b'"""\xc3\xa9"""\nx = 1\n') == []


@pytest.mark.parametrize(
    "body",
    [
        b"def (:\n",
        b"return 1\n",
        b"def f(a, a): ...\n",
        b"x = '\\d'\n",
        b"x = 1\0\n",
        b"x = " + b"(" * 5000 + b")" * 5000 + b"\n",
        b"x = " + b"9" * 5000 + b"\n",
        b"assert (1, 'always true')\n",
    ],
)
def test_a_module_that_does_not_compile_without_a_warning_is_reported(body: bytes) -> None:
    found = problems(HEADER + body)
    assert [code for code, _ in found] == ["verify/syntax"]
    assert len(found[0][1]) < 300


def test_the_line_of_a_syntax_error_is_named() -> None:
    assert "line 3" in problems(HEADER + b"x = 1\ny = (\n")[0][1]


@pytest.mark.parametrize(
    "text",
    [
        b"# coding: latin-1\nx = 1\n",
        b"\xef\xbb\xbfx = 1\n",
        b"x = '\xff'\n",
        b"#\n# vim: fileencoding=utf-7\n",
    ],
)
def test_a_module_that_python_would_not_read_as_utf8_is_reported(text: bytes) -> None:
    assert "verify/encoding" in [code for code, _ in problems(text, header=None)]


def test_a_module_without_the_header_is_reported() -> None:
    assert [code for code, _ in problems(b"x = 1\n" + HEADER)] == ["verify/header"]
    assert problems(b"x = 1\n", header=None) == []


def test_compiling_runs_nothing() -> None:
    assert problems(HEADER + b"import sys\nsys.never_set_by_a_test = 1\n") == []
    assert not hasattr(sys, "never_set_by_a_test")


def symbols(text: str, *names: str) -> list[str]:
    diagnostics = Diagnostics()
    expected_symbols({"a.py": text.encode()}, {"a.py": frozenset(names)}, diagnostics)
    return [item.message for item in diagnostics.items]


def test_planned_names_are_found_in_every_kind_of_definition() -> None:
    text = (
        '"""\nclass InText: ...\n"""\nimport os\nfrom x import y as z\n\nclass A:\n    inner = 1\n\n'
        "def f(): local = 1\n\nasync def g(): ...\n\nb = c = 1\nd: int = 2\ne: int\nif c:\n    h = 3\n"
        "__all__ = ['A']\n"
    )
    assert symbols(text, "A", "f", "g", "b", "c", "d", "e", "h") == []


def test_missing_and_surplus_names_are_reported_by_name() -> None:
    assert symbols("class A: ...\nclass Data1: ...\n", "A", "Data") == [
        "The module lacks Data.",
        "The module was not meant to define Data1.",
    ]


def test_a_planned_file_that_is_not_there_lacks_all_its_names() -> None:
    diagnostics = Diagnostics()
    expected_symbols({}, {"a.py": frozenset(f"N{i:02}" for i in range(12))}, diagnostics)
    assert diagnostics.items[0].message == (
        "The module lacks N00, N01, N02, N03, N04, N05, N06, N07, N08, N09 and 2 more."
    )


def make(root: Path, **modules: str) -> Path:
    """A tree with the package `pets`; double underscores in a name stand for slashes."""
    for name, text in {"init": "", **modules}.items():
        path = root / "src/pets" / f"{'__init__' if name == 'init' else name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_every_module_is_imported_and_each_fault_is_named_once(tmp_path: Path) -> None:
    tree = make(
        tmp_path,
        base="raise ValueError('broken')",
        good="import json",
        uses_base="from . import base",
        types__late="import missing_module_of_a_test",
        types__out="raise SystemExit(0)",
    )
    assert import_check(tree, "pets", 30) == [
        ("pets.base", "ValueError: broken"),
        ("pets.types.late", "ModuleNotFoundError: No module named 'missing_module_of_a_test'"),
        ("pets.types.out", "SystemExit: 0"),
    ]
    assert not list(tmp_path.rglob("__pycache__"))


def test_a_good_package_passes_whatever_it_prints_and_with_modules_of_the_user(
    tmp_path: Path,
) -> None:
    tree = make(
        tmp_path,
        init="import sys; print('[\"pets\", \"false\"]'); print('noise', file=sys.stderr)",
        types__a="from .. import good",
        good="",
        lib__mine="raise RuntimeError('the business of the user')",
        __main__="raise RuntimeError('only when run')",
    )
    assert import_check(tree, "pets", 30) == []


def test_the_child_sees_no_environment_and_no_other_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "stray.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("PETS_API_KEY", "secret")
    tree = make(
        tmp_path / "tree",
        env="import os\nassert 'PETS_API_KEY' not in os.environ",
        stray="import stray",
        input="import sys\nassert sys.stdin.read() == ''",
    )
    assert import_check(tree, "pets", 30) == [("pets.stray", "ModuleNotFoundError: No module named 'stray'")]


def test_a_module_that_never_ends_or_kills_the_process_is_named(tmp_path: Path) -> None:
    started = time.monotonic()
    slow = make(tmp_path / "slow", a="", b="while True: pass")
    assert import_check(slow, "pets", 1.0) == [("pets.b", "not done after 1 seconds")]
    assert time.monotonic() - started < 10
    gone = make(tmp_path / "gone", a="import os\nos._exit(3)")
    assert import_check(gone, "pets", 30) == [("pets.a", "the process ended with code 3")]


def test_a_package_hidden_by_another_of_its_name_is_reported(tmp_path: Path) -> None:
    package = tmp_path / "src/json"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    found = import_check(tmp_path, "json", 30)
    assert [module for module, _ in found] == ["json"]
    assert "another module" in found[0][1]


def test_a_missing_package_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    assert [module for module, _ in import_check(tmp_path, "pets", 30)] == ["pets"]


def test_import_faults_become_errors_at_the_module() -> None:
    diagnostics = Diagnostics()
    report_imports([("pets.types.late", "ValueError: broken")], diagnostics)
    assert [(item.code, item.location.file) for item in diagnostics.items] == [("verify/import", "pets/types/late.py")]
    assert "ValueError: broken" in diagnostics.items[0].message


def test_a_ring_of_modules_imports_and_one_too_long_for_pythons_stack_is_found(
    tmp_path: Path,
) -> None:
    def ring(length: int) -> dict[str, str]:
        return {f"m{i:03}": f"from . import m{(i + 1) % length:03}\n" for i in range(length)}

    assert import_check(make(tmp_path / "short", **ring(20)), "pets", 30) == []
    (module, error), *_ = import_check(make(tmp_path / "long", **ring(400)), "pets", 30)
    assert module == "pets.m000"
    assert error.startswith("RecursionError")
