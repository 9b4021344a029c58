"""Request bodies: the arguments of a call that carry them."""

from __future__ import annotations

from sdkwright.ir.operations import Argument, Body, BodyKind, Operation
from sdkwright.ir.types import NULL, ListOf, MapOf, Named, Type
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.parameters import Named as NamedArgument
from sdkwright.plan.package.parameters import field_value
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, code, py_dict, py_str

_JSON = "application/json"
_WITHOUT_CONTENT = frozenset({"get", "head", "delete", "options", "trace"})
"""Methods whose content has no meaning of its own (RFC 9110, 9.3): some servers refuse even an empty one."""


def body_arguments(
    scope: Scope, keys: WireKeys, operation: Operation, arguments: list[NamedArgument]
) -> tuple[Code, ...]:
    """`body=`, `files=` or `content=` of a call; nothing for an operation without a body."""
    body = operation.body
    if body is None:
        return ()
    whole = [(argument, name) for argument, name in arguments if argument.place == "body"]
    if whole:
        argument, name = whole[0]
        if body.kind is BodyKind.RAW:
            given = name if argument.required else code("{} or None", name)
            return (code("content={}", given),)
        return (code("body={}", keys.encoded(scope, argument.type, name)),)
    values: list[tuple[Code, Code]] = []
    files: list[tuple[Code, Code]] = []
    for argument, name in arguments:
        if argument.place == "field":
            value = name if argument.is_file else field_value(scope, argument, keys.encoded(scope, argument.type, name))
            kind = _part_type(scope, body, argument)
            if kind is not None:
                value = code("{}({}, {})", scope.runtime("._parts", _part_function(argument)), value, py_str(kind))
            (files if argument.is_file or kind is not None else values).append((py_str(argument.wire), value))
    written: list[Code] = []
    if values or not files:
        fields = py_dict(values)
        needed = any(item.required for item, _ in arguments if item.place == "field")
        optional = operation.method in _WITHOUT_CONTENT and not (body.required or files or needed)
        written.append(
            code("body={}({})", scope.runtime("._wire", "unless_omitted"), fields)
            if optional
            else code("body={}", fields)
        )
    if files:
        written.append(code("files={}", py_dict(files)))
    return tuple(written)


def _part_type(scope: Scope, body: Body, argument: Argument) -> str | None:
    """The media type of a field's part, where it is not plain text: an object is JSON unless the document says more."""
    if body.kind is not BodyKind.MULTIPART or (argument.parameter is not None and not argument.is_file):
        return None
    if argument.part_type is not None and (argument.is_file or not argument.part_type.startswith("text/plain")):
        return argument.part_type
    return None if argument.is_file or not _is_object(scope.context, argument.type) else _JSON


def _part_function(argument: Argument) -> str:
    return "file_part" if argument.is_file else "part"


def _is_object(context: Context, type_: Type) -> bool:
    """Whether a value, or each item of a list, can be nothing but an object."""
    leaves = [leaf for leaf in context.leaves(type_) if leaf != NULL]
    items = [item for leaf in leaves for item in (context.leaves(leaf.item) if isinstance(leaf, ListOf) else (leaf,))]
    return bool(items) and all(isinstance(item, (MapOf, Named)) for item in items)


def content_type_option(operation: Operation) -> tuple[Code, ...]:
    """`content_type=`, where it is not that of plain JSON."""
    body = operation.body
    if body is None or (body.kind is BodyKind.JSON and body.media_type == _JSON):
        return ()
    return (code("content_type={}", py_str(body.media_type)),)
