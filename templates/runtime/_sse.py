"""Server-sent events and JSON lines, from chunks of bytes of any size, in time linear in their length."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any

from pydantic_core import from_json
from typing_extensions import override

from ._constants import MAX_EVENT_BYTES

__all__ = ["EventTooLargeError", "LineSplitter", "SSEDecoder", "ServerSentEvent"]

_BOM = b"\xef\xbb\xbf"


class EventTooLargeError(ValueError):
    """A line or an event of a stream is larger than the limit."""


class ServerSentEvent:
    """One event: its name (None if it has none), its data, and the id and reconnection time in milliseconds."""

    __slots__ = ("event", "id", "raw", "retry")

    def __init__(
        self,
        *,
        event: str | None = None,
        data: str | bytes | None = None,
        id: str | None = None,
        retry: int | None = None,
    ) -> None:
        self.event = event
        self.raw = data.encode() if isinstance(data, str) else data or b""
        self.id = id
        self.retry = retry

    @property
    def data(self) -> str:
        """The data as text; raises UnicodeDecodeError if it is not UTF-8."""
        return self.raw.decode()

    def json(self) -> Any:
        """The data as JSON. Raises ValueError if it is not JSON."""
        return from_json(self.raw)

    @override
    def __repr__(self) -> str:
        return f"ServerSentEvent(event={self.event!r}, id={self.id!r}, {len(self.raw)} bytes)"


class LineSplitter:
    """Splits chunks of bytes into lines that end in CR, LF or CRLF; no byte is looked at twice.

    `limit` is the longest line in bytes, MAX_EVENT_BYTES unless given.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = MAX_EVENT_BYTES if limit is None else limit
        self._pending: list[bytes] = []
        self._size = 0
        self._skip_lf = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The lines that the chunk completes, without their ends. Raises EventTooLargeError for too long a line."""
        if self._skip_lf and chunk:
            self._skip_lf = False
            chunk = chunk.removeprefix(b"\n")
        if not chunk:
            return []
        # For bytes, splitlines knows exactly the three line ends of the specification.
        lines = chunk.splitlines(keepends=True)
        rest = b"" if lines[-1].endswith((b"\n", b"\r")) else lines.pop()
        self._skip_lf = not rest and chunk.endswith(b"\r")
        done = [line.rstrip(b"\r\n") for line in lines]
        if done and self._pending:
            done[0] = b"".join((*self._pending, done[0]))
            self._pending, self._size = [], 0
        if rest:
            self._pending.append(rest)
            self._size += len(rest)
        if self._size > self._limit or any(len(line) > self._limit for line in done):
            raise EventTooLargeError(f"A line of the stream is longer than {self._limit} bytes")
        return done

    def rest(self) -> bytes:
        """What came after the last line end."""
        return b"".join(self._pending)


class SSEDecoder:
    """Decodes `text/event-stream` as the HTML standard says, section 9.2.6 ("Interpreting an event stream").

    One decoder reads one stream. An event that the stream's end cuts off is dropped. `limit` is the size in bytes,
    MAX_EVENT_BYTES unless given, of the longest line and of the largest event; beyond it, EventTooLargeError.
    """

    def __init__(self, limit: int | None = None) -> None:
        self._limit = MAX_EVENT_BYTES if limit is None else limit
        self._lines = LineSplitter(self._limit)
        self._start: bytes | None = b""
        self._event = b""
        self._data: list[bytes] = []
        self._size = 0
        self._last_id: str | None = None
        self._retry: int | None = None

    def iter_bytes(self, iterator: Iterable[bytes]) -> Iterator[ServerSentEvent]:
        """The events of a stream of bytes."""
        for chunk in iterator:
            yield from self.feed(chunk)

    async def aiter_bytes(self, iterator: AsyncIterable[bytes]) -> AsyncIterator[ServerSentEvent]:
        """The events of an asynchronous stream of bytes."""
        async for chunk in iterator:
            for event in self.feed(chunk):
                yield event

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """The events that the chunk completes."""
        if self._start is not None:
            chunk = self._start + chunk
            if len(chunk) < len(_BOM) and _BOM.startswith(chunk):
                self._start = chunk
                return []
            self._start = None
            chunk = chunk.removeprefix(_BOM)
        return [event for line in self._lines.feed(chunk) if (event := self.decode(line)) is not None]

    def decode(self, line: str | bytes) -> ServerSentEvent | None:
        """Take one line without its end; returns the event that an empty line completes."""
        if not line:
            return self._dispatch()
        self._field(line.encode() if isinstance(line, str) else line)
        return None

    def _field(self, line: bytes) -> None:
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._size += len(value) + 1
            if self._size > self._limit:
                raise EventTooLargeError(f"An event of the stream is larger than {self._limit} bytes")
        elif name == b"event":
            self._event = value
        elif name == b"id" and b"\0" not in value:
            self._last_id = value.decode("utf-8", "replace")
        elif name == b"retry" and value.isdigit() and len(value) < 19:
            self._retry = int(value)

    def _dispatch(self) -> ServerSentEvent | None:
        data, name = self._data, self._event
        self._data, self._size, self._event = [], 0, b""
        if not data:
            return None
        event = ServerSentEvent(
            event=name.decode("utf-8", "replace") or None,
            data=b"\n".join(data),
            id=self._last_id,
            retry=self._retry,
        )
        self._retry = None
        return event
