"""Request bodies: the arguments of a call that carry them."""

from __future__ import annotations

from sdkwright.ir.operations import BodyKind, Operation
from sdkwright.plan.package.context import Scope
from sdkwright.plan.package.parameters import Named
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, code, py_dict, py_str

_JSON = "application/json"


def body_arguments(scope: Scope, keys: WireKeys, operation: Operation, arguments: list[Named]) -> tuple[Code, ...]:
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
    fields = [(argument, name) for argument, name in arguments if argument.place == "field"]
    files = [(py_str(argument.wire), name) for argument, name in fields if argument.is_file]
    values = [
        (py_str(argument.wire), keys.encoded(scope, argument.type, name))
        for argument, name in fields
        if not argument.is_file
    ]
    written: list[Code] = []
    if values or not files:
        written.append(code("body={}", py_dict(values)))
    if files:
        written.append(code("files={}", py_dict(files)))
    return tuple(written)


def content_type_option(operation: Operation) -> tuple[Code, ...]:
    """`content_type=`, where it is not that of plain JSON."""
    body = operation.body
    if body is None or (body.kind is BodyKind.JSON and body.media_type == _JSON):
        return ()
    return (code("content_type={}", py_str(body.media_type)),)
