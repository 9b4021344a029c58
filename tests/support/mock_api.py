"""A server that answers as an OpenAPI document says: it refuses what does not fit and returns the document's examples.

Small enough for golden cases: each success has an `example`, and each path parameter fills a whole segment.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing.requests import MockRequest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from starlette.requests import Request

_UNKNOWN_PARAMETER = "E3015"
"""What the mock server of an emitted package's scripts says of a parameter that the document does not have."""


@contextmanager
def mock_api(document: Path) -> Generator[str]:
    """Serve a document at the URL that is yielded."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(_app(_Document(document)), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()


class _Document:
    """The document, for looking things up and for openapi-core to check requests with."""

    def __init__(self, path: Path) -> None:
        self.content: dict[str, Any] = yaml.safe_load(path.read_text())
        self.checker = OpenAPI.from_dict(self.content)

    def operation(self, method: str, path: str) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
        """An operation with all of its parameters; None if there is none."""
        for template, item in self.content["paths"].items():
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path) and method.lower() in item:
                found = item[method.lower()]
                return found, [*item.get("parameters", ()), *found.get("parameters", ())]
        return None

    def resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        """What a node stands for, references followed."""
        while "$ref" in node:
            target: Any = self.content
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = target
        return node

    def problem(self, request: Request, body: bytes) -> str:
        """Why a request does not fit; empty if it does."""
        mock = MockRequest(
            self.content["servers"][0]["url"],
            request.method.lower(),
            request.url.path,
            args={name: request.query_params.getlist(name) for name in request.query_params},
            headers=dict(request.headers),
            data=body or None,
            content_type=request.headers.get("Content-Type", ""),
        )
        try:
            self.checker.validate_request(mock)
        except OpenAPIError as error:
            return f"{error}: {error.__cause__}"
        return ""


def _app(document: _Document) -> Starlette:
    async def answer(request: Request) -> Response:
        body = await request.body()
        found = document.operation(request.method, request.url.path)
        if found is None:
            return JSONResponse({"error": "no such path"}, 404)
        operation, parameters = found
        problem = document.problem(request, body)
        if problem:
            return JSONResponse({"error": problem}, 400)
        response = _success(document, operation, body)
        known = {each["name"] for each in parameters}
        _mention(response, [name for name in request.query_params if name not in known])
        return response

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])])


def _success(document: _Document, operation: dict[str, Any], body: bytes) -> Response:
    """The example of the first response; a stream for who asks for one."""
    status, response = next(iter(operation["responses"].items()))
    content = document.resolved(response).get("content", {})
    if not content:
        return Response(status_code=int(status))
    if "text/event-stream" in content and b'"stream":true' in body.replace(b" ", b""):
        return Response(b"data: {}\n\n", media_type="text/event-stream")
    kind, media = next(iter(content.items()))
    example = media["example"]
    return Response(json.dumps(example) if kind.endswith("json") else example, int(status), media_type=kind)


def _mention(response: Response, unknown: list[str]) -> None:
    """Name the parameters that the document does not have, in the headers of Steady."""
    response.headers["X-Steady-Error-Count"] = str(len(unknown))
    for number, name in enumerate(unknown, 1):
        response.headers[f"X-Steady-Error-{number}-Code"] = _UNKNOWN_PARAMETER
        response.headers[f"X-Steady-Error-{number}-Path"] = f"query.{name}"
        response.headers[f"X-Steady-Error-{number}-Message"] = f"there is no {name}"
