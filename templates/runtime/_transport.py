"""HTTP clients with this package's defaults, and the bounded reading of responses."""

from __future__ import annotations

import http.cookiejar
import math
import os
import ssl
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ._constants import (
    DEFAULT_CONNECTION_LIMITS,
    DEFAULT_TIMEOUT,
    MAX_ERROR_BYTES,
    MAX_RESPONSE_BYTES,
)
from ._exceptions import APIResponseValidationError
from ._http import httpx

__all__ = [
    "Deadline",
    "DefaultAioHttpClient",
    "DefaultAsyncHttpxClient",
    "DefaultHttpxClient",
    "aread_bounded",
    "check_complete",
    "no_cookies",
    "read_bounded",
    "shared_ssl_context",
]

_contexts: dict[tuple[str | None, str | None], ssl.SSLContext] = {}
_context_lock = threading.Lock()


def shared_ssl_context() -> ssl.SSLContext:
    """The TLS settings of all clients of the process: loading the root certificates takes 10 to 40 ms.

    A new one is made when `SSL_CERT_FILE` or `SSL_CERT_DIR` has changed.
    """
    key = (os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    with _context_lock:
        if key not in _contexts:
            _contexts[key] = httpx.create_ssl_context()
        return _contexts[key]


def no_cookies() -> http.cookiejar.CookieJar:
    """A jar that keeps nothing: two tenants on copies of one client must not share a session."""
    return http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))


def _defaults(options: dict[str, Any]) -> dict[str, Any]:
    options.setdefault("timeout", DEFAULT_TIMEOUT)
    options.setdefault("limits", DEFAULT_CONNECTION_LIMITS)
    options.setdefault("follow_redirects", True)
    if "transport" not in options and options.get("trust_env", True):
        options.setdefault("verify", shared_ssl_context())
    return options


if TYPE_CHECKING:
    DefaultHttpxClient = httpx.Client
    """The HTTP library's client with the timeout, connection limits and TLS settings of this package.

    Pass it as `http_client` to change some settings (`proxy`, `verify`, `transport` ...) and keep the others.
    """
    DefaultAsyncHttpxClient = httpx.AsyncClient
    """The same for the async client."""
    DefaultAioHttpClient = httpx.AsyncClient
    """The async client on aiohttp; needs the extra `aiohttp` of this package."""
else:

    class DefaultHttpxClient(httpx.Client):
        def __init__(self, **options: Any) -> None:
            super().__init__(**_defaults(options))

    class DefaultAsyncHttpxClient(httpx.AsyncClient):
        def __init__(self, **options: Any) -> None:
            super().__init__(**_defaults(options))

    class DefaultAioHttpClient(httpx.AsyncClient):
        def __init__(self, **options: Any) -> None:
            from importlib import import_module

            try:
                # One distribution serves both HTTP libraries.
                aio = import_module("httpx_aiohttp.httpx2" if httpx.__name__ == "httpx2" else "httpx_aiohttp")
            except ImportError:
                raise RuntimeError("Install this package with its extra `aiohttp` to use this client") from None
            options = _defaults(options)
            transport = aio.AiohttpTransport(verify=shared_ssl_context(), limits=options["limits"])
            super().__init__(**{"transport": transport, **options})


class Deadline:
    """The end of the time that one call has, all attempts together. `total` is in seconds, None has no end."""

    __slots__ = ("ends",)

    def __init__(self, total: float | None) -> None:
        self.ends = None if total is None else time.monotonic() + total

    @property
    def left(self) -> float:
        """The seconds that are left, never less than 0."""
        return math.inf if self.ends is None else max(self.ends - time.monotonic(), 0.0)

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return self.ends is not None and time.monotonic() >= self.ends

    def allows(self, delay: float) -> bool:
        """Whether there is time to wait so long."""
        return self.ends is None or time.monotonic() + delay < self.ends

    def cut(self, timeout: httpx.Timeout) -> httpx.Timeout:
        """The timeout, no longer than the time that is left."""
        if self.ends is None:
            return timeout
        left = max(self.left, 0.001)
        return httpx.Timeout(
            **{step: left if limit is None else min(limit, left) for step, limit in timeout.as_dict().items()}
        )


