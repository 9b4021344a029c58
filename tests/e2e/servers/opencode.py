"""opencode: sessions whose changes are told to everyone who follows the stream of events."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

from e2e.support.answers import RefusedError, application
from e2e.support.checks import Rules

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.responses import Response

    from e2e.support.document import JSON, Operation

_TOKENS = {"input": 12, "output": 3.5, "reasoning": 0, "cache": {"read": 9, "write": 0}}


class Server:
    """The sessions, their messages, and whoever listens.

    A stream sends `server.connected`, then `script`; if there is a script it ends after that, and if there is none it
    stays open and tells what happens. `listeners` is the number of open streams.
    """

    def __init__(self, script: Sequence[JSON] = ()) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, list[JSON]] = {}
        self.script = list(script)
        self._queues: set[asyncio.Queue[JSON]] = set()
        self._clock = 1756214400000

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return len(self._queues)

    def app(self) -> Starlette:
        """The routes, relative to the base path."""
        one = "/session/{id}"
        return application(
            [
                Route("/event", self._events, methods=["GET"]),
                Route("/session", self._list, methods=["GET"]),
                Route("/session", self._create, methods=["POST"]),
                Route(one, self._delete, methods=["DELETE"]),
                Route(f"{one}/abort", self._abort, methods=["POST"]),
                Route(f"{one}/init", self._init, methods=["POST"]),
                Route(f"{one}/message", self._messages, methods=["GET"]),
                Route(f"{one}/message", self._chat, methods=["POST"]),
                Route(f"{one}/revert", self._revert, methods=["POST"]),
                Route(f"{one}/unrevert", self._unrevert, methods=["POST"]),
                Route(f"{one}/share", self._share, methods=["POST"]),
                Route(f"{one}/share", self._unshare, methods=["DELETE"]),
                Route(f"{one}/summarize", self._summarize, methods=["POST"]),
            ]
        )

    def add(self) -> dict[str, Any]:
        """Store a new session and return it."""
        now, identifier = self._now(), f"ses_{len(self.sessions) + 1}"
        times = {"created": now, "updated": now}
        session = {"id": identifier, "title": "New session", "version": "0.5.0", "time": times}
        self.sessions[identifier] = session
        self.messages[identifier] = []
        return session

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(self._stream(), media_type="text/event-stream")

    async def _stream(self) -> AsyncIterator[str]:
        queue: asyncio.Queue[JSON] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield _event({"type": "server.connected", "properties": {}})
            yield ": a comment that keeps the connection open\r\n\r\n"
            for event in self.script:
                yield _event(event)
            while not self.script:
                yield _event(await queue.get())
        finally:
            self._queues.discard(queue)

    def _tell(self, kind: str, properties: JSON) -> None:
        for queue in self._queues:
            queue.put_nowait({"type": kind, "properties": properties})

    async def _list(self, _request: Request) -> Response:
        return JSONResponse(sorted(self.sessions.values(), key=lambda each: -each["time"]["updated"]))

    async def _create(self, _request: Request) -> Response:
        return self._updated(self.add())

    async def _delete(self, request: Request) -> Response:
        session = self._find(request)
        del self.sessions[session["id"]], self.messages[session["id"]]
        self._tell("session.deleted", {"info": session})
        return JSONResponse(True)

    async def _abort(self, request: Request) -> Response:
        self._tell("session.idle", {"sessionID": self._find(request)["id"]})
        return JSONResponse(True)

    async def _init(self, request: Request) -> Response:
        self._find(request)
        self._tell("file.edited", {"file": "AGENTS.md"})
        return JSONResponse(True)

    async def _messages(self, request: Request) -> Response:
        return JSONResponse(self.messages[self._find(request)["id"]])

    async def _chat(self, request: Request) -> Response:
        session, body = self._find(request), await request.json()
        messages = self.messages[session["id"]]
        asked = body.get("messageID", f"msg_{len(messages) + 1}")
        user = {"id": asked, "role": "user", "sessionID": session["id"], "time": {"created": self._now()}}
        parts = [
            {"id": f"prt_{asked}_{number}", "messageID": asked, "sessionID": session["id"], **part}
            for number, part in enumerate(body["parts"])
        ]
        assistant = {
            "id": f"msg_{len(messages) + 2}",
            "role": "assistant",
            "sessionID": session["id"],
            "mode": body.get("mode", "build"),
            "modelID": body["modelID"],
            "providerID": body["providerID"],
            "cost": 0.0125,
            "path": {"cwd": "/home/ada/app", "root": "/home/ada/app"},
            "system": [body["system"]] if "system" in body else [],
            "time": {"created": self._now(), "completed": self._now()},
            "tokens": _TOKENS,
        }
        messages += [{"info": user, "parts": parts}, {"info": assistant, "parts": []}]
        for message in (user, assistant):
            self._tell("message.updated", {"info": message})
        return JSONResponse(assistant)

    async def _revert(self, request: Request) -> Response:
        session, body = self._find(request), await request.json()
        session["revert"] = {**body, "snapshot": "4b825dc6"}
        return self._updated(session)

    async def _unrevert(self, request: Request) -> Response:
        session = self._find(request)
        session.pop("revert", None)
        return self._updated(session)

    async def _share(self, request: Request) -> Response:
        session = self._find(request)
        session["share"] = {"url": f"https://opencode.ai/s/{session['id']}"}
        return self._updated(session)

    async def _unshare(self, request: Request) -> Response:
        session = self._find(request)
        session.pop("share", None)
        return self._updated(session)

    async def _summarize(self, request: Request) -> Response:
        self._find(request)
        return JSONResponse(True)

    def _find(self, request: Request) -> dict[str, Any]:
        identifier = request.path_params["id"]
        if identifier not in self.sessions:
            message = f"there is no session {identifier}"
            raise RefusedError(400, {"name": "UnknownError", "data": {"message": message}})
        return self.sessions[identifier]

    def _updated(self, session: dict[str, Any]) -> Response:
        session["time"]["updated"] = self._now()
        self._tell("session.updated", {"info": session})
        return JSONResponse(session)

    def _now(self) -> int:
        self._clock += 1
        return self._clock


def _event(event: JSON) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n"


def _unauthorized(operation: Operation, _headers: Headers, _prefix: str) -> None:
    raise AssertionError(f"{operation.id} asks for a credential")


RULES = Rules(unauthorized=_unauthorized)
