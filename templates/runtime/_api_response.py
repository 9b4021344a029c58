# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""Responses as objects: what `with_raw_response` and `with_streaming_response` return."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Self, TypeVar, cast, overload

from ._base_response import BaseAPIResponse, R
from ._deadline import Deadline
from ._failure import translated
from ._parse import decode_json
from ._reading import aread_bounded, check_complete, in_steps, read_bounded

__all__ = ["APIResponse", "AsyncAPIResponse", "BaseAPIResponse", "R"]

T = TypeVar("T")


class APIResponse(BaseAPIResponse[R]):
    """A response of the synchronous client."""

    @overload
    def parse(self, *, to: type[T]) -> T: ...
    @overload
    def parse(self) -> R: ...
    def parse(self, *, to: type[T] | None = None) -> R | T:
        """What the method would have returned, or the body as another type; parsed once.

        Raises APIResponseValidationError for a body that cannot be decoded, and with strict validation for one that
        does not match the document.
        """
        if not self._is_stream or to is not None:
            self.read()
        return cast("R", self._parse(to))

    def read(self) -> bytes:
        """The whole decoded body.

        Raises APIResponseValidationError if it cannot be decompressed or is larger than MAX_RESPONSE_BYTES,
        APIConnectionError if it breaks off.
        """
        if "_content" not in self.http_response.__dict__:
            with translated(self.http_response):
                read_bounded(self.http_response, Deadline(None))
        return self.http_response.content

    def text(self) -> str:
        """The whole body as text, in the charset that the response names, else UTF-8."""
        self.read()
        return self.http_response.text

    def json(self) -> object:
        """The whole body as plain JSON values. Raises APIResponseValidationError if it is not JSON."""
        return decode_json(self.http_response, self.read())

    def iter_bytes(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The decoded body in pieces, of `chunk_size` bytes if given, else of at most 1 MiB. Errors as in `read`."""
        with translated(self.http_response):
            for piece in self.http_response.iter_bytes(chunk_size):
                yield from in_steps(piece) if chunk_size is None else (piece,)
            check_complete(self.http_response)

    def iter_text(self, chunk_size: int | None = None) -> Iterator[str]:
        """The body in pieces of text, of `chunk_size` characters if given."""
        with translated(self.http_response):
            yield from self.http_response.iter_text(chunk_size)
            check_complete(self.http_response)

    def iter_lines(self) -> Iterator[str]:
        """The body line by line, without the line ends."""
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
        """What the method would have returned, or the body as another type; parsed once.

        Raises APIResponseValidationError for a body that cannot be decoded, and with strict validation for one that
        does not match the document.
        """
        if not self._is_stream or to is not None:
            await self.read()
        return cast("R", self._parse(to))

    async def read(self) -> bytes:
        """The whole decoded body.

        Raises APIResponseValidationError if it cannot be decompressed or is larger than MAX_RESPONSE_BYTES,
        APIConnectionError if it breaks off.
        """
        if "_content" not in self.http_response.__dict__:
            with translated(self.http_response):
                await aread_bounded(self.http_response, Deadline(None))
        return self.http_response.content

    async def text(self) -> str:
        """The whole body as text, in the charset that the response names, else UTF-8."""
        await self.read()
        return self.http_response.text

    async def json(self) -> object:
        """The whole body as plain JSON values. Raises APIResponseValidationError if it is not JSON."""
        return decode_json(self.http_response, await self.read())

    async def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The decoded body in pieces, of `chunk_size` bytes if given, else of at most 1 MiB. Errors as in `read`."""
        with translated(self.http_response):
            async for piece in self.http_response.aiter_bytes(chunk_size):
                for step in in_steps(piece) if chunk_size is None else (piece,):
                    yield step
            check_complete(self.http_response)

    async def iter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """The body in pieces of text, of `chunk_size` characters if given."""
        with translated(self.http_response):
            async for chunk in self.http_response.aiter_text(chunk_size):
                yield chunk
            check_complete(self.http_response)

    async def iter_lines(self) -> AsyncIterator[str]:
        """The body line by line, without the line ends."""
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
