"""What comes back from a call: the return annotation and the arguments that tell the runtime how to read it."""

from __future__ import annotations

from dataclasses import dataclass

from sdkwright.ir.operations import Response, ResponseKind
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import ANY, NULL, STRING, Type, union
from sdkwright.plan.package.configured import Unwrapping
from sdkwright.plan.package.context import Scope, is_class
from sdkwright.text import Code, code, py_str

_STREAMS = {
    (ResponseKind.SSE, False): "Stream",
    (ResponseKind.SSE, True): "AsyncStream",
    (ResponseKind.JSON_LINES, False): "JSONLStream",
    (ResponseKind.JSON_LINES, True): "AsyncJSONLStream",
}
RAW_EVENT = "ServerSentEvent"
"""The runtime's class of an event."""
_ACCEPT = {ResponseKind.NONE: "*/*"}


@dataclass(frozen=True, slots=True)
class Returned:
    """`annotation` of the method, `arguments` of the call, and the `Accept` header where it is not JSON.

    `parser` takes what is returned out of what was parsed.
    """

    annotation: Code
    arguments: tuple[Code, ...]
    accept: Code | None = None
    is_stream: bool = False
    parser: Code | None = None


def returned(scope: Scope, response: Response, *, is_async: bool) -> Returned:
    """A response that is always of one kind."""
    accept = py_str(_ACCEPT.get(response.kind, response.media_type) or "*/*")
    match response.kind:
        case ResponseKind.NONE:
            none_type = scope.runtime("._types", "NoneType")
            return Returned(Code("None"), (code("cast_to={}", none_type),), accept)
        case ResponseKind.TEXT:
            return Returned(scope.builtin("str"), (cast_to(scope, STRING),), accept)
        case ResponseKind.BINARY:
            name = scope.runtime("._response", "AsyncBinaryAPIResponse" if is_async else "BinaryAPIResponse")
            return Returned(name, (code("cast_to={}", name),), accept)
        case ResponseKind.SSE | ResponseKind.JSON_LINES:
            stream = stream_class(scope, response.kind, response.type, is_async=is_async)
            arguments = (
                code("cast_to={}", stream.event),
                Code("stream=True"),
                code("stream_cls={}", stream.expression),
            )
            return Returned(stream.annotation, arguments, is_stream=True)
        case ResponseKind.JSON:
            type_ = union(response.type, NULL) if response.or_none else response.type
            plain = response.media_type in {"", "application/json"}
            annotation = scope.annotation(type_, Mode.MODEL)
            kind = cast_to(scope, type_)
            if response.none_untold:
                either = scope.expression(union(response.type, NULL))
                kind = code("cast_to={}", scope.told(response.type, annotation, either))
            return Returned(annotation, (kind,), None if plain else accept)


def unwrapped(scope: Scope, response: Response, part: Unwrapping) -> Returned:
    """One property of a JSON response in the place of the whole."""
    annotation = scope.annotation(part.type, Mode.MODEL)
    getter = scope.runtime("operator", "attrgetter")
    kind = scope.told(part.type, annotation, scope.expression(response.type))
    return Returned(annotation, (code("cast_to={}", kind),), parser=code("{}({})", getter, py_str(part.attribute)))


@dataclass(frozen=True, slots=True)
class StreamClass:
    """`Stream[Event]`, as an annotation and as an expression, and the class of one event."""

    annotation: Code
    expression: Code
    event: Code


def is_raw(kind: ResponseKind, type_: Type) -> bool:
    """Whether a stream hands on its events as they come, name and id included: nothing is known of their data."""
    return kind is ResponseKind.SSE and type_ == ANY


def stream_class(scope: Scope, kind: ResponseKind, type_: Type, *, is_async: bool) -> StreamClass:
    """The stream of a type."""
    name = scope.runtime("._streaming", _STREAMS[kind, is_async])
    if is_raw(kind, type_):
        event = scope.runtime("._streaming", RAW_EVENT)
        stream = code("{}[{}]", name, event)
        return StreamClass(stream, stream, event)
    return StreamClass(
        code("{}[{}]", name, scope.annotation(type_, Mode.MODEL)),
        code("{}[{}]", name, scope.expression(type_)),
        class_expression(scope, type_),
    )


def cast_to(scope: Scope, type_: Type) -> Code:
    """`cast_to=` of a call."""
    return code("cast_to={}", class_expression(scope, type_))


def class_expression(scope: Scope, type_: Type) -> Code:
    """A type as a value of type `type[...]`; an alias is not a class, which the checkers must be told."""
    expression = scope.expression(type_)
    if is_class(scope.context, type_):
        return expression
    return scope.told(type_, scope.annotation(type_, Mode.MODEL), expression)
