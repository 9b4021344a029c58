"""What a schema says once its `allOf` is folded in: one flat description that the lowering reads.

Folding follows JSON Schema's meaning (every branch must hold) as far as types can express it: properties are
united, `required` is united, types and constants are intersected, two descriptions of one property become their
`allOf`. Of annotations the last one wins. What cannot hold together is kept in `conflicts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sdkwright.lower.nodes import NOTHING, Node, Raw, Tree, as_list, as_mapping, as_schema, as_text

_UNIONS = ("oneOf", "anyOf")
_SCHEMA_KEYS = frozenset({"properties", "required", "allOf", "oneOf", "anyOf", "$ref", "type"})
_ANNOTATIONS = frozenset({"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"})
_DEEPEST = 100
_NONE: Mapping[str, str] = {}


@dataclass(slots=True)
class Shape:
    """A schema with its `allOf` folded in.

    `refs` are the references of its `allOf` that were not folded (candidates for base classes);
    `unions` the alternations that apply, each a list of branches.
    """

    types: tuple[str, ...] = ()
    properties: dict[str, Node] = field(default_factory=dict[str, Node])
    required: set[str] = field(default_factory=set[str])
    unions: list[list[Node]] = field(default_factory=list[list[Node]])
    discriminator: Raw = field(default_factory=dict[str, Any])
    refs: list[str] = field(default_factory=list[str])
    additional: Node | None = None
    patterns: list[Node] = field(default_factory=list[Node])
    items: list[Node] = field(default_factory=list[Node])
    rest: dict[str, Any] = field(default_factory=dict[str, Any])
    """The scalar keywords: enum, const, format, title, description, default, deprecated ..."""
    conflicts: list[str] = field(default_factory=list[str])
    """Keywords whose values in two branches no value can meet together; the later one is used."""
    unfolded: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """References that were passed over, each with its place: they lead back to where they came from, or the chain is
    too long."""
    parts: int = 0
    """How many schemas were folded in; beyond the limit of the tree nothing more is."""

    @property
    def constants(self) -> list[Any] | None:
        """The only values, from `const` or `enum`; None where there is no such restriction."""
        if "const" in self.rest:
            return [self.rest["const"]]
        return as_list(self.rest["enum"]) if "enum" in self.rest else None


def fold(node: Node, tree: Tree, *, keep: Mapping[str, str] = _NONE) -> Shape:
    """The shape of a schema; references to the pointers in `keep` stay references, to what `keep` has for them.

    A schema that keeps no name is described at every place that refers to it, but folded once; nobody changes a shape.
    """
    key = (id(node.schema), node.pointer, *keep.items())
    if key in tree.folded:
        known: Shape = tree.folded[key][1]
        return known
    shape = Shape()
    _Folder(shape, tree, keep).add(node, 0, frozenset({node.pointer}))
    if shape.properties or shape.unions:  # Others take less to fold than to remember.
        tree.folded[key] = (node.schema, shape)
    return shape


@dataclass(frozen=True, slots=True)
class _Folder:
    shape: Shape
    tree: Tree
    keep: Mapping[str, str]

    def add(self, node: Node, depth: int, seen: frozenset[str]) -> None:
        """Add a schema with all that it refers to; `seen` are the pointers on the way to it."""
        self.shape.parts += 1
        if self.shape.parts > self.tree.product:
            return  # `allOf` of two references each, level below level, doubles with every level
        ref = node.schema.get("$ref")
        if isinstance(ref, str):
            pointer = ref[1:]
            if pointer in self.keep:
                self.shape.refs.append(self.keep[pointer])
            elif pointer not in seen and depth < _DEEPEST:
                self.add(Node(as_schema(self.tree.get(pointer)), pointer), depth + 1, seen | {pointer})
            else:
                self.shape.unfolded.append((node.pointer, pointer))
        if "allOf" in node.schema and depth < _DEEPEST:
            for index, _ in enumerate(as_list(node.schema["allOf"])):
                self.add(node.child("allOf", index), depth + 1, seen)
        _own(self.shape, node, seen)


def _own(shape: Shape, node: Node, seen: frozenset[str]) -> None:
    """Add what the schema itself says, apart from its references."""
    schema = node.schema
    _types(shape, schema.get("type"))
    for name in as_mapping(schema.get("properties")):
        _property(shape, str(name), node.child("properties", name))
    shape.required.update(item for item in as_list(schema.get("required")) if isinstance(item, str))
    for key in _UNIONS:
        if key in schema:
            _union(
                shape,
                [node.child(key, index) for index, _ in enumerate(as_list(schema[key]))],
                seen,
            )
    if isinstance(schema.get("discriminator"), dict):
        shape.discriminator = as_mapping(schema["discriminator"])
    _containers(shape, node)
    for condition in _conditional(node):
        for name in as_mapping(condition.schema.get("properties")):
            shape.properties.setdefault(str(name), condition.child("properties", name))
    known = shape.constants
    shape.rest.update((key, value) for key, value in schema.items() if key not in _SCHEMA_KEYS)
    if known is not None and ("const" in schema or "enum" in schema):
        _constants(shape, known, schema)


def _types(shape: Shape, declared: object) -> None:
    found = tuple(item for item in map(as_text, as_list(declared) or [declared]) if item)
    if not shape.types:
        shape.types = found
    elif found:
        common = tuple(item for item in shape.types if item in found)
        if not common and {*shape.types} & {"integer", "number"} and {*found} & {"integer", "number"}:
            common = ("integer",)
        if not common:
            shape.conflicts.append("type")
        shape.types = common or found


def _constants(shape: Shape, known: list[Any], schema: Raw) -> None:
    """Keep the constants that both the branches before and this one allow; 1 and true are different in JSON."""
    found = [schema["const"]] if "const" in schema else as_list(schema["enum"])
    common = [value for value in found if any(value == item and type(value) is type(item) for item in known)]
    if not common:
        shape.conflicts.append("enum")
    shape.rest.pop("const", None)
    shape.rest["enum"] = common or found


def _union(shape: Shape, branches: list[Node], seen: frozenset[str]) -> None:
    """Add an alternation, unless it is a parent's list of its children, of which this schema is one."""
    refs = {as_text(branch.schema.get("$ref"))[1:] for branch in branches}
    is_child = any(ref in seen for ref in refs if ref)
    known = any([item.schema for item in union] == [item.schema for item in branches] for union in shape.unions)
    if branches and not known and not is_child and not all(_only_required(branch.schema) for branch in branches):
        shape.unions.append(branches)


