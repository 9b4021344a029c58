"""Types that older versions had in `_types`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, Literal, Protocol, TypeAlias, TypedDict, TypeVar

import pydantic

from .._http import httpx

__all__ = [
    "AnyMapping",
    "ArrayFormat",
    "HeadersLike",
    "HeadersLikeProtocol",
    "HttpxFileContent",
    "HttpxFileTypes",
    "HttpxSendArgs",
    "IncEx",
    "InheritsGeneric",
    "ModelBuilderProtocol",
    "ModelT",
    "NestedFormat",
    "ProxiesDict",
    "ResponseT",
    "StrBytesIntFloat",
]

AnyMapping: TypeAlias = Mapping[str, object]
ArrayFormat: TypeAlias = Literal["comma", "repeat", "indices", "brackets"]
NestedFormat: TypeAlias = Literal["dots", "brackets"]
StrBytesIntFloat: TypeAlias = str | bytes | int | float
ProxiesDict: TypeAlias = "dict[str | httpx.URL, str | httpx.URL | httpx.Proxy | None]"
IncEx: TypeAlias = "set[int] | set[str] | Mapping[int, IncEx | bool] | Mapping[str, IncEx | bool]"

HttpxFileContent: TypeAlias = IO[bytes] | bytes
HttpxFileTypes: TypeAlias = (
    HttpxFileContent
    | tuple[str | None, HttpxFileContent]
    | tuple[str | None, HttpxFileContent, str | None]
    | tuple[str | None, HttpxFileContent, str | None, Mapping[str, str]]
)

_T = TypeVar("_T")
ModelT = TypeVar("ModelT", bound=pydantic.BaseModel)
ResponseT = TypeVar("ResponseT", bound="object | str | pydantic.BaseModel | list[Any] | dict[str, Any] | None")


class HeadersLikeProtocol(Protocol):
    """Headers of any HTTP library."""

    def get(self, __key: str) -> str | None:
        """The value of a header, None if it is absent."""
        ...


HeadersLike: TypeAlias = Mapping[str, str] | HeadersLikeProtocol


class HttpxSendArgs(TypedDict, total=False):
    """Arguments of the HTTP client's `send`."""

    auth: httpx.Auth
    follow_redirects: bool


class InheritsGeneric(Protocol):
    """A class with generic bases."""

    __orig_bases__: tuple[_GenericAlias]


class _GenericAlias(Protocol):
    __origin__: type[object]


class ModelBuilderProtocol(Protocol):
    """A type that builds itself from a response."""

    @classmethod
    def build(cls: type[_T], *, response: httpx.Response, data: object) -> _T:
        """An instance from the response and its parsed body."""
        ...
