"""What tells the members of a union apart (OpenAPI 3.1, 4.8.25; THREATS N9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sdkwright.ir.models import Object
from sdkwright.ir.types import NULL, Choice, DeclarationId, Discriminator, Named, Type
from sdkwright.lower.nodes import Node, as_mapping, as_schema, as_text
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.variant_names import usual

if TYPE_CHECKING:
    from sdkwright.lower.schemas import Schemas

Tags = Mapping[str, tuple[str, ...]]
"""For each required property of an object that is one of some constants: these constants."""


def discriminator(schemas: Schemas, node: Node, shape: Shape, members: tuple[Type, ...]) -> Discriminator | None:
    """The declared discriminator, or else a property that has constants of its own in every member.

    Only properties that every member requires and restricts to constants count: a parser will trust them.
    """
    declared = as_text(as_mapping(shape.discriminator).get("propertyName"))
    ids = [member.id if isinstance(member, Named) else "" for member in members if member != NULL]
    if len(ids) > 1 and all(ids):
        tags = {id: _tags(schemas, id) for id in ids}
        shared = [name for name in tags[ids[0]] if all(name in each for each in tags.values())]
        for name in sorted(shared, key=lambda name: (name != declared, *usual(name))):
            values = [(value, id) for id in ids for value in tags[id][name]]
            if len({value for value, _ in values}) == len(values):
                return Discriminator(name, tuple(sorted(values)))
    if declared:
        schemas.diagnostics.note(
            "schema/discriminator",
            f"{declared[:60]!r} is not a required constant of its own in every branch; the union is tried in order",
            schemas.tree.locate(node.pointer),
            f"give {declared[:60]!r} a `const` in each branch and list it under `required`",
        )
    return None


def _tags(schemas: Schemas, id: DeclarationId) -> Tags:
    """The tags of an object; a component may not be lowered yet, so its raw schema is asked."""
    if id not in schemas.tags:
        declaration = schemas.declarations.get(id)
        if isinstance(declaration, Object) and declaration.position.steps:
            schemas.tags[id] = _declared(schemas, declaration)
        else:
            schemas.tags[id] = _raw(schemas, id) if id.startswith("/") else {}
    return schemas.tags[id]


def _declared(schemas: Schemas, item: Object) -> Tags:
    found: dict[str, tuple[str, ...]] = {}
    for base in item.bases:
        found |= _tags(schemas, base)
    for field in item.fields:
        if field.required and isinstance(field.type, Choice):
            values = tuple(value for value in field.type.values if isinstance(value, str))
            if len(values) == len(field.type.values):
                found[field.wire] = values
    return found


def _raw(schemas: Schemas, pointer: str) -> Tags:
    shape = fold(Node(as_schema(schemas.tree.get(pointer)), pointer), schemas.tree)
    if shape.unions:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for name in shape.required & shape.properties.keys():
        values = fold(shape.properties[name], schemas.tree).constants
        if values and all(isinstance(value, str) for value in values):
            found[name] = tuple(dict.fromkeys(values))
    return found
