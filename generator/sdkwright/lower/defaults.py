"""Defaults of fields: kept where they fit the type, which is known once every declaration is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.models import MISSING, Alias, Declaration, Field, Missing, Object
from sdkwright.ir.types import (
    Choice,
    DeclarationId,
    Json,
    Kind,
    ListOf,
    MapOf,
    Named,
    Scalar,
    Type,
    members,
)

_TEXT = frozenset({Kind.STRING, Kind.BASE64, Kind.FILE})
_ALIAS_CHAIN = 100


def settle(
    declarations: Mapping[DeclarationId, Declaration], diagnostics: Diagnostics
) -> dict[DeclarationId, Declaration]:
    """The declarations with defaults that fit; one that does not is left out with a warning."""
    found: dict[DeclarationId, Declaration] = {}
    for id, item in declarations.items():
        if isinstance(item, Object) and any(field.default is not MISSING for field in item.fields):
            item = replace(
                item,
                fields=tuple(_settled(field, declarations, diagnostics) for field in item.fields),
            )
        found[id] = item
    return found


def _settled(field: Field, declarations: Mapping[DeclarationId, Declaration], diagnostics: Diagnostics) -> Field:
    value = field.default
    if isinstance(value, Missing):
        return field
    fitting = _fitting(value, field.type, declarations)
    if isinstance(fitting, Missing) and _is_wrong(value, field.type, declarations):
        diagnostics.warning(
            "schema/default-type",
            f"the default {str(value)[:60]!r} is not of the declared type and was left out",
            field.location,
            "give a default of the type",
        )
    return replace(field, default=fitting)


def _leaves(type_: Type, declarations: Mapping[DeclarationId, Declaration]) -> list[Type]:
    """The alternatives of a type with aliases followed; an object stays a `Named`."""
    found: list[Type] = []
    pending = list(members(type_))
    for _ in range(_ALIAS_CHAIN):
        following: list[Type] = []
        for member in pending:
            target = declarations.get(member.id) if isinstance(member, Named) else None
            if isinstance(target, Alias):
                following += members(target.type)
            else:
                found.append(member)
        pending = following
    return found


def _fitting(value: Json, type_: Type, declarations: Mapping[DeclarationId, Declaration]) -> Json | Missing:
    """The value as a literal of one of the alternatives; missing if it is none of them."""
    for leaf in _leaves(type_, declarations):
        found = _literal(value, leaf, declarations)
        if not isinstance(found, Missing):
            return found
    return MISSING


def _literal(value: Json, type_: Type, declarations: Mapping[DeclarationId, Declaration]) -> Json | Missing:
    match type_:
        case Choice(values):
            return value if any(value == item and type(value) is type(item) for item in values) else MISSING
        case Scalar(kind):
            return _scalar(value, kind)
        case ListOf(item) if isinstance(value, list):
            return _all([_fitting(each, item, declarations) for each in value])
        case MapOf(item) if isinstance(value, dict):
            found = _all([_fitting(each, item, declarations) for each in value.values()])
            return dict(zip(value, found, strict=True)) if isinstance(found, list) else MISSING
        case _:
            return MISSING


def _all(values: list[Json | Missing]) -> list[Json] | Missing:
    kept = [value for value in values if not isinstance(value, Missing)]
    return kept if len(kept) == len(values) else MISSING


def _scalar(value: Json, kind: Kind) -> Json | Missing:
    fits = False
    match value:
        case None:
            fits = kind in {Kind.NULL, Kind.ANY}
        case bool():
            fits = kind in {Kind.BOOLEAN, Kind.ANY}
        case str():
            fits = kind in _TEXT or kind is Kind.ANY
        case int():
            fits = kind in {Kind.INTEGER, Kind.NUMBER, Kind.ANY}
        case float() if kind is Kind.INTEGER and value.is_integer():
            return int(value)
        case float():
            fits = kind in {Kind.NUMBER, Kind.ANY}
        case _:
            fits = kind is Kind.ANY
    return value if fits else MISSING


def _is_wrong(value: Json, type_: Type, declarations: Mapping[DeclarationId, Declaration]) -> bool:
    """Whether a default contradicts its type, rather than having no literal: objects and dates have none."""
    if value is None:
        return False
    leaves = _leaves(type_, declarations)
    objects = any(isinstance(leaf, Named) for leaf in leaves)
    dates = any(leaf in {Scalar(Kind.DATE), Scalar(Kind.DATETIME)} for leaf in leaves)
    containers = any(isinstance(leaf, ListOf | MapOf) for leaf in leaves)
    if isinstance(value, dict | list):
        return not (objects or containers)
    return not (dates and isinstance(value, str))
