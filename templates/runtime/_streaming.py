# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Streams of events: typed, and closed on every way out of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, get_args, get_origin

from typing_extensions import override

from ._exceptions import APIError, APIResponseValidationError, describe
from ._failure import transport_error
from ._http import httpx
from ._parse import parse_json
from ._redact import Secrets, scrub
from ._sse import EventTooLargeError, LineSplitter, ServerSentEvent, SSEDecoder
from ._stream_events import StreamRule, rule_for

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


class _StreamBase(Generic[T_co]):
    """What sync and async streams share: turning one event into a value, and naming what went wrong."""

    accept = "text/event-stream"
    response: httpx.Response

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: BaseClient[Any]) -> None:
        self.response = response
        self._cast_to = cast_to
        self._client = client
        self._rules: tuple[StreamRule, ...] = client._stream_events
        self._strict = client._strict_response_validation

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.response.status_code}, closed={self.response.is_closed})"

    @override
    def __reduce__(self) -> str:
        raise TypeError(f"{type(self).__name__} holds a connection, and does not pickle: put its events in the queue")

    def _check_type(self) -> None:
        media_type = self.response.headers.get("content-type", "").split(";", 1)[0].strip().lower()
        if media_type in {"text/html", "application/json"}:
            raise self._invalid(f"it is {media_type} instead of a stream of events")

    def _value(self, data: bytes) -> Any:
        return parse_json(self.response, data, self._cast_to, strict=self._strict)

    def _rule(self, event: ServerSentEvent) -> StreamRule:
        rule = rule_for(event, self._rules)
        if rule.handle == "error":
            raise self._event_error(event)
        if rule.error_property is not None and rule.handle == "yield":
            self._check_error_property(event, rule.error_property)
        return rule

    def _check_error_property(self, event: ServerSentEvent, name: str) -> None:
        try:
            data: object = event.json()
        except ValueError:
            return
        if isinstance(data, dict) and data.get(name):  # pyright: ignore[reportUnknownMemberType] # JSON
            raise self._event_error(event)

    def _event_error(self, event: ServerSentEvent) -> APIError:
        text = scrub(event.raw.decode("utf-8", "replace"), Secrets.of(self.response.request))
        body: object = text
        try:
            body = ServerSentEvent(data=text).json()
        except ValueError:
            body = text
        said = describe(self.response.status_code, body).partition(": ")[2]
        return APIError(
            f"The stream reports an error: {said}" if said else "The stream reports an error.",
            self.response.request,
            body=body,
        )

    def _invalid(self, reason: str) -> APIResponseValidationError:
        return APIResponseValidationError(self.response, message=f"The stream cannot be read: {reason}")

    def _translate(self, error: Exception) -> Exception:
        """Our error for what reading the stream raised."""
        if isinstance(error, httpx.RequestError):
            return transport_error(error, self.response.request)
        if isinstance(error, EventTooLargeError):
            return self._invalid(str(error))
        return error


class Stream(_StreamBase[T_co], Generic[T_co]):
    """Server-sent events, each parsed into its type. Leaving the loop in any way closes the connection."""

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
            yield from self._decode(self.response.iter_bytes())
        except (httpx.RequestError, EventTooLargeError) as error:
            raise self._translate(error) from None
        finally:
            self.close()

    def _decode(self, chunks: Iterator[bytes]) -> Iterator[T_co]:
        for event in SSEDecoder().iter_bytes(chunks):
            handle = self._rule(event).handle
            if handle == "done":
                return
            if handle == "yield":
                yield self._value(event.raw)


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


class AsyncStream(_StreamBase[T_co], Generic[T_co]):
    """Server-sent events of the async client. Leaving the loop in any way closes the connection."""

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
            async for value in self._decode(self.response.aiter_bytes()):
                yield value
        except (httpx.RequestError, EventTooLargeError) as error:
            raise self._translate(error) from None
        finally:
            await self.close()

    async def _decode(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[T_co]:
        async for event in SSEDecoder().aiter_bytes(chunks):
            handle = self._rule(event).handle
            if handle == "done":
                return
            if handle == "yield":
                yield self._value(event.raw)


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
