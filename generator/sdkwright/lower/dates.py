"""Dates that only their values tell from a text in the same place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sdkwright.ir.graph import parts
from sdkwright.ir.models import Alias, Declaration, Field, Object
from sdkwright.ir.types import STRING, DeclarationId, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf, members

Declarations = Mapping[DeclarationId, Declaration]
_DATES = frozenset({Kind.DATETIME, Kind.DATE})
_MOST = 300
"""Declarations in a union that are compared, so that a chain of unions does not cost its square."""


def spell_out(declarations: Declarations) -> dict[DeclarationId, Declaration]:
    """The declarations, with dates `spelled` where a text may stand instead.

    That is in a union with text, and in an object of a union in which another object has a text of the same name and
    no discriminator tells the two apart.
    """
    beside = frozenset(_beside_texts(declarations))
    return {id: _spelled_in(item, beside) for id, item in declarations.items()}


def _beside_texts(declarations: Declarations) -> Iterator[tuple[DeclarationId, str]]:
    """The dates that another object of a union has as a text: who declares them, and their names."""
    for type_ in (part for item in declarations.values() for part in parts(item)):
        for union in _undecided(type_):
            fields = [list(_fields(item, declarations)) for item in _objects(union, declarations)]
            texts = {field.wire for own in fields for _, field in own if STRING in members(field.type)}
            yield from (
                (owner, field.wire) for own in fields for owner, field in own if field.wire in texts and _is_date(field)
            )


def _spelled_in(item: Declaration, beside: frozenset[tuple[DeclarationId, str]]) -> Declaration:
    if isinstance(item, Alias):
        return replace(item, type=_spelled(item.type))
    fields = (replace(field, type=_spelled(field.type, text=(item.id, field.wire) in beside)) for field in item.fields)
    return replace(item, fields=tuple(fields), extra=None if item.extra is None else _spelled(item.extra))


def _spelled(type_: Type, *, text: bool = False) -> Type:
    """The type with its dates spelled: those beside a text, and with `text` all that are not in lists or maps."""
    match type_:
        case Scalar(kind) if text and kind in _DATES:
            return replace(type_, spelled=True)
        case ListOf(item):
            return ListOf(_spelled(item))
        case MapOf(item):
            return MapOf(_spelled(item))
        case UnionOf(alternatives):
            text = text or STRING in alternatives
            return replace(type_, members=tuple(_spelled(member, text=text) for member in alternatives))
        case _:
            return type_


def _undecided(type_: Type) -> Iterator[UnionOf]:
    """The unions in a type that have no discriminator."""
    match type_:
        case UnionOf(alternatives, discriminator):
            if discriminator is None:
                yield type_
            for member in alternatives:
                yield from _undecided(member)
        case ListOf(item) | MapOf(item):
            yield from _undecided(item)
        case _:
            return


def _objects(union: UnionOf, declarations: Declarations) -> Iterator[Object]:
    """The objects that a union may be, through the unions in it; no more than `_MOST` declarations are looked at."""
    seen: dict[DeclarationId, None] = {}
    pending: list[Type] = [*reversed(union.members)]
    while pending and len(seen) < _MOST:
        member = pending.pop()
        if isinstance(member, Named) and member.id not in seen:
            seen[member.id] = None
            item = declarations[member.id]
            if isinstance(item, Object):
                yield item
            else:
                pending += reversed(members(item.type))


def _fields(item: Object, declarations: Declarations) -> Iterator[tuple[DeclarationId, Field]]:
    """The fields of an object, with the one that declares each."""
    pending: list[Declaration] = [item]
    seen = {item.id}
    while pending:
        each = pending.pop()
        if isinstance(each, Object):
            yield from ((each.id, field) for field in each.fields)
            pending += (declarations[base] for base in each.bases if base not in seen)
            seen.update(each.bases)


def _is_date(field: Field) -> bool:
    return any(isinstance(member, Scalar) and member.kind in _DATES for member in members(field.type))
