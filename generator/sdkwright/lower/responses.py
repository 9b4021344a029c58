"""Responses: the one that a method returns, the stream it may become, and the errors that are declared."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sdkwright.ir.models import Position, RootKind
from sdkwright.ir.operations import ErrorResponse, Response, ResponseKind
from sdkwright.ir.types import ANY, STRING, Type, union
from sdkwright.lower import media
from sdkwright.lower.nodes import Node, Raw, as_mapping, as_schema, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape

_SUCCESS = re.compile(r"2\d\d|2XX", re.IGNORECASE)
_ERROR = re.compile(r"[45]\d\d|[45]XX", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LoweredResponses:
    """What an operation can answer. `stream` is the stream offered beside a plain response."""

    response: Response
    stream: Response | None
    errors: tuple[ErrorResponse, ...]


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
        successes = [self._resolve(raw, status) for status in statuses]
        bodies = [(status, value, at) for status, value, at in successes if as_mapping(value.get("content"))]
        response, stream = self._success(bodies)
        errors = self._errors(raw, statuses)
        return LoweredResponses(response, stream, errors)

    def _resolve(self, responses: Raw, status: str) -> tuple[str, Raw, str]:
        at = f"{self.operation.pointer}/responses/{escape(status)}"
        raw, pointer = self.schemas.tree.follow(responses[status], at)
        return status, raw, pointer

    def _success(self, bodies: list[tuple[str, Raw, str]]) -> tuple[Response, Response | None]:
        where = self.schemas.tree.locate(f"{self.operation.pointer}/responses")
        if not bodies:
            return Response(ResponseKind.NONE, "", ANY, where), None
        status, raw, pointer = bodies[0]
        content = [str(key) for key in as_mapping(raw["content"])]
        main = media.choose_response(tuple(content))
        others = self._others(bodies) if media.is_json(main) else []
        response = self._body(status, raw, pointer, main, f"response-{status}" if others else "response")
        stream = None
        if response.kind is ResponseKind.JSON:
            response = self._joined(response, others)
            streams = [item for item in sorted(content) if media.response_kind(item) in _STREAMS]
            if streams:
                stream = self._body(status, raw, pointer, streams[0], "event")
        return response, stream

    def _others(self, bodies: list[tuple[str, Raw, str]]) -> list[Type]:
        """The types of further success responses that are JSON, and other JSON than the first one."""
        found: list[Type] = []
        first = self._json_schema(bodies[0][1])
        for status, raw, pointer in bodies[1:]:
            schema = self._json_schema(raw)
            if schema is not None and schema != first:
                media_type = media.choose_response(tuple(str(key) for key in raw["content"]))
                found.append(self._body(status, raw, pointer, media_type, f"response-{status}").type)
        return found

    def _json_schema(self, raw: Raw) -> object:
        content = as_mapping(raw["content"])
        main = media.choose_response(tuple(str(key) for key in content))
        return as_mapping(content[main]).get("schema", {}) if media.is_json(main) else None

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

    def _body(self, status: str, raw: Raw, pointer: str, media_type: str, what: str) -> Response:
        kind = media.response_kind(media_type)
        entry = as_mapping(as_mapping(raw["content"])[media_type])
        key = "itemSchema" if "itemSchema" in entry and kind in _STREAMS else "schema"
        node = Node(as_schema(entry.get(key)), f"{pointer}/content/{escape(media_type)}/{key}")
        type_: Type
        if kind in {ResponseKind.TEXT, ResponseKind.BINARY}:
            type_ = STRING
        else:
            type_ = self.schemas.root(node, self._position(RootKind.RESPONSE, what))
        where = self.schemas.tree.locate(pointer)
        return Response(kind, media_type, type_, where, as_text(raw.get("description")), status)

    def _errors(self, raw: Raw, used: list[str]) -> tuple[ErrorResponse, ...]:
        found: list[ErrorResponse] = []
        for status in sorted(str(key) for key in raw):
            if status in used or not (_ERROR.fullmatch(status) or status == "default"):
                continue
            _, value, pointer = self._resolve(raw, status)
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
            return Position(RootKind.ERROR, pointer, pointer.rsplit("/", 1)[-1])
        return self._position(RootKind.ERROR, f"error-{status}")


_STREAMS = frozenset({ResponseKind.SSE, ResponseKind.JSON_LINES})
