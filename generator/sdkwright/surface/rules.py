"""What each kind of change does to users, as data. docs/surface.md shows these tables; a test keeps them in step.

Two tables. `RULES` has the changes that concern no type. A change of a type is a facet (`none-added`) at a position
(`return`): its rule follows from whether users give values to that position, take values from it, or both.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


class Who(enum.StrEnum):
    """Who meets a change: code that imports, constructs, calls or reads; a type checker; only the running program."""

    IMPORTS = "imports"
    CONSTRUCTS = "constructs"
    CALLS = "calls"
    READS = "reads"
    TYPE_CHECKS = "type-checks"
    RUNTIME = "runtime-only"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change. `who` is empty if it breaks nobody."""

    id: str
    who: tuple[Who, ...]
    says: str

    @property
    def breaking(self) -> bool:
        """Whether some user's code stops working or stops type-checking."""
        return bool(self.who)


_I, _C, _F, _R, _T, _X = Who.IMPORTS, Who.CONSTRUCTS, Who.CALLS, Who.READS, Who.TYPE_CHECKS, Who.RUNTIME

_TABLE: tuple[tuple[str, tuple[Who, ...], str], ...] = (
    ("module-removed", (_I,), "module removed"),
    ("module-added", (), "module added"),
    ("class-removed", (_I,), "class removed"),
    ("class-added", (), "class added"),
    ("function-removed", (_I,), "function removed"),
    ("function-added", (), "function added"),
    ("constant-removed", (_I,), "constant removed"),
    ("constant-added", (), "constant added"),
    ("alias-removed", (_I,), "type alias removed"),
    ("alias-added", (), "type alias added"),
    ("import-removed", (_I,), "no longer importable from here"),
    ("import-added", (), "importable from here too"),
    ("import-changed", (_C, _T), "now the object of another package"),
    ("import-unknown", (), "comes from another package: what it is cannot be told"),
    ("kind-changed", (_C, _F, _T), "now something of another kind"),
    ("constant-value-changed", (), "value of a constant changed"),
    ("family-changed", (_C, _R, _T), "class is made and read in another way"),
    ("base-removed", (_T, _X), "no longer a subclass: `isinstance` and `except` stop matching"),
    ("base-added", (), "subclass of one more class"),
    ("generic-changed", (_T,), "number of type parameters changed"),
    ("generic-added", (), "class takes type parameters now"),
    ("class-made-final", (_T,), "class may not be subclassed any more"),
    ("method-removed", (_F,), "method removed"),
    ("method-added", (), "method added"),
    ("method-made-abstract", (_C,), "subclasses must implement it now"),
    ("property-removed", (_R,), "property removed"),
    ("property-added", (), "property added"),
    ("property-made-read-only", (_C, _T), "property can no longer be set"),
    ("property-made-writable", (), "property can be set now"),
    ("method-made-property", (_F, _T), "method became a property: calling it fails"),
    ("property-made-method", (_R, _T), "property became a method: reading it gives a function"),
    ("attribute-removed", (_R,), "attribute removed"),
    ("attribute-added", (), "attribute added"),
    ("attribute-value-changed", (), "value of a class attribute changed"),
    ("field-removed", (_C, _R, _T), "field removed"),
    ("field-added", (), "field added"),
    ("field-added-required", (_C, _T), "required field added"),
    ("field-now-required", (_C, _T), "field is required now"),
    ("field-now-optional", (), "field may be left out now"),
    ("field-default-changed", (_X,), "default of a field changed"),
    ("field-alias-changed", (_C, _X), "name of a field in data changed"),
    ("field-constraint-tightened", (_C, _X), "field accepts fewer values"),
    ("field-constraint-loosened", (), "field accepts more values"),
    ("key-removed", (_C, _R, _T), "key removed"),
    ("key-added", (), "key added"),
    ("key-added-required", (_C, _T), "required key added"),
    ("key-now-required", (_C, _T), "key is required now"),
    ("key-now-optional", (), "key may be left out now"),
    ("key-may-be-absent", (_R, _T), "key may be absent from what a call returns"),
    ("key-alias-changed", (), "name of a key on the wire changed"),
    ("enum-member-removed", (_R, _C), "enum member removed"),
    ("enum-member-added", (), "enum member added"),
    ("enum-value-changed", (_X,), "value of an enum member changed"),
    ("binding-changed", (_F,), "called on another thing (instance, class or neither)"),
    ("made-async", (_F, _T), "now a coroutine function: must be awaited"),
    ("made-sync", (_F, _T), "no longer a coroutine function: must not be awaited"),
    ("overload-removed", (_F, _T), "no overload takes these arguments any more"),
    ("parameter-removed", (_F, _T), "parameter removed"),
    ("parameter-absorbed", (), "parameter is taken by the variadic one now"),
    ("parameter-renamed", (_F, _T), "parameter renamed"),
    ("parameter-added", (), "parameter added"),
    ("parameter-added-required", (_F, _T), "required parameter added"),
    ("parameter-now-required", (_F, _T), "parameter is required now"),
    ("parameter-now-optional", (), "parameter may be left out now"),
    ("parameter-kind-changed", (_F, _T), "parameter is passed in another way"),
    ("parameter-kind-widened", (), "parameter may be passed in more ways"),
    ("parameter-moved", (_F,), "position of a parameter changed"),
    ("parameter-default-changed", (_X,), "default of a parameter changed"),
    ("deprecated", (), "deprecated"),
    ("deprecation-lifted", (), "no longer deprecated"),
)
RULES: Mapping[str, Rule] = {id_: Rule(id_, who, says) for id_, who, says in _TABLE}


