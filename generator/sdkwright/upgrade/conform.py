"""Makes every place of the grammar hold what the grammar says, so that later stages need not look.

After this an object of the grammar holds objects, an array only objects, a text is text, and a schema is
never a boolean: `true` is `{}` and `false` is `{"not": {}}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sdkwright.bundle.grammar import GRAMMAR, member_kind
from sdkwright.pointers import is_object
from sdkwright.upgrade.context import INVISIBLE

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

_TYPE_NAMES: Final = ((dict, "an object"), (list, "an array"), (str, "text"), (bool, "a boolean"))
_DROP: Final = object()
_ENTRIES_OF_NONE: Final[dict[str, object]] = {
    "schema": {},
    "response": {},
    "pathItem": {},
    "mediaType": {},
}
"""What an empty YAML value means as an entry of a map; any other is left out."""


def conform(node: Node | list[object], kind: str, where: Where | None, context: Context) -> None:
    """Repair the members of one node, in place, with a warning where something is lost."""
    if isinstance(node, list):
        below = kind[1:-1]
        items = [_member(item, below, (where, number), context) for number, item in enumerate(node)]
        node[:] = [item for item in items if item is not _DROP]
        return
    is_map = kind[0] == "{" or "*" in GRAMMAR.get(kind, ())
    if is_map:
        _check_names(node, where, context)
    for key in list(node):
        value = node[key]
        below = member_kind(kind, key)
        if not below or (is_object(value) and below[0] != "[" and below != "text"):
            continue
        if value is None:
            repaired = _ENTRIES_OF_NONE.get(below, _DROP) if is_map else _DROP
        else:
            repaired = _member(value, below, (where, key), context)
        if repaired is _DROP:
            del node[key]
        elif repaired is not value:
            node[key] = dict(cast("Node", repaired)) if repaired == {} else repaired


def _member(value: object, kind: str, where: Where, context: Context) -> object:
    """The value if it fits the kind, else what it must mean, else `_DROP`."""
    if kind == "text":
        return _text(value, where, context)
    if kind[0] == "[":
        return _array(value, kind, where, context)
    if isinstance(value, dict):
        return cast("Node", value)
    if kind == "schema" and isinstance(value, bool):
        return {} if value else {"not": {}}
    if value == []:
        return {}
    if kind == "{example}" and isinstance(value, list):
        return {f"example{number}": {"value": item} for number, item in enumerate(cast("list[object]", value), 1)}
    if kind == "tag" and isinstance(value, str):
        return {"name": value}
    if kind == "example":
        return {"value": value}
    return _lost(value, "an object", where, context)


def _array(value: object, kind: str, where: Where, context: Context) -> object:
    if isinstance(value, list):
        return cast("list[object]", value)
    if value == {}:
        return []
    if isinstance(value, dict):
        return [cast("Node", value)]
    return _lost(value, "an array", where, context)


def _text(value: object, where: Where, context: Context) -> object:
    if isinstance(value, str):
        limit = context.limits.description_bytes
        if len(value) <= limit:
            return value
        context.warn(
            "limit/description",
            f"a description of {len(value):,} characters is cut to {limit:,}",
            where,
        )
        return value[:limit]
    if isinstance(value, int | float):
        return str(value)
    return _lost(value, "text", where, context)


def _lost(value: object, wanted: str, where: Where, context: Context) -> object:
    found = next((name for type_, name in _TYPE_NAMES if isinstance(value, type_)), "a single value")
    context.warn(
        "document/shape",
        f"{where[1]!r} must be {wanted}, not {found}; it is left out",
        where,
        "correct the document",
    )
    return _DROP


def _check_names(node: Node, where: Where | None, context: Context) -> None:
    """Names with invisible characters are refused: they would look like other names."""
    if INVISIBLE.search(" ".join(node)):
        for name in node:
            if INVISIBLE.search(name):
                context.error(
                    "name/character",
                    f"the name {name!r} holds invisible characters",
                    (where, name),
                    "remove them",
                )
    limit = context.limits.name_length
    for name in node:
        if len(name) > limit:
            message = f"the name {name[:40]!r}... has more than {limit} characters"
            context.error("limit/name", message, (where, name), "shorten it")
