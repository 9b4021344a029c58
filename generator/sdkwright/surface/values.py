"""Two values compared: fields, keys, enum members, properties, constants, type aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdkwright.surface.fields import number
from sdkwright.surface.model import Role, Value
from sdkwright.surface.relate import Relate
from sdkwright.surface.rules import (
    ATTRIBUTE,
    CONSTANT,
    FIELD,
    KEY,
    PROPERTY,
    RETURNED_KEY,
    RULES,
    WRITABLE_PROPERTY,
    Position,
    Rule,
    merged,
    type_rule,
)

_POSITIONS: Mapping[Role, Position] = {
    Role.FIELD: FIELD,
    Role.KEY: KEY,
    Role.PROPERTY: PROPERTY,
    Role.ATTRIBUTE: ATTRIBUTE,
    Role.ENUM_MEMBER: ATTRIBUTE,
    Role.CONSTANT: CONSTANT,
}

_UPPER = {"lt", "le", "max_length", "max_digits", "decimal_places"}
_LOWER = {"gt", "ge", "min_length"}
_VERSIONS = ("__version__", "__title__")


def compare_values(old: Value, new: Value, relate: Relate, *, returned: bool = False) -> Iterator[Rule]:
    """The rules that the step from one value to its successor of the same role falls under.

    `returned` says that calls return the TypedDict whose key this is.
    """
    position = _POSITIONS.get(old.role, ATTRIBUTE)
    if old.role is Role.KEY and returned:
        position = RETURNED_KEY
    if old.role is Role.PROPERTY and old.writable and new.writable:
        position = WRITABLE_PROPERTY
    facets = relate.facets(old.type, new.type)
    if old.role in {Role.FIELD, Role.KEY} and new.required:
        facets -= merged(old.required, new.required)
    for facet in sorted(facets):
        yield type_rule(position, facet)
    if old.role in {Role.FIELD, Role.KEY} and old.required != new.required:
        yield RULES[f"{old.role}-now-{'required' if new.required else 'optional'}"]
        if old.role is Role.KEY and returned and old.required:
            yield RULES["key-may-be-absent"]
    if old.writable != new.writable and old.role is Role.PROPERTY:
        yield RULES["property-made-writable" if new.writable else "property-made-read-only"]
    if old.deprecated != new.deprecated:
        yield RULES["deprecated" if new.deprecated else "deprecation-lifted"]
    yield from _default(old, new)
    if old.aliases != new.aliases:
        yield RULES["key-alias-changed" if old.role is Role.KEY else "field-alias-changed"]
    yield from sorted(set(_constraints(dict(old.constraints), dict(new.constraints))), key=lambda rule: rule.id)


def _default(old: Value, new: Value) -> Iterator[Rule]:
    if old.default is None or new.default is None or old.default == new.default:
        return
    if old.text.startswith(_VERSIONS):
        return
    by_role = {
        Role.FIELD: "field-default-changed",
        Role.ENUM_MEMBER: "enum-value-changed",
        Role.CONSTANT: "constant-value-changed",
        Role.ATTRIBUTE: "attribute-value-changed",
    }
    if old.role in by_role:
        yield RULES[by_role[old.role]]


def _constraints(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Rule]:
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name), new.get(name)
        if was != now:
            yield RULES["field-constraint-tightened" if _tighter(name, was, now) else "field-constraint-loosened"]


def _tighter(name: str, was: str | None, now: str | None) -> bool:
    """Whether a value that passed before may fail now. What cannot be told apart counts as tighter."""
    if now is None or (name == "strict" and now == "False"):
        return False
    if was is None:
        return True
    before, after = number(was), number(now)
    if before is None or after is None:
        return True
    if name in _UPPER:
        return after < before
    if name in _LOWER:
        return after > before
    return not (name == "multiple_of" and after != 0 and (before / after).is_integer())
