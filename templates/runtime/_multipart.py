"""`multipart/form-data` bodies (RFC 7578)."""

from __future__ import annotations

import mimetypes
import os
from collections.abc import AsyncIterator, Iterable, Iterator

from typing_extensions import override

from ._body import RequestBody, aread_upload, read_upload
from ._files import Upload, uploads

__all__ = ["MultipartBody"]


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
                yield from read_upload(part)
            else:
                yield part
            yield b"\r\n"
        yield self._tail

    @override
    async def achunks(self) -> AsyncIterator[bytes]:
        for head, part in self._parts:
            yield head
            if isinstance(part, Upload):
                async for chunk in aread_upload(part):
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


def _quoted(text: str) -> str:
    """A name inside quotes as browsers write it (HTML standard, multipart/form-data encoding)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
