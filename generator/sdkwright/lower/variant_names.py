"""Names of the alternatives of a union (SURFACE.md, "Types", rule 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sdkwright.lower.nodes import Node, Tree, as_text
from sdkwright.lower.shape import Shape, fold

TAGS = ("type", "kind", "object", "role", "status", "name", "event")
"""Properties that usually tell alternatives apart, in the order in which they are trusted."""

_ARRAY_OF = re.compile(r"(?:an?\s+)?(?:array|list)\s+of\s+(?:an?\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative. `discriminator` is the property that names it, where one is declared without a mapping."""

    node: Node
    discriminator: str


def variant_names(branches: Sequence[Branch | None], tree: Tree) -> list[str]:
    """A name for each alternative, each different; those that are None have a name elsewhere and need none.

    The name of an alternative that is an array is that of its items; empty if nothing but their place names them.
    """
    shapes = {at: fold(branch.node, tree) for at, branch in enumerate(branches) if branch is not None}
    tag = _common_tag(list(shapes.values()), tree)
    found: list[str] = []
    for at, branch in enumerate(branches):
        name = ""
        if branch is not None:
            others = [shape for other, shape in shapes.items() if other != at]
            name = _name(branch, shapes[at], others, tag, tree, f"UnionMember{at}")
        number = 2
        unique = name
        while branch is not None and unique in found:
            unique, number = f"{name} {number}".strip(), number + 1
        found.append(unique)
    return found


def usual(name: str) -> tuple[int, str]:
    """The place of a property among those that may tell alternatives apart."""
    return (TAGS.index(name) if name in TAGS else len(TAGS), name)


def _name(branch: Branch, shape: Shape, others: list[Shape], tag: str, tree: Tree, last_resort: str) -> str:
    schema = branch.node.schema
    if branch.discriminator and (value := _constant(shape, branch.discriminator, tree)):
        return value
    title = as_text(schema.get("title"))
    if "array" in shape.types or (shape.items and not shape.types):
        return _ARRAY_OF.sub("", title)
    ref = as_text(schema.get("$ref"))
    if title or ref:
        return title or ref.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
    if tag:
        return _constant(shape, tag, tree)
    return _distinct(shape, others, tree) or last_resort


def _common_tag(shapes: list[Shape], tree: Tree) -> str:
    """A required property that is a different constant in every object among the alternatives."""
    objects = [shape for shape in shapes if shape.properties]
    if len(objects) < 2:
        return ""
    names = [name for name in objects[0].required if all(name in each.required for each in objects)]
    for name in sorted(names, key=usual):
        values = {_constant(shape, name, tree) for shape in objects}
        if len(values) == len(objects) and "" not in values:
            return name
    return ""


def _distinct(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """A name from the alternative itself: a constant of its own, or a required property that no other has."""
    for name in TAGS:
        if value := _constant(shape, name, tree):
            return value
    constants = [value for name in sorted(shape.required) if (value := _constant(shape, name, tree))]
    if len(constants) == 1:
        return constants[0]
    own = {name for name in shape.properties if not any(name in other.properties for other in others)}
    telling = own & shape.required or (own if len(own) == 1 else set())
    if telling:
        return f"With {min(telling)}"
    return "Value" if not shape.properties and "object" in shape.types else ""


def _constant(shape: Shape, name: str, tree: Tree) -> str:
    """The only value of a property, if it has one that is text."""
    if name not in shape.properties:
        return ""
    values = fold(shape.properties[name], tree).constants
    return values[0] if values is not None and len(values) == 1 and isinstance(values[0], str) else ""
