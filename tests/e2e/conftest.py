"""Fixtures of all end-to-end tests. Those of one API are in its own module."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from e2e.support.harness import MODES, ROOT, Caller
from e2e.support.live import live_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from e2e.support.live import LiveServer

sys.path[:0] = [str(each) for each in sorted(ROOT.glob("generated/*/src"))]

_VARIABLES = (
    "OPENAI_",
    "AZURE_OPENAI_",
    "MODELRELAY_",
    "OPENCODE_",
    "CHATKIT_",
    "ELEANOR_",
)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark of a test that calls one operation, with the sync and with the async client."""
    config.addinivalue_line("markers", "operation(id): the test calls the operation with this operationId")


@pytest.fixture(scope="session")
def live() -> Iterator[LiveServer]:
    """One socket for all tests, one app for each."""
    with live_server() as server:
        yield server


@pytest.fixture(params=MODES)
def call(request: pytest.FixtureRequest) -> Caller:
    """Runs a test twice: with the sync client and with the async one."""
    return Caller(request.param)


@pytest.fixture
def anyio_backend() -> str:
    """Async clients are tested on asyncio, which uvicorn runs on as well."""
    return "asyncio"


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable and no `.env` of the person who runs the tests has a say."""
    for name in list(os.environ):
        if name.upper().startswith(_VARIABLES) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
