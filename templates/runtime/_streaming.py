# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Streams of events: typed, and closed on every way out of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, get_args, get_origin

from typing_extensions import override

from ._http import httpx
from ._reading import check_complete
from ._sse import EventTooLargeError, LineSplitter, ServerSentEvent, SSEDecoder
from ._stream_base import StreamBase

if TYPE_CHECKING:
    from ._client_core import BaseClient

__all__ = [
    "AsyncJSONLStream",
    "AsyncStream",
    "JSONLStream",
    "SSEDecoder",
    "ServerSentEvent",
    "Stream",
    "open_stream",
]

T_co = TypeVar("T_co", covariant=True)


class Stream(StreamBase[T_co], Generic[T_co]):
    """Server-sent events, each parsed into its type. Leaving the loop in any way closes the connection.

    Iterating raises APIError for an event that reports an error, APIResponseValidationError for one that cannot be
    decoded, is larger than MAX_EVENT_BYTES, or is no event at all, APITimeoutError when nothing comes for as long as
    one read may take, APIConnectionError when the stream breaks off, and SDKError once it was closed. A stream is
    not sent again.
    """

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: BaseClient[Any]) -> None:
        super().__init__(cast_to=cast_to, response=response, client=client)
        self._values = self._read()

    def __iter__(self) -> Iterator[T_co]:
        # A generator of its own: when a loop is left with `break` it is finalised, and closes the response.
        try:
            yield from self._values
        finally:
            self.close()

    def __next__(self) -> T_co:
        return next(self._values)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; safe to call more than once."""
        self.response.close()

    def _read(self) -> Iterator[T_co]:
        try:
            self._check_type()
            yield from self._decode(self._chunks())
        except (httpx.RequestError, httpx.StreamError, EventTooLargeError) as error:
            raise self._translate(error) from None
        finally:
            self.close()

    def _chunks(self) -> Iterator[bytes]:
        yield from self.response.iter_bytes()
        check_complete(self.response)

    def _decode(self, chunks: Iterator[bytes]) -> Iterator[T_co]:
        for event in SSEDecoder().iter_bytes(chunks):
            handle = self._rule(event).handle
            if handle == "done":
                return
            if handle == "yield":
                yield self._event_value(event)


class JSONLStream(Stream[T_co], Generic[T_co]):
    """JSON lines (`application/jsonl`, `application/x-ndjson`), each parsed into its type."""

    accept = "application/jsonl, application/x-ndjson"

    @override
    def _check_type(self) -> None:
        return

    @override
    def _decode(self, chunks: Iterator[bytes]) -> Iterator[T_co]:
        lines = LineSplitter()
        for chunk in chunks:
            for line in lines.feed(chunk):
                if line.strip():
                    yield self._value(line)
        if lines.rest().strip():
            yield self._value(lines.rest())


class AsyncStream(StreamBase[T_co], Generic[T_co]):
    """Server-sent events of the async client; otherwise as `Stream`."""

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: BaseClient[Any]) -> None:
        super().__init__(cast_to=cast_to, response=response, client=client)
        self._values = self._read()

    async def __aiter__(self) -> AsyncIterator[T_co]:
        try:
            async for value in self._values:
                yield value
        finally:
            await self.close()

    async def __anext__(self) -> T_co:
        return await self._values.__anext__()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection, also while the task is being cancelled; safe to call more than once."""
        import anyio

        with anyio.CancelScope(shield=True):
            await self.response.aclose()

    async def _read(self) -> AsyncIterator[T_co]:
        try:
            self._check_type()
            async for value in self._decode(self._chunks()):
                yield value
        except (httpx.RequestError, httpx.StreamError, EventTooLargeError) as error:
            raise self._translate(error) from None
        finally:
            await self.close()

    async def _chunks(self) -> AsyncIterator[bytes]:
        async for chunk in self.response.aiter_bytes():
            yield chunk
        check_complete(self.response)

    async def _decode(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[T_co]:
        async for event in SSEDecoder().aiter_bytes(chunks):
            handle = self._rule(event).handle
            if handle == "done":
                return
            if handle == "yield":
                yield self._event_value(event)


class AsyncJSONLStream(AsyncStream[T_co], Generic[T_co]):
    """JSON lines of the async client."""

    accept = "application/jsonl, application/x-ndjson"

    @override
    def _check_type(self) -> None:
        return

    @override
    async def _decode(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[T_co]:
        lines = LineSplitter()
        async for chunk in chunks:
            for line in lines.feed(chunk):
                if line.strip():
                    yield self._value(line)
        if lines.rest().strip():
            yield self._value(lines.rest())


def open_stream(stream_cls: Any, cast_to: Any, response: httpx.Response, client: BaseClient[Any]) -> Any:
    """The stream over a response: `Stream[Event]` says both the class and the type of its values."""
    args = get_args(stream_cls)
    return (get_origin(stream_cls) or stream_cls)(
        cast_to=args[0] if args else cast_to, response=response, client=client
    )
