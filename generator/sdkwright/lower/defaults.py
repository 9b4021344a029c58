"""Defaults that do not fit their types. A default is only ever told, so that one of these does no more than mislead."""

from __future__ import annotations

from collections.abc import Mapping

from sdkwright.ir.models import Declaration, Object
from sdkwright.ir.types import (
    Choice,
    DeclarationId,
    Json,
    ListOf,
    MapOf,
    Named,
    Scalar,
    Type,
    UnionOf,
)
from sdkwright.ir.values import is_of


def fits(value: Json, type_: Type, declarations: Mapping[DeclarationId, Declaration]) -> bool:
    """Whether a value is of a type. Of an object it is enough to be one; null stands for having no default."""
    match type_:
        case Scalar(kind):
            return value is None or is_of(kind, value)
        case Choice(values):
            return value is None or any(value == each and type(value) is type(each) for each in values)
        case ListOf(item):
            return isinstance(value, list) and all(fits(each, item, declarations) for each in value)
        case MapOf(each):
            return isinstance(value, dict) and all(fits(inner, each, declarations) for inner in value.values())
        case UnionOf(members):
            return any(fits(value, member, declarations) for member in members)
        case Named(id):
            return _fits_named(value, id, declarations)


def _fits_named(value: Json, id: DeclarationId, declarations: Mapping[DeclarationId, Declaration]) -> bool:
    seen: set[DeclarationId] = set()
    while id not in seen:
        seen.add(id)
        declaration = declarations[id]
        if isinstance(declaration, Object):
            return value is None or isinstance(value, dict)
        if not isinstance(declaration.type, Named):
            return fits(value, declaration.type, declarations)
        id = declaration.type.id
    return True
