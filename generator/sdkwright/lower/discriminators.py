"""What tells the members of a union apart (OpenAPI 3.1, 4.8.25; THREATS N9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.ir.models import Object
from sdkwright.ir.types import NULL, Choice, DeclarationId, Discriminator, Named, Type
from sdkwright.lower.nodes import Node, as_mapping, as_schema, as_text
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.variant_names import usual
from sdkwright.pointers import escape, last

if TYPE_CHECKING:
    from sdkwright.lower.schemas import Schemas


@dataclass(frozen=True, slots=True)
class Tag:
    """A property of an object that is one of some constants."""

    values: tuple[str, ...]
    required: bool


Tags = Mapping[str, Tag]
"""The tags of an object by property."""


def discriminator(
    schemas: Schemas, node: Node, shape: Shape, members: tuple[Type, ...], places: Mapping[DeclarationId, str]
) -> Discriminator | None:
    """The declared discriminator, or else a property that has constants of its own in every member.

    Best is one that every member requires. An object without it is one of the members that do not. `places` has the
    component that a member refers to.
    """
    declared = as_text(as_mapping(shape.discriminator).get("propertyName"))
    default = as_text(as_mapping(shape.discriminator).get("defaultMapping"))
    ids = [member.id if isinstance(member, Named) else "" for member in members if member != NULL]
    if declared and default:
        return _with_default(schemas, node, declared, default, {id: places.get(id, "") for id in ids})
    tags = {id: _tags(schemas, id) for id in ids}
    shared = [name for name in tags[ids[0]] if _tells_apart([each.get(name) for each in tags.values()])]
    if len(ids) > 1:
        free = {name: tuple(id for id in ids if not tags[id][name].required) for name in shared}
        for name in sorted(shared, key=lambda name: (bool(free[name]), name != declared, *usual(name))):
            values = [(value, id) for id in ids for value in tags[id][name].values]
            return Discriminator(name, tuple(sorted(values)), absent=free[name])
    if declared and declared not in shared:
        without = [_called(id) for id in tags if declared not in tags[id]]
        schemas.diagnostics.warning(
            "schema/discriminator",
            f"{declared[:60]!r} does not tell the members of this union apart: "
            + (f"{', '.join(without)[:200]} may have any value of it" if without else "two members share a value")
            + "; the member that fits best is taken",
            schemas.tree.locate(node.pointer),
            f"declare {declared[:60]!r} as a string in each member, with a `const` or through `mapping`",
        )
    return None


def _with_default(
    schemas: Schemas, node: Node, wire: str, default: str, places: Mapping[DeclarationId, str]
) -> Discriminator | None:
    """The discriminator of a union in which one member takes what no other one does (OpenAPI 3.2, 4.25)."""
    pointer = default[1:] if default.startswith("#/") else f"/components/schemas/{escape(default)}"
    named = next((id for id, place in places.items() if place == pointer), None)
    tags = {id: _tags(schemas, id).get(wire) for id in places}
    others = [tag for id, tag in tags.items() if id != named]
    if named is not None and others and _tells_apart(others):
        values = ((value, id) for id, tag in tags.items() if tag is not None for value in tag.values)
        return Discriminator(wire, tuple(sorted(values)), named)
    reason = "other members may have any value too" if named else "it is no member"
    schemas.diagnostics.warning(
        "schema/discriminator",
        f"{default[:60]!r} cannot be the default of this union: {reason}; the member that fits best is taken",
        schemas.tree.locate(node.pointer),
        f"list it, and declare {wire[:60]!r} as a string in each other member, with a `const` or through `mapping`",
    )
    return None


def _tells_apart(tags: list[Tag | None]) -> bool:
    """Whether a property is a constant in every member, and no constant is that of two."""
    values = [value for tag in tags if tag is not None for value in tag.values]
    return None not in tags and len(set(values)) == len(values)


def _called(id: DeclarationId) -> str:
    """A member as a message names it."""
    name = id.rsplit("|", 1)[-1].partition(":")[2] if "|" in id else last(id)
    return repr(name[:60]) if name else "a member without a name"


def _tags(schemas: Schemas, id: DeclarationId) -> Tags:
    """The tags of an object; a component may not be lowered yet, so its raw schema is asked."""
    if id not in schemas.tags:
        declaration = schemas.declarations.get(id)
        if isinstance(declaration, Object) and declaration.position.steps:
            schemas.tags[id] = dict(_declared(schemas, declaration))
        else:
            schemas.tags[id] = dict(_raw(schemas, id)) if id.startswith("/") else {}
    return schemas.tags[id]


def _declared(schemas: Schemas, item: Object) -> Iterator[tuple[str, Tag]]:
    for base in item.bases:
        yield from _tags(schemas, base).items()
    for field in item.fields:
        if isinstance(field.type, Choice):
            values = tuple(value for value in field.type.values if isinstance(value, str))
            if len(values) == len(field.type.values):
                yield field.wire, Tag(values, field.required)


def _raw(schemas: Schemas, pointer: str) -> Iterator[tuple[str, Tag]]:
    shape = fold(Node(as_schema(schemas.tree.get(pointer)), pointer), schemas.tree)
    if not shape.unions:
        for name, node in shape.properties.items():
            values = fold(node, schemas.tree).constants
            if values and all(isinstance(value, str) for value in values):
                yield name, Tag(tuple(dict.fromkeys(values)), name in shape.required)
