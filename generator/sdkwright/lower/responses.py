"""Responses: the one that a method returns, the stream it may become, and the errors that are declared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from sdkwright.ir.models import Position, RootKind
from sdkwright.ir.operations import ErrorResponse, Response, ResponseKind
from sdkwright.ir.types import ANY, STRING, Type, union
from sdkwright.lower import media
from sdkwright.lower.content import media_types, warn_of_structure
from sdkwright.lower.nodes import Node, Raw, as_mapping, as_schema, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.shape import fold
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape, last

_SUCCESS = re.compile(r"2\d\d|2XX", re.IGNORECASE)
_ERROR = re.compile(r"[45]\d\d|[45]XX", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LoweredResponses:
    """What an operation can answer. `stream` is the stream offered beside a plain response."""

    response: Response
    stream: Response | None
    errors: tuple[ErrorResponse, ...]


@dataclass(frozen=True, slots=True)
class _Success:
    """A success that is declared with a body; `main` is the media type to read."""

    status: str
    raw: Raw
    pointer: str
    content: dict[str, Any]
    main: str

    @property
    def schema(self) -> object:
        """The schema of the body, if that is JSON."""
        return as_mapping(self.content[self.main]).get("schema", {}) if media.is_json(self.main) else None


@dataclass(frozen=True, slots=True)
class Responses:
    """Lowers the responses of one operation."""

    schemas: Schemas
    operation: RawOperation

    def lower(self) -> LoweredResponses:
        """The response with the lowest success status that has a body; `default` where no success is declared."""
        raw = as_mapping(self.operation.raw.get("responses"))
        statuses = sorted(str(status) for status in raw if _SUCCESS.fullmatch(str(status)))
        declared_error = any(_ERROR.fullmatch(str(status)) for status in raw)
        if not statuses and "default" in raw and not declared_error:
            statuses = ["default"]
        bodies = [found for status in statuses if (found := self._declared(raw, status))]
        dialect = self.schemas.dialect
        response, stream = self._success(bodies[:1] if dialect.first_success else bodies)
        or_none = 0 < len(bodies) < len(statuses)
        if dialect.first_success:
            response = replace(response, none_untold=or_none or response.status in _BODILESS)
        else:
            response = replace(response, or_none=or_none)
        errors = self._errors(raw, statuses) if dialect.error_types else ()
        return LoweredResponses(response, stream, errors)

    def _resolve(self, responses: Raw, status: str) -> tuple[Raw, str]:
        at = f"{self.operation.pointer}/responses/{escape(status)}"
        return self.schemas.tree.follow(responses[status], at)

    def _declared(self, responses: Raw, status: str) -> _Success | None:
        raw, pointer = self._resolve(responses, status)
        content = media_types(raw, pointer, self.schemas)
        return _Success(status, raw, pointer, content, media.choose_response(tuple(content))) if content else None

    def _success(self, bodies: list[_Success]) -> tuple[Response, Response | None]:
        where = self.schemas.tree.locate(f"{self.operation.pointer}/responses")
        if not bodies:
            return Response(ResponseKind.NONE, "", ANY, where), None
        first = bodies[0]
        others = self._others(bodies) if media.is_json(first.main) else []
        response = self._body(first, first.main, f"response-{first.status}" if others else "response")
        stream = None
        if response.kind is ResponseKind.JSON:
            response = self._joined(response, others)
            streams = [item for item in sorted(first.content) if media.response_kind(item) in _STREAMS]
            if streams:
                stream = self._body(first, streams[0], "event")
        self._tell_unread(bodies, stream)
        return response, stream

    def _others(self, bodies: list[_Success]) -> list[Type]:
        """The types of further success responses that are JSON, and other JSON than the first one."""
        return [
            self._body(body, body.main, f"response-{body.status}").type
            for body in bodies[1:]
            if body.schema is not None and body.schema != bodies[0].schema
        ]

    def _tell_unread(self, bodies: list[_Success], stream: Response | None) -> None:
        """Say which media types the package does not ask for, and that XML and YAML are text to it."""
        first = bodies[0]
        warn_of_structure(first.main, "a response", first.pointer, self.schemas)
        read = {first.main, stream.media_type if stream else first.main}
        unread = sorted(first.content.keys() - read)
        unread += [body.main for body in bodies[1:] if body.schema is None and body.main not in {*read, *unread}]
        if unread:
            self.schemas.diagnostics.note(
                "response/media-types",
                f"{first.main[:80]} is read; the API can answer with {', '.join(unread)[:160]} too",
                self.schemas.tree.locate(first.pointer),
                "pass an `Accept` of your own in `extra_headers` and read the raw response to get another",
            )

    def _joined(self, response: Response, others: list[Type]) -> Response:
        type_ = union(response.type, *others)
        if type_ in {response.type, ANY}:
            return replace(response, type=type_)
        position = self._position(RootKind.RESPONSE, "response")
        node = Node({}, f"{self.operation.pointer}/responses")
        return replace(response, type=self.schemas.declare(node, position, type_))

    def _position(self, kind: RootKind, what: str) -> Position:
        key = self.operation.key
        return Position(kind, f"{key}#{what}", key)

    def _body(self, success: _Success, media_type: str, what: str) -> Response:
        kind = media.response_kind(media_type)
        pointer, entry = success.pointer, as_mapping(success.content[media_type])
        key = "itemSchema" if "itemSchema" in entry and kind in _STREAMS else "schema"
        node = Node(as_schema(entry.get(key)), f"{pointer}/content/{escape(media_type)}/{key}")
        if kind is ResponseKind.SSE and key == "itemSchema":
            node = self._event_data(node)
        elif kind in {ResponseKind.TEXT, ResponseKind.JSON} and self._is_bytes(node):
            kind = ResponseKind.BINARY
        type_: Type
        if kind in {ResponseKind.TEXT, ResponseKind.BINARY}:
            type_ = STRING
        else:
            type_ = self.schemas.root(node, self._position(RootKind.RESPONSE, what))
        where = self.schemas.tree.locate(pointer)
        return Response(kind, media_type, type_, where, as_text(success.raw.get("description")), success.status)

    def _event_data(self, node: Node) -> Node:
        """The schema of what an event carries as text (OpenAPI 3.2, 4.8.14.2); the event itself if it does not say."""
        shape = fold(Node(*self.schemas.tree.follow(node.schema, node.pointer)), self.schemas.tree)
        branches = [branch for alternatives in shape.unions for branch in alternatives]
        data = [shape.properties["data"]] if "data" in shape.properties else []
        data += [branch.child("properties", "data") for branch in branches]
        found = [item.child("contentSchema") for item in data if "contentSchema" in item.schema]
        if len(found) < 2:
            return found[0] if found else node
        return Node({"oneOf": [item.schema for item in found]}, node.pointer)

    def _is_bytes(self, node: Node) -> bool:
        """Whether a body is declared as raw bytes, whatever its media type."""
        raw, _ = self.schemas.tree.follow(node.schema, node.pointer)
        return raw.get("type") == "string" and raw.get("format") == "binary"

    def _errors(self, raw: Raw, used: list[str]) -> tuple[ErrorResponse, ...]:
        found: list[ErrorResponse] = []
        for status in sorted(str(key) for key in raw):
            if status in used or not (_ERROR.fullmatch(status) or status == "default"):
                continue
            value, pointer = self._resolve(raw, status)
            content = {str(key): item for key, item in as_mapping(value.get("content")).items()}
            json = sorted(item for item in content if media.is_json(item))
            if not json:
                continue
            node = Node(
                as_schema(as_mapping(content[json[0]]).get("schema")),
                f"{pointer}/content/{escape(json[0])}/schema",
            )
            type_ = self.schemas.root(node, self._error_position(pointer, status))
            found.append(ErrorResponse(status if status == "default" else status.upper(), type_))
        return tuple(found)

    def _error_position(self, pointer: str, status: str) -> Position:
        """Shared error responses are named by themselves, so that one class serves every operation."""
        if pointer.startswith("/components/responses/"):
            return Position(RootKind.ERROR, pointer, last(pointer))
        return self._position(RootKind.ERROR, f"error-{status}")


_BODILESS = frozenset({"204", "205"})
"""Statuses whose responses are empty, whatever is declared for them (RFC 9110, 15.3.5)."""
_STREAMS = frozenset({ResponseKind.SSE, ResponseKind.JSON_LINES})
