"""OpenTelemetry spans as a middleware; nothing of OpenTelemetry is imported before one is made.

    client = Client(middleware=[opentelemetry_middleware()])

Each attempt is a client span after the HTTP semantic conventions 1.23 and later: `http.request.method`,
`url.template`, `url.full` without the values of its query, `server.address`, `server.port`,
`http.response.status_code`, `http.request.resend_count` and `error.type`. It ends when the body of the response is
read, or when the stream is closed, and notes an error on the way there. No header and no body is recorded.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from typing_extensions import override

from ._http import httpx
from ._request import Attempt
from ._version import __title__, __version__

if TYPE_CHECKING:
    from ._async_send import AsyncMiddleware
    from ._sync_send import Middleware

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
        with tracer.start(request) as span:
            response = send(request)
        if span.answered(response):
            response.stream = _SyncBody(response.stream, span)
        return response

    return traced


def async_opentelemetry_middleware(tracer_provider: Any = None) -> AsyncMiddleware:
    """The same for an asynchronous client."""
    tracer = _Tracer(tracer_provider)

    async def traced(
        request: httpx.Request, send: Callable[[httpx.Request], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        with tracer.start(request) as span:
            response = await send(request)
        if span.answered(response):
            response.stream = _AsyncBody(response.stream, span)
        return response

    return traced


class _Tracer:
    """Starts spans."""

    def __init__(self, provider: Any) -> None:
        try:
            from importlib import import_module  # OpenTelemetry is an extra: type checkers need not find it

            self._trace: Any = import_module("opentelemetry.trace")
            self._propagate: Any = import_module("opentelemetry.propagate")
        except ImportError:
            raise RuntimeError("Install this package with its extra `opentelemetry` to trace its calls") from None
        self._tracer = self._trace.get_tracer(__title__, __version__, tracer_provider=provider)

    @contextmanager
    def start(self, request: httpx.Request) -> Generator[_Span, None, None]:
        """The span of one attempt; it is the current one until the response is there, and ends here if none comes."""
        attempt = Attempt.of(request)
        method = request.method if request.method in _METHODS else "HTTP"
        started = self._tracer.start_span(
            f"{method} {attempt.template}" if attempt.template else method,
            kind=self._trace.SpanKind.CLIENT,
            attributes=_attributes(request, attempt),
        )
        span = _Span(started, self._trace.StatusCode.ERROR)
        # An exception is not recorded: its text and its stack can hold what a span must not.
        with self._trace.use_span(started, record_exception=False, set_status_on_exception=False):
            if not attempt.foreign:
                self._propagate.inject(request.headers)
            with span.watching():
                yield span


class _Span:
    """The span of one attempt, ended once."""

    def __init__(self, span: Any, error_status: Any) -> None:
        self._span = span
        self._error_status = error_status
        self._ended = False

    def answered(self, response: httpx.Response) -> bool:
        """Note the status. False if the body is there already, so that nothing is left to wait for."""
        self._span.set_attribute("http.response.status_code", response.status_code)
        if response.status_code >= 400:
            self._fail(str(response.status_code))
        if response.is_closed:
            self.end()
        return not self._ended

    @contextmanager
    def watching(self) -> Generator[None, None, None]:
        """Notes what goes wrong inside, and ends the span with it."""
        try:
            yield
        except GeneratorExit:  # the reader has enough, which is not an error
            raise
        except BaseException as error:
            self._fail(type(error).__qualname__)
            self.end()
            raise

    def end(self) -> None:
        """End the span; later calls do nothing."""
        if not self._ended:
            self._ended = True
            self._span.end()

    def _fail(self, kind: str) -> None:
        self._span.set_attribute("error.type", kind)
        self._span.set_status(self._error_status)


class _SyncBody(httpx.SyncByteStream):
    """The body of a response whose span ends with it."""

    def __init__(self, body: Any, span: _Span) -> None:
        self._body = body
        self._span = span

    @override
    def __iter__(self) -> Iterator[bytes]:
        with self._span.watching():
            yield from self._body

    @override
    def close(self) -> None:
        try:
            self._body.close()
        finally:
            self._span.end()


class _AsyncBody(httpx.AsyncByteStream):
    """The same for the asynchronous client."""

    def __init__(self, body: Any, span: _Span) -> None:
        self._body = body
        self._span = span

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self._span.watching():
            async for piece in self._body:
                yield piece

    @override
    async def aclose(self) -> None:
        try:
            await self._body.aclose()
        finally:
            self._span.end()


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
