"""An ASGI app on a real socket."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Generator

    from starlette.types import ASGIApp, Receive, Scope, Send


class LiveServer:
    """A server of this machine whose app can be exchanged while it runs, so that each test has a fresh one."""

    def __init__(self) -> None:
        self.app: ASGIApp | None = None
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(
                self._serve,
                host="127.0.0.1",
                port=0,
                interface="asgi3",
                lifespan="off",
                log_level="warning",
                access_log=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(target=self._uvicorn.run, name="e2e-server", daemon=True)

    @property
    def origin(self) -> str:
        """Where the server is, such as `http://127.0.0.1:40123`."""
        (server,) = self._uvicorn.servers
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    def start(self) -> None:
        """Return as soon as connections are accepted. Errors: RuntimeError after ten seconds without success."""
        self._thread.start()
        deadline = time.monotonic() + 10
        while not self._uvicorn.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the test server did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Close all connections and end the thread."""
        self._uvicorn.should_exit = True
        self._thread.join(timeout=10)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "no test has set an app"
        await self.app(scope, receive, send)


@contextmanager
def live_server() -> Generator[LiveServer]:
    """A started server, stopped on the way out."""
    server = LiveServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
