"""What older versions had in `_response` besides the responses."""

from __future__ import annotations

from typing import cast

from .._exceptions import SDKError
from .._response import APIResponse, AsyncAPIResponse, BaseAPIResponse
from .._utils._logs import logger as log
from .._utils._typing import extract_type_var_from_base

__all__ = ["MissingStreamClassError", "StreamAlreadyConsumed", "extract_response_type", "log"]


class MissingStreamClassError(TypeError):
    """`stream=True` without `stream_cls`."""

    def __init__(self) -> None:
        super().__init__("With `stream=True`, `stream_cls` is needed as well: it says what the events are.")


class StreamAlreadyConsumed(SDKError):
    """The body of a streamed response was asked for after it had been read piece by piece."""

    def __init__(self) -> None:
        super().__init__("The stream of this response has been read already, so its content cannot be read again.")


def extract_response_type(typ: type[BaseAPIResponse[object]]) -> type:
    """The type that a response class is of: `bytes` for `class BinaryAPIResponse(APIResponse[bytes])`."""
    bases = cast("tuple[type, ...]", (BaseAPIResponse, APIResponse, AsyncAPIResponse))
    return extract_type_var_from_base(typ, generic_bases=bases, index=0)
