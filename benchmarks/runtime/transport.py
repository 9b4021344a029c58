"""A server without a network: an HTTP transport that answers at once, for httpx and for httpx2."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

_PIECE = 4096
"""Bytes that one read of a socket would bring."""


@dataclass(frozen=True, slots=True)
class Payloads:
    """The bodies that one API answers with: one object, a list of 100, a completion, and 10,000 events."""

    one: bytes
    many: bytes
    completion: bytes
    events: bytes

    def answer(self, method: str, path: str, body: bytes) -> tuple[str, bytes]:
        """Content type and body for a request."""
        if method == "GET":
            return "application/json", self.many if path.rstrip("/").endswith("models") else self.one
        if b'"stream":true' in body.replace(b" ", b""):
            return "text/event-stream", self.events
        return "application/json", self.completion


def _pieces(content: bytes) -> list[bytes]:
    return [content[start : start + _PIECE] for start in range(0, len(content), _PIECE)]


def sync_client(http: Any, payloads: Payloads) -> Any:
    """A client of the HTTP library `http`, with the transport."""
    pieces = {id(content): _pieces(content) for content in _all(payloads)}

    class Body(http.SyncByteStream):  # type: ignore[misc, name-defined] # chosen at run time
        def __init__(self, content: bytes) -> None:
            self.pieces = pieces[id(content)]

        def __iter__(self) -> Iterator[bytes]:
            return iter(self.pieces)

    class InProcess(http.BaseTransport):  # type: ignore[misc, name-defined] # chosen at run time
        def handle_request(self, request: Any) -> Any:
            content_type, content = payloads.answer(request.method, request.url.path, b"".join(request.stream))
            return http.Response(200, headers=_headers(content_type, content), stream=Body(content))

    return http.Client(transport=InProcess())


def async_client(http: Any, payloads: Payloads) -> Any:
    """The same for an async client."""
    pieces = {id(content): _pieces(content) for content in _all(payloads)}

    class Body(http.AsyncByteStream):  # type: ignore[misc, name-defined] # chosen at run time
        def __init__(self, content: bytes) -> None:
            self.pieces = pieces[id(content)]

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in self.pieces:
                yield piece

    class InProcess(http.AsyncBaseTransport):  # type: ignore[misc, name-defined] # chosen at run time
        async def handle_async_request(self, request: Any) -> Any:
            body = b"".join([piece async for piece in request.stream])
            content_type, content = payloads.answer(request.method, request.url.path, body)
            return http.Response(200, headers=_headers(content_type, content), stream=Body(content))

    return http.AsyncClient(transport=InProcess())


def _all(payloads: Payloads) -> tuple[bytes, ...]:
    return payloads.one, payloads.many, payloads.completion, payloads.events


def _headers(content_type: str, content: bytes) -> dict[str, str]:
    return {"Content-Type": content_type, "Content-Length": str(len(content)), "x-request-id": "req_1"}
