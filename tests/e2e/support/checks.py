"""ASGI middleware that holds both sides to an OpenAPI document.

Requests and responses are checked by openapi-core. On top of that, a query parameter that the document does not
declare, a body where it has none and a path that it does not know are violations: a server would ignore them, and the
caller would believe that they had an effect.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.validation.request.exceptions import SecurityValidationError
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import JSONResponse, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from e2e.support.document import JSON, Document, Operation


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it arrived. Names of headers are in lower case, values of the query are decoded."""

    operation: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> JSON:
        """The decoded body."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is special about one API.

    `unauthorized` answers a request whose credentials are not those that the document asks for; `None` lets it pass.
    `query_names` maps a name on the wire to the one in the document. `extra_query` lists names that may come besides.
    `prefixes` are further places, besides the document's own, where the API is offered.
    """

    unauthorized: Callable[[Operation, Headers, str], Response | None]
    query_names: Mapping[str, str] = field(default_factory=dict[str, str])
    extra_query: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    undeclared_properties: Literal["allow", "forbid"] = "forbid"


@dataclass(frozen=True, slots=True)
class _Request:
    """The form in which openapi-core takes a request."""

    host_url: str
    path: str
    method: str
    body: bytes | None
    content_type: str
    parameters: RequestParameters


@dataclass(frozen=True, slots=True)
class _Response:
    """The form in which openapi-core takes a response."""

    data: bytes
    status_code: int
    content_type: str
    headers: Headers


class Contract:
    """A document made ready to check against, which takes a while, and what is special about its API."""

    def __init__(self, document: Document, rules: Rules) -> None:
        self.document = document
        self.rules = rules
        policy = rules.undeclared_properties
        self.requests = OpenAPI.from_dict(document.content, Config(additional_properties_default_policy=policy))
        self.responses = OpenAPI.from_dict(document.content, Config(additional_properties_default_policy="allow"))


