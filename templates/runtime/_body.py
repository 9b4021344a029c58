"""Request bodies: what is sent, whether it can be sent again, and how it is read in both worlds."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
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
    "MultipartBody",
    "RequestBody",
    "content_body",
]

_CHUNK = 64 * 1024


class RequestBody:
    """A body. `replayable` says whether another attempt would send the same bytes."""

    content_type: str | None = None
    replayable: bool = True
    started: bool = False

    @property
    def size(self) -> int | None:
        """The length in bytes, None when it is not known in advance."""
        raise NotImplementedError

    def chunks(self) -> Iterator[bytes]:
        """The bytes, from the beginning."""
        raise NotImplementedError

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
        return _read(self.upload)

    @override
    def achunks(self) -> AsyncIterator[bytes]:
        return _aread(self.upload)


class IteratorBody(RequestBody):
    """An iterable of bytes, sync or async. Lists and the like can be sent again, generators cannot."""

    def __init__(self, content: Iterable[bytes] | AsyncIterable[bytes]) -> None:
        self.content = content
        self.replayable = not isinstance(content, (Iterator, AsyncIterator))

    @property
    @override
    def size(self) -> None:
        return None

    @override
    def chunks(self) -> Iterator[bytes]:
        if not isinstance(self.content, Iterable):
            raise TypeError("an asynchronous iterable cannot be sent by the synchronous client")
        yield from self.content

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        if isinstance(self.content, AsyncIterable):
            async for chunk in self.content:
                yield chunk
        else:
            for chunk in self.content:
                yield chunk


class AsyncFileBody(RequestBody):
    """A file whose `read` is a coroutine, such as one opened with `anyio.open_file`."""

    replayable = False

    def __init__(self, file: AsyncReader) -> None:
        self.file = file

    @property
    @override
    def size(self) -> None:
        return None

    @override
    def chunks(self) -> Iterator[bytes]:
        raise TypeError("an asynchronous file cannot be sent by the synchronous client")

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        while chunk := await self.file.read(_CHUNK):
            yield chunk


class MultipartBody(RequestBody):
    """`multipart/form-data` (RFC 7578): text fields first, then the files, each read only while it is sent."""

    def __init__(self, fields: Iterable[tuple[str, str | bytes]], files: object) -> None:
        self.boundary = os.urandom(16).hex()
        self.content_type = f"multipart/form-data; boundary={self.boundary}"
        self._parts: list[tuple[bytes, bytes | Upload]] = []
        for name, value in fields:
            content = value.encode() if isinstance(value, str) else value
            self._parts.append((self._head(name, None, None, {}), content))
        for name, upload in uploads(files):
            kind = upload.content_type or mimetypes.guess_type(upload.name or "")[0] or "application/octet-stream"
            self._parts.append((self._head(name, upload.name, kind, dict(upload.headers)), upload))
        self._tail = f"--{self.boundary}--\r\n".encode()
        self._sizes = [
            part.size if isinstance(part, Upload) else len(part) for _, part in self._parts
        ]  # asked once: a later attempt must announce the same length
        self.replayable = all(part.replayable for _, part in self._parts if isinstance(part, Upload))

    @property
    @override
    def size(self) -> int | None:
        total = len(self._tail)
        for (head, _), size in zip(self._parts, self._sizes, strict=True):
            if size is None:
                return None
            total += len(head) + size + 2
        return total

    @override
    def chunks(self) -> Iterator[bytes]:
        for head, part in self._parts:
            yield head
            if isinstance(part, Upload):
                yield from _read(part)
            else:
                yield part
            yield b"\r\n"
        yield self._tail

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        for head, part in self._parts:
            yield head
            if isinstance(part, Upload):
                async for chunk in _aread(part):
                    yield chunk
            else:
                yield part
            yield b"\r\n"
        yield self._tail

    def _head(self, name: str, filename: str | None, kind: str | None, headers: dict[str, str]) -> bytes:
        disposition = f'form-data; name="{_quoted(name)}"'
        if filename is not None:
            disposition += f'; filename="{_quoted(filename)}"'
        lines = {
            "Content-Disposition": disposition,
            **({"Content-Type": kind} if kind else {}),
            **headers,
        }
        for key, value in lines.items():
            if "\r" in key + value or "\n" in key + value:
                raise ValueError(f"the header {key!r} of the file `{name}` holds a line break")
        text = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        return f"--{self.boundary}\r\n{text}\r\n".encode()


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
    """The body for raw content of any accepted kind."""
    if isinstance(content, str):
        return BytesBody(content.encode())
    if isinstance(content, (bytes, bytearray)):
        return BytesBody(bytes(content))
    read = getattr(content, "read", None)
    if read is not None:
        import inspect

        if inspect.iscoroutinefunction(read):
            return AsyncFileBody(cast("AsyncReader", content))
        return FileBody(uploads({"body": content})[0][1])
    if isinstance(content, (tuple, os.PathLike)):
        return FileBody(uploads({"body": content})[0][1])
    if isinstance(content, (Iterable, AsyncIterable)):
        return IteratorBody(cast("Iterable[bytes]", content))
    raise TypeError(f"the body must be bytes, text, a file or an iterable of bytes, not {type(content).__name__}")


def _read(upload: Upload) -> Iterator[bytes]:
    file = upload.open()
    try:
        while chunk := file.read(_CHUNK):
            yield chunk
    finally:
        upload.release(file)


async def _aread(upload: Upload) -> AsyncIterator[bytes]:
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


def _quoted(text: str) -> str:
    """A name inside quotes as browsers write it (HTML standard, multipart/form-data encoding)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
