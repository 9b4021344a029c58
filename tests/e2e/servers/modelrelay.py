"""ModelRelay: sessions with messages, pages by cursor and by offset, keys that a null removes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from e2e.support.answers import RefusedError, application
from e2e.support.checks import Rules

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.requests import Request

    from e2e.support.document import JSON, Operation

PROJECT = "d3c4f7a2-5b61-4f0e-a8d9-1e2f3a4b5c6d"
_EPOCH = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)


class Server:
    """The sessions of one project. `sessions` and `messages` are by the session's identifier."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, list[JSON]] = {}
        self._created = 0
        self._ticks = 0

    def app(self) -> Starlette:
        """The routes, relative to the base path."""
        one = "/sessions/{session_id}"
        return application(
            [
                Route("/sessions", self._list, methods=["GET"]),
                Route("/sessions", self._create, methods=["POST"]),
                Route(one, self._get, methods=["GET"]),
                Route(one, self._update, methods=["PATCH"]),
                Route(one, self._delete, methods=["DELETE"]),
                Route(f"{one}/clear", self._clear, methods=["POST"]),
                Route(f"{one}/messages", self._add_message, methods=["POST"]),
            ]
        )

    def add(self, *, customer_id: str | None = None, metadata: JSON = None) -> JSON:
        """Store a new session and return it."""
        identifier, now = self._identifier(), self._now()
        owner = {} if customer_id is None else {"customer_id": customer_id}
        session: dict[str, Any] = {
            "id": identifier,
            "project_id": PROJECT,
            **owner,
            "metadata": metadata or {},
            "message_count": 0,
            "created_at": now,
            "updated_at": now,
        }
        self.sessions[identifier] = session
        self.messages[identifier] = []
        return session

    async def _list(self, request: Request) -> Response:
        query = request.query_params
        customer = query.get("customer_id")
        found = [each for each in self.sessions.values() if customer in (None, each.get("customer_id"))]
        start = int(query["cursor"].removeprefix("cur_")) if "cursor" in query else int(query.get("offset", 0))
        end = start + int(query.get("limit", 50))
        more = {"next_cursor": f"cur_{end}"} if end < len(found) else {}
        return JSONResponse({"sessions": found[start:end], **more})

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        session = self.add(customer_id=body.get("customer_id"), metadata=body.get("metadata"))
        return JSONResponse(session, status_code=201)

    async def _get(self, request: Request) -> Response:
        session = self._find(request)
        return JSONResponse({**session, "messages": self.messages[session["id"]]})

    async def _update(self, request: Request) -> Response:
        session = self._find(request)
        merged = {**session["metadata"], **(await request.json())["metadata"]}
        session["metadata"] = {key: value for key, value in merged.items() if value is not None}
        return self._changed(session)

    async def _clear(self, request: Request) -> Response:
        session = self._find(request)
        self.messages[session["id"]] = []
        return self._changed(session)

    async def _delete(self, request: Request) -> Response:
        identifier = self._find(request)["id"]
        del self.sessions[identifier], self.messages[identifier]
        return Response(status_code=204)

    async def _add_message(self, request: Request) -> Response:
        session, body = self._find(request), await request.json()
        if not body["content"]:
            fields = [{"field": "content", "message": "is required"}]
            details = {"code": "VALIDATION_ERROR", "message": "content is required", "status": 400, "fields": fields}
            raise RefusedError(400, {"error": details, "request_id": "req_refused"})
        messages = self.messages[session["id"]]
        message = {"id": self._identifier(), "seq": len(messages) + 1, **body, "created_at": self._now()}
        messages.append(message)
        self._changed(session)
        return JSONResponse(message, status_code=201)

    def _find(self, request: Request) -> dict[str, Any]:
        try:
            return self.sessions[request.path_params["session_id"]]
        except KeyError:
            raise RefusedError(404, _flat("not_found", "NOT_FOUND", "there is no such session")) from None

    def _changed(self, session: dict[str, Any]) -> Response:
        session["message_count"] = len(self.messages[session["id"]])
        session["updated_at"] = self._now()
        return JSONResponse(session)

    def _identifier(self) -> str:
        self._created += 1
        return str(UUID(int=self._created))

    def _now(self) -> str:
        self._ticks += 1
        return (_EPOCH + timedelta(seconds=self._ticks)).isoformat().replace("+00:00", "Z")


def _flat(error: str, code: str, message: str) -> JSON:
    return {"error": error, "code": code, "message": message}


def _unauthorized(operation: Operation, headers: Headers, _prefix: str) -> Response:
    if operation.id == "deleteSession" and "authorization" in headers:
        return JSONResponse(_flat("forbidden", "FORBIDDEN", "a secret key is needed"), status_code=403)
    return JSONResponse(_flat("unauthorized", "UNAUTHORIZED", "a credential is needed"), status_code=401)


RULES = Rules(unauthorized=_unauthorized)
