"""Files to upload: paths, bytes, open files and tuples brought to one form, and read without blocking a loop."""

from __future__ import annotations

import base64
import inspect
import io
import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from typing import IO, cast

from ._types import Base64FileInput, FileContent, FileTypes, Omit

__all__ = ["Upload", "async_file_from_path", "encode_base64", "file_from_path", "uploads"]


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart body. `start` is where an open file stood when it was handed in."""

    name: str | None
    content: IO[bytes] | bytes | pathlib.Path
    content_type: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    start: int | None = None

    @property
    def replayable(self) -> bool:
        """Whether the same bytes can be sent a second time."""
        return isinstance(self.content, (bytes, pathlib.Path)) or self.start is not None

    @property
    def size(self) -> int | None:
        """The number of bytes that will be sent, None when that is not known in advance."""
        if isinstance(self.content, bytes):
            return len(self.content)
        if isinstance(self.content, pathlib.Path):
            return self.content.stat().st_size
        if self.start is None:
            return None
        end = self.content.seek(0, os.SEEK_END)
        self.content.seek(self.start)
        return end - self.start

    def open(self) -> IO[bytes]:
        """A file to read from the start of what is to be sent; close it only if it is not the caller's own."""
        if isinstance(self.content, bytes):
            return io.BytesIO(self.content)
        if isinstance(self.content, pathlib.Path):
            return self.content.open("rb")
        if self.start is not None:
            self.content.seek(self.start)
        return self.content

    def release(self, opened: IO[bytes]) -> None:
        """Close what `open` opened itself."""
        if opened is not self.content:
            opened.close()


def file_from_path(path: str | PathLike[str]) -> FileTypes:
    """The content of a file together with its name, read now."""
    where = pathlib.Path(path)
    return where.name, where.read_bytes()


async def async_file_from_path(path: str | PathLike[str]) -> FileTypes:
    """The same, read in a worker thread."""
    import anyio

    where = anyio.Path(path)
    return where.name, await where.read_bytes()


def encode_base64(value: Base64FileInput | str | bytes | Omit) -> str | Omit:
    """A file as base64 text, for strings of `format: byte`; text is taken as encoded already."""
    if isinstance(value, (str, Omit)):
        return value
    if isinstance(value, bytes):
        content = value
    elif isinstance(value, PathLike):
        content = pathlib.Path(value).read_bytes()
    else:
        content = value.read()
    return base64.b64encode(content).decode("ascii")


def uploads(files: object) -> list[tuple[str, Upload]]:
    """The files of a call with their field names; raises TypeError for what is not a file."""
    pairs: Iterable[tuple[str, object]] = (
        cast("Mapping[str, object]", files).items()
        if isinstance(files, Mapping)
        else cast("Iterable[tuple[str, object]]", files)
    )
    found: list[tuple[str, Upload]] = []
    for name, value in pairs:
        if value is None or isinstance(value, Omit):
            continue
        several = isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray, str, tuple))
        each = cast("Sequence[object]", value if several else (value,))
        found += [(name, _upload(name, file)) for file in each]
    return found


def _upload(field_name: str, value: object) -> Upload:
    if not isinstance(value, tuple):
        return _content(field_name, cast("FileContent", value), _name_of(value))
    parts = cast("tuple[object, ...]", value)
    if not 2 <= len(parts) <= 4:
        raise TypeError(f"the file `{field_name}` must be (name, content[, content type[, headers]])")
    name, content, content_type, headers = (*parts, None, None)[:4]
    upload = _content(field_name, cast("FileContent", content), cast("str | None", name))
    return Upload(
        upload.name,
        upload.content,
        cast("str | None", content_type),
        cast("Mapping[str, str] | None", headers) or {},
        upload.start,
    )


def _content(field_name: str, value: FileContent, name: str | None) -> Upload:
    if isinstance(value, (bytes, bytearray)):
        return Upload(name, bytes(value))
    if isinstance(value, PathLike):
        return Upload(name, pathlib.Path(value))
    read = getattr(value, "read", None)
    if inspect.iscoroutinefunction(read):
        raise TypeError(f"the file `{field_name}` is asynchronous; pass its path instead, which is read in a thread")
    if not callable(read):
        raise TypeError(
            f"the file `{field_name}` must be bytes, an open binary file, a path or a tuple, not {type(value).__name__}"
        )
    if isinstance(value, io.TextIOBase):
        raise TypeError(f"the file `{field_name}` is open in text mode; open it with mode 'rb'")
    try:
        start = value.tell() if value.seekable() else None
    except (AttributeError, OSError):
        start = None
    return Upload(name, value, start=start)


def _name_of(value: object) -> str:
    """The file's name without its directory; servers want some name, and `upload` is what others send."""
    path: object = cast("object", value) if isinstance(value, PathLike) else getattr(value, "name", None)
    return pathlib.PurePath(cast("str", path)).name if isinstance(path, (str, PathLike)) else "upload"
