"""What the tests of the runtime share: a server, and calls on both clients and both HTTP libraries."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

from inplace import PACKAGES
from loopback import Server

# A machine that does many things at once is slow, which says nothing about a property.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


class Driver:
    """Runs the same calls on the sync or the async client of one of the two packages."""

    def __init__(self, package: str, kind: str, server: Server) -> None:
        self.package, self.kind, self.server = package, kind, server

    def module(self, name: str) -> Any:
        return importlib.import_module(f"{self.package}.{name}")

    def client_class(self) -> type[Any]:
        base = self.module("_base_client")
        return base.AsyncAPIClient if self.kind == "async" else base.SyncAPIClient

    def __call__(self, *calls: Callable[[Any], Any], client: type[Any] | None = None, **options: Any) -> Any:
        """Make a client, make the calls one after another, and return the result of the last."""
        cls = client or self.client_class()
        options = {"version": "1.2.3", "base_url": self.server.url, **options}
        if self.kind == "sync":
            with cls(**options) as made:
                return [call(made) for call in calls][-1]

        async def run() -> Any:
            async with cls(**options) as made:
                for call in calls:
                    result = call(made)
                    if inspect.isawaitable(result):
                        result = await result
                return result

        return asyncio.run(run())


@pytest.fixture(params=["sync", "async", "sync-httpx", "async-httpx"])
def drive(request: pytest.FixtureRequest, server: Server) -> Driver:
    kind, _, library = request.param.partition("-")
    return Driver(f"sdk_runtime_{library}" if library else "sdk_runtime", kind, server)


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    for package in PACKAGES:
        retry = importlib.import_module(f"{package}._retry")
        monkeypatch.setattr(retry, "INITIAL_RETRY_DELAY", 0.001)
        monkeypatch.setattr(retry, "MAX_RETRY_DELAY", 0.002)
