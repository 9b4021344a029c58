"""Gates that note the credentials, and the office that hands out tokens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What a client asked the office for a token with."""

    authorization: str
    form: dict[str, str]


class Gates:
    """`issued` are the requests for tokens. `lifetime` is in seconds; `revoked` tokens are refused with 401.

    The office answers after `delay` seconds, first with the statuses in `faults`.
    """

    def __init__(self) -> None:
        self.issued: list[TokenRequest] = []
        self.lifetime = 3600
        self.revoked: set[str] = set()
        self.delay = 0.0
        self.faults: list[int] = []

    def routes(self) -> list[Route]:
        """Those of this part."""
        return [
            Route("/gates/{gate}", self._pass, methods=["GET"]),
            Route("/oauth/token", self._token, methods=["POST"]),
        ]

    async def _pass(self, request: Request) -> Response:
        if request.headers.get("authorization", "").removeprefix("Bearer ") in self.revoked:
            return JSONResponse({"message": "this token was withdrawn"}, 401)
        return JSONResponse({"gate": request.path_params["gate"]})

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        self.issued.append(TokenRequest(request.headers.get("authorization", ""), form))
        await asyncio.sleep(self.delay)
        if self.faults:
            return JSONResponse({"error": "temporarily_unavailable"}, self.faults.pop(0))
        token = f"service-token-{len(self.issued)}"
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime})
