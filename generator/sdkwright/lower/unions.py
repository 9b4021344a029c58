"""`oneOf` and `anyOf`: the alternatives of a schema as one type."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sdkwright.ir.models import BODY, Position, Step
from sdkwright.ir.types import ANY, NULL, Named, Type, UnionOf, union
from sdkwright.lower.discriminators import discriminator
from sdkwright.lower.nodes import Node, allows_null, as_list, as_mapping, as_schema, as_text, reference
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.variant_names import Branch, variant_names

if TYPE_CHECKING:
    from sdkwright.lower.schemas import Schemas


@dataclass(frozen=True, slots=True)
class Variants:
    """Lowers one schema with alternatives at one position."""

    schemas: Schemas
    node: Node
    shape: Shape
    position: Position

    def lower(self) -> Type:
        """The union; named if it holds an object and is not itself the root."""
        product = math.prod(map(len, self.shape.unions))
        branches = self._flatten(self.shape.unions[0], self.shape.discriminator, frozenset())
        limits = self.schemas.limits
        if len(branches) > limits.variants or (len(self.shape.unions) > 1 and product > limits.composition_product):
            self.schemas.diagnostics.warning(
                "schema/variants",
                f"a union of {max(len(branches), product):,} members or more is read untyped",
                self.schemas.tree.locate(self.node.pointer),
                "split the union, or raise the limit",
            )
            return ANY
        beside = self._beside()
        real = [branch for branch in branches if not _is_null(branch.node)]
        null = len(real) < len(branches)
        if len(real) == 1:
            only = self.schemas.lower(self._described(self._with(beside, real[0].node)), self.position)
            return union(only, NULL) if null else only
        return self.schemas.declare_union(self.node, self.position, self._union(real, beside, null=null))

    def branches(self) -> list[tuple[str, Node]]:
        """The alternatives, null apart, each with its name and together with what holds beside them."""
        beside = self._beside()
        found = self._flatten(self.shape.unions[0], self.shape.discriminator, frozenset())
        real = [branch for branch in found if not _is_null(branch.node)]
        names = self._names(real)
        return [(name, self._with(beside, branch.node)) for name, branch in zip(names, real, strict=True)]

    def _names(self, branches: list[Branch] | list[Branch | None]) -> list[str]:
        return variant_names(branches, self.schemas.tree, stated=self.schemas.dialect.stated_names)

    def _union(self, branches: list[Branch], beside: list[Any], *, null: bool) -> Type:
        names = self._names([branch if self._has_place(branch) else None for branch in branches])
        found = [
            self.schemas.lower(self._with(beside, branch.node), self.position.child(Step.VARIANT, name))
            for branch, name in zip(branches, names, strict=True)
        ]
        type_ = union(*found, *([NULL] if null else []))
        if not isinstance(type_, UnionOf):
            return type_
        places = {
            each.id: reference(branch.node.schema) or ""
            for branch, each in zip(branches, found, strict=True)
            if isinstance(each, Named)
        }
        return UnionOf(type_.members, discriminator(self.schemas, self.node, self.shape, type_.members, places))

    def _flatten(self, nodes: list[Node], declared: Any, seen: frozenset[str]) -> list[Branch]:
        """The branches, with inline unions inside them opened up."""
        found: list[Branch] = []
        # A root request body names its variants by themselves (SURFACE.md, "Types", rule 4).
        is_body = len(self.position.steps) == 1 and self.position.steps[0].place == BODY
        mapped = as_mapping(declared).get("mapping") or is_body
        name = "" if mapped else as_text(as_mapping(declared).get("propertyName"))
        for node in nodes:
            if len(found) > self.schemas.limits.variants:
                break
            target, pointer = self._inline(node)
            plain = not (target.keys() & {"properties", "allOf", "$ref", "enum", "const", "items"})
            types = as_list(target.get("type"))
            key = "oneOf" if target.get("oneOf") else "anyOf"
            inner = as_list(target.get(key))
            if inner and plain and pointer not in seen:
                inside = [Node(as_schema(item), f"{pointer}/{key}/{index}") for index, item in enumerate(inner)]
                found += self._flatten(inside, target.get("discriminator") or declared, seen | {pointer})
            elif types and plain:
                found += [Branch(Node({**target, "type": item}, pointer), name) for item in types]
            else:
                found.append(Branch(node, name))
        return found

    def _inline(self, node: Node) -> tuple[Any, str]:
        """The schema of a branch, looked up when it is a reference that keeps no name."""
        ref = reference(node.schema)
        if ref is not None and not self.schemas.is_named(ref):
            return self.schemas.tree.follow(node.schema, node.pointer)
        return node.schema, node.pointer

    def _has_place(self, branch: Branch) -> bool:
        """Whether a branch is described where it stands, and so needs a name there."""
        ref = reference(branch.node.schema)
        return ref is None or not self.schemas.is_named(ref) or bool(self._beside())

    def _beside(self) -> list[Any]:
        """What holds beside the alternatives, as parts for the `allOf` of each: bases, properties, other unions."""
        parts: list[Any] = [{"$ref": f"#{pointer}"} for pointer in self.shape.refs]
        if self.shape.properties:
            properties = {name: node.schema for name, node in self.shape.properties.items()}
            parts.append({"type": "object", "properties": properties, "required": sorted(self.shape.required)})
        parts += [{"anyOf": [branch.schema for branch in other]} for other in self.shape.unions[1:]]
        return parts

    def _with(self, beside: list[Any], node: Node) -> Node:
        """A branch together with what holds beside it; as it is if it says all that already or is no object."""
        if not beside:
            return node
        target, pointer = self.schemas.tree.follow(node.schema, node.pointer)
        shape = fold(Node(target, pointer), self.schemas.tree)
        others = fold(Node({"allOf": beside}, node.pointer), self.schemas.tree)
        says_all = others.properties.keys() <= shape.properties.keys() and others.required <= shape.required
        if (shape.types and "object" not in shape.types) or (says_all and not others.unions):
            return node
        return Node({"allOf": [*beside, node.schema], "title": as_text(target.get("title"))}, node.pointer)

    def _described(self, node: Node) -> Node:
        """An only branch with the description of the schema around it."""
        text = as_text(self.node.schema.get("description"))
        if not text or "$ref" in node.schema or "description" in node.schema:
            return node
        return Node({**node.schema, "description": text}, node.pointer)


def _is_null(node: Node) -> bool:
    """Whether null is all that fits."""
    if node.schema.get("enum") is not None:
        return as_list(node.schema["enum"]) == [None]
    return not isinstance(node.schema.get("type"), list) and allows_null(node.schema)
