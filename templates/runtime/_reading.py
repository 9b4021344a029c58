"""Bounded reading of response bodies: neither a bomb nor an endless answer fills the memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ._constants import MAX_ERROR_BYTES, MAX_RESPONSE_BYTES
from ._deadline import Deadline
from ._exceptions import APIResponseValidationError
from ._http import httpx

__all__ = ["aread_bounded", "check_complete", "in_steps", "read_bounded"]

_STEP = 1024 * 1024


class _Collector:
    """Keeps the pieces of a body up to a limit, and puts them where the response looks for its content."""

    def __init__(self, response: httpx.Response, limit: int | None, deadline: Deadline) -> None:
        self.response = response
        self.is_error = response.status_code >= 400
        self.limit = MAX_ERROR_BYTES if self.is_error else (MAX_RESPONSE_BYTES if limit is None else limit)
        self.deadline = deadline
        self.chunks: list[bytes] = []
        self.size = 0

    @property
    def is_complete(self) -> bool:
        """Whether the transport handed the whole body over at once, and it is not too large."""
        content = self.response.__dict__.get("_content")
        return content is not None and self.response.is_closed and len(content) <= self.limit

    def add(self, chunk: bytes) -> bool:
        """Keep one piece; False when no more is wanted. Raises when the body is too large or the time is up."""
        if self.deadline.passed:
            raise httpx.ReadTimeout("The total time of the call is up.", request=self.response.request)
        self.size += len(chunk)
        if self.size <= self.limit:
            self.chunks.append(chunk)
            return True
        if self.is_error:
            self.chunks.append(chunk[: self.limit - self.size])
            return False
        self.response.__dict__["_content"] = b""
        raise APIResponseValidationError(
            self.response,
            None,
            message=f"The response is larger than {self.limit} bytes; use `with_streaming_response` to read it",
        )

    @property
    def keeps_status(self) -> bool:
        """Whether what came of the body will do: of an error, the status says more than why its body broke off."""
        return self.is_error and not self.deadline.passed

    def finish(self) -> None:
        # Where `Response.read` of the HTTP library keeps what it has read; there is no public way to limit it.
        self.response.__dict__["_content"] = b"".join(self.chunks)


def read_bounded(response: httpx.Response, deadline: Deadline, limit: int | None = None) -> None:
    """Read the decoded body into the response.

    At most `limit` bytes, MAX_RESPONSE_BYTES unless given: a larger body raises APIResponseValidationError. So that the
    status is not lost, the body of an error may be too large, or break off: what came of it is kept. Otherwise raises
    the errors of the HTTP library.
    """
    collector = _Collector(response, limit, deadline)
    if collector.is_complete:
        return
    try:
        for chunk in response.iter_bytes():
            if not collector.add(chunk):
                break
        else:
            check_complete(response)
    except httpx.RequestError:
        if not collector.keeps_status:
            raise
    finally:
        response.close()
    collector.finish()


async def aread_bounded(response: httpx.Response, deadline: Deadline, limit: int | None = None) -> None:
    """The same for a response of the async client."""
    collector = _Collector(response, limit, deadline)
    if collector.is_complete:
        return
    try:
        async for chunk in response.aiter_bytes():
            if not collector.add(chunk):
                break
        else:
            check_complete(response)
    except httpx.RequestError:
        if not collector.keeps_status:
            raise
    finally:
        await response.aclose()
    collector.finish()


def in_steps(piece: bytes) -> Iterator[bytes]:
    """A piece of a decoded body in steps of at most 1 MiB: 64 KiB from a socket can be a thousand times as much."""
    for start in range(0, len(piece), _STEP):
        yield piece[start : start + _STEP]


def check_complete(response: httpx.Response) -> None:
    """Raise DecodingError if the compressed body, read to its end, stops in the middle.

    The HTTP library returns what it could decompress: half a file with nothing to tell that it is half.
    """
    if "content-encoding" not in response.headers or not response.num_bytes_downloaded:
        return
    decoders: list[Any] = [response.__dict__.get("_decoder")]
    while decoders:
        decoder = decoders.pop()
        decoders += getattr(decoder, "children", ())
        # Its decompressor, which httpx2 wraps once more; zlib and zstd say whether they saw the end.
        while hasattr(decoder, "decompressor"):
            decoder = decoder.decompressor
        is_finished: Callable[[], bool] | None = getattr(decoder, "is_finished", None)  # brotli
        if not (is_finished() if is_finished is not None else getattr(decoder, "eof", True)):
            raise httpx.DecodingError("The compressed body ends too early.", request=response.request)