class _Collector:
    """Keeps the pieces of a body up to a limit, and puts them where the response looks for its content."""

    def __init__(self, response: httpx.Response, limit: int | None, deadline: Deadline) -> None:
        self.response = response
        self.is_error = response.status_code >= 400
        self.limit = MAX_ERROR_BYTES if self.is_error else (MAX_RESPONSE_BYTES if limit is None else limit)
        self.deadline = deadline
        self.chunks: list[bytes] = []
        self.size = 0

    @property
    def is_complete(self) -> bool:
        """Whether the transport handed the whole body over at once, and it is not too large."""
        content = self.response.__dict__.get("_content")
        return content is not None and self.response.is_closed and len(content) <= self.limit

    def add(self, chunk: bytes) -> bool:
        """Keep one piece; False when no more is wanted. Raises when the body is too large or the time is up."""
        if self.deadline.passed:
            raise httpx.ReadTimeout("The total time of the call is up.", request=self.response.request)
        self.size += len(chunk)
        if self.size <= self.limit:
            self.chunks.append(chunk)
            return True
        if self.is_error:
            self.chunks.append(chunk[: self.limit - self.size])
            return False
        self.response.__dict__["_content"] = b""
        raise APIResponseValidationError(
            self.response,
            message=f"The response is larger than {self.limit} bytes; use `with_streaming_response` to read it",
        )

    def finish(self) -> None:
        # Where `Response.read` of the HTTP library keeps what it has read; there is no public way to limit it.
        self.response.__dict__["_content"] = b"".join(self.chunks)


def read_bounded(response: httpx.Response, deadline: Deadline, limit: int | None = None) -> None:
    """Read the decoded body into the response.

    At most `limit` bytes, MAX_RESPONSE_BYTES unless given: a larger body raises APIResponseValidationError, and so
    that the status is not lost, the body of an error is cut off instead. Raises the errors of the HTTP library.
    """
    collector = _Collector(response, limit, deadline)
    if collector.is_complete:
        return
    try:
        for chunk in response.iter_bytes():
            if not collector.add(chunk):
                break
        else:
            check_complete(response)
    except httpx.DecodingError:
        if not collector.is_error:
            raise
    finally:
        response.close()
    collector.finish()


async def aread_bounded(response: httpx.Response, deadline: Deadline, limit: int | None = None) -> None:
    """The same for a response of the async client."""
    collector = _Collector(response, limit, deadline)
    if collector.is_complete:
        return
    try:
        async for chunk in response.aiter_bytes():
            if not collector.add(chunk):
                break
        else:
            check_complete(response)
    except httpx.DecodingError:
        if not collector.is_error:
            raise
    finally:
        await response.aclose()
    collector.finish()


def check_complete(response: httpx.Response) -> None:
    """Raise DecodingError if the compressed body, read to its end, stops in the middle.

    The HTTP library returns what it could decompress: half a file with nothing to tell that it is half.
    """
    if "content-encoding" not in response.headers or not response.num_bytes_downloaded:
        return
    decoders: list[Any] = [response.__dict__.get("_decoder")]
    while decoders:
        decoder = decoders.pop()
        decoders += getattr(decoder, "children", ())
        # Its decompressor, which httpx2 wraps once more; zlib and zstd say whether they saw the end.
        while hasattr(decoder, "decompressor"):
            decoder = decoder.decompressor
        is_finished: Callable[[], bool] | None = getattr(decoder, "is_finished", None)  # brotli
        if not (is_finished() if is_finished is not None else getattr(decoder, "eof", True)):
            raise httpx.DecodingError("The compressed body ends too early.", request=response.request)
