# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The verbs of the asynchronous client: what generated methods call, and what reaches endpoints without a method."""

from __future__ import annotations

from typing import Any, Literal, TypeVar, cast, overload

from ._async_send import AsyncSender
from ._options import FinalRequestOptions
from ._pages import AsyncPageT, AsyncPaginator
from ._streaming import AsyncStream
from ._types import Body, Content, RequestFiles, RequestOptions, not_given

__all__ = ["AsyncVerbs"]

ResponseT = TypeVar("ResponseT")
StreamT = TypeVar("StreamT", bound="AsyncStream[Any]")
T = TypeVar("T")

_NO_OPTIONS: RequestOptions = {}


class AsyncVerbs(AsyncSender):
    """GET, POST and the others: each takes a path below the base URL and says what its answer is parsed as.

    `cast_to` is a model, `list[Model]`, a union, `str`, `bytes`, `object` for plain JSON, `NoneType` for no content, or
    a response class. `body` is sent as JSON, or with `files` as a form, as `options["content_type"]` says; `content`
    is sent as it is. `options` has what `make_request_options` makes. With `stream=True` the answer is a stream of
    the class `stream_cls`.

    All raise APIStatusError for an answer of 4xx or 5xx, APITimeoutError and APIConnectionError when none came,
    APIResponseValidationError for a body that cannot be decoded, ValueError for a path with a dot segment, and
    RuntimeError when the client is closed.
    """

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
    async def send_request(
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
    async def send_request(
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
    async def send_request(
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

    async def send_request(
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

    @overload
    async def request(
        self,
        cast_to: type[ResponseT],
        options: FinalRequestOptions,
        *,
        stream: Literal[False] = False,
        stream_cls: None = None,
    ) -> ResponseT: ...

    @overload
    async def request(
        self,
        cast_to: type[ResponseT],
        options: FinalRequestOptions,
        *,
        stream: Literal[True],
        stream_cls: type[StreamT],
    ) -> StreamT: ...

    @overload
    async def request(
        self, cast_to: type[ResponseT], options: FinalRequestOptions, *, stream: bool, stream_cls: type[StreamT]
    ) -> ResponseT | StreamT: ...

    async def request(
        self,
        cast_to: type[ResponseT],
        options: FinalRequestOptions,
        *,
        stream: bool = False,
        stream_cls: type[StreamT] | None = None,
    ) -> ResponseT | StreamT:
        """A call whose options are all in one object; otherwise as `send_request`. The object may be used again."""
        result = await self._call(cast_to, options.copy(), stream_cls=stream_cls if stream else None)
        return cast("ResponseT | StreamT", result)

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
        return AsyncPaginator(self, final, page, model)

    async def _request_page(self, page_cls: type[AsyncPageT], options: FinalRequestOptions) -> AsyncPageT:
        page: AsyncPageT = await self._call(page_cls, options, stream_cls=None)
        return page
