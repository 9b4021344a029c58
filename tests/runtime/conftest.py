"""Imports `templates/runtime` as the package `sdk_runtime`, and once more on httpx as `sdk_runtime_httpx`."""

from __future__ import annotations

import asyncio
import importlib
import importlib.machinery
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

RUNTIME = Path(__file__).parents[2] / "templates" / "runtime"
sys.path.insert(0, str(Path(__file__).parent))


def load_runtime(name: str, *, http_file: str = "_http.py") -> ModuleType:
    """The runtime as a package of the given name, with one of its two HTTP modules."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(RUNTIME)]
    package = importlib.util.module_from_spec(spec)
    sys.modules[name] = package
    http = importlib.util.spec_from_file_location(f"{name}._http", RUNTIME / http_file)
    assert http is not None and http.loader is not None
    module = importlib.util.module_from_spec(http)
    sys.modules[http.name] = module
    http.loader.exec_module(module)
    return package


load_runtime("sdk_runtime")
load_runtime("sdk_runtime_httpx", http_file="_http_httpx.py")

from loopback import Server  # noqa: E402 - needs the path above


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
    for package in ("sdk_runtime", "sdk_runtime_httpx"):
        retry = importlib.import_module(f"{package}._retry")
        monkeypatch.setattr(retry, "INITIAL_RETRY_DELAY", 0.001)
        monkeypatch.setattr(retry, "MAX_RETRY_DELAY", 0.002)
