"""Streams whose pieces a test decides."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request


class Streams:
    """`radar`, `tides` and `parts` are the pieces that are sent, each in a write of its own.

    `endless` repeats the last piece of the radar; `left` counts the clients that went before the end.
    """

    def __init__(self) -> None:
        self.radar = [b'data: {"type":"Blip","bearing":10}\n\n', b'data: {"type":"Sweep"}\n\n']
        self.tides = [b'{"level":1.5}\n', b'{"level":2}\n']
        self.parts = [b'data: {"delta":"rain"}\n\n', b'data: {"delta":" later"}\n\n', b"data: [DONE]\n\n"]
        self.endless = False
        self.left = 0

    def routes(self) -> list[Route]:
        """Those of this part."""
        return [
            Route("/radar", self._watch_radar, methods=["GET"]),
            Route("/tides", self._watch_tides, methods=["GET"]),
            Route("/forecasts", self._forecast, methods=["POST"]),
        ]

    async def _watch_radar(self, _request: Request) -> Response:
        return StreamingResponse(self._pieces(self.radar, endless=self.endless), media_type="text/event-stream")

    async def _watch_tides(self, _request: Request) -> Response:
        return StreamingResponse(self._pieces(self.tides), media_type="application/jsonl")

    async def _forecast(self, request: Request) -> Response:
        if not (await request.json()).get("stream"):
            return JSONResponse({"text": "rain later"})
        return StreamingResponse(self._pieces(self.parts), media_type="text/event-stream")

    async def _pieces(self, pieces: list[bytes], *, endless: bool = False) -> AsyncIterator[bytes]:
        complete = False
        try:
            for piece in pieces:
                yield piece
                await asyncio.sleep(0)
            while endless:
                yield pieces[-1]
                await asyncio.sleep(0.002)
            complete = True
        finally:
            self.left += not complete
