"""Names of the alternatives of a union (SURFACE.md, "Types", rule 4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sdkwright.lower.distinctions import TAGS, constant, distinction
from sdkwright.lower.nodes import Node, Tree, as_text
from sdkwright.lower.shape import Shape, fold
from sdkwright.pointers import last

_ARRAY_OF = re.compile(r"(?:an?\s+)?(?:array|list)\s+of\s+(?:an?\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative. `discriminator` is the property that names it, where one is declared without a mapping."""

    node: Node
    discriminator: str


def variant_names(branches: Sequence[Branch | None], tree: Tree, *, stated: bool = False) -> list[str]:
    """A name for each alternative, each different; those that are None have a name elsewhere and need none.

    The name of an alternative that is an array is that of its items; empty if nothing but their place names them.
    With `stated` nothing is guessed: what has neither constant nor title nor reference is `UnionMember` and its number.
    """
    shapes = {at: fold(branch.node, tree) for at, branch in enumerate(branches) if branch is not None}
    tag = _common_tag(list(shapes.values()), tree)
    found: list[str] = []
    for at, branch in enumerate(branches):
        others = [shape for other, shape in shapes.items() if other != at]
        name, number = "", f"UnionMember{at}"
        if branch is not None and stated:
            name = _stated(branch, shapes[at], tree) or number
        elif branch is not None:
            name = _name(branch, shapes[at], others, tag, tree, number)
        if branch is not None and name in found:
            name = _second(name, shapes[at], others, found, tree)
        found.append(name)
    return found


def _second(name: str, shape: Shape, others: list[Shape], taken: list[str], tree: Tree) -> str:
    """Another name for an alternative whose own is that of one before it."""
    more = distinction(shape, others, tree)
    longer = name or "items" if _is_array(shape) else f"{name} {more}".strip() if more != name else name
    numbered = (f"{name} {number}".strip() for number in range(2, len(taken) + 3))
    return next(text for text in (longer, *numbered) if text not in taken)


def _is_array(shape: Shape) -> bool:
    return "array" in shape.types or (bool(shape.items) and not shape.types)


def usual(name: str) -> tuple[int, str]:
    """The place of a property among those that may tell alternatives apart."""
    return (TAGS.index(name) if name in TAGS else len(TAGS), name)


def _name(branch: Branch, shape: Shape, others: list[Shape], tag: str, tree: Tree, last_resort: str) -> str:
    schema = branch.node.schema
    if branch.discriminator and (value := constant(shape, branch.discriminator, tree)):
        return value
    title = as_text(schema.get("title"))
    if _is_array(shape):
        return _ARRAY_OF.sub("", title)
    if title or "$ref" in schema:
        return title or last(as_text(schema.get("$ref")))
    if tag:
        return constant(shape, tag, tree)
    return distinction(shape, others, tree) or last_resort


def _stated(branch: Branch, shape: Shape, tree: Tree) -> str:
    """What the document calls an alternative; its own title comes before its reference and that of the target."""
    schema = branch.node.schema
    value = constant(shape, branch.discriminator, tree) if branch.discriminator else ""
    return (
        value or as_text(schema.get("title")) or last(as_text(schema.get("$ref"))) or as_text(shape.rest.get("title"))
    )


def _common_tag(shapes: list[Shape], tree: Tree) -> str:
    """A required property that is a different constant in every object among the alternatives."""
    objects = [shape for shape in shapes if shape.properties]
    if len(objects) < 2:
        return ""
    names = [name for name in objects[0].required if all(name in each.required for each in objects)]
    for name in sorted(names, key=usual):
        values = {constant(shape, name, tree) for shape in objects}
        if len(values) == len(objects) and "" not in values:
            return name
    return ""
