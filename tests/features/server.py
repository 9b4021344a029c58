"""The harbour: an app that answers every operation of `openapi.yaml`, remembers what it heard, and fails when told."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response

from features.routes.files import Files
from features.routes.gates import Gates
from features.routes.lists import Lists
from features.routes.ships import Ships
from features.routes.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SIGNED = "x-request-id"


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it arrived. `realm` is the first segment of its path, which the base URL ends with."""

    method: str
    realm: str
    path: str
    query: str
    headers: Headers
    body: bytes

    @property
    def params(self) -> list[tuple[str, str]]:
        """The query, decoded."""
        return parse_qsl(self.query, keep_blank_values=True)

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies by name."""
        pairs = (pair.partition("=") for pair in self.headers.get("cookie", "").split("; ") if pair)
        return {name: value for name, _, value in pairs}

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """Everything that came, to look for what must not be there."""
        return f"{self.method} {self.realm}{self.path}?{self.query} {self.headers.items()} {self.body!r}"


class Harbor:
    """The API and its state. `heard` holds every request but those for tokens, which are in `gates`."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.ships = Ships()
        self.lists = Lists()
        self.streams = Streams()
        self.files = Files()
        self.gates = Gates()
        self._planned: deque[ASGIApp] = deque()
        parts = (self.ships, self.lists, self.streams, self.files, self.gates)
        self._app = Starlette(routes=[route for part in parts for route in part.routes()])

    @property
    def last(self) -> Heard:
        """The latest request."""
        return self.heard[-1]

    def plan(self, *answers: ASGIApp) -> None:
        """Answer the next requests with these, in their order, in place of the app."""
        self._planned.extend(answers)

    def fail(self, *statuses: int, headers: Mapping[str, str] | None = None, body: object = None) -> None:
        """Answer the next requests with these statuses."""
        content = {"message": "not today"} if body is None else body
        self.plan(*(JSONResponse(content, status, headers) for status in statuses))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _read(receive)
        realm, _, path = scope["raw_path"].decode("ascii").removeprefix("/").partition("/")
        query = scope["query_string"].decode("ascii")
        inner = {**scope, "path": scope["path"].removeprefix(f"/{realm}"), "root_path": ""}
        inner["raw_path"] = f"/{path}".encode()
        answer: ASGIApp = self._app
        if realm != "oauth":
            self.heard.append(Heard(scope["method"], realm, f"/{path}", query, Headers(scope=scope), body))
            answer = self._planned.popleft() if self._planned else self._app
        else:
            inner["path"] = scope["path"]
        await answer(inner, _replay(body, receive), self._signed(send))

    def _signed(self, send: Send) -> Send:
        """Give each answer the number of its request as its id."""
        number = len(self.heard)

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault(SIGNED, f"req_{number}")
            await send(message)

        return signed


def redirect(location: str, status: int = 307) -> Response:
    """An answer that sends the client elsewhere."""
    return Response(status_code=status, headers={"location": location})


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """A channel that gives the body again, and then what is still to come: that the client left."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
