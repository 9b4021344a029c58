"""Many at once: threads, tasks, cancellation, and what stays open afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path
from typing import Any

import anyio
import pytest
from loopback import Connection, Heard, Server, events, reply
from sdk_runtime._base_client import AsyncAPIClient, SyncAPIClient
from sdk_runtime._http import httpx
from sdk_runtime._transport import DefaultHttpxClient


def sockets() -> int:
    """How many sockets this process has open, where the system tells."""
    found = 0
    for descriptor in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            found += str(descriptor.readlink()).startswith("socket:")
    return found


def test_two_hundred_threads_on_first_use_build_one_http_client(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sdk_runtime import _sync_client

    built: list[Any] = []

    def build(**options: Any) -> Any:
        built.append(options)
        time.sleep(0.01)
        return DefaultHttpxClient(**options)

    monkeypatch.setattr(_sync_client, "DefaultHttpxClient", build)
    client = SyncAPIClient(version="1", base_url=server.url)
    barrier = threading.Barrier(200)

    def use() -> None:
        barrier.wait()
        assert client._client is not None

    threads = [threading.Thread(target=use) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(built) == 1
    client.close()


def test_cancelling_at_any_moment_leaves_a_pool_that_serves(server: Server) -> None:
    def answer(connection: Connection, heard: Heard) -> None:
        time.sleep(0.002)
        reply({"ok": 1})(connection, heard)

    server.answers(answer)

    async def run() -> int:
        http = httpx.AsyncClient(limits=httpx.Limits(max_connections=5), timeout=5)
        async with AsyncAPIClient(version="1", base_url=server.url, http_client=http) as client:
            for round_ in range(60):
                tasks = [asyncio.create_task(client.get("/x", cast_to=object)) for _ in range(8)]
                for _ in range(round_ % 12):
                    await asyncio.sleep(0)
                await asyncio.sleep(0.0003 * (round_ % 20))
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
            found = await asyncio.gather(*[client.get("/x", cast_to=object) for _ in range(100)])
        return len(found)

    assert asyncio.run(run()) == 100


def test_anyio_scopes_cancel_a_waiting_retry(server: Server) -> None:
    server.answers(reply({}, 503, [("Retry-After", "30")]))

    async def run() -> bool:
        async with AsyncAPIClient(version="1", base_url=server.url) as client:
            with anyio.move_on_after(0.1) as scope:
                await client.get("/x", cast_to=object)
            return scope.cancelled_caught

    started = time.monotonic()
    assert asyncio.run(run())
    assert time.monotonic() - started < 5


def test_copies_share_connections_and_never_headers(server: Server) -> None:
    class Client(SyncAPIClient):
        def copy(self, **headers: str) -> Client:
            made = type(self)(version="1", base_url=self.base_url, custom_headers={**self._custom_headers, **headers})
            return made._inherit(self)

    parent = Client(version="1", base_url=server.url)
    one, two = parent.copy(tenant="one"), parent.copy(tenant="two")
    one.get("/x", cast_to=object)
    two.get("/x", cast_to=object)
    parent.get("/x", cast_to=object)
    assert [heard.headers.get("tenant") for heard in server.heard] == ["one", "two", None]
    assert server.connections == 1
    parent.close()
    assert one.is_closed and two.is_closed


def test_no_socket_and_no_warning_is_left_behind(server: Server) -> None:
    async def run() -> None:
        async with AsyncAPIClient(version="1", base_url=server.url) as client:
            await client.get("/x", cast_to=object)

    with SyncAPIClient(version="1", base_url=server.url) as client:
        client.get("/x", cast_to=object)
    before = sockets()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            with SyncAPIClient(version="1", base_url=server.url) as client:
                client.get("/x", cast_to=object)
            asyncio.run(run())
        gc.collect()
    assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == []
    time.sleep(0.05)
    assert sockets() <= before + 6  # the server's ends of the six connections may still be closing


def test_importing_the_client_loads_nothing_that_a_call_may_not_need() -> None:
    here = Path(__file__).parent
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import conftest_free as c; c.load();"
        "import sdk_runtime._base_client;"
        "print([name for name in ('anyio', 'asyncio', 'httpx_aiohttp', 'platform_distro', 'sdk_runtime._lenient',"
        " 'email.parser', 'httpcore2') if name in sys.modules])"
    )
    script = (
        "import importlib.machinery, importlib.util, sys\n"
        "def load():\n"
        "    spec = importlib.machinery.ModuleSpec('sdk_runtime', None, is_package=True)\n"
        f"    spec.submodule_search_locations = [{str(here.parents[1] / 'templates' / 'runtime')!r}]\n"
        "    sys.modules['sdk_runtime'] = importlib.util.module_from_spec(spec)\n"
    )
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "conftest_free.py").write_text(script)
        result = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert "anyio" not in result.stdout and "asyncio" not in result.stdout and "_lenient" not in result.stdout


def test_the_async_client_runs_on_trio_and_says_so(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from sdk_runtime import _platform
    from sdk_runtime._streaming import AsyncStream

    monkeypatch.setattr(_platform, "TELEMETRY_PREFIX", "X-Stainless")

    async def run() -> list[Any]:
        async with AsyncAPIClient(version="trio-1", base_url=server.url) as client:
            found = await client.get("/x", cast_to=object)
            async for value in await client.get("/x", cast_to=object, stream=True, stream_cls=AsyncStream[object]):
                return [found, value]
        return []

    for backend in ("trio", "asyncio"):
        server.answers(reply({}, 503), reply({"ok": 1}), events(b"data: 1\n\ndata: 2\n\n"))
        assert anyio.run(run, backend=backend) == [{"ok": 1}, 1]
        assert server.last.headers["x-stainless-async"] == f"async:{backend}"
