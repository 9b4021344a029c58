"""The response objects, and the wrappers that make a method return one instead of its parsed result."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Generic, ParamSpec, TypeVar, cast

from ._api_response import APIResponse, AsyncAPIResponse, BaseAPIResponse
from ._binary import (
    AsyncBinaryAPIResponse,
    AsyncStreamedBinaryAPIResponse,
    BinaryAPIResponse,
    StreamedBinaryAPIResponse,
)
from ._constants import RAW_RESPONSE_HEADER
from ._options import RawMark

__all__ = [
    "APIResponse",
    "AsyncAPIResponse",
    "AsyncBinaryAPIResponse",
    "AsyncResponseContextManager",
    "AsyncStreamedBinaryAPIResponse",
    "BaseAPIResponse",
    "BinaryAPIResponse",
    "ResponseContextManager",
    "StreamedBinaryAPIResponse",
    "async_to_custom_raw_response_wrapper",
    "async_to_custom_streamed_response_wrapper",
    "async_to_raw_response_wrapper",
    "async_to_streamed_response_wrapper",
    "to_custom_raw_response_wrapper",
    "to_custom_streamed_response_wrapper",
    "to_raw_response_wrapper",
    "to_streamed_response_wrapper",
]

P = ParamSpec("P")
R = TypeVar("R")
APIResponseT = TypeVar("APIResponseT", bound=APIResponse[Any])
AsyncAPIResponseT = TypeVar("AsyncAPIResponseT", bound=AsyncAPIResponse[Any])


class ResponseContextManager(Generic[APIResponseT]):
    """Sends the request when it is entered, and gives the connection back when it is left."""

    def __init__(self, request_func: Callable[[], APIResponseT]) -> None:
        self._request_func = request_func
        self._response: APIResponseT | None = None

    def __enter__(self) -> APIResponseT:
        self._response = self._request_func()
        return self._response

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            self._response.close()


class AsyncResponseContextManager(Generic[AsyncAPIResponseT]):
    """The same for the async client."""

    def __init__(self, api_request: Callable[[], Awaitable[AsyncAPIResponseT]]) -> None:
        self._api_request = api_request
        self._response: AsyncAPIResponseT | None = None

    async def __aenter__(self) -> AsyncAPIResponseT:
        self._response = await self._api_request()
        return self._response

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.close()


def _marked(func: Callable[..., Any], mark: RawMark) -> Callable[..., Any]:
    """The method with the mark among its headers; the client takes it off before it sends anything."""

    @functools.wraps(func)
    def marked(*args: Any, **kwargs: Any) -> Any:
        kwargs["extra_headers"] = {**(kwargs.get("extra_headers") or {}), RAW_RESPONSE_HEADER: mark}
        return func(*args, **kwargs)

    return marked


def to_raw_response_wrapper(func: Callable[P, R]) -> Callable[P, APIResponse[R]]:
    """The method, returning the response; its body is read."""
    return cast("Callable[P, APIResponse[R]]", _marked(func, RawMark("raw")))


def async_to_raw_response_wrapper(
    func: Callable[P, Awaitable[R]],
) -> Callable[P, Awaitable[AsyncAPIResponse[R]]]:
    """The same for an async method, paginators included."""
    return cast("Callable[P, Awaitable[AsyncAPIResponse[R]]]", _marked(func, RawMark("raw")))


def to_streamed_response_wrapper(
    func: Callable[P, R],
) -> Callable[P, ResponseContextManager[APIResponse[R]]]:
    """The method, returning a context manager over the response; its body is not read."""
    marked = _marked(func, RawMark("stream"))

    @functools.wraps(func)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseContextManager[APIResponse[R]]:
        return ResponseContextManager(functools.partial(marked, *args, **kwargs))

    return wrapped


def async_to_streamed_response_wrapper(
    func: Callable[P, Awaitable[R]],
) -> Callable[P, AsyncResponseContextManager[AsyncAPIResponse[R]]]:
    """The same for an async method."""
    marked = _marked(func, RawMark("stream"))

    @functools.wraps(func)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> AsyncResponseContextManager[AsyncAPIResponse[R]]:
        return AsyncResponseContextManager(functools.partial(marked, *args, **kwargs))

    return wrapped


def to_custom_raw_response_wrapper(
    func: Callable[P, object], response_cls: type[APIResponseT]
) -> Callable[P, APIResponseT]:
    """The method, returning the response as `response_cls`; its body is read."""
    return cast("Callable[P, APIResponseT]", _marked(func, RawMark("raw", response_cls)))


def async_to_custom_raw_response_wrapper(
    func: Callable[P, Awaitable[object]], response_cls: type[AsyncAPIResponseT]
) -> Callable[P, Awaitable[AsyncAPIResponseT]]:
    """The same for an async method."""
    return cast("Callable[P, Awaitable[AsyncAPIResponseT]]", _marked(func, RawMark("raw", response_cls)))


def to_custom_streamed_response_wrapper(
    func: Callable[P, object], response_cls: type[APIResponseT]
) -> Callable[P, ResponseContextManager[APIResponseT]]:
    """The method, returning a context manager over the response as `response_cls`; its body is not read."""
    marked = _marked(func, RawMark("stream", response_cls))

    @functools.wraps(func)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> ResponseContextManager[APIResponseT]:
        return ResponseContextManager(functools.partial(marked, *args, **kwargs))

    return wrapped


def async_to_custom_streamed_response_wrapper(
    func: Callable[P, Awaitable[object]], response_cls: type[AsyncAPIResponseT]
) -> Callable[P, AsyncResponseContextManager[AsyncAPIResponseT]]:
    """The same for an async method."""
    marked = _marked(func, RawMark("stream", response_cls))

    @functools.wraps(func)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> AsyncResponseContextManager[AsyncAPIResponseT]:
        return AsyncResponseContextManager(functools.partial(marked, *args, **kwargs))

    return wrapped
