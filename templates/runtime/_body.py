"""Request bodies: what is sent, whether it can be sent again, and how it is read in both worlds."""

from __future__ import annotations

import inspect
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Mapping
from typing import cast

from typing_extensions import override

from ._files import Upload, uploads
from ._http import httpx
from ._types import AsyncReader, Content

__all__ = [
    "BodyStream",
    "BytesBody",
    "Content",
    "IteratorBody",
    "RequestBody",
    "aread_upload",
    "content_body",
    "read_upload",
]

_CHUNK = 64 * 1024


class RequestBody(ABC):
    """A body.

    `replayable` says whether another attempt would send the same bytes, `started` whether some were read, and
    `asynchronous` that only an event loop can read it.
    """

    content_type: str | None = None
    replayable: bool = True
    started: bool = False
    asynchronous: bool = False

    @property
    @abstractmethod
    def size(self) -> int | None:
        """The length in bytes, None when it is not known in advance."""

    @abstractmethod
    def chunks(self) -> Iterator[bytes]:
        """The bytes, from the beginning. Not for an asynchronous body."""

    async def achunks(self) -> AsyncIterator[bytes]:
        """The bytes, from the beginning, without blocking the event loop."""
        for chunk in self.chunks():
            yield chunk


class BytesBody(RequestBody):
    """A body that is in memory."""

    def __init__(self, content: bytes, content_type: str | None = None) -> None:
        self.content = content
        self.content_type = content_type

    @property
    @override
    def size(self) -> int:
        return len(self.content)

    @override
    def chunks(self) -> Iterator[bytes]:
        yield self.content


class FileBody(RequestBody):
    """A file as the whole body."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.replayable = upload.replayable
        self._size = upload.size

    @property
    @override
    def size(self) -> int | None:
        return self._size

    @override
    def chunks(self) -> Iterator[bytes]:
        return read_upload(self.upload)

    @override
    def achunks(self) -> AsyncIterator[bytes]:
        return aread_upload(self.upload)


class IteratorBody(RequestBody):
    """An iterable of bytes, sync or async. Lists and the like can be sent again, generators cannot."""

    def __init__(self, content: Iterable[bytes] | AsyncIterable[bytes]) -> None:
        self.content = content
        self.replayable = not isinstance(content, (Iterator, AsyncIterator))
        self.asynchronous = not isinstance(content, Iterable)

    @property
    @override
    def size(self) -> None:
        return None

    @override
    def chunks(self) -> Iterator[bytes]:
        for chunk in cast("Iterable[bytes]", self.content):
            yield _checked(chunk)

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        if isinstance(self.content, AsyncIterable):
            async for chunk in self.content:
                yield _checked(chunk)
        else:
            for chunk in self.content:
                yield _checked(chunk)


class AsyncFileBody(RequestBody):
    """A file whose `read` is a coroutine, such as one opened with `anyio.open_file`."""

    replayable = False
    asynchronous = True

    def __init__(self, file: AsyncReader) -> None:
        self.file = file

    @property
    @override
    def size(self) -> None:
        return None

    @override
    def chunks(self) -> Iterator[bytes]:
        raise TypeError("only an event loop can read an asynchronous file")

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        while chunk := await self.file.read(_CHUNK):
            yield chunk


class BodyStream(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body on its way to the HTTP library; notes that sending has begun."""

    def __init__(self, body: RequestBody) -> None:
        self._body = body

    @override
    def __iter__(self) -> Iterator[bytes]:
        self._body.started = True
        return self._body.chunks()

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._body.started = True
        async for chunk in self._body.achunks():
            yield chunk


def content_body(content: Content) -> RequestBody:
    """The body for raw content of any accepted kind. Raises TypeError for anything else."""
    if isinstance(content, str):
        return BytesBody(content.encode())
    if isinstance(content, (bytes, bytearray)):
        return BytesBody(bytes(content))
    read = getattr(content, "read", None)
    if read is not None:
        if inspect.iscoroutinefunction(read):
            return AsyncFileBody(cast("AsyncReader", content))
        return FileBody(uploads({"body": content})[0][1])
    if isinstance(content, (tuple, os.PathLike)):
        return FileBody(uploads({"body": content})[0][1])
    given = cast("object", content)  # by a caller without type checks perhaps
    if isinstance(content, (Iterable, AsyncIterable)) and not isinstance(given, Mapping):
        return IteratorBody(cast("Iterable[bytes]", content))
    raise TypeError(f"the body must be bytes, text, a file or an iterable of bytes, not {type(content).__name__}")


def _checked(chunk: object) -> bytes:
    if not isinstance(chunk, (bytes, bytearray)):
        raise TypeError(f"the pieces of a body must be bytes, not {type(chunk).__name__}")
    return bytes(chunk)


def read_upload(upload: Upload) -> Iterator[bytes]:
    """The bytes of a file in pieces; closes it if it was opened here."""
    file = upload.open()
    try:
        while chunk := file.read(_CHUNK):
            yield chunk
    finally:
        upload.release(file)


async def aread_upload(upload: Upload) -> AsyncIterator[bytes]:
    """The same, read in a worker thread."""
    if isinstance(upload.content, bytes):
        yield upload.content
        return
    import anyio.to_thread

    file = await anyio.to_thread.run_sync(upload.open)
    try:
        while chunk := await anyio.to_thread.run_sync(file.read, _CHUNK):
            yield chunk
    finally:
        upload.release(file)
