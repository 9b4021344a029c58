"""What the config of one method changes: its body as one argument, the part of a response that returns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sdkwright.ir.operations import Argument, Operation, ResponseKind
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import NULL, Type, union
from sdkwright.name.reserved import argument_name
from sdkwright.plan.package.context import Context
from sdkwright.text import Code, py_ident


def method_operation(context: Context, node: MethodNode) -> Operation:
    """The operation of a method, taking its body as the config says."""
    operation = context.operations[node.operation]
    return operation if node.body_param_name is None else _with_whole_body(context, operation)


def method_arguments(context: Context, node: MethodNode) -> tuple[tuple[Argument, Code], ...]:
    """The arguments of a method with their names."""
    operation = context.operations[node.operation]
    named = zip(operation.arguments, context.names.arguments[operation.key], strict=True)
    if node.body_param_name is None:
        return tuple((argument, py_ident(name)) for argument, name in named)
    names = {(argument.place, argument.wire): name for argument, name in named}
    wanted = argument_name(context.config.casing.snake(node.body_param_name, "body"))
    taken = {name for (place, _), name in names.items() if place not in {"body", "field"}}
    body = f"{wanted}_" if wanted in taken else wanted
    return tuple(
        (each, py_ident(body if each.place == "body" else names[each.place, each.wire]))
        for each in method_operation(context, node).arguments
    )


def method_forms(context: Context, node: MethodNode) -> tuple[tuple[tuple[Argument, Code], ...], ...]:
    """The arguments of each overload where the body is one of several objects; none for other methods."""
    operation = method_operation(context, node)
    names = {(argument.place, argument.wire): name for argument, name in method_arguments(context, node)}
    if ("body", "body") in names:
        return ()
    return tuple(
        tuple((each, names[each.place, each.wire]) for each in overload.arguments if (each.place, each.wire) in names)
        for overload in operation.overloads
    )


def _with_whole_body(context: Context, operation: Operation) -> Operation:
    """The operation with its body as one argument, in the place of the properties that are arguments otherwise."""
    body = operation.body
    if body is None or body.spread is None or (body.spread, Mode.PARAM) not in context.symbols.table:
        return operation
    if any(argument.is_file for argument in operation.arguments):
        return operation
    whole = Argument("body", "body", body.type, body.required, body.location, body.doc)
    others = [argument for argument in operation.arguments if argument.place != "field"]
    path = [argument for argument in others if argument.place == "path"]
    rest = sorted((*others[len(path) :], whole), key=lambda argument: not argument.required)
    return replace(operation, arguments=(*path, *rest), body=replace(body, spread=None))


@dataclass(frozen=True, slots=True)
class Unwrapping:
    """The property of a response that a method returns in its place."""

    attribute: Code
    type: Type


def unwrapping(context: Context, node: MethodNode) -> Unwrapping | None:
    """What a method returns of its response; None for the whole of it."""
    response = context.operations[node.operation].response
    whole = response.kind is not ResponseKind.JSON or response.or_none
    item = None if whole else context.object_of(response.type)
    if item is None:
        return None
    fields = {field.wire: (field, name) for field, name, _ in context.fields(item)}
    for wire in _unwrapped_fields(context, node):
        if wire in fields:
            field, name = fields[wire]
            return Unwrapping(py_ident(name), field.type if field.required else union(field.type, NULL))
    return None


def _unwrapped_fields(context: Context, node: MethodNode) -> Iterable[str]:
    """The wire names of the properties to look for: those of the method, else those of the whole config."""
    usual = context.config.settings.unwrap_response_fields
    match node.unwrap_response:
        case None:
            return usual
        case True:
            return usual or ("data",)
        case False:
            return ()
        case str() as wire:
            return (wire,)
