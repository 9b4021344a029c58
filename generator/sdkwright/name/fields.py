"""Names of fields, keys and arguments: what a property or parameter is called in Python."""

from __future__ import annotations

from collections.abc import Callable

from sdkwright.ir.api import Api
from sdkwright.ir.models import Object
from sdkwright.ir.operations import Argument, Operation, OperationKey
from sdkwright.ir.types import DeclarationId
from sdkwright.name import reserved
from sdkwright.words import Casing

_PLACES = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
    "field": "body",
    "body": "body",
}


def fields(api: Api, casing: Casing) -> dict[DeclarationId, tuple[str, ...]]:
    """Attribute names of every object, parallel to its fields."""
    return {item.id: _names(item, casing, reserved.field_name) for item in _objects(api)}


def keys(
    api: Api, casing: Casing, arguments: dict[OperationKey, tuple[str, ...]]
) -> dict[DeclarationId, tuple[str, ...]]:
    """`TypedDict` keys of every object, parallel to its fields; an operation's params are called like its arguments."""
    found = {item.id: _names(item, casing, reserved.key_name) for item in _objects(api)}
    for operation in api.operations:
        if operation.params_id is not None:
            named = zip(operation.arguments, arguments[operation.key], strict=True)
            found[operation.params_id] = tuple(
                name
                for item, name in named
                if not (item.place == "path" and item.wire == operation.positional)
            )
    return found


def arguments(api: Api, casing: Casing) -> dict[OperationKey, tuple[str, ...]]:
    """Argument names of every operation's method, parallel to its arguments."""
    return {operation.key: _arguments(operation, casing) for operation in api.operations}


def _objects(api: Api) -> list[Object]:
    return [item for item in api.declarations.values() if isinstance(item, Object)]


def _names(item: Object, casing: Casing, spell: Callable[[str], str]) -> tuple[str, ...]:
    wanted = [spell(casing.snake(field.wire, "field")) for field in item.fields]
    # Of two properties that come out alike, the one that is spelled so on the wire keeps the name.
    order = sorted(range(len(wanted)), key=lambda at: (item.fields[at].wire != wanted[at], at))
    found = dict(zip(order, reserved.unique([wanted[at] for at in order]), strict=True))
    return tuple(found[at] for at in range(len(wanted)))


def _arguments(operation: Operation, casing: Casing) -> tuple[str, ...]:
    """Names of arguments; of two parameters that come out alike, the later one says where it goes."""
    taken: set[str] = set()
    found: list[str] = []
    for item in operation.arguments:
        name = reserved.argument_name(casing.snake(item.wire, "value"))
        if name in taken:
            name = reserved.argument_name(f"{_place(item)}_{name}")
        (name,) = reserved.unique([name], frozenset(taken))
        taken.add(name)
        found.append(name)
    return tuple(found)


def _place(item: Argument) -> str:
    return _PLACES[item.place]
