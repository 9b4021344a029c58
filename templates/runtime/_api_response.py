# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Responses as objects: what `with_raw_response` and `with_streaming_response` return."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast, overload

from pydantic_core import from_json
from typing_extensions import override

from ._exceptions import request_id_of
from ._failure import translated
from ._http import httpx
from ._parse import parse_content
from ._redact import portable_response
from ._request import FinalRequestOptions
from ._transport import Deadline, aread_bounded, check_complete, read_bounded

if TYPE_CHECKING:
    from ._client_core import BaseClient

__all__ = ["APIResponse", "AsyncAPIResponse", "BaseAPIResponse", "R"]

R = TypeVar("R")
T = TypeVar("T")


class BaseAPIResponse(Generic[R]):
    """A response and what it is to be parsed as."""

    http_response: httpx.Response
    retries_taken: int
    """How often the request was sent again before this response came."""

    def __init__(
        self,
        *,
        response: httpx.Response,
        client: BaseClient[Any],
        cast_to: Any,
        options: FinalRequestOptions,
        stream_cls: Any = None,
        retries_taken: int = 0,
    ) -> None:
        self.http_response = response
        self.retries_taken = retries_taken
        self._client: BaseClient[Any] | None = client
        self._cast_to = cast_to
        self._options: FinalRequestOptions | None = options
        self._stream_cls = stream_cls
        self._parsed: dict[Any, Any] = {}

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the response."""
        return self.http_response.headers

    @property
    def http_request(self) -> httpx.Request:
        """The request as it was sent, credentials included."""
        return self.http_response.request

    @property
    def status_code(self) -> int:
        """The status, such as 200."""
        return self.http_response.status_code

    @property
    def url(self) -> httpx.URL:
        """The URL that answered, after redirects."""
        return self.http_response.url

    @property
    def method(self) -> str:
        """The method of the request."""
        return self.http_request.method

    @property
    def http_version(self) -> str:
        """The protocol, such as `HTTP/1.1`."""
        return self.http_response.http_version

    @property
    def elapsed(self) -> datetime.timedelta:
        """The time from sending the request to the end of the response; only once the response is closed."""
        return self.http_response.elapsed

    @property
    def is_closed(self) -> bool:
        """Whether the connection was given back: the body is read, or will not be."""
        return self.http_response.is_closed

    @property
    def request_id(self) -> str | None:
        """The id that the server gave to the request."""
        return request_id_of(self.http_response.headers)

    @override
    def __repr__(self) -> str:
        reason = f"{self.status_code} {self.http_response.reason_phrase}"
        return f"<{type(self).__name__} [{reason}] type={getattr(self._cast_to, '__name__', self._cast_to)}>"

    @override
    def __getstate__(self) -> dict[str, object]:
        """What pickling keeps: the response as it was read, without credentials, and what `parse` returns.

        Raises TypeError for a response that is not read, or is a stream.
        """
        if self._is_stream or "_content" not in self.http_response.__dict__:
            raise TypeError(f"This {type(self).__name__} holds a connection, and does not pickle: read it first")
        parsed = self._parse(None)
        response = portable_response(self.http_response)
        return {
            **self.__dict__,
            "http_response": response,
            "_client": None,
            "_options": None,
            "_cast_to": type(parsed).__name__,
            "_parsed": {None: parsed},
        }

    def _parse(self, to: Any) -> Any:
        """The body as `to`, None for what the method promises; parsed once."""
        if to not in self._parsed:
            self._parsed[to] = self._parse_as(to)
        return self._parsed[to]

    def _parse_as(self, to: Any) -> Any:
        if self._client is None or self._options is None:  # after pickling
            return parse_content(self.http_response, to, strict=False)
        if to is None:
            return self._client._parse_response(self.http_response, self._cast_to, self._options, self._stream_cls)
        return self._client._parse_response(self.http_response, to, self._options.copy(post_parser=None))

    @property
    def _is_stream(self) -> bool:
        return self._stream_cls is not None


class APIResponse(BaseAPIResponse[R]):
    """A response of the synchronous client."""

    @overload
    def parse(self, *, to: type[T]) -> T: ...
    @overload
    def parse(self) -> R: ...
    def parse(self, *, to: type[T] | None = None) -> R | T:
        """What the method would have returned, or the body as another type.

        Raises APIResponseValidationError for a body that cannot be decoded.
        """
        if not self._is_stream or to is not None:
            self.read()
        return cast("R", self._parse(to))

    def read(self) -> bytes:
        """The whole decoded body. Raises APIResponseValidationError if it is larger than MAX_RESPONSE_BYTES."""
        if "_content" not in self.http_response.__dict__:
            with translated(self.http_response):
                read_bounded(self.http_response, Deadline(None))
        return self.http_response.content

    def text(self) -> str:
        """The whole body as text."""
        self.read()
        return self.http_response.text

    def json(self) -> object:
        """The whole body as JSON."""
        return from_json(self.read())

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The decoded body in pieces, of `chunk_size` bytes if given."""
        with translated(self.http_response):
            yield from self.http_response.iter_bytes(chunk_size)
            check_complete(self.http_response)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        """The body in pieces of text."""
        with translated(self.http_response):
            yield from self.http_response.iter_text(chunk_size)
            check_complete(self.http_response)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line."""
        with translated(self.http_response):
            yield from self.http_response.iter_lines()
            check_complete(self.http_response)

    def close(self) -> None:
        """Give the connection back; the rest of the body is lost."""
        self.http_response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class AsyncAPIResponse(BaseAPIResponse[R]):
    """A response of the asynchronous client."""

    @overload
    async def parse(self, *, to: type[T]) -> T: ...
    @overload
    async def parse(self) -> R: ...
    async def parse(self, *, to: type[T] | None = None) -> R | T:
        """What the method would have returned, or the body as another type.

        Raises APIResponseValidationError for a body that cannot be decoded.
        """
        if not self._is_stream or to is not None:
            await self.read()
        return cast("R", self._parse(to))

    async def read(self) -> bytes:
        """The whole decoded body. Raises APIResponseValidationError if it is larger than MAX_RESPONSE_BYTES."""
        if "_content" not in self.http_response.__dict__:
            with translated(self.http_response):
                await aread_bounded(self.http_response, Deadline(None))
        return self.http_response.content

    async def text(self) -> str:
        """The whole body as text."""
        await self.read()
        return self.http_response.text

    async def json(self) -> object:
        """The whole body as JSON."""
        return from_json(await self.read())

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The decoded body in pieces, of `chunk_size` bytes if given."""
        with translated(self.http_response):
            async for chunk in self.http_response.aiter_bytes(chunk_size):
                yield chunk
            check_complete(self.http_response)

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """The body in pieces of text."""
        with translated(self.http_response):
            async for chunk in self.http_response.aiter_text(chunk_size):
                yield chunk
            check_complete(self.http_response)

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line."""
        with translated(self.http_response):
            async for line in self.http_response.aiter_lines():
                yield line
            check_complete(self.http_response)

    async def close(self) -> None:
        """Give the connection back; the rest of the body is lost."""
        import anyio

        with anyio.CancelScope(shield=True):
            await self.http_response.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()
