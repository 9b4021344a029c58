"""The package as a whole: every module imports, nothing is exported in vain, and both type checkers agree."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.packages import import_problems, mypy_problems, pyright_problems

PACKAGE = "older_sdk"


def test_every_module_imports_and_every_exported_name_exists(tree: Path) -> None:
    assert import_problems(tree, [PACKAGE]) == ""


@pytest.mark.slow
def test_pyright_is_content_in_its_strict_mode(tree: Path) -> None:
    assert pyright_problems(tree, []) == ""


@pytest.mark.slow
def test_mypy_is_content_in_its_strict_mode(tree: Path) -> None:
    assert mypy_problems(tree, [PACKAGE]) == ""
