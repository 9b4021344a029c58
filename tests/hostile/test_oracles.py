"""The oracles see what they are there for: a check that never fails proves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sdkwright.render import package

from hostile import oracles
from hostile.payloads import MARKER, PAYLOADS

PROJECT = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "x"\n'

HEADER = package.HEADER.encode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import subprocess\n", "imports subprocess"),
        ("from os.path import join\nfrom shutil import rmtree\n", "imports from shutil"),
        ("x = open('y')\n", "calls open"),
        ("x = __import__('os')\n", "calls __import__"),
        ("x = (lambda: 1)()\n", "calls Lambda"),
        ("x = os.system('y')\n", "calls os.system"),
        ("x = 'a'.format(1)\n", "calls Constant.format"),
        ("x = f'{y}'\n", "holds a node of type JoinedStr"),
        ("global x\n", "holds a node of type Global"),
        ("while True:\n    pass\n", "holds a node of type While"),
        ("class A:\n    b: List['print(1)']\n", "an annotation evaluates"),
        ("def f(a: 'print(1)') -> None: ...\n", "an annotation evaluates"),
        ("x = 1 +\n", "not Python"),
        ("x = '\u202e'\n", "holds U+202E as it is"),
    ],
)
def test_code_that_no_template_writes_is_seen(text: str, expected: str) -> None:
    found = oracles.problems({"src/pkg/types/a.py": HEADER + text.encode()}, "pkg")
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("src/pkg/a.py", b"# coding: latin-1\n", "not the constant one"),
        ("src/pkg/a.py", b"# coding: latin-1\n" + HEADER, "reads it as iso-8859-1"),
        ("src/pkg/../../a.py", HEADER, "unsafe"),
        ("src/other/a.py", HEADER, "outside of the package"),
        ("src/pkg/a.py", b"\xff\xfe", "not UTF-8"),
        ("README.md", b"<script>alert(1)</script>", "holds HTML"),
        ("pyproject.toml", b"x =", "not TOML"),
        ("pyproject.toml", PROJECT.encode() + b"scripts = {x = 'y'}\n", "has the keys"),
        ("pyproject.toml", PROJECT.replace("hatchling.build", "evil").encode(), "is built by"),
        ("src/pkg/_qs.py", HEADER + b"import os\nos.remove('x')\n", "differs from the runtime"),
    ],
)
def test_files_that_do_not_belong_are_seen(path: str, content: bytes, expected: str) -> None:
    found = oracles.problems({path: content}, "pkg")
    assert any(expected in problem for problem in found), found


def test_text_in_a_literal_is_no_code() -> None:
    text = "from typing_extensions import Literal\n\n\nclass A:\n    b: Literal['print(1)', '{x}']\n"
    assert oracles.problems({"src/pkg/types/a.py": HEADER + text.encode()}, "pkg") == []


@pytest.fixture
def importer(tmp_path: Path) -> Iterator[oracles.Importer]:
    found = oracles.Importer(tmp_path)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"__import__('os').mkdir('{MARKER}')", "os.mkdir"),
        ("open('x', 'w')", "forbidden at import: open"),
        ("import socket\nsocket.socket()", "socket."),
        ("import subprocess\nsubprocess.Popen(['true'])", "subprocess.Popen"),
        ("import os\nos.execv('/bin/true', ['true'])", "os.exec"),
        ("import os\nos.unlink('x')", "os.remove"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("x = 1 / 0", "ZeroDivisionError"),
        ("__all__ = ['missing']", "AttributeError"),
    ],
)
def test_what_a_module_does_when_it_is_imported_is_seen(
    importer: oracles.Importer, tmp_path: Path, text: str, expected: str
) -> None:
    package = tmp_path / "tree" / "src" / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "bad.py").write_text(text, "utf-8")
    found = importer.problems(tmp_path / "tree", "pkg")
    assert any(expected in problem for problem in found), found
    assert not (tmp_path / MARKER).exists()


def test_a_package_that_does_nothing_is_fine_and_forgotten_after_it(importer: oracles.Importer, tmp_path: Path) -> None:
    for number in range(3):
        package = tmp_path / f"tree{number}" / "src" / "pkg"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(f"__all__ = ['n{number}']\nn{number} = 1\n", "utf-8")
        assert importer.problems(tmp_path / f"tree{number}", "pkg") == []


def test_a_process_that_dies_is_a_problem_and_the_next_import_works(importer: oracles.Importer, tmp_path: Path) -> None:
    package = tmp_path / "tree" / "src" / "pkg"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("import os\nos._exit(7)", "utf-8")
    assert "ended with 7" in importer.problems(tmp_path / "tree", "pkg")[0]
    (package / "__init__.py").write_text("", "utf-8")
    assert importer.problems(tmp_path / "tree", "pkg") == []


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("tests/api_resources/test_a.py", "import subprocess"),
        ("tests/api_resources/test_a.py", "pytest.main()"),
        ("tests/api_resources/test_a.py", "client.a.get(id=f'{1}')"),
        ("tests/conftest.py", "eval('1')"),
        ("tests/test_package.py", "import socket"),
        ("scripts/mock", "touch marker"),
        ("scripts/test", '"$python" -m pytest "$@"; touch marker'),
    ],
)
def test_emitted_tests_and_scripts_hold_nothing_that_their_templates_have_not(path: str, line: str) -> None:
    tree = Path(__file__).parents[1] / "golden" / "inherited_tests" / "expected"
    good = (tree / path).read_bytes() if (tree / path).is_file() else HEADER
    assert oracles.problems({path: good}, "poster_press") == []
    assert oracles.problems({path: good + f"{line}\n".encode()}, "poster_press") != []


def test_a_marker_is_seen(tmp_path: Path) -> None:
    (tmp_path / MARKER).mkdir()
    assert oracles.marker_problems(tmp_path) != []


def test_every_payload_that_is_code_would_leave_the_marker_if_it_ran(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("expression", "expression_bare", "lambda_text", "walrus"):
        eval(PAYLOADS[name])
        (tmp_path / MARKER).rmdir()