class Checked:
    """The app of one API behind the checks. `calls` are the requests that passed, `violations` everything else."""

    def __init__(self, app: ASGIApp, contract: Contract) -> None:
        self.calls: list[Call] = []
        self.violations: list[str] = []
        self._app = app
        self._contract = contract
        self._document = contract.document
        self._rules = contract.rules
        self._faults: deque[Response] = deque()

    def fail_next(self, *responses: Response) -> None:
        """Answer the next requests, in this order, with `responses` in place of the app's."""
        self._faults.extend(responses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = await _read(receive)
        prefix, path = self._split(scope["raw_path"].decode("ascii"))
        operation = self._document.match(scope["method"].lower(), path)
        headers = Headers(scope=scope)
        response: ASGIApp
        if operation is None:
            response = self._refuse([f"{scope['method']} {path}: the document has no such operation"])
        else:
            request = self._request(operation, path, scope, headers, body)
            problems, unauthorized = self._check(request, operation, headers, prefix, scope)
            if problems:
                response = self._refuse(problems)
            else:
                query = tuple(QueryParams(scope["query_string"]).multi_items())
                self.calls.append(Call(operation.id, request.method, path, query, dict(headers), body))
                response = self._answer(unauthorized, request)
        # A percent-encoded slash stays encoded, so that it does not divide a value.
        inner = {**scope, "path": unquote(path.replace("%2F", "%252F")), "raw_path": path.encode(), "root_path": ""}
        await response(inner, _replay(body, receive), self._signed(send))

    def _split(self, raw_path: str) -> tuple[str, str]:
        for prefix in (*self._rules.prefixes, self._document.base_path):
            if raw_path.startswith(f"{prefix}/"):
                return prefix, raw_path.removeprefix(prefix)
        return "", raw_path

    def _request(self, operation: Operation, path: str, scope: Scope, headers: Headers, body: bytes) -> _Request:
        query = QueryParams(
            [
                (self._rules.query_names.get(name, name), value)
                for name, value in QueryParams(scope["query_string"]).multi_items()
            ]
        )
        return _Request(
            host_url=self._document.origin,
            path=self._document.base_path + path,
            method=operation.method,
            body=body or None,
            content_type=headers.get("content-type", ""),
            parameters=RequestParameters(query=_Multi(query), header=headers, cookie={}),
        )

    def _check(
        self, request: _Request, operation: Operation, headers: Headers, prefix: str, scope: Scope
    ) -> tuple[list[str], Response | None]:
        problems: list[str] = []
        unauthorized: Response | None = None
        for error in self._contract.requests.iter_request_errors(request):  # type: ignore[arg-type]  # read-only attributes satisfy the protocol
            if isinstance(error, SecurityValidationError):
                unauthorized = self._rules.unauthorized(operation, headers, prefix)
            else:
                problems.append(f"{operation.id}: request: {_explain(error)}")
        allowed = operation.query | self._rules.extra_query | self._rules.query_names.keys()
        problems += [
            f"{operation.id}: query parameter {name!r} is not in the document"
            for name in QueryParams(scope["query_string"])
            if name not in allowed or name in self._rules.query_names.values()
        ]
        if request.body and not operation.has_body:
            problems.append(f"{operation.id}: a body where the document has none: {request.body!r}")
        return problems, unauthorized

    def _refuse(self, problems: list[str]) -> Response:
        self.violations += problems
        return JSONResponse({"violations": problems}, status_code=400)

    def _answer(self, unauthorized: Response | None, request: _Request) -> ASGIApp:
        if self._faults:
            return self._faults.popleft()
        if unauthorized is not None:
            return unauthorized

        async def checked(scope: Scope, receive: Receive, send: Send) -> None:
            await self._app(scope, receive, _Inspector(send, lambda answer: self._check_response(request, answer)))

        return checked

    def _check_response(self, request: _Request, response: _Response) -> None:
        for error in self._contract.responses.iter_response_errors(request, response):  # type: ignore[arg-type]  # as above
            self.violations.append(f"{request.method} {request.path}: test server: {_explain(error)}")

    def _signed(self, send: Send) -> Send:
        number = len(self.calls)

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = f"req_{number}"
            await send(message)

        return signed


class _Multi(dict[str, str]):
    """A query with `getlist`, which openapi-core asks for a parameter that may come several times."""

    def __init__(self, query: QueryParams) -> None:
        super().__init__(query)
        self.getlist = query.getlist


class _Inspector:
    """Collects a response on its way out and hands it to `check`. Streams of events pass unread."""

    def __init__(self, send: Send, check: Callable[[_Response], None]) -> None:
        self._send = send
        self._check = check
        self._status = 0
        self._headers = Headers()
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            self._headers = Headers(raw=message["headers"])
        elif message["type"] == "http.response.body" and not self._streams():
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                kind = self._headers.get("content-type", "")
                self._check(_Response(self._body, self._status, kind, self._headers))
        await self._send(message)

    def _streams(self) -> bool:
        return self._headers.get("content-type", "").startswith("text/event-stream")


def _explain(error: BaseException) -> str:
    """What is wrong and where, without the whole value that openapi-core would repeat."""
    cause: BaseException | None = error
    while cause is not None:
        found = [_deepest(each) for each in getattr(cause, "schema_errors", ())]
        if found:
            return f"{type(error).__name__}: " + "; ".join(f"{each.json_path}: {each.message[:300]}" for each in found)
        cause = cause.__cause__
    return f"{type(error).__name__}: {error}"


def _deepest(error: Any) -> Any:
    """The farthest from the root: where a union fails, the failure of the member that fits best."""
    return max((error, *(_deepest(each) for each in error.context or ())), key=lambda each: len(each.absolute_path))


async def _read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """`body` once more, then what the connection says, such as that it was closed."""
    pending: deque[Message] = deque([{"type": "http.request", "body": body, "more_body": False}])

    async def replay() -> Message:
        return pending.popleft() if pending else await receive()

    return replay
