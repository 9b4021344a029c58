"""What a schema is under its wrappers: references, one-member unions and "or null"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff.facts import Node, Spot

if TYPE_CHECKING:
    from sdkwright.diff.walk import Document

ANNOTATIONS: Final = frozenset({
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml",
    "$comment", "$defs", "$id", "$anchor",
})  # fmt: skip
UNIONS: Final = ("oneOf", "anyOf")


@dataclass(frozen=True, slots=True)
class Peeled:
    """A schema without its wrappers.

    `outer` are the wrappers from the outside, `null` says that one of them allows null, and `crossed` that a
    reference led to `spot`, which is then a definition of its own.
    """

    spot: Spot
    outer: tuple[Node, ...]
    null: bool
    crossed: bool

    def annotation(self, key: str, *, inner: bool) -> object:
        """What the outermost wrapper says; `inner` asks the schema itself too."""
        for node in (*self.outer, self.spot.node) if inner else self.outer:
            if key in node:
                return node[key]
        return None


def structure(node: Node) -> set[str]:
    """The keywords that say which values are valid."""
    return {key for key in node if key not in ANNOTATIONS and not key.startswith("x-")}


def is_null(node: Node) -> bool:
    """Whether a schema is null alone."""
    return node.get("type") == "null" or ("const" in node and node["const"] is None)


def peel(document: Document, spot: Spot) -> Peeled:
    """Take the wrappers off. It ends at the first reference: what a component wraps is its own affair."""
    outer: list[Node] = []
    null = False
    while True:
        node = spot.node
        keywords = structure(node)
        if keywords == {"$ref"}:
            outer.append(node)
            end = document.resolve(spot)
            return Peeled(end, tuple(outer), null, end.at != spot.at)
        inner = _only_member(spot, keywords)
        if inner is None:
            return Peeled(spot, tuple(outer), null, crossed=False)
        outer.append(node)
        null = null or len(_members(node, next(iter(keywords)))) > 1
        spot = inner


def _members(node: Node, key: str) -> list[object]:
    members = node.get(key)
    return members if pointers.is_array(members) else []


def _only_member(spot: Spot, keywords: set[str]) -> Spot | None:
    """The member of a union or allOf that has no other, null apart, and nothing beside it."""
    if len(keywords) != 1:
        return None
    key = next(iter(keywords))
    if key not in {*UNIONS, "allOf"}:
        return None
    members = spot.array(key)
    rest = [member for member in members if key == "allOf" or not is_null(member.node)]
    return rest[0] if len(rest) == 1 else None


def types_of(node: Node) -> frozenset[str] | None:
    """The types that a schema names, those of its enum if it names none; None for any."""
    declared = node.get("type")
    if isinstance(declared, str):
        return frozenset({declared})
    if pointers.is_array(declared):
        return frozenset(str(name) for name in declared)
    values = [node["const"]] if "const" in node else node.get("enum")
    if pointers.is_array(values) and values:
        return frozenset(_json_type(value) for value in values)
    return None


def _json_type(value: object) -> str:
    for kind, name in ((bool, "boolean"), (str, "string"), (int, "integer"), (float, "number"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "object"


def allows_null(document: Document, node: Node, depth: int = 8) -> bool | None:
    """Whether null is valid; None where a schema names no type, so that null is part of a greater question."""
    types = types_of(node)
    if types is not None:
        return "null" in types
    if depth and isinstance(node.get("$ref"), str):
        return allows_null(document, document.resolve(Spot(node, "")).node, depth - 1)
    for key in UNIONS:
        members = [member for member in _members(node, key) if pointers.is_object(member)]
        if members:
            found = [is_null(member) or (depth > 0 and allows_null(document, member, depth - 1)) for member in members]
            return True if True in found else None if None in found else False
    return None
