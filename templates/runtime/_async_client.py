# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The asynchronous client: sends a call, again if need be, and returns what its method promises."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias, TypeVar, cast, overload

from typing_extensions import override

from ._api_response import AsyncAPIResponse
from ._auth import Signature
from ._client_core import BaseClient
from ._constants import DEFAULT_MAX_RETRIES
from ._http import httpx
from ._lazy_http import LazyHttp
from ._oauth import AsyncTokens
from ._pages import AsyncPageT, AsyncPaginator
from ._platform import get_async_library
from ._redirect import follow
from ._request import FinalRequestOptions, PreparedRequest
from ._streaming import AsyncStream
from ._transport import Deadline, DefaultAsyncHttpxClient, aread_bounded, no_cookies
from ._types import Body, Content, NotGiven, RequestFiles, RequestOptions, Timeout, not_given

__all__ = ["AsyncAPIClient", "AsyncMiddleware", "AsyncNext"]

ResponseT = TypeVar("ResponseT")
StreamT = TypeVar("StreamT", bound="AsyncStream[Any]")
T = TypeVar("T")

AsyncNext: TypeAlias = "Callable[[httpx.Request], Awaitable[httpx.Response]]"
AsyncMiddleware: TypeAlias = "Callable[[httpx.Request, AsyncNext], Awaitable[httpx.Response]]"
"""Sees each attempt: gets the request and the function that sends it, returns the response."""

_NO_OPTIONS: RequestOptions = {}
_LIBRARY_TIMEOUT = Timeout(5.0)
"""What the HTTP library sets by itself; anything else was meant."""


