"""HTTP clients with this package's defaults: timeout, connection limits, one TLS context for all, no cookies kept."""

from __future__ import annotations

import http.cookiejar
import os
import ssl
import threading
from typing import TYPE_CHECKING, Any

from ._constants import DEFAULT_CONNECTION_LIMITS, DEFAULT_TIMEOUT
from ._http import httpx
from ._network import obey_deadlines

__all__ = [
    "DefaultAioHttpClient",
    "DefaultAsyncHttpxClient",
    "DefaultHttpxClient",
    "no_cookies",
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

    Pass it as `http_client` to change some settings (`proxy`, `verify`, `transport` ...) and keep the others. With it
    the `total_timeout` of a client ends a call whatever the server does; finding the address of a host apart.
    """
    DefaultAsyncHttpxClient = httpx.AsyncClient
    """The same for the async client."""
    DefaultAioHttpClient = httpx.AsyncClient
    """The async client on aiohttp. Raises RuntimeError without the extra `aiohttp` of this package."""
else:

    class DefaultHttpxClient(httpx.Client):
        def __init__(self, **options: Any) -> None:
            super().__init__(**_defaults(options))
            obey_deadlines(self)

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
