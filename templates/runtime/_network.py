"""Sockets that obey the deadline of the call that waits for them.

The timeouts of the HTTP library are for each read and each write: a server that sends one byte of a header every
second is never late. An event loop can cancel a call that takes too long; a thread that waits cannot be woken. So the
synchronous client puts its deadline where the waiting is done, between the connection pool and its sockets.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._deadline import time_left

__all__ = ["obey_deadlines"]

_PIECE = 64 * 1024


def obey_deadlines(client: object) -> None:
    """Make the sockets of a synchronous HTTP client obey deadlines, proxies and mounted transports included.

    The HTTP library has no public way to give its own transports another network backend. What cannot be found is left
    as it is: then a deadline is looked at before each attempt and between pieces of a body.
    """
    mounts: dict[object, object] = getattr(client, "_mounts", {})
    for transport in (getattr(client, "_transport", None), *mounts.values()):
        pool: Any = getattr(transport, "_pool", None)
        backend = getattr(pool, "_network_backend", None)
        if backend is not None and not isinstance(backend, _Backend):
            pool._network_backend = _Backend(backend)


class _Backend:
    """Opens connections as the backend behind it does; has the methods of httpcore's `NetworkBackend`."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> _Stream:
        return _Stream(self._backend.connect_tcp(host, port, time_left(timeout), local_address, socket_options))

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> _Stream:
        return _Stream(self._backend.connect_unix_socket(path, time_left(timeout), socket_options))

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)


class _Stream:
    """A connection; has the methods of httpcore's `NetworkStream`. Timeouts are in seconds."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        content: bytes = self._stream.read(max_bytes, time_left(timeout))
        return content

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):  # the time that is left counts for each piece anew
            self._stream.write(buffer[start : start + _PIECE], time_left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> _Stream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, time_left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
