"""Fixtures: one socket and two packages for the session, a fresh harbour and fresh clients for each test."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from e2e.support.live import live_server

from features.kit import LIBRARIES, MODES, Kit, Package, build
from features.server import Harbor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from e2e.support.live import LiveServer


@pytest.fixture(scope="session")
def live() -> Iterator[LiveServer]:
    """The socket."""
    with live_server() as server:
        yield server


@pytest.fixture(scope="session")
def packages(live: LiveServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Package]:
    """The package for each HTTP library, importable."""
    built = {each: build(each, live.origin, tmp_path_factory.mktemp(each)) for each in LIBRARIES}
    sys.path[:0] = [str(package.root / "src") for package in built.values()]
    return built


@pytest.fixture(params=LIBRARIES)
def package(request: pytest.FixtureRequest, packages: dict[str, Package]) -> Package:
    """Each package in turn."""
    return packages[request.param]


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """The sync client, and the async one on each event loop."""
    return str(request.param)


@pytest.fixture
def anyio_backend(mode: str) -> str:
    """The loop of the test itself; the sync client does not care."""
    return "trio" if mode == "trio" else "asyncio"


@pytest.fixture
def harbor(live: LiveServer) -> Harbor:
    """A fresh harbour behind the socket."""
    live.app = harbor = Harbor()
    return harbor


@pytest.fixture
async def kit(package: Package, mode: str, live: LiveServer, harbor: Harbor) -> AsyncIterator[Kit]:
    """One package in one mode."""
    kit = Kit(package, mode, live.origin, harbor)
    yield kit
    await kit.close()


@pytest.fixture(autouse=True)
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the person who runs the tests has a say."""
    for name in list(os.environ):
        if name.upper().startswith("HARBOR_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
