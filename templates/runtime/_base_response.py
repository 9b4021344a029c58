# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""What the response objects of both clients share: what came, what it is parsed as, and how it pickles."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from typing_extensions import override

from ._exceptions import request_id_of
from ._http import httpx
from ._options import FinalRequestOptions
from ._parse import parse_content
from ._redact import portable_response

if TYPE_CHECKING:
    from ._client_core import BaseClient

__all__ = ["BaseAPIResponse", "R"]

R = TypeVar("R")


class BaseAPIResponse(Generic[R]):
    """A response and what it is to be parsed as."""

    http_response: httpx.Response
    retries_taken: int
    """How often the request was sent again before this response came."""

    def __init__(
        self,
        *,
        raw: httpx.Response,
        cast_to: Any,
        client: BaseClient[Any],
        stream: bool,
        stream_cls: Any,
        options: FinalRequestOptions,
        retries_taken: int = 0,
    ) -> None:
        self.http_response = raw
        self.retries_taken = retries_taken
        self._client: BaseClient[Any] | None = client
        self._cast_to = cast_to
        self._options: FinalRequestOptions | None = options
        self._is_stream = stream
        self._stream_cls = stream_cls
        self._parsed: dict[Any, Any] = {}

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the response."""
        return self.http_response.headers

    @property
    def http_request(self) -> httpx.Request:
        """The request as it was sent, credentials included."""
        return self.http_response.request

    @property
    def status_code(self) -> int:
        """The status, such as 200."""
        return self.http_response.status_code

    @property
    def url(self) -> httpx.URL:
        """The URL that answered, after redirects."""
        return self.http_response.url

    @property
    def method(self) -> str:
        """The method of the request."""
        return self.http_request.method

    @property
    def http_version(self) -> str:
        """The protocol, such as `HTTP/1.1`."""
        return self.http_response.http_version

    @property
    def elapsed(self) -> datetime.timedelta:
        """The time from sending the request to the end of the response; only once the response is closed."""
        return self.http_response.elapsed

    @property
    def is_closed(self) -> bool:
        """Whether the connection was given back: the body is read, or will not be."""
        return self.http_response.is_closed

    @property
    def request_id(self) -> str | None:
        """The id that the server gave to the request."""
        return request_id_of(self.http_response.headers)

    @override
    def __repr__(self) -> str:
        reason = f"{self.status_code} {self.http_response.reason_phrase}"
        return f"<{type(self).__name__} [{reason}] type={getattr(self._cast_to, '__name__', self._cast_to)}>"

    @override
    def __getstate__(self) -> dict[str, object]:
        """What pickling keeps: the response as it was read, without credentials, and what `parse` returns.

        Raises TypeError for a response that is not read, or is a stream.
        """
        if self._is_stream or "_content" not in self.http_response.__dict__:
            raise TypeError(f"This {type(self).__name__} holds a connection, and does not pickle: read it first")
        parsed = self._parse(None)
        response = portable_response(self.http_response)
        return {
            **self.__dict__,
            "http_response": response,
            "_client": None,
            "_options": None,
            "_cast_to": type(parsed).__name__,
            "_parsed": {None: parsed},
        }

    def _parse(self, to: Any) -> Any:
        """The body as `to`, None for what the method promises; parsed once."""
        if to not in self._parsed:
            self._parsed[to] = self._parse_as(to)
        return self._parsed[to]

    def _parse_as(self, to: Any) -> Any:
        if self._client is None or self._options is None:  # after pickling
            return parse_content(self.http_response, to, strict=False)
        if to is None:
            return self._client._parse_response(self.http_response, self._cast_to, self._options, self._stream_cls)
        return self._client._parse_response(self.http_response, to, self._options.copy(post_parser=None))
