"""Types of arguments: sentinels, files, headers, and the options of one request."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from types import NoneType
from typing import IO, Any, Literal, Protocol, TypeAlias, TypedDict, TypeVar, overload

from typing_extensions import override

from ._http import httpx

__all__ = [
    "NOT_GIVEN",
    "AsyncBinaryTypes",
    "AsyncReader",
    "AsyncTransport",
    "Base64FileInput",
    "BinaryTypes",
    "Body",
    "Content",
    "FileContent",
    "FileTypes",
    "Headers",
    "HttpxRequestFiles",
    "NoneType",
    "NotGiven",
    "Omit",
    "PostParser",
    "ProxiesTypes",
    "Query",
    "RequestFiles",
    "RequestOptions",
    "Security",
    "SequenceNotStr",
    "Timeout",
    "Transport",
    "not_given",
    "omit",
]

Timeout = httpx.Timeout
Transport: TypeAlias = httpx.BaseTransport
AsyncTransport: TypeAlias = httpx.AsyncBaseTransport
ProxiesTypes: TypeAlias = "str | httpx.URL | httpx.Proxy"


class NotGiven:
    """Marks an argument that was not passed, where None has a meaning of its own (`timeout=None`: no limit).

    There is one instance, also after pickling and copying.
    """

    __slots__ = ()

    def __new__(cls) -> NotGiven:
        return NOT_GIVEN

    def __bool__(self) -> Literal[False]:
        return False

    @override
    def __repr__(self) -> str:
        return "NOT_GIVEN"

    @override
    def __reduce__(self) -> str:
        return "NOT_GIVEN"


class Omit:
    """Marks a value that is not sent at all; None is sent as null.

    As the value of a header it takes away a header that the client would send: `{"Authorization": Omit()}`. There is
    one instance, also after pickling and copying.
    """

    __slots__ = ()

    def __new__(cls) -> Omit:
        return omit

    def __bool__(self) -> Literal[False]:
        return False

    @override
    def __repr__(self) -> str:
        return "omit"

    @override
    def __reduce__(self) -> str:
        return "omit"


NOT_GIVEN: NotGiven = object.__new__(NotGiven)
not_given: NotGiven = NOT_GIVEN
omit: Omit = object.__new__(Omit)

Headers: TypeAlias = Mapping[str, str | Omit]
Query: TypeAlias = Mapping[str, object]
Body: TypeAlias = object

FileContent: TypeAlias = IO[bytes] | bytes | PathLike[str]
Base64FileInput: TypeAlias = IO[bytes] | PathLike[str]
FileTypes: TypeAlias = (
    FileContent
    | tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, Mapping[str, str]]
)
"""A file to upload: bytes, an open binary file, a path, or `(name, content[, content type[, headers]])`."""


class AsyncReader(Protocol):
    """A file whose `read` is a coroutine."""

    async def read(self, size: int, /) -> bytes: ...


BinaryTypes: TypeAlias = bytes | bytearray | IO[bytes] | Iterable[bytes]
AsyncBinaryTypes: TypeAlias = BinaryTypes | AsyncIterable[bytes] | AsyncReader
Content: TypeAlias = str | FileTypes | AsyncBinaryTypes
"""A raw body: text, bytes, a file, a path, or an iterable of bytes."""

Security: TypeAlias = tuple[tuple[str, ...], ...]
"""Alternatives, each naming the schemes that it needs together; `()` means no credentials."""
PostParser: TypeAlias = Callable[[Any], Any]


class RequestOptions(TypedDict, total=False):
    """What can be set for one request besides its method, path and body; what is left out follows the client.

    `headers`, `cookies` and `params` (the query) are added to those of the client. `extra_json` is merged into the
    body. `timeout` is in seconds for each step of the HTTP library, None waits for ever. `max_retries` counts the
    attempts after the first. `idempotency_key` is sent in the header that the API has for it. `errors` are the types
    of error bodies by status (`404`, `4XX`, `default`). `post_parser` turns the parsed body into the result.
    """

    headers: Headers
    cookies: Mapping[str, object]
    params: Query
    extra_json: Body
    timeout: float | Timeout | None
    max_retries: int
    idempotency_key: str
    content_type: str
    security: Security
    errors: Mapping[str, Any]
    post_parser: PostParser
    follow_redirects: bool


_T_co = TypeVar("_T_co", covariant=True)


class SequenceNotStr(Protocol[_T_co]):
    """A sequence that is not a string, so that `"abc"` is not taken for `["a", "b", "c"]`."""

    @overload
    def __getitem__(self, index: int, /) -> _T_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[_T_co]: ...
    def __contains__(self, value: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[_T_co]: ...
    def index(self, value: Any, start: int = 0, stop: int = ..., /) -> int: ...
    def count(self, value: Any, /) -> int: ...
    def __reversed__(self) -> Iterator[_T_co]: ...


RequestFiles: TypeAlias = (
    Mapping[str, FileTypes | SequenceNotStr[FileTypes] | Omit | None] | Sequence[tuple[str, FileTypes]]
)
"""Files by field name; a list sends several under one name."""
HttpxRequestFiles: TypeAlias = RequestFiles