class Facet(enum.StrEnum):
    """How a type changed."""

    NONE_ADDED = "none-added"
    NONE_REMOVED = "none-removed"
    LITERAL_ADDED = "literal-added"
    LITERAL_REMOVED = "literal-removed"
    MEMBER_ADDED = "member-added"
    MEMBER_REMOVED = "member-removed"
    UNION_MADE = "union-made"
    WIDENED = "widened"
    NARROWED = "narrowed"
    CHANGED = "changed"
    GIVEN = "given"
    LOOSENED = "loosened"
    TIGHTENED = "tightened"


@dataclass(frozen=True, slots=True)
class _Effect:
    says: str
    breaks_giver: bool
    breaks_taker: bool


FACETS: Mapping[Facet, _Effect] = {
    Facet.NONE_ADDED: _Effect("may be None now", False, True),
    Facet.NONE_REMOVED: _Effect("may not be None any more", True, False),
    Facet.LITERAL_ADDED: _Effect("has a further literal value", False, False),
    Facet.LITERAL_REMOVED: _Effect("lost a literal value", True, False),
    Facet.MEMBER_ADDED: _Effect("has a further union member", False, False),
    Facet.MEMBER_REMOVED: _Effect("lost a union member", True, False),
    Facet.UNION_MADE: _Effect("became a union", False, True),
    Facet.WIDENED: _Effect("is a wider type now", False, True),
    Facet.NARROWED: _Effect("is a narrower type now", True, False),
    Facet.CHANGED: _Effect("has another type", True, True),
    Facet.GIVEN: _Effect("is something now, where it was always None", False, False),
    Facet.LOOSENED: _Effect("is Any now", False, False),
    Facet.TIGHTENED: _Effect("has a type now, where it was Any", False, False),
}
"""Who breaks: users who give a value there, users who take one. A further literal or member of what already was a
union breaks no taker: servers add them, and code that takes values has to have a branch for others."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place that has a type. `giver` is who gives values to it, None if only the package does; `takes` whether
    users take values from it."""

    name: str
    noun: str
    giver: Who | None
    takes: bool


PARAMETER = Position("parameter", "parameter", _F, takes=False)
ARGUMENT = Position("argument", "argument of the constructor", _C, takes=False)
RETURN = Position("return", "returned value", None, takes=True)
FIELD = Position("field", "field", _C, takes=True)
KEY = Position("key", "key", _C, takes=False)
RETURNED_KEY = Position("returned-key", "key of a returned dict", _C, takes=True)
ALIAS = Position("alias", "type alias", _C, takes=True)
GIVEN_ALIAS = Position("given-alias", "type alias of arguments", _C, takes=False)
TAKEN_ALIAS = Position("taken-alias", "type alias of results", None, takes=True)
PROPERTY = Position("property", "property", None, takes=True)
WRITABLE_PROPERTY = Position("writable-property", "property", _C, takes=True)
ATTRIBUTE = Position("attribute", "attribute", None, takes=True)
CONSTANT = Position("constant", "constant", None, takes=True)
POSITIONS = (
    *(PARAMETER, ARGUMENT, RETURN, FIELD, KEY, RETURNED_KEY, ALIAS, GIVEN_ALIAS, TAKEN_ALIAS),
    *(PROPERTY, WRITABLE_PROPERTY, ATTRIBUTE, CONSTANT),
)


def type_rule(position: Position, facet: Facet) -> Rule:
    """The rule for a change of the type at a position."""
    effect = FACETS[facet]
    who: set[Who] = set()
    if effect.breaks_giver and position.giver:
        who |= {position.giver, Who.TYPE_CHECKS}
    if effect.breaks_taker and position.takes:
        who |= {Who.READS, Who.TYPE_CHECKS}
    ordered = tuple(one for one in Who if one in who)
    return Rule(f"{position.name}-{facet}", ordered, f"{position.noun} {effect.says}")


def merged(was_required: bool, required: bool) -> frozenset[Facet]:
    """What goes without saying when a thing becomes required or optional: None was, or is, how to leave it out."""
    if was_required == required:
        return frozenset()
    return frozenset({Facet.NONE_REMOVED if required else Facet.NONE_ADDED})


def all_rules() -> Iterator[Rule]:
    """Every rule that a finding can have."""
    yield from RULES.values()
    for position in POSITIONS:
        for facet in Facet:
            yield type_rule(position, facet)
