"""The surface of a package as plain values: what can be imported, and what it looks like to users.

Paths of the package's own objects are relative and start with a dot (`.types.pet.Pet`; the package itself is `.`), so
that two packages of different names can be compared. Paths of other packages are absolute (`pydantic.BaseModel`).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

ROOT = "."


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: a file relative to the folder that holds the package, and a line from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Ref:
    """A class or an alias by its path, with type arguments; `None` and `...` are such paths too."""

    path: str
    args: tuple[Type, ...] = ()


@dataclass(frozen=True, slots=True)
class Lit:
    """One value of a `Literal`, as Python writes it."""

    text: str


@dataclass(frozen=True, slots=True)
class Raw:
    """An annotation that is no type we know how to take apart."""

    text: str


Atom = Ref | Lit | Raw


@dataclass(frozen=True, slots=True)
class Type:
    """A type as the set of its union members; `Optional` and `Literal` are taken apart into them."""

    atoms: frozenset[Atom]


class ParameterKind(enum.StrEnum):
    """How an argument may be passed (`inspect.Parameter`)."""

    POSITIONAL_ONLY = "positional-only"
    EITHER = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    @property
    def positional(self) -> bool:
        """Whether the argument may be passed by position."""
        return self in {ParameterKind.POSITIONAL_ONLY, ParameterKind.EITHER}

    @property
    def variadic(self) -> bool:
        """Whether it stands for any number of arguments."""
        return self in {ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter; `self` and `cls` are left out of bound methods."""

    name: str
    kind: ParameterKind
    type: Type | None
    default: str | None
    text: str

    @property
    def required(self) -> bool:
        """Whether a call without it fails."""
        return self.default is None and not self.kind.variadic


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function."""

    parameters: tuple[Parameter, ...]
    returns: Type | None
    text: str
    place: Place


class Binding(enum.StrEnum):
    """What a function is called on."""

    NONE = "function"
    INSTANCE = "method"
    CLASS = "class method"
    STATIC = "static method"


@dataclass(frozen=True, slots=True)
class Function:
    """A function or method. `signatures` are its overloads, or its only signature."""

    place: Place
    signatures: tuple[Signature, ...]
    is_async: bool = False
    binding: Binding = Binding.NONE
    deprecated: bool = False
    abstract: bool = False


class Role(enum.StrEnum):
    """What a value is to users."""

    FIELD = "field"
    KEY = "key"
    ENUM_MEMBER = "enum member"
    ATTRIBUTE = "attribute"
    PROPERTY = "property"
    CONSTANT = "constant"
    ALIAS = "type alias"


@dataclass(frozen=True, slots=True)
class Value:
    """Anything that is read without a call: a field, a key, a member, a property, a constant, a type alias.

    `type` is the aliased type for a type alias. `aliases` are pydantic's: keyword of `Field` and name.
    `constraints` maps `max_length` and its like to source text.
    """

    place: Place
    role: Role
    type: Type | None
    text: str
    default: str | None = None
    required: bool = False
    aliases: tuple[tuple[str, str], ...] = ()
    constraints: tuple[tuple[str, str], ...] = ()
    writable: bool = False
    deprecated: bool = False


class Family(enum.StrEnum):
    """The kinds of classes that differ in how they are made and read."""

    PLAIN = "class"
    MODEL = "pydantic model"
    TYPED_DICT = "TypedDict"
    ENUM = "enum"
    EXCEPTION = "exception"
    DATACLASS = "dataclass"
    NAMED_TUPLE = "named tuple"
    PROTOCOL = "protocol"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a class, its own or inherited, and the class of this package that defines it."""

    owner: str
    value: Function | Value


@dataclass(frozen=True, slots=True)
class Class:
    """A class with all members that its users see; `ancestors` nearest first, its own bases apart."""

    place: Place
    family: Family
    bases: tuple[str, ...]
    ancestors: tuple[str, ...]
    members: Mapping[str, Member]
    text: str
    generic: int = 0
    final: bool = False
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Module:
    """A module."""

    place: Place


@dataclass(frozen=True, slots=True)
class External:
    """A name of another package that this one offers under its own path."""

    path: str
    place: Place


Definition = Module | Class | Function | Value | External


@dataclass(frozen=True, slots=True)
class Unread:
    """A module that could not be parsed, so that nothing is known of what it defines."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Surface:
    """What a package offers. `definitions` by the path where each is written, `exports` from every path that users
    may import to the definition behind it."""

    package: str
    definitions: Mapping[str, Definition]
    exports: Mapping[str, str]
    unread: tuple[Unread, ...] = ()
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """The paths that lead to each definition, the one to show first."""