def _containers(shape: Shape, node: Node) -> None:
    schema = node.schema
    for key in ("unevaluatedProperties", "additionalProperties"):
        if key in schema and (shape.additional is None or node.child(key).schema != NOTHING):
            shape.additional = node.child(key)
    if "patternProperties" in schema:
        shape.patterns += [node.child("patternProperties", key) for key in as_mapping(schema["patternProperties"])]
    rest = "items" if "items" in schema else "unevaluatedItems"
    if rest in schema or "prefixItems" in schema:
        tuples = [node.child("prefixItems", index) for index, _ in enumerate(as_list(schema.get("prefixItems")))]
        after = node.child(rest)
        # `false` after a tuple ends it; it is no type of its own.
        closed = rest not in schema or after.schema == NOTHING
        shape.items = tuples if closed else [*tuples, after]


def _conditional(node: Node) -> Iterator[Node]:
    """The schemas that hold under a condition: what only they describe may be there (JSON Schema, 10.2.2)."""
    if "if" in node.schema:
        yield from (node.child(key) for key in ("then", "else"))
    for name in as_mapping(node.schema.get("dependentSchemas")):
        yield node.child("dependentSchemas", name)


def _property(shape: Shape, name: str, node: Node) -> None:
    """Add a property; of one that is there already both descriptions hold."""
    known = shape.properties.get(name)
    if known is None or known.schema == node.schema:
        shape.properties[name] = node
    elif node.schema.keys() <= _ANNOTATIONS or known.schema.keys() <= _ANNOTATIONS:
        shape.properties[name] = Node({**known.schema, **node.schema}, node.pointer)
    else:
        shape.properties[name] = Node({"allOf": [known.schema, node.schema]}, node.pointer)


def _only_required(schema: Raw) -> bool:
    """Whether a branch merely says which properties must be there together, which a type cannot."""
    return bool(schema) and schema.keys() <= {"required", "title", "description", "not"}