class AsyncAPIClient(BaseClient[httpx.AsyncClient]):
    """Base of generated asynchronous clients; its verbs also reach endpoints that have no method."""

    _response_cls = AsyncAPIResponse

    def __init__(
        self,
        *,
        version: str,
        base_url: str | httpx.URL,
        max_retries: int = DEFAULT_MAX_RETRIES,
        timeout: float | Timeout | NotGiven | None = not_given,
        total_timeout: float | None = None,
        http_client: httpx.AsyncClient | None = None,
        custom_headers: Mapping[str, str] | None = None,
        custom_query: Mapping[str, object] | None = None,
        middleware: Sequence[AsyncMiddleware] = (),
        _strict_response_validation: bool = False,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.AsyncClient):  # pyright: ignore[reportUnnecessaryIsInstance] # untyped callers mix HTTP libraries
            raise TypeError(
                f"`http_client` must be a `{httpx.__name__}.AsyncClient`, not {type(http_client).__module__}."
                f"{type(http_client).__name__}"
            )
        if isinstance(timeout, NotGiven) and http_client is not None and http_client.timeout != _LIBRARY_TIMEOUT:
            timeout = http_client.timeout
        super().__init__(
            version=version,
            base_url=base_url,
            max_retries=max_retries,
            timeout=timeout,
            total_timeout=total_timeout,
            custom_headers=custom_headers,
            custom_query=custom_query,
            _strict_response_validation=_strict_response_validation,
        )
        self._http: LazyHttp[httpx.AsyncClient] = LazyHttp(
            http_client, lambda: DefaultAsyncHttpxClient(cookies=no_cookies())
        )
        self._middleware: tuple[AsyncMiddleware, ...] = tuple(middleware)

    @property
    @override
    def _runtime(self) -> str:
        return f"async:{get_async_library()}"

    @property
    def _client(self) -> httpx.AsyncClient:
        return self._http.get()

    def _inherit(self, parent: Self, *, http_client: bool = True) -> Self:
        """Share with the client that this one is a copy of: retry budget, tokens, middleware, and the connections."""
        self._retry_budget = parent._retry_budget
        self._token_cache = parent._token_cache
        self._middleware = parent._middleware
        self._provider = parent._provider
        self.total_timeout = parent.total_timeout
        if http_client:
            self._http = parent._http
        return self

    async def close(self) -> None:
        """Close the connections, also those of the copies that `with_options` made."""
        http = self._http.retire()
        if http is not None:
            await http.aclose()

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called, here or on a copy."""
        return self._http.is_closed

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[False] = False,
        stream_cls: None = None,
    ) -> ResponseT: ...

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[True],
        stream_cls: type[StreamT],
    ) -> StreamT: ...

    @overload
    async def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: bool,
        stream_cls: type[StreamT],
    ) -> ResponseT | StreamT: ...

    async def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: bool = False,
        stream_cls: type[StreamT] | None = None,
    ) -> ResponseT | StreamT:
        """GET a path below the base URL and return the response as `cast_to`, or as a stream."""
        final = FinalRequestOptions.of("get", path, options)
        return cast("ResponseT | StreamT", await self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[False] = False,
        stream_cls: None = None,
    ) -> ResponseT: ...

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[True],
        stream_cls: type[StreamT],
    ) -> StreamT: ...

    @overload
    async def post(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: bool,
        stream_cls: type[StreamT],
    ) -> ResponseT | StreamT: ...

    async def post(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: bool = False,
        stream_cls: type[StreamT] | None = None,
    ) -> ResponseT | StreamT:
        """POST a JSON body, a form with files, or raw content."""
        final = FinalRequestOptions.of("post", path, options, body=body, files=files, content=content)
        return cast("ResponseT | StreamT", await self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    async def put(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
    ) -> ResponseT:
        """PUT; otherwise as `post`."""
        final = FinalRequestOptions.of("put", path, options, body=body, files=files, content=content)
        return cast("ResponseT", await self._call(cast_to, final, stream_cls=None))

    async def patch(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
    ) -> ResponseT:
        """PATCH; otherwise as `post`."""
        final = FinalRequestOptions.of("patch", path, options, body=body, files=files, content=content)
        return cast("ResponseT", await self._call(cast_to, final, stream_cls=None))

    async def delete(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
    ) -> ResponseT:
        """DELETE; otherwise as `post`."""
        final = FinalRequestOptions.of("delete", path, options, body=body, files=files, content=content)
        return cast("ResponseT", await self._call(cast_to, final, stream_cls=None))

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[False] = False,
        stream_cls: None = None,
    ) -> ResponseT: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[True],
        stream_cls: type[StreamT],
    ) -> StreamT: ...

    @overload
    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: bool,
        stream_cls: type[StreamT],
    ) -> ResponseT | StreamT: ...

    async def request(
        self,
        method: str,
        path: str,
        *,
        cast_to: type[ResponseT],
        body: Body = not_given,
        files: RequestFiles | None = None,
        content: Content | None = None,
        options: RequestOptions = _NO_OPTIONS,
        stream: bool = False,
        stream_cls: type[StreamT] | None = None,
    ) -> ResponseT | StreamT:
        """A call with any method; otherwise as `post`."""
        final = FinalRequestOptions.of(method, path, options, body=body, files=files, content=content)
        return cast("ResponseT | StreamT", await self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    def get_api_list(
        self,
        path: str,
        *,
        page: type[AsyncPageT],
        model: type[T],
        options: RequestOptions = _NO_OPTIONS,
        method: str = "get",
        body: Body = not_given,
    ) -> AsyncPaginator[T, AsyncPageT]:
        """A list: await it for the first page, or iterate over all items."""
        final = FinalRequestOptions.of(method, path, options, body=body)
        final.page_model = model
        return AsyncPaginator(self, final, page)

    async def _request_page(self, page_cls: type[AsyncPageT], options: FinalRequestOptions) -> AsyncPageT:
        page: AsyncPageT = await self._call(page_cls, options, stream_cls=None)
        return page

    # Sending.

    async def _call(self, cast_to: Any, options: FinalRequestOptions, *, stream_cls: Any) -> Any:
        self._resolve(options, stream_cls)
        keep_open = stream_cls is not None or options.raw == "stream"
        response, taken = await self._send(options, keep_open=keep_open)
        try:
            return self._finish(response, cast_to, options, stream_cls, taken)
        except BaseException:
            await response.aclose()
            raise

    async def _send(self, options: FinalRequestOptions, *, keep_open: bool) -> tuple[httpx.Response, int]:
        """The response of the first attempt that succeeds, and how often the request was sent again."""
        deadline = Deadline(self.total_timeout)
        allowed = self._allowed_retries(options)
        prepared = await self._sign(options)
        taken, renewed = 0, False
        while True:
            attempt = self._attempt(prepared, options, deadline, taken=taken, keep_open=keep_open)
            outcome = await attempt if deadline.ends is None else await _within(deadline, attempt)
            if isinstance(outcome, httpx.Response):
                self._note(prepared, outcome)
                if outcome.is_success:
                    return outcome, taken
                if outcome.status_code == 401 and not renewed and prepared.replayable and self._token_cache.forget():
                    prepared, renewed = await self._sign(options, prepared), True
                    continue
            delay = self._delay(prepared, outcome, taken=taken, allowed=allowed, deadline=deadline)
            if delay is None:
                raise self._failure(outcome, prepared, options, taken)
            taken += 1
            await _sleep(delay)

    async def _sign(self, options: FinalRequestOptions, again: PreparedRequest | None = None) -> PreparedRequest:
        """The request with its credentials, anew when the server refused those of `again`."""
        signature = Signature()
        if not self._is_foreign(options):
            tokens = AsyncTokens(self._token_cache, self._client)
            for credential in self._signers(options.security):
                await credential.asign(signature, tokens)
        return self._prepare(options, signature, self._client, again)

    async def _attempt(
        self,
        prepared: PreparedRequest,
        options: FinalRequestOptions,
        deadline: Deadline,
        *,
        taken: int,
        keep_open: bool,
    ) -> httpx.Response | httpx.RequestError:
        """One attempt with its redirects: a response that was read, or kept open, or what went wrong."""
        follows = options.follow_redirects and self._client.follow_redirects
        try:
            while True:
                request = prepared.build(taken, deadline.cut(prepared.timeout))
                response = await self._transmit(request, foreign=prepared.foreign)
                following = follow(prepared, response) if follows else None
                if following is None:
                    break
                await response.aclose()
                prepared = following
            if not (keep_open and response.is_success):
                await aread_bounded(response, deadline)
        except httpx.RequestError as error:
            return error
        except httpx.InvalidURL:  # httpx looks at `Location` even when it does not follow it
            return httpx.UnsupportedProtocol("The server redirects to an invalid URL.")
        return response

    async def _transmit(self, request: httpx.Request, *, foreign: bool) -> httpx.Response:
        http = self._client
        if not foreign and not self._middleware:
            return await http.send(request, stream=True, follow_redirects=False)

        async def transmit(request: httpx.Request) -> httpx.Response:
            if foreign:  # the credentials that the caller's own HTTP client carries stay at home too
                return await http.send(request, stream=True, follow_redirects=False, auth=None)
            return await http.send(request, stream=True, follow_redirects=False)

        send: AsyncNext = transmit
        for middleware in reversed(self._middleware):
            send = _around(middleware, send)
        return await send(request)


def _around(middleware: AsyncMiddleware, send: AsyncNext) -> AsyncNext:
    async def sent(request: httpx.Request) -> httpx.Response:
        return await middleware(request, send)

    return sent


async def _within(
    deadline: Deadline, attempt: Coroutine[Any, Any, httpx.Response | httpx.RequestError]
) -> httpx.Response | httpx.RequestError:
    """The attempt, cancelled when the time of the call is up: no timeout of a step ends what comes drop by drop."""
    import anyio

    with anyio.move_on_after(deadline.left):
        return await attempt
    return httpx.ReadTimeout("The total time of the call is up.")


async def _sleep(seconds: float) -> None:
    import anyio

    await anyio.sleep(seconds)
