"""Which parts of an `allOf` become base classes, and which components accept null."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sdkwright.lower.nodes import Node, Raw, Tree, allows_null, as_list, as_mapping, as_schema, as_text, reference
from sdkwright.lower.shape import Shape, fold

COMPONENTS = "/components/schemas/"
_Links = tuple[bool, tuple[str, ...]]


def is_component(pointer: str) -> bool:
    """Whether a pointer leads to a schema under `components`, or among the `$defs` of one (JSON Schema, 8.2.4)."""
    above, _, _ = pointer.rpartition("/")
    return above == COMPONENTS.rstrip("/") or (pointer.startswith(COMPONENTS) and above.endswith("/$defs"))


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Answers for the components of one document; `is_named` tells which keep their name.

    With `overriding` an heir may say properties of its base anew.
    """

    tree: Tree
    is_named: Callable[[str], bool]
    overriding: bool = False
    _plain: dict[str, frozenset[str] | None] = field(default_factory=dict[str, "frozenset[str] | None"])
    _links: dict[str, _Links] = field(default_factory=dict[str, _Links])
    _nullable: dict[str, bool] = field(default_factory=dict[str, bool])

    def bases(self, node: Node) -> dict[str, str]:
        """The references of a schema that can be base classes, each with the component that it ends at.

        Those are plain objects of which nothing is overridden, unless that is allowed; one that cannot be leaves none.
        """
        if not node.schema.keys() & {"$ref", "allOf"}:
            return {}
        found: dict[str, str] = {}
        own = set(as_mapping(node.schema.get("properties")))
        inherited: set[str] = set()
        required = {item for item in as_list(node.schema.get("required")) if isinstance(item, str)}
        for branch in _branches(node):
            pointer = as_text(branch.schema.get("$ref"))[1:]
            target = self._end(pointer)
            taken = own | inherited
            if is_component(target) and self.is_named(target) and not branch.schema.keys() - {"$ref"}:
                names = self._plain_object(target)
                if names is None or self._descends(target, node.pointer):
                    return {}
                found[pointer] = target
                clash = names & (inherited if self.overriding else taken)
                inherited |= names
            else:
                shape = fold(branch, self.tree)
                names = frozenset(shape.properties)
                required |= shape.required - names
                clash = names & (own if self.overriding else taken)
                own |= names
            if clash:
                return {}
        return {} if required & inherited - own else found

    def nullable(self, pointer: str) -> bool:
        """Whether null fits a component, by itself or through what it is made of.

        Null belongs to the places that refer to the component; its name stands for everything else.
        """
        if pointer not in self._nullable:
            seen = {pointer}
            pending = [pointer]
            answer = False
            while pending and not answer:
                following = pending.pop()
                direct, links = self._null_links(following)
                answer = direct or self._nullable.get(following, False)
                pending += [link for link in links if link not in seen]
                seen.update(links)
            self._nullable[pointer] = answer
        return self._nullable[pointer]

    def _null_links(self, pointer: str) -> _Links:
        """Whether a schema itself allows null beside something else, and the schemas that it passes null on from."""
        if pointer not in self._links:
            schema = as_schema(self.tree.get(pointer))
            target = reference(schema)
            if target is not None:
                self._links[pointer] = (allows_null(schema), (target,))
            else:
                shape = fold(Node(schema, pointer), self.tree)
                branches = [branch.schema for union in shape.unions for branch in _flat(union)]
                links = tuple(ref for ref in map(reference, branches) if ref is not None)
                self._links[pointer] = (_has_null(shape, branches), links)
        return self._links[pointer]

    def _end(self, pointer: str) -> str:
        """Where a chain of components that merely refer to each other ends."""
        for _ in range(100):
            target = reference(as_schema(self.tree.get(pointer))) if pointer else None
            if target is None:
                break
            pointer = target
        return pointer

    def _plain_object(self, pointer: str) -> frozenset[str] | None:
        """The property names of a component that is an object and nothing else; None for any other."""
        if pointer not in self._plain:
            shape = fold(Node(as_schema(self.tree.get(pointer)), pointer), self.tree)
            plain = shape.properties and not shape.unions and {*shape.types} <= {"object", "null"}
            self._plain[pointer] = frozenset(shape.properties) if plain and shape.constants is None else None
        return self._plain[pointer]

    def _descends(self, pointer: str, ancestor: str) -> bool:
        """Whether one schema is made from another through `allOf`, so that the other cannot inherit from it."""
        seen = {pointer}
        pending = [pointer]
        while pending:
            current = pending.pop()
            if current == ancestor:
                return True
            refs = set(_parts(as_schema(self.tree.get(current)))) - seen
            seen |= refs
            pending += refs
        return False


def _branches(node: Node) -> Iterator[Node]:
    if "$ref" in node.schema:
        yield Node({"$ref": node.schema["$ref"]}, node.pointer)
    for index, _ in enumerate(as_list(node.schema.get("allOf"))):
        yield node.child("allOf", index)


def _parts(schema: Raw) -> Iterator[str]:
    """The references among the `allOf` parts of a schema, at any depth."""
    pending = [schema]
    while pending:
        part = pending.pop()
        if isinstance(part.get("$ref"), str):
            yield part["$ref"][1:]
        pending += map(as_schema, as_list(part.get("allOf")))


def _flat(branches: list[Node]) -> Iterator[Node]:
    """The branches of an alternation with inline alternations inside them opened up."""
    pending = list(branches)
    while pending:
        branch = pending.pop()
        inner = [key for key in ("oneOf", "anyOf") if key in branch.schema and "$ref" not in branch.schema]
        for key in inner:
            pending += [branch.child(key, index) for index, _ in enumerate(as_list(branch.schema[key]))]
        if not inner:
            yield branch


def _has_null(shape: Shape, branches: list[Raw]) -> bool:
    if shape.constants is not None:
        return None in shape.constants and len(shape.constants) > 1
    if "null" in shape.types:
        return len(shape.types) > 1 or bool(shape.properties)
    return any(map(allows_null, branches)) and not all(map(allows_null, branches))
