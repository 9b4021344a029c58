"""What tells an alternative that nobody named apart from those beside it: a constant, a property, what it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from sdkwright.lower.nodes import Tree, as_list, as_text
from sdkwright.lower.shape import Shape, fold
from sdkwright.pointers import last

TAGS = ("type", "kind", "object", "role", "status", "name", "event")
"""Properties that usually tell alternatives apart, in the order in which they are trusted."""

_KINDS = frozenset({"string", "integer", "number", "boolean", "object"})
_MOST_CHOICES = 4
_LONGEST_CHOICE = 50


def distinction(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """A name for an alternative from itself; empty if it has nothing that the others do not have."""
    return next((name for name in _candidates(shape, others, tree) if name), "")


def constant(shape: Shape, name: str, tree: Tree) -> str:
    """The only value of a property, if it has one that is text."""
    values = _texts(shape, name, tree)
    return values[0] if len(values) == 1 else ""


def _candidates(shape: Shape, others: list[Shape], tree: Tree) -> Iterator[str]:
    yield _by_constant(shape, others, tree)
    yield _by_flag(shape, others, tree)
    yield _by_choice(shape, others, tree)
    yield _by_property(shape, others)
    yield _by_reference(shape, others)
    yield _by_part(shape, others, tree)
    yield _by_shape(shape, others)
    yield _by_kind(shape, others, tree)


def _by_constant(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """A constant of its own: that of a usual tag, the only one that it requires, the only one at all."""
    own = {
        name: value
        for name in shape.properties
        if (value := constant(shape, name, tree)) and all(value not in _texts(other, name, tree) for other in others)
    }
    tags = [own[name] for name in TAGS if name in own]
    required = [value for name, value in own.items() if name in shape.required]
    for found in (tags[:1], required, [*own.values()]):
        if len(found) == 1:
            return found[0]
    return ""


def _by_flag(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """A required property that is true in any case (`disabled`), and in this alternative only."""
    flags = _flags(shape, tree)
    theirs = {name for other in others for name in _flags(other, tree)}
    return flags[0] if len(flags) == 1 and flags[0] not in theirs else ""


def _flags(shape: Shape, tree: Tree) -> list[str]:
    names = sorted(shape.required & shape.properties.keys())
    return [name for name in names if fold(shape.properties[name], tree).constants == [True]]


def _by_choice(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """A few constants of a usual tag, none of which another has (`queued or in_progress`)."""
    for name in TAGS:
        values = _texts(shape, name, tree)
        text = " or ".join(values)
        theirs = {value for other in others for value in _texts(other, name, tree)}
        if 1 < len(values) <= _MOST_CHOICES and len(text) <= _LONGEST_CHOICE and theirs.isdisjoint(values):
            return text
    return ""


def _by_property(shape: Shape, others: list[Shape]) -> str:
    """A property that no other has, or that only this one requires; best one that is both."""
    names = shape.properties.keys()
    own = names - {name for other in others for name in other.properties}
    required = shape.required - {name for other in others for name in other.required}
    known = any(other.properties or other.required for other in others)
    telling = own & shape.required or (required if known else set()) or (own if known or len(own) == 1 else set())
    return f"With {min(telling)}" if telling else ""


def _by_reference(shape: Shape, others: list[Shape]) -> str:
    """What a property refers to, where the others refer to something else (`With GeoLocation`)."""
    for name in _required_first(shape):
        target = _target(shape, name)
        if target and all(_target(other, name) not in {"", target} for other in others):
            return f"With {target}" if others else ""
    return ""


def _by_part(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """What an object inside of it has that the same object of no other has (`With email`, of a `user`)."""
    smaller = False
    for name in sorted(shape.properties):
        own, theirs = _parts(shape, name, tree), {part for other in others for part in _parts(other, name, tree)}
        if theirs and own - theirs:
            return f"With {min(own - theirs)}"
        smaller = smaller or (bool(own) and own < theirs)
    return "Plain" if smaller and all(other.properties.keys() == shape.properties.keys() for other in others) else ""


def _required_first(shape: Shape) -> list[str]:
    return sorted(shape.properties, key=lambda name: (name not in shape.required, name))


def _parts(shape: Shape, name: str, tree: Tree) -> set[str]:
    return set(fold(shape.properties[name], tree).properties) if name in shape.properties else set()


def _by_shape(shape: Shape, others: list[Shape]) -> str:
    """What it is: any object, the only object, or the one without what the others add."""
    if not shape.properties:
        return "Value" if "object" in shape.types else ""
    objects = [other for other in others if other.properties]
    return "Object" if not objects else "Plain" if any(_is_part(shape, other) for other in objects) else ""


def _by_kind(shape: Shape, others: list[Shape], tree: Tree) -> str:
    """The kind of a property's values, or of those in its lists, where the others have another kind of them."""
    for name in _required_first(shape):
        kind = _kind(shape, name, tree)
        if kind and others and all(_kind(other, name, tree) not in {"", kind} for other in others):
            return f"With {kind} {name}"
    return ""


def _kind(shape: Shape, name: str, tree: Tree) -> str:
    if name not in shape.properties:
        return ""
    found = fold(shape.properties[name], tree)
    values = fold(found.items[0], tree) if len(found.items) == 1 else found
    kind = "object" if values.properties else " ".join(values.types)
    return kind if kind in _KINDS else ""


def _is_part(shape: Shape, other: Shape) -> bool:
    return shape.properties.keys() < other.properties.keys()


def _target(shape: Shape, name: str) -> str:
    """The last step of what a property refers to."""
    node = shape.properties.get(name)
    return last(as_text(node.schema.get("$ref"))) if node else ""


def _texts(shape: Shape, name: str, tree: Tree) -> list[str]:
    """The values of a property that is one of some texts."""
    values = as_list(fold(shape.properties[name], tree).constants) if name in shape.properties else []
    return values if all(isinstance(value, str) for value in values) else []
