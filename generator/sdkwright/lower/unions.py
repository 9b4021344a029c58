"""`oneOf` and `anyOf`: alternatives, their names and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sdkwright.ir.models import Object, Position, RootKind, Step
from sdkwright.ir.types import ANY, NULL, Choice, Discriminator, Named, Type, UnionOf, union
from sdkwright.lower.nodes import Node, as_list, as_mapping, as_schema, as_text
from sdkwright.lower.shape import Shape, fold

if TYPE_CHECKING:
    from sdkwright.lower.schemas import Schemas


@dataclass(frozen=True, slots=True)
class _Branch:
    node: Node
    discriminator: str
    """The property that names this branch, where one is declared without a mapping."""


@dataclass(frozen=True, slots=True)
class Variants:
    """Lowers one schema with alternatives at one position."""

    schemas: Schemas
    node: Node
    shape: Shape
    position: Position

    def lower(self) -> Type:
        """The union; named if it holds an object and is not itself the root."""
        branches = self._flatten(self.shape.unions[0], self.shape.discriminator, frozenset())
        if len(branches) > self.schemas.limits.variants:
            self.schemas.diagnostics.warning(
                "schema/variants",
                f"a union of {len(branches):,} members is read untyped",
                self.schemas.tree.locate(self.node.pointer),
            )
            return ANY
        rest = self._rest()
        real = [branch for branch in branches if not _is_null(branch.node)]
        null = len(real) < len(branches)
        if len(real) == 1:
            only = self.schemas.lower(self._with(rest, real[0].node), self.position)
            return union(only, NULL) if null else only
        found = [self._variant(branch, index, rest) for index, branch in enumerate(real)]
        type_ = union(*found)
        if isinstance(type_, UnionOf):
            type_ = UnionOf(type_.members, self._discriminator(type_))
        if null:
            type_ = union(
                type_,
                NULL,
                discriminator=type_.discriminator if isinstance(type_, UnionOf) else None,
            )
        return self.schemas.declare_union(self.node, self.position, type_)

    def _flatten(
        self, nodes: list[Node], discriminator: Any, seen: frozenset[str]
    ) -> list[_Branch]:
        """The branches, with inline unions inside them opened up."""
        found: list[_Branch] = []
        name = (
            ""
            if as_mapping(discriminator).get("mapping")
            else as_text(as_mapping(discriminator).get("propertyName"))
        )
        for node in nodes:
            target, pointer = self._inline(node)
            inner = as_list(target.get("oneOf") or target.get("anyOf"))
            plain = not (target.keys() & {"properties", "allOf", "$ref", "enum", "const", "items"})
            types = as_list(target.get("type"))
            if inner and plain and pointer not in seen:
                key = "oneOf" if target.get("oneOf") else "anyOf"
                inside = [
                    Node(as_schema(item), f"{pointer}/{key}/{index}")
                    for index, item in enumerate(inner)
                ]
                found += self._flatten(
                    inside, target.get("discriminator") or discriminator, seen | {pointer}
                )
            elif types and plain:
                found += [_Branch(Node({**target, "type": item}, pointer), name) for item in types]
            else:
                found.append(_Branch(node, name))
        return found

    def _inline(self, node: Node) -> tuple[Any, str]:
        """The schema of a branch, looked up when it is a reference that keeps no name."""
        ref = node.schema.get("$ref")
        if isinstance(ref, str) and not self.schemas.is_named(ref[1:]):
            return self.schemas.tree.follow(node.schema, node.pointer)
        return node.schema, node.pointer

    def _rest(self) -> dict[str, Any]:
        """What holds beside the alternatives (`properties` next to `oneOf`), to be added to each object branch."""
        if not (self.shape.properties or len(self.shape.unions) > 1):
            return {}
        rest: dict[str, Any] = {
            "type": "object",
            "properties": {name: node.schema for name, node in self.shape.properties.items()},
            "required": sorted(self.shape.required),
        }
        return rest

    def _with(self, rest: dict[str, Any], node: Node) -> Node:
        if not rest:
            return node
        target, _ = self.schemas.tree.follow(node.schema, node.pointer)
        shape = fold(Node(target, node.pointer), self.schemas.tree)
        if shape.types and "object" not in shape.types:
            return node
        return Node({"allOf": [rest, node.schema], "title": target.get("title", "")}, node.pointer)

    def _variant(self, branch: _Branch, index: int, rest: dict[str, Any]) -> Type:
        name = self._name(branch, index)
        node = self._with(rest, branch.node)
        return self.schemas.lower(node, self.position.child(Step.VARIANT, name))

    def _name(self, branch: _Branch, index: int) -> str:
        """SURFACE: the discriminator's constant, the branch's title, its reference, what distinguishes it."""
        schema = branch.node.schema
        root_body = self.position.kind is RootKind.PARAMS and not self.position.steps
        if branch.discriminator and not root_body:
            constant = self._constant(branch.node, branch.discriminator)
            if constant:
                return constant
        ref = as_text(schema.get("$ref"))
        title = as_text(schema.get("title"))
        if title or ref:
            return title or ref.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
        return self._distinct(branch.node) or f"UnionMember{index}"

    def _distinct(self, node: Node) -> str:
        """A name from the branch itself: its only constant, or that it is a list or a map."""
        shape = fold(node, self.schemas.tree)
        if "array" in shape.types:
            return "List"
        for key in ("type", "kind", "object", "name", "role", "status"):
            if key in shape.properties:
                constant = self._constant(node, key)
                if constant:
                    return constant
        constants = {
            name: self._constant(node, name)
            for name in sorted(shape.required & shape.properties.keys())
        }
        known = [value for value in constants.values() if value]
        if len(known) == 1:
            return known[0]
        if shape.properties:
            return (
                "With " + min(shape.required or shape.properties)
                if len(shape.required) == 1
                else ""
            )
        return "Map" if "object" in shape.types else ""

    def _constant(self, node: Node, name: str) -> str:
        prop = fold(node, self.schemas.tree).properties.get(name)
        if prop is None:
            return ""
        raw, pointer = self.schemas.tree.follow(prop.schema, prop.pointer)
        shape = fold(Node(raw, pointer), self.schemas.tree)
        values = [shape.rest["const"]] if "const" in shape.rest else as_list(shape.rest.get("enum"))
        if len(values) == 1 and isinstance(values[0], str):
            return values[0]
        return ""

    def _discriminator(self, type_: UnionOf) -> Discriminator | None:
        """The declared discriminator, or else a property that is a different constant in every member.

        Only names that every member really declares as required constants count: a parser will trust it.
        """
        declared = as_text(as_mapping(self.shape.discriminator).get("propertyName"))
        candidates = [declared] if declared else []
        for name in [*candidates, "type", "kind", "object", "role", "status", "name", "event"]:
            if name in candidates[1:]:
                continue
            tags = self._tags(type_, name)
            if tags is not None:
                return Discriminator(name, tags)
        if declared:
            self.schemas.diagnostics.note(
                "schema/discriminator",
                f"{declared[:60]!r} is not a required constant of its own in every branch; the union is tried in order",
                self.schemas.tree.locate(self.node.pointer),
            )
        return None

    def _tags(self, type_: UnionOf, name: str) -> tuple[tuple[str, str], ...] | None:
        found: dict[str, str] = {}
        for member in type_.members:
            if member == NULL:
                continue
            if not isinstance(member, Named):
                return None
            values = self._tag_values(member.id, name, frozenset())
            if not values or any(value in found for value in values):
                return None
            found.update(dict.fromkeys(values, member.id))
        return tuple(sorted(found.items())) if len(set(found.values())) > 1 else None

    def _tag_values(self, id: str, name: str, seen: frozenset[str]) -> tuple[str, ...]:
        """The constants that a property of a declaration can have; none if it is missing or anything else.

        A component may not be lowered yet, so its raw schema is asked.
        """
        declaration = self.schemas.declarations.get(id)
        if isinstance(declaration, Object) and declaration.fields:
            for field in declaration.fields:
                if field.wire == name and field.required and isinstance(field.type, Choice):
                    return tuple(value for value in field.type.values if isinstance(value, str))
            if not declaration.bases:
                return ()
        if id in seen or not id.startswith("/"):
            return ()
        node = Node(as_schema(self.schemas.tree.get(id)), id)
        shape = fold(node, self.schemas.tree)
        if shape.unions or name not in shape.required or name not in shape.properties:
            return ()
        prop = shape.properties[name]
        raw, pointer = self.schemas.tree.follow(prop.schema, prop.pointer)
        inner = fold(Node(raw, pointer), self.schemas.tree)
        values = [inner.rest["const"]] if "const" in inner.rest else as_list(inner.rest.get("enum"))
        return tuple(values) if values and all(isinstance(value, str) for value in values) else ()


def _is_null(node: Node) -> bool:
    return (
        node.schema.get("type") == "null"
        or node.schema.get("const", 0) is None
        or node.schema.get("enum") == [None]
    )
