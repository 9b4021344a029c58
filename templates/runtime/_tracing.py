"""OpenTelemetry spans as a middleware; nothing of OpenTelemetry is imported before one is made.

    client = Client(middleware=[opentelemetry_middleware()])

Each attempt is a client span after the HTTP semantic conventions 1.23 and later: `http.request.method`,
`url.template`, `url.full` without the values of its query, `server.address`, `server.port`,
`http.response.status_code`, `http.request.resend_count` and `error.type`. No header and no body is recorded.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ._http import httpx
from ._request import Attempt
from ._version import __title__, __version__

if TYPE_CHECKING:
    from ._async_client import AsyncMiddleware
    from ._sync_client import Middleware

__all__ = ["async_opentelemetry_middleware", "opentelemetry_middleware"]

_PORTS = {"http": 80, "https": 443}
# Others are "_OTHER", so that names stay few (HTTP semantic conventions, `http.request.method`).
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"})


def opentelemetry_middleware(tracer_provider: Any = None) -> Middleware:
    """A span for each attempt of a synchronous client, which also sends the trace context to the API.

    `tracer_provider` is the global one unless given. Raises RuntimeError if OpenTelemetry is not installed.
    """
    tracer = _Tracer(tracer_provider)

    def traced(request: httpx.Request, send: Callable[[httpx.Request], httpx.Response]) -> httpx.Response:
        with tracer.span(request) as note:
            return note(send(request))

    return traced


def async_opentelemetry_middleware(tracer_provider: Any = None) -> AsyncMiddleware:
    """The same for an asynchronous client."""
    tracer = _Tracer(tracer_provider)

    async def traced(
        request: httpx.Request, send: Callable[[httpx.Request], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        with tracer.span(request) as note:
            return note(await send(request))

    return traced


class _Tracer:
    """Makes the spans."""

    def __init__(self, provider: Any) -> None:
        try:
            from importlib import import_module  # OpenTelemetry is an extra: type checkers need not find it

            self._trace: Any = import_module("opentelemetry.trace")
            self._propagate: Any = import_module("opentelemetry.propagate")
        except ImportError:
            raise RuntimeError("Install this package with its extra `opentelemetry` to trace its calls") from None
        self._tracer = self._trace.get_tracer(__title__, __version__, tracer_provider=provider)

    @contextmanager
    def span(self, request: httpx.Request) -> Generator[Callable[[httpx.Response], httpx.Response], None, None]:
        """A span around one attempt; what it yields takes the response."""
        attempt = Attempt.of(request)
        method = request.method if request.method in _METHODS else "HTTP"
        name = f"{method} {attempt.template}" if attempt.template else method
        with self._tracer.start_as_current_span(
            name,
            kind=self._trace.SpanKind.CLIENT,
            attributes=_attributes(request, attempt),
            record_exception=False,  # its text and its stack can hold what a span must not
            set_status_on_exception=False,
        ) as span:
            if not attempt.foreign:
                self._propagate.inject(request.headers)

            def note(response: httpx.Response) -> httpx.Response:
                span.set_attribute("http.response.status_code", response.status_code)
                if response.status_code >= 400:
                    self._fail(span, str(response.status_code))
                return response

            try:
                yield note
            except BaseException as error:
                self._fail(span, type(error).__qualname__)
                raise

    def _fail(self, span: Any, kind: str) -> None:
        span.set_attribute("error.type", kind)
        span.set_status(self._trace.StatusCode.ERROR)


def _attributes(request: httpx.Request, attempt: Attempt) -> dict[str, str | int]:
    url = request.url
    attributes: dict[str, str | int] = {
        "http.request.method": request.method if request.method in _METHODS else "_OTHER",
        "url.full": _without_values(url),
        "server.address": url.host,
    }
    if (port := url.port or _PORTS.get(url.scheme)) is not None:
        attributes["server.port"] = port
    if attempt.template:
        attributes["url.template"] = attempt.template
    if attempt.retries_taken:
        attributes["http.request.resend_count"] = attempt.retries_taken
    return attributes


def _without_values(url: httpx.URL) -> str:
    """The URL without user info and fragment, and with the names of its query alone."""
    port = f":{url.port}" if url.port else ""
    names = "&".join(f"{quote(name, safe='')}=REDACTED" for name in url.params)
    path = url.raw_path.decode("ascii").partition("?")[0]
    return f"{url.scheme}://{url.host}{port}{path}{'?' if names else ''}{names}"
