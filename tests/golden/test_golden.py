"""What the generator makes of small documents, one directory for each feature."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hostile.oracles import Importer
from support.golden import REPOSITORY, RUNTIME_LIST, Case, cases, difference, older_names, runtime_names
from support.packages import (
    import_problems,
    lay_out,
    mypy_problems,
    mypy_users_problems,
    pyright_problems,
    pyright_users_problems,
)
from support.readme import as_module
from support.shuffle import shuffled

if TYPE_CHECKING:
    from pathlib import Path

    from support.golden import Gallery

CASES = cases()
GOOD = [case for case in CASES if not case.name.startswith("bad_")]


def _name(case: Case) -> str:
    return case.name


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_case_gives_what_it_expects(case: Case, gallery: Gallery, update: bool) -> None:
    actual = case.chosen(gallery.outcome(case).actual())
    assert "internal/" not in actual.get("diagnostics.txt", "")
    if update:
        case.update(actual)
    changes = difference(case.expected(), actual)
    assert not changes, f"\n{changes}\n\nif this is what is wanted: pytest tests/golden --update"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_bad_document_is_an_error_and_nothing_else_is(case: Case, gallery: Gallery) -> None:
    outcome = gallery.outcome(case)
    assert outcome.failed is (outcome.files is None) is case.name.startswith("bad_")


def test_every_package_has_the_same_files_of_the_runtime(gallery: Gallery, update: bool) -> None:
    lists = {case.name: [*sorted(gallery.outcome(case).runtime)] for case in GOOD}
    if update:
        RUNTIME_LIST.write_text("".join(f"{name}\n" for name in lists[GOOD[0].name]))
    expected = RUNTIME_LIST.read_text().splitlines()
    with_older = sorted({*expected, *older_names()})
    assert lists == {case.name: with_older if gallery.outcome(case).inherited else expected for case in GOOD}


@pytest.mark.parametrize("inherited", [False, True])
def test_files_of_the_runtime_differ_only_in_the_name_of_the_base_error(gallery: Gallery, inherited: bool) -> None:
    seen: dict[str, bytes] = {}
    for case in GOOD:
        outcome = gallery.outcome(case)
        if outcome.inherited is not inherited:
            continue
        base = re.search(rb"^class (\w+)\(Exception\)", outcome.runtime["_exceptions.py"], re.MULTILINE)
        assert base, case.name
        for name, content in outcome.runtime.items():
            plain = re.sub(rb"\b%s\b" % base[1], b"SDKError", content)
            plain = b" ".join(sorted(re.findall(rb"[\w.]+", plain)))  # long names wrap, exports are sorted
            assert seen.setdefault(name, plain) == plain, f"{name} of {case.name}"


@pytest.mark.parametrize("case", GOOD, ids=_name)
def test_the_order_of_keys_does_not_matter(case: Case, gallery: Gallery, tmp_path: Path) -> None:
    other = shuffled(case, tmp_path, seed=7)
    assert not difference(_files(gallery, case), _files(gallery, other))


@pytest.mark.slow
def test_the_hash_seed_does_not_matter() -> None:
    first, second = (_digests(seed) for seed in ("1", "20261120"))
    assert first.splitlines()[0]
    assert first == second


@pytest.mark.slow
def test_every_module_imports_and_every_export_exists(tree: Path, packages: list[str]) -> None:
    assert import_problems(tree, packages) == ""


@pytest.mark.slow
def test_importing_a_package_writes_sends_and_starts_nothing(tree: Path, packages: list[str]) -> None:
    importer = Importer(tree)
    problems = {package: importer.problems(tree.parent, package) for package in packages}
    importer.close()
    assert {package: found for package, found in problems.items() if found} == {}


@pytest.mark.slow
def test_packages_are_strictly_typed_for_pyright(tree: Path, packages: list[str]) -> None:
    assert packages
    assert pyright_problems(tree, runtime_names()) == ""


@pytest.mark.slow
def test_packages_are_strictly_typed_for_mypy(tree: Path, packages: list[str]) -> None:
    assert mypy_problems(tree, packages) == ""


@pytest.mark.slow
def test_examples_of_readmes_are_strictly_typed(tree: Path, packages: list[str], gallery: Gallery) -> None:
    readmes = tree.parent / "users" / "readmes"
    readmes.mkdir(parents=True)
    for case in GOOD:
        outcome = gallery.outcome(case)
        readme = (outcome.files or {})["README.md"].decode()
        (readmes / f"readme_of_{outcome.package}.py").write_text(as_module(readme))
    assert len(list(readmes.iterdir())) == len(packages)
    assert pyright_users_problems(readmes, tree) == ""
    assert mypy_users_problems(readmes, tree) == ""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory in which all generated packages lie side by side."""
    return tmp_path_factory.mktemp("packages") / "src"


@pytest.fixture(scope="module")
def packages(tree: Path, gallery: Gallery) -> list[str]:
    """The names of the packages, written to `tree`."""
    return lay_out((gallery.outcome(case) for case in GOOD), tree)


def _files(gallery: Gallery, case: Case) -> dict[str, str]:
    actual = gallery.outcome(case).actual()
    return {path: text for path, text in actual.items() if path != "diagnostics.txt"}


def _digests(seed: str) -> str:
    path = os.pathsep.join([str(REPOSITORY / "generator"), str(REPOSITORY / "tests")])
    result = subprocess.run(
        [sys.executable, "-m", "support.digest"],
        env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": path},
        capture_output=True, text=True, check=True, timeout=900,
    )  # fmt: skip
    return result.stdout
