"""Every tree that is committed is one that the oracles let pass, and the packages import under their eyes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hostile import oracles

REPOSITORY = Path(__file__).parents[2]
EXPECTED = sorted(path for path in (REPOSITORY / "tests" / "golden").glob("*/expected") if (path / "src").is_dir())
GENERATED = sorted(path.parent for path in (REPOSITORY / "generated").glob("*/pyproject.toml"))


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[oracles.Importer]:
    found = oracles.Importer(tmp_path_factory.mktemp("importer"))
    yield found
    found.close()


def files(tree: Path) -> dict[str, bytes]:
    """The files of a tree that a run made; caches, and what other tools or a user put there, are none of them."""
    found: dict[str, bytes] = {}
    for directory, folders, names in os.walk(tree):
        folders[:] = [name for name in folders if name not in {"__pycache__", "lib", "examples", "custom"}]
        for name in names:
            path = Path(directory, name)
            found[path.relative_to(tree).as_posix()] = path.read_bytes()
    return {path: content for path, content in found.items() if not path.startswith(".") and path != "diagnostics.txt"}


def package(tree: Path) -> str:
    (name,) = (path.name for path in (tree / "src").iterdir() if path.is_dir())
    return name


@pytest.mark.parametrize("tree", EXPECTED, ids=lambda tree: tree.parent.name)
def test_a_golden_tree_is_what_every_generated_tree_must_be(tree: Path) -> None:
    assert oracles.problems(files(tree), package(tree)) == []
    assert oracles.tree_problems(tree) == []


@pytest.mark.parametrize("tree", GENERATED, ids=lambda tree: tree.name)
def test_a_generated_package_is_what_every_generated_tree_must_be(tree: Path, importer: oracles.Importer) -> None:
    assert oracles.problems(files(tree), package(tree)) == []
    assert oracles.tree_problems(tree / "src") == []
    assert importer.problems(tree, package(tree)) == []
