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

_PLACES = ("path", "query", "header", "cookie", "field", "body")
"""Where arguments go. Of two with one name the one whose place comes first keeps it."""


def fields(api: Api, casing: Casing) -> dict[DeclarationId, tuple[str, ...]]:
    """Attribute names of every object, parallel to its fields."""
    return _names(api, casing, reserved.field_name)


def keys(
    api: Api, casing: Casing, arguments: dict[OperationKey, tuple[str, ...]]
) -> dict[DeclarationId, tuple[str, ...]]:
    """`TypedDict` keys of every object, parallel to its fields; an operation's params are called like its arguments."""
    found = _names(api, casing, reserved.key_name)
    for operation in api.operations:
        names = {
            (item.place, item.wire): name
            for item, name in zip(operation.arguments, arguments[operation.key], strict=True)
        }
        forms = [(each.params_id, each.arguments) for each in (*operation.overloads, *operation.stream_forms)]
        if operation.params_id is not None and not forms:
            forms = [(operation.params_id, operation.arguments)]
        for id, items in forms:
            found[id] = tuple(
                names[item.place, item.wire]
                for item in items
                if not (item.place == "path" and item.wire == operation.positional)
            )
    return found


def arguments(api: Api, casing: Casing, free: frozenset[str] = frozenset()) -> dict[OperationKey, tuple[str, ...]]:
    """Argument names of every operation's method, parallel to its arguments; `free` are names that need no suffix."""
    return {operation.key: _arguments(operation, casing, free) for operation in api.operations}


def _names(api: Api, casing: Casing, spell: Callable[[str], str]) -> dict[DeclarationId, tuple[str, ...]]:
    """The names of every object's fields; none hides one that the object inherits and that is another on the wire."""
    objects = {item.id: item for item in api.declarations.values() if isinstance(item, Object)}
    found: dict[DeclarationId, tuple[str, ...]] = {}
    inherited: dict[DeclarationId, dict[str, str]] = {}
    spelled: dict[str, str] = {}

    def bases(id: DeclarationId) -> Iterator[DeclarationId]:
        return (base for base in objects[id].bases if base in objects)

    for id in postorder(objects, bases):
        above = {wire: name for base in bases(id) for wire, name in inherited[base].items()}
        own = [field.wire for field in objects[id].fields]
        for wire in own:
            if wire not in spelled:
                spelled[wire] = spell(casing.snake(wire, reserved.NAMELESS))
        found[id] = _of_object(objects[id], spelled, frozenset(above[wire] for wire in above.keys() - own))
        inherited[id] = above | dict(zip(own, found[id], strict=True))
    return found


def _of_object(item: Object, spelled: Mapping[str, str], taken: frozenset[str]) -> tuple[str, ...]:
    wanted = [spelled[field.wire] for field in item.fields]
    if len({*wanted, *taken}) == len(wanted) + len(taken):
        return tuple(wanted)
    # Of two properties that come out alike, the one that is spelled so on the wire keeps the name.
    order = sorted(range(len(wanted)), key=lambda at: (item.fields[at].wire != wanted[at], item.fields[at].wire))
    found = dict(zip(order, reserved.unique((wanted[at] for at in order), taken), strict=True))
    return tuple(found[at] for at in range(len(wanted)))


def _arguments(operation: Operation, casing: Casing, free: frozenset[str]) -> tuple[str, ...]:
    """Names of arguments; of several that come out alike, the one that is spelled so on the wire keeps the name.

    Another says where it goes, or has a number if the name's owner goes there as well.
    """
    items = operation.arguments
    wanted = [reserved.argument_name(casing.snake(item.wire, reserved.NAMELESS), free) for item in items]
    owners: dict[str, str] = {}
    found = dict.fromkeys(range(len(items)), "")
    for at in sorted(
        found, key=lambda at: (items[at].wire != wanted[at], _PLACES.index(items[at].place), items[at].wire)
    ):
        name, place = wanted[at], items[at].place
        if name in owners:
            prefix = "" if owners[name] == place else "body" if place == "field" else place
            name = reserved.free(reserved.argument_name(f"{prefix}_{name}".strip("_")), {*owners, *wanted})
        owners[name] = place
        found[at] = name
    return tuple(found.values())
