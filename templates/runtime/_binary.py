# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Binary responses: read into memory, or streamed to a file that appears only when it is complete."""

from __future__ import annotations

import os
import pathlib
import stat
from collections.abc import Callable
from contextlib import contextmanager
from os import PathLike
from typing import IO, TYPE_CHECKING, TypeAlias

from ._api_response import APIResponse, AsyncAPIResponse

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = [
    "AsyncBinaryAPIResponse",
    "AsyncStreamedBinaryAPIResponse",
    "BinaryAPIResponse",
    "Progress",
    "StreamedBinaryAPIResponse",
]

Progress: TypeAlias = Callable[[int, int | None], None]
"""Called after each piece with the bytes written so far and the size that the server announced, if it did."""


class BinaryAPIResponse(APIResponse[bytes]):
    """A binary response whose body has been read."""

    @property
    def content(self) -> bytes:
        """The body."""
        return self.http_response.content

    def write_to_file(self, file: str | PathLike[str]) -> None:
        """Write the body to a file, which is replaced only when everything is written. Raises OSError."""
        with _appearing(file) as target:
            target.write(self.read())


class StreamedBinaryAPIResponse(APIResponse[bytes]):
    """A binary response whose body is still to come."""

    def stream_to_file(
        self,
        file: str | PathLike[str],
        *,
        chunk_size: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Write the body to a file piece by piece; a failed download leaves no file behind, and an old one as it was.

        `chunk_size` is in bytes. Raises OSError where the file cannot be written, and errors as in `read`.
        """
        total, done = _length(self), 0
        with _appearing(file) as target:
            for chunk in self.iter_bytes(chunk_size):
                target.write(chunk)
                done += len(chunk)
                if progress is not None:
                    progress(done, total)


class AsyncBinaryAPIResponse(AsyncAPIResponse[bytes]):
    """A binary response of the async client whose body has been read."""

    @property
    def content(self) -> bytes:
        """The body."""
        return self.http_response.content

    async def write_to_file(self, file: str | PathLike[str]) -> None:
        """Write the body to a file in a worker thread; it is replaced only when everything is written."""
        import anyio.to_thread

        content = await self.read()
        await anyio.to_thread.run_sync(_write, file, content)


class AsyncStreamedBinaryAPIResponse(AsyncAPIResponse[bytes]):
    """A binary response of the async client whose body is still to come."""

    async def stream_to_file(
        self,
        file: str | PathLike[str],
        *,
        chunk_size: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Write the body to a file piece by piece, in a worker thread; otherwise as in the synchronous class."""
        import anyio.to_thread

        total, done = _length(self), 0
        with _appearing(file) as target:
            async for chunk in self.iter_bytes(chunk_size):
                await anyio.to_thread.run_sync(target.write, chunk)
                done += len(chunk)
                if progress is not None:
                    progress(done, total)


@contextmanager
def _appearing(file: str | PathLike[str]) -> Generator[IO[bytes], None, None]:
    """A file beside the wanted one that takes its place at the end, or is removed.

    A link stays one, and an old file hands on its permissions. A device or a pipe cannot be replaced by a file: it is
    written to as it is.
    """
    wanted = pathlib.Path(file)
    if wanted.exists() and not wanted.is_file():
        with wanted.open("wb") as target:
            yield target
        return
    wanted = pathlib.Path(os.path.realpath(wanted))
    partial = wanted.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with partial.open("wb") as target:
            yield target
        if wanted.exists():
            partial.chmod(stat.S_IMODE(wanted.stat().st_mode))
        partial.replace(wanted)
    finally:
        partial.unlink(missing_ok=True)


def _write(file: str | PathLike[str], content: bytes) -> None:
    with _appearing(file) as target:
        target.write(content)


def _length(response: APIResponse[bytes] | AsyncAPIResponse[bytes]) -> int | None:
    announced = response.headers.get("content-length", "")
    encoded = response.headers.get("content-encoding", "identity") != "identity"
    return int(announced) if announced.isdigit() and not encoded else None
