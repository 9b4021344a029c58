"""Eleanor: sessions by name in namespaces, soft deletion, participants, an envelope around each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from e2e.support.answers import RefusedError, application
from e2e.support.checks import Rules

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.responses import Response

    from e2e.support.document import JSON, Operation

_KNOWN_PARTICIPANTS = {"ada": "user", "gardener": "agent", "librarian": "agent"}
_CODES = {
    "SUCCESS": 0,
    "INVALID_INPUT": 2,
    "RESOURCE_INVALID_STATE": 3,
    "RESOURCE_NOT_FOUND": 4,
    "RESOURCE_ALREADY_EXISTS": 5,
    "RESOURCE_DELETED": 6,
}


class Server:
    """The sessions of all namespaces, by namespace and name."""

    def __init__(self) -> None:
        self.sessions: dict[tuple[str, str], dict[str, Any]] = {}
        self._answers = 0
        self._tasks = 0

    def app(self) -> Starlette:
        """The routes, relative to the base path."""
        one = "/sessions/{namespace}/{activity_session}"
        participant = f"{one}/participants/{{participant}}"
        return application(
            [
                Route("/sessions/{namespace}", self._list, methods=["GET"]),
                Route("/sessions/{namespace}", self._create, methods=["POST"]),
                Route(one, self._get, methods=["GET"]),
                Route(one, self._update, methods=["PUT"]),
                Route(one, self._soft_delete, methods=["DELETE"]),
                Route(f"{one}/undelete", self._undelete, methods=["POST"]),
                Route(f"{one}/integrate", self._integrate, methods=["POST"]),
                Route(f"{one}/truncate", self._truncate, methods=["POST"]),
                Route(participant, self._bind, methods=["PUT"]),
                Route(participant, self._unbind, methods=["DELETE"]),
            ]
        )

    def add(self, namespace: str, body: JSON) -> dict[str, Any]:
        """Store a new session and return it."""
        session = {
            "namespace": namespace,
            "description": None,
            "enabled": True,
            **body,
            "auto_created": False,
            "data": None,
            "deleted": False,
            "managed": False,
            "create_ts": "2026-01-12T18:30:00Z",
            "participants": [self._participant(name) for name in body.get("participants", ())],
        }
        self.sessions[namespace, body["name"]] = session
        return session

    async def _list(self, request: Request) -> Response:
        hidden = request.query_params.get("include_deleted", "false") == "false"
        namespace = request.path_params["namespace"]
        found = [each for (space, _), each in self.sessions.items() if space == namespace]
        return self._done(sessions=[each for each in found if not (hidden and each["deleted"])])

    async def _create(self, request: Request) -> Response:
        namespace, body = request.path_params["namespace"], await request.json()
        if (namespace, body["name"]) in self.sessions:
            raise self._refusal(409, "RESOURCE_ALREADY_EXISTS")
        return self._done(session=self.add(namespace, body))

    async def _get(self, request: Request) -> Response:
        return self._done(session=self._find(request))

    async def _update(self, request: Request) -> Response:
        session, changes = self._find(request), await request.json()
        if "participants" in changes:
            changes["participants"] = [self._participant(name) for name in changes["participants"]]
        session.update(changes, update_ts="2026-01-13T06:00:00Z")
        self.sessions = {(each["namespace"], each["name"]): each for each in self.sessions.values()}
        return self._done(session=session)

    async def _soft_delete(self, request: Request) -> Response:
        self._find(request)["deleted"] = True
        return self._done()

    async def _undelete(self, request: Request) -> Response:
        session = self._find(request, deleted=True)
        if not session["deleted"]:
            raise self._refusal(400, "RESOURCE_INVALID_STATE")
        session["deleted"] = False
        return self._done()

    async def _integrate(self, request: Request) -> Response:
        participants = self._find(request)["participants"]
        if not any(each["participant_type"] == "agent" for each in participants):
            return self._done()
        self._tasks += 1
        return self._done(task_id=f"task-{self._tasks:04}")

    async def _truncate(self, request: Request) -> Response:
        self._find(request)["data"] = None
        return self._done()

    async def _bind(self, request: Request) -> Response:
        session, name = self._find(request), request.path_params["participant"]
        if any(each["name"] == name for each in session["participants"]):
            raise self._refusal(409, "RESOURCE_ALREADY_EXISTS")
        session["participants"].append(self._participant(name))
        return self._done()

    async def _unbind(self, request: Request) -> Response:
        session, name = self._find(request), request.path_params["participant"]
        remaining = [each for each in session["participants"] if each["name"] != name]
        if len(remaining) == len(session["participants"]):
            raise self._refusal(404, "RESOURCE_NOT_FOUND")
        session["participants"] = remaining
        return self._done()

    def _find(self, request: Request, *, deleted: bool = False) -> dict[str, Any]:
        path = request.path_params
        session = self.sessions.get((path["namespace"], path["activity_session"]))
        if session is None:
            raise self._refusal(404, "RESOURCE_NOT_FOUND")
        if session["deleted"] and not deleted:
            raise self._refusal(410, "RESOURCE_DELETED")
        return session

    def _participant(self, name: str) -> JSON:
        if name not in _KNOWN_PARTICIPANTS:
            raise self._refusal(404, "RESOURCE_NOT_FOUND")
        return {"name": name, "participant_type": _KNOWN_PARTICIPANTS[name]}

    def _done(self, **result: JSON) -> Response:
        return JSONResponse({"status": self._status("SUCCESS"), **result})

    def _refusal(self, status: int, message: str) -> RefusedError:
        return RefusedError(status, {"status": self._status(message)})

    def _status(self, message: str) -> JSON:
        self._answers += 1
        return {"code": _CODES[message], "message": message, "trace": f"trace-{self._answers}"}


def _unauthorized(_operation: Operation, _headers: Headers, _prefix: str) -> None:
    """The document lets calls without a credential pass."""


RULES = Rules(unauthorized=_unauthorized)
