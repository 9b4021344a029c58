"""What a value can be: the type expressions that fields, parameters, bodies and responses are made of.

An expression says nothing about Python; the same one becomes a pydantic annotation where it is read from a
response and a `TypedDict` annotation where it is sent.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

DeclarationId = str
"""Identifies one declaration: the position where it was found, stable under changes elsewhere."""

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
"""A value as the document wrote it."""


class Kind(enum.StrEnum):
    """The scalar types. Formats that would change a value on the way (uri, uuid, email ...) stay `STRING`."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"
    DATETIME = "datetime"
    DATE = "date"
    FILE = "file"
    """Raw bytes: an upload in a request, a binary body in a response."""
    CONTENT = "content"
    """Raw bytes that are all of a request's body, so that they may come bit by bit."""
    BASE64 = "base64"
    """Bytes that travel as base64 text inside JSON."""
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value without inner structure; `spelled` marks a date that a bare number is not, since that may be text."""

    kind: Kind
    spelled: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the listed constants (`enum`, `const`); `open` when a server may send others as a matter of course."""

    values: tuple[str | int | bool, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object used as a map from any string to one type."""

    value: Type


@dataclass(frozen=True, slots=True)
class Discriminator:
    """The property that tells the members of a union apart, and the member for each of its values.

    Present only where every member restricts the property to constants of its own (OpenAPI 3.1, 4.8.25), so that a
    parser can rely on it; with a `default` every other member does.
    """

    wire: str
    tags: tuple[tuple[str, DeclarationId], ...]
    default: DeclarationId | None = None
    """The member for every other value, and for none at all (`defaultMapping`, OpenAPI 3.2, 4.25)."""
    absent: tuple[DeclarationId, ...] = ()
    """The members that do not require the property: what an object without it may be."""


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of several types. Flat, without repetition; null is an ordinary member and always the last."""

    members: tuple[Type, ...]
    discriminator: Discriminator | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to a declaration."""

    id: DeclarationId


Type = Scalar | Choice | ListOf | MapOf | UnionOf | Named

ANY = Scalar(Kind.ANY)
NULL = Scalar(Kind.NULL)
STRING = Scalar(Kind.STRING)
_INTEGER, _NUMBER = Scalar(Kind.INTEGER), Scalar(Kind.NUMBER)


def members(type_: Type) -> tuple[Type, ...]:
    """The alternatives of a type: its members if it is a union, else itself."""
    return type_.members if isinstance(type_, UnionOf) else (type_,)


def is_nullable(type_: Type) -> bool:
    """Whether null is a valid value (of the expression itself; a `Named` is not looked into)."""
    return NULL in members(type_)


def union(*types: Type, discriminator: Discriminator | None = None) -> Type:
    """The union of types: nested unions flattened, repetitions dropped, null last, a single member itself.

    All constants are one `Choice`, at the place of the first. Where any JSON value is meant, whole numbers stay whole.
    """
    # 1 and true are different in JSON, but compare equal here; constants are told apart by their spelling.
    found = {
        repr(member) if isinstance(member, Choice) else member: member for type_ in types for member in members(type_)
    }
    flat = _with_one_choice(list(found.values()))
    if ANY in flat:
        return ANY
    if _is_json(flat):
        flat.insert(flat.index(_NUMBER), _INTEGER)
    if NULL in flat:
        flat = [member for member in flat if member != NULL] + [NULL]
    if len(flat) == 1:
        return flat[0]
    return UnionOf(tuple(flat), discriminator)


def _with_one_choice(flat: list[Type]) -> list[Type]:
    choices = [member for member in flat if isinstance(member, Choice)]
    if len(choices) < 2:
        return flat
    values = {repr(value): value for choice in choices for value in choice.values}
    whole = Choice(tuple(values.values()), open=any(choice.open for choice in choices))
    return [
        whole if member is choices[0] else member
        for member in flat
        if member is choices[0] or not isinstance(member, Choice)
    ]


def _is_json(flat: list[Type]) -> bool:
    """Whether these are the kinds of JSON values: text, numbers, truth values, and arrays or objects."""
    scalars = {STRING, _NUMBER, Scalar(Kind.BOOLEAN)}
    containers = any(not isinstance(member, Scalar | Choice) for member in flat)
    return scalars <= set(flat) and containers and _INTEGER not in flat
