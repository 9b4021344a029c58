"""Uploads, taken apart by a reader of its own, and downloads."""

from __future__ import annotations

import hashlib
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request


class Files:
    """`chart` is what a download holds; `cut` lets it end too early. `labels` are raw uploads by their id."""

    def __init__(self) -> None:
        self.chart = bytes(range(256)) * 1024
        self.labels: dict[str, bytes] = {}

    def routes(self) -> list[Route]:
        """Those of this part."""
        return [
            Route("/cargo", self._load, methods=["POST"]),
            Route("/cargo/{cargo_id}/label", self._label, methods=["PUT"]),
            Route("/logins", self._log_in, methods=["POST"]),
            Route("/charts/{chart_id}", self._chart, methods=["GET"]),
            Route("/anthem", self._anthem, methods=["GET"]),
        ]

    async def _load(self, request: Request) -> Response:
        parts = parts_of(request.headers["content-type"], await request.body())
        return JSONResponse({"id": "c1", "parts": parts})

    async def _label(self, request: Request) -> Response:
        self.labels[request.path_params["cargo_id"]] = await request.body()
        return Response(status_code=204)

    async def _log_in(self, _request: Request) -> Response:
        return JSONResponse({"gate": "login"})

    async def _chart(self, _request: Request) -> Response:
        headers = {"content-length": str(len(self.chart))}
        return StreamingResponse(self._pieces(), media_type="application/octet-stream", headers=headers)

    async def _anthem(self, _request: Request) -> Response:
        return PlainTextResponse("Over the sea\n")

    def _pieces(self) -> Iterator[bytes]:
        step = 16 * 1024
        return (self.chart[start : start + step] for start in range(0, len(self.chart), step))


def parts_of(content_type: str, body: bytes) -> list[dict[str, Any]]:
    """The parts of a multipart body, by a reader that has nothing to do with the writer."""
    message = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=policy.HTTP)
    assert not message.defects, message.defects
    return [_part(part) for part in message.iter_parts()]


def _part(part: Any) -> dict[str, Any]:
    content: bytes = part.get_payload(decode=True)
    file = part.get_filename()
    return {
        "name": part.get_param("name", header="content-disposition"),
        "file": file,
        "type": part["content-type"],
        "text": content.decode() if file is None else None,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
