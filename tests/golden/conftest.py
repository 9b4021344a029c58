"""Options and fixtures of the golden tests."""

from __future__ import annotations

import pytest
from support.golden import Gallery

collect_ignore_glob = ["*/expected/*"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update`, for `pytest tests/golden --update`."""
    parser.addoption("--update", action="store_true", help="rewrite what the golden cases expect")


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    """Whether to rewrite what is expected instead of comparing with it."""
    return bool(pytestconfig.getoption("--update", default=False))


@pytest.fixture(scope="session")
def gallery() -> Gallery:
    """The outcomes of all cases, each generated when it is first asked for."""
    return Gallery()
