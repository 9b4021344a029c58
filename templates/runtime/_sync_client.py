# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The synchronous client: sends a call, again if need be, and returns what its method promises."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias, TypeVar, cast, overload

from ._api_response import APIResponse
from ._auth import Signature
from ._client_core import BaseClient
from ._constants import DEFAULT_MAX_RETRIES
from ._http import httpx
from ._lazy_http import LazyHttp
from ._oauth import Tokens
from ._pages import SyncPageT
from ._redirect import follow
from ._request import FinalRequestOptions, PreparedRequest
from ._streaming import Stream
from ._transport import Deadline, DefaultHttpxClient, no_cookies, read_bounded
from ._types import Body, Content, NotGiven, RequestFiles, RequestOptions, Timeout, not_given

__all__ = ["Middleware", "Next", "SyncAPIClient"]

ResponseT = TypeVar("ResponseT")
StreamT = TypeVar("StreamT", bound="Stream[Any]")
T = TypeVar("T")

Next: TypeAlias = "Callable[[httpx.Request], httpx.Response]"
Middleware: TypeAlias = "Callable[[httpx.Request, Next], httpx.Response]"
"""Sees each attempt: gets the request and the function that sends it, returns the response."""

_NO_OPTIONS: RequestOptions = {}
_LIBRARY_TIMEOUT = Timeout(5.0)
"""What the HTTP library sets by itself; anything else was meant."""


class SyncAPIClient(BaseClient[httpx.Client]):
    """Base of generated synchronous clients; its verbs also reach endpoints that have no method."""

    _response_cls = APIResponse

    def __init__(
        self,
        *,
        version: str,
        base_url: str | httpx.URL,
        max_retries: int = DEFAULT_MAX_RETRIES,
        timeout: float | Timeout | NotGiven | None = not_given,
        total_timeout: float | None = None,
        http_client: httpx.Client | None = None,
        custom_headers: Mapping[str, str] | None = None,
        custom_query: Mapping[str, object] | None = None,
        middleware: Sequence[Middleware] = (),
        _strict_response_validation: bool = False,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.Client):  # pyright: ignore[reportUnnecessaryIsInstance] # untyped callers mix HTTP libraries
            raise TypeError(
                f"`http_client` must be a `{httpx.__name__}.Client`, not {type(http_client).__module__}."
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
        self._http: LazyHttp[httpx.Client] = LazyHttp(http_client, lambda: DefaultHttpxClient(cookies=no_cookies()))
        self._middleware: tuple[Middleware, ...] = tuple(middleware)

    @property
    def _client(self) -> httpx.Client:
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

    def close(self) -> None:
        """Close the connections, also those of the copies that `with_options` made."""
        http = self._http.retire()
        if http is not None:
            http.close()

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called, here or on a copy."""
        return self._http.is_closed

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[False] = False,
        stream_cls: None = None,
    ) -> ResponseT: ...

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: Literal[True],
        stream_cls: type[StreamT],
    ) -> StreamT: ...

    @overload
    def get(
        self,
        path: str,
        *,
        cast_to: type[ResponseT],
        options: RequestOptions = _NO_OPTIONS,
        stream: bool,
        stream_cls: type[StreamT],
    ) -> ResponseT | StreamT: ...

    def get(
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
        return cast("ResponseT | StreamT", self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    @overload
    def post(
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
    def post(
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
    def post(
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

    def post(
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
        return cast("ResponseT | StreamT", self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    def put(
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
        return cast("ResponseT", self._call(cast_to, final, stream_cls=None))

    def patch(
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
        return cast("ResponseT", self._call(cast_to, final, stream_cls=None))

    def delete(
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
        return cast("ResponseT", self._call(cast_to, final, stream_cls=None))

    @overload
    def request(
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
    def request(
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
    def request(
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

    def request(
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
        return cast("ResponseT | StreamT", self._call(cast_to, final, stream_cls=stream_cls if stream else None))

    def get_api_list(
        self,
        path: str,
        *,
        page: type[SyncPageT],
        model: Any,
        options: RequestOptions = _NO_OPTIONS,
        method: str = "get",
        body: Body = not_given,
    ) -> SyncPageT:
        """The first page of a list; iterating over it fetches the others."""
        final = FinalRequestOptions.of(method, path, options, body=body)
        final.page_model = model
        return self._request_page(page, final)

    def _request_page(self, page_cls: type[SyncPageT], options: FinalRequestOptions) -> SyncPageT:
        page: SyncPageT = self._call(page_cls, options, stream_cls=None)
        return page

    # Sending.

    def _call(self, cast_to: Any, options: FinalRequestOptions, *, stream_cls: Any) -> Any:
        self._resolve(options, stream_cls)
        keep_open = stream_cls is not None or options.raw == "stream"
        response, taken = self._send(options, keep_open=keep_open)
        try:
            return self._finish(response, cast_to, options, stream_cls, taken)
        except BaseException:
            response.close()
            raise

    def _send(self, options: FinalRequestOptions, *, keep_open: bool) -> tuple[httpx.Response, int]:
        """The response of the first attempt that succeeds, and how often the request was sent again."""
        deadline = Deadline(self.total_timeout)
        allowed = self._allowed_retries(options)
        prepared = self._sign(options)
        taken, renewed = 0, False
        while True:
            outcome = self._attempt(prepared, options, deadline, taken=taken, keep_open=keep_open)
            if isinstance(outcome, httpx.Response):
                self._note(prepared, outcome)
                if outcome.is_success:
                    return outcome, taken
                if outcome.status_code == 401 and not renewed and prepared.replayable and self._token_cache.forget():
                    prepared, renewed = self._sign(options, prepared), True
                    continue
            delay = self._delay(prepared, outcome, taken=taken, allowed=allowed, deadline=deadline)
            if delay is None:
                raise self._failure(outcome, prepared, options, taken)
            taken += 1
            time.sleep(delay)

    def _sign(self, options: FinalRequestOptions, again: PreparedRequest | None = None) -> PreparedRequest:
        """The request with its credentials, anew when the server refused those of `again`."""
        signature = Signature()
        if not self._is_foreign(options):
            tokens = Tokens(self._token_cache, self._client)
            for credential in self._signers(options.security):
                credential.sign(signature, tokens)
        return self._prepare(options, signature, self._client, again)

    def _attempt(
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
                response = self._transmit(request, foreign=prepared.foreign)
                following = follow(prepared, response) if follows else None
                if following is None:
                    break
                response.close()
                prepared = following
            if not (keep_open and response.is_success):
                read_bounded(response, deadline)
        except httpx.RequestError as error:
            return error
        except httpx.InvalidURL:  # httpx looks at `Location` even when it does not follow it
            return httpx.UnsupportedProtocol("The server redirects to an invalid URL.")
        return response

    def _transmit(self, request: httpx.Request, *, foreign: bool) -> httpx.Response:
        http = self._client
        if not foreign and not self._middleware:
            return http.send(request, stream=True, follow_redirects=False)

        def transmit(request: httpx.Request) -> httpx.Response:
            if foreign:  # the credentials that the caller's own HTTP client carries stay at home too
                return http.send(request, stream=True, follow_redirects=False, auth=None)
            return http.send(request, stream=True, follow_redirects=False)

        send: Next = transmit
        for middleware in reversed(self._middleware):
            send = _around(middleware, send)
        return send(request)


def _around(middleware: Middleware, send: Next) -> Next:
    def sent(request: httpx.Request) -> httpx.Response:
        return middleware(request, send)

    return sent
