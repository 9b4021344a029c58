"""Schemas to types and declarations.

Every object gets a declaration of its own and everything else becomes an expression, so that no later stage
meets an anonymous object. A declaration is identified by its position, which is also what it is named by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sdkwright.config.dialect import OURS, Dialect
from sdkwright.diagnostics import Diagnostics, Location, Refusal
from sdkwright.ir.models import Alias, Declaration, Field, Object, Position, RootKind, Step
from sdkwright.ir.types import (
    ANY,
    NULL,
    Choice,
    DeclarationId,
    Json,
    ListOf,
    MapOf,
    Named,
    Scalar,
    Type,
    UnionOf,
    members,
    union,
)
from sdkwright.limits import Limits
from sdkwright.lower import examples, scalars
from sdkwright.lower.closed import allowed
from sdkwright.lower.defaults import fits
from sdkwright.lower.discriminators import Tags
from sdkwright.lower.docs import described, remarks
from sdkwright.lower.inheritance import Inheritance, is_component
from sdkwright.lower.nodes import (
    NOTHING,
    Node,
    Raw,
    Tree,
    allows_null,
    as_schema,
    as_text,
    reference,
)
from sdkwright.lower.shape import Shape, fold
from sdkwright.lower.unions import Variants
from sdkwright.pointers import split

Report = Callable[[str, str, Location, str], None]
_CONDITIONS = ("not", "if", "dependentSchemas", "dependentRequired")
"""Keywords that restrict values in ways that no type shows."""


@dataclass(slots=True)
class Schemas:
    """Lowers schemas and collects the declarations that they need.

    `is_named` tells which component schemas keep their name; the others are described anew at each place
    that refers to them.
    """

    tree: Tree
    limits: Limits
    diagnostics: Diagnostics
    is_named: Callable[[str], bool]
    dialect: Dialect = OURS
    declarations: dict[DeclarationId, Declaration] = field(default_factory=dict[DeclarationId, Declaration])
    tags: dict[DeclarationId, Tags] = field(default_factory=dict[DeclarationId, Tags])
    """What is known of the constants of objects; see `discriminators`."""
    _queue: list[str] = field(default_factory=list[str])
    _queued: set[str] = field(default_factory=set[str])
    _lowered: int = 0
    _open: list[str] = field(default_factory=list[str])
    _scalars: dict[tuple[int, str], tuple[Raw, Type]] = field(default_factory=dict[tuple[int, str], tuple[Raw, Type]])
    """Types without a name in them, which are the same at every position, by the identity and place of the schema."""
    _defaults: dict[str, tuple[Json, Type]] = field(default_factory=dict[str, tuple[Json, Type]])
    """What schemas have as default, with their types, by place."""
    _unions: Counter[str] = field(default_factory=Counter[str])
    """How often each schema with alternatives was lowered: one without a name is, wherever it is used."""
    _reported: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    _inheritance: Inheritance = field(init=False)

    def __post_init__(self) -> None:
        self._inheritance = Inheritance(self.tree, self.is_named, self.dialect.overriding)

    def root(self, node: Node, position: Position, *, alias: bool = True) -> Type:
        """Lower a schema at the root of a declaration.

        With `alias` anything that is not an object, a reference (or null beside it) or untyped gets the root's name
        as well.
        """
        type_ = self.lower(node, position)
        real = [member for member in members(type_) if member != NULL]
        if not alias or type_ == ANY or (len(real) == 1 and isinstance(real[0], Named)):
            return type_
        return self.declare(node, position, type_)

    def declare(self, node: Node, position: Position, type_: Type) -> Type:
        """Give a type a name of its own."""
        self._declare_alias(node, position, type_)
        return Named(position.id)

    def finish(self) -> None:
        """Lower the named components that were referred to, and those that they refer to."""
        while self._queue:
            pointer = self._queue.pop()
            node = Node(as_schema(self.tree.get(pointer)), pointer)
            position = Position(RootKind.COMPONENT, pointer, _last_name(pointer))
            type_ = self.lower(node, position)
            if self._inheritance.nullable(pointer):
                type_ = union(*(member for member in members(type_) if member != NULL))
            if type_ != Named(position.id):
                self._declare_alias(node, position, type_)
        self._report_defaults()

    def _report_defaults(self) -> None:
        """Say which defaults are of another type: only now is it known what every name stands for."""
        for pointer, (value, type_) in self._defaults.items():
            if not fits(value, type_, self.declarations):
                self.warn(
                    "schema/default",
                    f"the default {str(value)[:60]!r} does not fit the type, which stands; the client sends no default",
                    f"{pointer}/default",
                    "give a default of the schema's own type, or take it out",
                )

    def lower(self, node: Node, position: Position) -> Type:
        """The type of a schema; declarations that it needs are added."""
        key = (id(node.schema), node.pointer)
        if key in self._scalars:
            return self._scalars[key][1]
        found = self._lower(node, position)
        if node.schema.get("default") is not None:
            self._defaults[node.pointer] = (node.schema["default"], found)
        if found != ANY and all(isinstance(member, Scalar | Choice) for member in members(found)):
            self._scalars[key] = (node.schema, found)
        return found

    def _lower(self, node: Node, position: Position) -> Type:
        pointer = reference(node.schema)
        if pointer is not None:
            found = self._reference(pointer, position)
            return union(found, NULL) if allows_null(node.schema) else found
        if not node.schema or self.too_deep(node):
            return ANY
        self._lowered += 1
        if self._lowered > self.limits.expanded_nodes:
            raise self._refuse(f"{self.limits.expanded_nodes:,} schemas", node)
        self._open.append(node.pointer)
        try:
            return self._shape(node, fold(node, self.tree, keep=self._inheritance.bases(node)), position)
        finally:
            self._open.pop()

    def named(self, pointer: str) -> Type:
        """A reference to a component by name, which will be lowered once; with null if the component allows it."""
        self._need(pointer)
        return union(Named(pointer), NULL) if self._inheritance.nullable(pointer) else Named(pointer)

    def _need(self, pointer: str) -> None:
        if pointer not in self._queued:
            self._queued.add(pointer)
            self._queue.append(pointer)

    def too_deep(self, node: Node) -> bool:
        """Whether nesting has gone past the limit; the value stays untyped then."""
        if len(self._open) < self.limits.depth:
            return False
        self.diagnostics.warning(
            "schema/too-deep",
            f"schemas are nested more than {self.limits.depth} levels deep here; deeper values are untyped",
            self.tree.locate(node.pointer),
            "give the inner schemas a name under components/schemas",
        )
        return True

    def _reference(self, pointer: str, position: Position) -> Type:
        if (is_component(pointer) and self.is_named(pointer)) or pointer in self._open:
            return self.named(pointer)
        return self.lower(Node(as_schema(self.tree.get(pointer)), pointer), position)

    def _shape(self, node: Node, shape: Shape, position: Position) -> Type:
        if shape.parts > self.limits.composition_product:
            raise self._too_many("schemas are put together", node)
        self._report(node, shape)
        constants = shape.constants
        null = "null" in shape.types or (constants is not None and None in constants)
        types = tuple(item for item in shape.types if item != "null")
        if constants and not any(constant is not None for constant in constants):
            return NULL
        choice = scalars.choice(node, shape, types, self.limits, self.diagnostics, self.tree.locate)
        if choice is not None:
            found = choice
        elif shape.unions and not (types == ("array",) and shape.items):  # the items say more than alternatives would
            self._unions[node.pointer] += 1
            if self._unions[node.pointer] > self.limits.composition_product:
                raise self._too_many("descriptions of one union are needed", node)
            found = Variants(self, node, shape, position).lower()
        elif shape.properties or shape.refs:
            found = self._object_or(node, shape, types, position)
        elif types:
            found = union(*(self._single(node, shape, item, position) for item in types))
        elif null:
            return NULL
        else:
            found = self._single(node, shape, scalars.guess(shape), position)
        return union(found, NULL) if null else found

    def _report(self, node: Node, shape: Shape) -> None:
        """Say what the type of a schema cannot show."""
        for keyword in dict.fromkeys(shape.conflicts):
            self.warn(
                "schema/conflict",
                f"the parts of this schema disagree on `{keyword}`; the last one is used",
                node.pointer,
                "let the parts of allOf agree",
            )
        if conditions := [key for key in _CONDITIONS if key in shape.rest]:
            self.note(
                "schema/condition",
                f"a type cannot hold the conditions of `{'`, `'.join(conditions)}`; the API checks them",
                node.pointer,
            )
        for place, pointer in dict.fromkeys(shape.unfolded):
            self.warn(
                "schema/cycle",
                f"this reference makes {_last_name(pointer)[:60]!r} a part of itself; it is passed over",
                place,
                "take one of the references out of the circle of `allOf`",
            )
        # What a base class has is never required by its heir: `Inheritance.bases` writes such an object out.
        for name in sorted(shape.required - shape.properties.keys()) if shape.properties else ():
            self.warn(
                "schema/required",
                f"{name[:60]!r} is required but not among the properties; it is passed over",
                node.pointer,
                f"declare {name[:60]!r} under `properties`, or take it out of `required`",
            )

    def warn(self, code: str, message: str, pointer: str, hint: str) -> None:
        """Warn of something about a place once, however often the place is lowered."""
        self._once(self.diagnostics.warning, code, message, pointer, hint)

    def note(self, code: str, message: str, pointer: str) -> None:
        """The same for what asks for no action."""
        self._once(self.diagnostics.note, code, message, pointer)

    def _once(self, report: Report, code: str, message: str, pointer: str, hint: str = "") -> None:
        if (code, message, pointer) not in self._reported:
            self._reported.add((code, message, pointer))
            report(code, message, self.tree.locate(pointer), hint)

    def _object_or(self, node: Node, shape: Shape, types: tuple[str, ...], position: Position) -> Type:
        """An object, or a union of it with the other types that a schema lists beside it."""
        others = [self._single(node, shape, item, position) for item in types if item != "object"]
        if not others:
            return self._object(node, shape, position)
        inner = self._object(node, shape, position.child(Step.VARIANT, "object"))
        return self.declare_union(node, position, union(inner, *others))

    def _single(self, node: Node, shape: Shape, type_: str, position: Position) -> Type:
        """The type for one value of the `type` keyword; the empty text stands for anything."""
        if type_ == "array":
            if not shape.items:
                return ListOf(ANY)
            if len(shape.items) > 1:
                self.diagnostics.note(
                    "schema/tuple",
                    "a tuple is read as a list whose items may each be any of its types",
                    self.tree.locate(node.pointer),
                    "use an object where each place has a meaning of its own",
                )
            items = [item.schema for item in shape.items]
            item = shape.items[0] if len(items) == 1 else Node({"anyOf": items}, node.pointer)
            return ListOf(self.lower(item, position.child(Step.ITEM)))
        if type_ == "object":
            empty = self.dialect.empty_objects and shape.rest.get("x-stainless-empty-object") is True
            return self._object(node, shape, position) if empty else self._map(shape, position)
        return scalars.scalar(type_, shape, node, self.diagnostics, self.tree.locate)

    def _map(self, shape: Shape, position: Position) -> Type:
        return MapOf(self._extra(shape, position) or ANY)

    def _object(self, node: Node, shape: Shape, position: Position) -> Type:
        id = position.id
        if id in self.declarations:
            return Named(id)
        where = self.tree.locate(node.pointer)
        if len(self.declarations) >= self.limits.schemas:
            raise self._refuse(f"{self.limits.schemas:,} types", node)
        bases = tuple(sorted(shape.refs))
        for pointer in bases:
            self._need(pointer)
        # What a base requires stays required where the object says it anew.
        required = shape.required.union(*(self._required(base) for base in bases))
        names = sorted(shape.properties, key=lambda name: (name not in required, name != "id", name))
        # Declared before its fields are lowered: one of them may lead back here.
        self.declarations[id] = Object(id, position, (), where, bases)
        fields = [self.field(name, shape.properties[name], name in required, position) for name in names]
        self.declarations[id] = Object(
            id,
            position,
            tuple(item for item in fields if item is not None),
            where,
            bases,
            extra=self._extra(shape, position),
            doc=as_text(shape.rest.get("description")) or as_text(shape.rest.get("title")),
            deprecated=shape.rest.get("deprecated") is True,
            allowed=allowed(node.schema, self.tree),
        )
        return Named(id)

    def _required(self, pointer: str) -> set[str]:
        return fold(Node(as_schema(self.tree.get(pointer)), pointer), self.tree).required

    def _refuse(self, limit: str, node: Node) -> Refusal:
        return self.diagnostics.refuse(
            "limit/schemas",
            f"the document comes to more than {limit} once references without a name are written out",
            self.tree.locate(node.pointer),
            "list more schemas under `models`, so that they are described once",
        )

    def _too_many(self, what: str, node: Node) -> Refusal:
        """The refusal of a composition that multiplies beyond its limit."""
        return self.diagnostics.refuse(
            "limit/composition",
            f"more than {self.limits.composition_product:,} {what} here: each level multiplies those below it",
            self.tree.locate(node.pointer),
            "refer to each schema once, or raise the limit (--limit composition_product=N)",
        )

    def _extra(self, shape: Shape, position: Position) -> Type | None:
        if shape.patterns and shape.properties and shape.additional is None:
            # A key that no pattern matches may hold anything (JSON Schema, 10.3.2.3). Where patterns are all that is
            # said, they describe the map: that is how a typed map whose keys have a form is spelled.
            return ANY
        values = [*([shape.additional] if shape.additional else []), *shape.patterns]
        found = [self.lower(value, position.child(Step.VALUE)) for value in values if value.schema != NOTHING]
        return union(*found) if found else None

    def field(self, name: str, node: Node, required: bool, position: Position) -> Field | None:
        """One property as a field; None for a property that must not be there (`false`)."""
        if node.schema == NOTHING:
            message = f"no value fits {name[:60]!r} (`false`), so it is left out"
            self.note("schema/nothing", message, node.pointer)
            return None
        type_ = self.lower(node, position.child(Step.PROPERTY, name))
        said = remarks(node.schema, self.tree)
        constant = scalars.is_constant(type_)
        doc = as_text(said.get("description"))
        return Field(
            wire=name,
            type=type_,
            required=required,
            location=self.tree.locate(node.pointer),
            doc=doc if constant else described(doc, said.get("default")),
            constant=constant,
            deprecated=said.get("deprecated") is True,
            read_only=said.get("readOnly") is True,
            write_only=said.get("writeOnly") is True,
            example=examples.example(node.schema, self.tree),
        )

    def _declare_alias(self, node: Node, position: Position, type_: Type) -> None:
        said = remarks(node.schema, self.tree)
        self.declarations[position.id] = Alias(
            position.id,
            position,
            type_,
            self.tree.locate(node.pointer),
            doc=as_text(said.get("description")) or as_text(said.get("title")),
            deprecated=said.get("deprecated") is True,
        )

    def declare_union(self, node: Node, position: Position, type_: Type) -> Type:
        """Give a union that holds an object its name; a root's is given by whoever lowers the root."""
        if not position.steps or not isinstance(type_, UnionOf) or not any(map(holds_name, type_.members)):
            return type_
        if len([member for member in type_.members if member != NULL]) == 1:
            return type_
        bare = union(*(m for m in type_.members if m != NULL), discriminator=type_.discriminator)
        self._declare_alias(node, position, bare)
        return union(Named(position.id), NULL) if NULL in type_.members else Named(position.id)


def holds_name(type_: Type) -> bool:
    """Whether a declaration is part of a type."""
    match type_:
        case Named():
            return True
        case ListOf(item):
            return holds_name(item)
        case MapOf(value):
            return holds_name(value)
        case UnionOf(parts):
            return any(map(holds_name, parts))
        case _:
            return False


def _last_name(pointer: str) -> str:
    """What a pointer leads to, by its last step that is a name rather than a keyword or an index."""
    for step in reversed(split(pointer)):
        if step not in _KEYWORDS and not step.isdecimal():
            return step
    return "model"


_KEYWORDS = frozenset({"schema", "schemas", "items", "prefixItems", "properties", "patternProperties"}) | {
    "additionalProperties",
    "allOf",
    "anyOf",
    "oneOf",
}
