"""ChatKit: sessions with resolved defaults, and the threads that their users left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from e2e.support.answers import RefusedError, application
from e2e.support.checks import Rules
from e2e.support.pages import page

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.responses import Response

    from e2e.support.document import JSON, Operation

_NOW = 1760000000


class Server:
    """Sessions by identifier, threads and their items in order of creation."""

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.threads: dict[str, JSON] = {}
        self.items: dict[str, list[JSON]] = {}

    def app(self) -> Starlette:
        """The routes, relative to the base path."""
        one = "/chatkit/threads/{thread_id}"
        return application(
            [
                Route("/chatkit/sessions", self._create, methods=["POST"]),
                Route("/chatkit/sessions/{session_id}/cancel", self._cancel, methods=["POST"]),
                Route("/chatkit/threads", self._list_threads, methods=["GET"]),
                Route(one, self._get_thread, methods=["GET"]),
                Route(one, self._delete_thread, methods=["DELETE"]),
                Route(f"{one}/items", self._list_items, methods=["GET"]),
            ]
        )

    def add_session(self, body: JSON) -> JSON:
        """Store a session with what `body` asks for and the defaults for the rest."""
        number = len(self.sessions) + 1
        workflow, asked = body["workflow"], body.get("chatkit_configuration", {})
        upload, history = asked.get("file_upload", {}), asked.get("history", {})
        per_minute = body.get("rate_limits", {}).get("max_requests_per_1_minute", 10)
        session: JSON = {
            "id": f"cksess_{number}",
            "object": "chatkit.session",
            "expires_at": _NOW + body.get("expires_after", {}).get("seconds", 600),
            "client_secret": f"ek_{number}",
            "workflow": {
                "id": workflow["id"],
                "version": workflow.get("version"),
                "state_variables": workflow.get("state_variables"),
                "tracing": {"enabled": workflow.get("tracing", {}).get("enabled", True)},
            },
            "user": body["user"],
            "rate_limits": {"max_requests_per_1_minute": per_minute},
            "max_requests_per_1_minute": per_minute,
            "status": "active",
            "chatkit_configuration": {
                "automatic_thread_titling": {"enabled": asked.get("automatic_thread_titling", {}).get("enabled", True)},
                "file_upload": {
                    "enabled": upload.get("enabled", False),
                    "max_file_size": upload.get("max_file_size"),
                    "max_files": upload.get("max_files"),
                },
                "history": {"enabled": history.get("enabled", True), "recent_threads": history.get("recent_threads")},
            },
        }
        self.sessions[session["id"]] = session
        return session

    def add_thread(self, thread: JSON, items: list[JSON]) -> None:
        """Store a thread."""
        self.threads[thread["id"]] = thread
        self.items[thread["id"]] = items

    async def _create(self, request: Request) -> Response:
        _require_beta(request)
        return JSONResponse(self.add_session(await request.json()))

    async def _cancel(self, request: Request) -> Response:
        _require_beta(request)
        session = self.sessions.get(request.path_params["session_id"])
        if session is None:
            raise _not_found()
        session["status"] = "cancelled"
        return JSONResponse(session)

    async def _list_threads(self, request: Request) -> Response:
        _require_beta(request)
        user = request.query_params.get("user")
        threads = [each for each in self.threads.values() if user in (None, each["user"])]
        return JSONResponse(page(threads, request.query_params))

    async def _get_thread(self, request: Request) -> Response:
        return JSONResponse(self.threads[self._thread(request)])

    async def _delete_thread(self, request: Request) -> Response:
        thread_id = self._thread(request)
        del self.threads[thread_id], self.items[thread_id]
        return JSONResponse({"id": thread_id, "object": "chatkit.thread.deleted", "deleted": True})

    async def _list_items(self, request: Request) -> Response:
        return JSONResponse(page(self.items[self._thread(request)], request.query_params))

    def _thread(self, request: Request) -> str:
        _require_beta(request)
        thread_id = str(request.path_params["thread_id"])
        if thread_id not in self.threads:
            raise _not_found()
        return thread_id


def _require_beta(request: Request) -> None:
    if "chatkit_beta=" not in request.headers.get("openai-beta", ""):
        raise RefusedError(400, _error("the header OpenAI-Beta is missing", "invalid_beta"))


def _not_found() -> RefusedError:
    return RefusedError(404, _error("Nothing was found under this identifier.", None))


def _error(message: str, code: str | None) -> JSON:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def _unauthorized(_operation: Operation, _headers: Headers, _prefix: str) -> Response:
    return JSONResponse(_error("The API key that was sent is not valid.", "invalid_api_key"), status_code=401)


RULES = Rules(unauthorized=_unauthorized)
