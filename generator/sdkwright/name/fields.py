"""Names of fields, keys and arguments: what a property or parameter is called in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sdkwright.ir.api import Api
from sdkwright.ir.graph import postorder
from sdkwright.ir.models import Object
from sdkwright.ir.operations import Operation, OperationKey
from sdkwright.ir.types import DeclarationId
from sdkwright.name import reserved
from sdkwright.words import Casing


def fields(api: Api, casing: Casing) -> dict[DeclarationId, tuple[str, ...]]:
    """Attribute names of every object, parallel to its fields."""
    return _names(api, casing, reserved.field_name)


def keys(
    api: Api, casing: Casing, arguments: dict[OperationKey, tuple[str, ...]]
) -> dict[DeclarationId, tuple[str, ...]]:
    """`TypedDict` keys of every object, parallel to its fields; an operation's params are called like its arguments."""
    found = _names(api, casing, reserved.key_name)
    for operation in api.operations:
        if operation.params_id is not None:
            named = zip(operation.arguments, arguments[operation.key], strict=True)
            found[operation.params_id] = tuple(
                name for item, name in named if not (item.place == "path" and item.wire == operation.positional)
            )
    return found


def arguments(api: Api, casing: Casing) -> dict[OperationKey, tuple[str, ...]]:
    """Argument names of every operation's method, parallel to its arguments."""
    return {operation.key: _arguments(operation, casing) for operation in api.operations}


def _names(api: Api, casing: Casing, spell: Callable[[str], str]) -> dict[DeclarationId, tuple[str, ...]]:
    """The names of every object's fields; none hides one that the object inherits."""
    objects = {item.id: item for item in api.declarations.values() if isinstance(item, Object)}
    found: dict[DeclarationId, tuple[str, ...]] = {}
    inherited: dict[DeclarationId, frozenset[str]] = {}
    spelled: dict[str, str] = {}

    def bases(id: DeclarationId) -> Iterator[DeclarationId]:
        return (base for base in objects[id].bases if base in objects)

    for id in postorder(objects, bases):
        taken = frozenset(name for base in bases(id) for name in inherited[base])
        for field in objects[id].fields:
            if field.wire not in spelled:
                spelled[field.wire] = spell(casing.snake(field.wire, "field"))
        found[id] = _of_object(objects[id], spelled, taken)
        inherited[id] = taken.union(found[id])
    return found


def _of_object(item: Object, spelled: Mapping[str, str], taken: frozenset[str]) -> tuple[str, ...]:
    wanted = [spelled[field.wire] for field in item.fields]
    if len({*wanted, *taken}) == len(wanted) + len(taken):
        return tuple(wanted)
    # Of two properties that come out alike, the one that is spelled so on the wire keeps the name.
    order = sorted(range(len(wanted)), key=lambda at: (item.fields[at].wire != wanted[at], at))
    found = dict(zip(order, reserved.unique((wanted[at] for at in order), taken), strict=True))
    return tuple(found[at] for at in range(len(wanted)))


def _arguments(operation: Operation, casing: Casing) -> tuple[str, ...]:
    """Names of arguments; of several that come out alike, the one that is spelled so on the wire keeps the name.

    Another says where it goes, or has a number if the name's owner goes there as well.
    """
    items = operation.arguments
    wanted = [reserved.argument_name(casing.snake(item.wire, "value")) for item in items]
    owners: dict[str, str] = {}
    found = dict.fromkeys(range(len(items)), "")
    for at in sorted(found, key=lambda at: (items[at].wire != wanted[at], at)):
        name, place = wanted[at], items[at].place
        if name in owners:
            prefix = "" if owners[name] == place else "body" if place == "field" else place
            name = reserved.free(reserved.argument_name(f"{prefix}_{name}".strip("_")), {*owners, *wanted})
        owners[name] = place
        found[at] = name
    return tuple(found.values())
