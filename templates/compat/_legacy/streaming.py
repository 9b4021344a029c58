"""What older versions had in `_streaming` besides the streams."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol, cast, get_origin, runtime_checkable

from typing_extensions import TypeIs

from .._streaming import AsyncStream, ServerSentEvent, Stream
from .._utils._typing import extract_type_var_from_base

__all__ = ["SSEBytesDecoder", "extract_stream_chunk_type", "is_stream_class_type"]


@runtime_checkable
class SSEBytesDecoder(Protocol):
    """What turns bytes into server-sent events."""

    def iter_bytes(self, iterator: Iterator[bytes]) -> Iterator[ServerSentEvent]:
        """The events of a stream of bytes."""
        ...

    def aiter_bytes(self, iterator: AsyncIterator[bytes]) -> AsyncIterator[ServerSentEvent]:
        """The events of an asynchronous stream of bytes."""
        ...


def is_stream_class_type(typ: type) -> TypeIs[type[Stream[Any]] | type[AsyncStream[Any]]]:
    """Whether a type is a stream, parametrised or not."""
    origin: object = get_origin(typ) or typ
    return isinstance(origin, type) and issubclass(origin, (Stream, AsyncStream))


def extract_stream_chunk_type(stream_cls: type, *, failure_message: str | None = None) -> type:
    """What a stream class yields: `str` for `Stream[str]`. Raises TypeError when the class does not say."""
    bases = cast("tuple[type, ...]", (Stream, AsyncStream))
    return extract_type_var_from_base(stream_cls, index=0, generic_bases=bases, failure_message=failure_message)
