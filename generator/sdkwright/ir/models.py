"""Declarations: the schemas that get a name of their own, with everything that naming needs to know about them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace

from sdkwright.diagnostics import Location
from sdkwright.ir.types import DeclarationId, Json, Type

BODY = "body "
"""The place of the step to a request body that is one argument."""


class Step(enum.StrEnum):
    """How a nested declaration hangs below the one around it."""

    PROPERTY = "property"
    ITEM = "item"
    VALUE = "map value"
    VARIANT = "variant"
    FORM = "form"
    """One of the ways to give the arguments of an operation; it is named after the root."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step from a root declaration to a nested one: a property's name, a variant's name, or no text at all.

    `place` tells apart steps with the same text (a query parameter and a body's property); names ignore it.
    """

    kind: Step
    text: str = ""
    place: str = ""


class RootKind(enum.StrEnum):
    """What a top-level declaration is."""

    COMPONENT = "component"
    PARAMS = "params"
    RESPONSE = "response"
    ERROR = "error"
    WEBHOOK = "webhook"
    CALLBACK = "callback"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a declaration stands: its root, and the way down from there (empty for the root itself).

    `root` is the id of the root declaration; `name` is the component's name, or the key of the operation
    (`post /sessions`) that a params or response root belongs to.
    """

    kind: RootKind
    root: DeclarationId
    name: str
    steps: tuple[PathStep, ...] = ()

    @property
    def id(self) -> DeclarationId:
        """The id of a declaration that stands here."""
        return self.root + "".join(f"|{step.place}{step.kind}:{step.text}" for step in self.steps)

    def child(self, kind: Step, text: str = "", place: str = "") -> Position:
        """The position one step further down."""
        return replace(self, steps=(*self.steps, PathStep(kind, text, place)))


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an object; `constant` marks one that can have one value only."""

    wire: str
    type: Type
    required: bool
    location: Location
    doc: str = ""
    constant: bool = False
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    example: Json = field(default=None, compare=False)
    """A value that the document shows, or that its formats and bounds ask for; None where the type alone must do."""


@dataclass(frozen=True, slots=True)
class Object:
    """A JSON object with known properties.

    `bases` are declarations whose fields it has as well (`allOf` with a reference, nothing overridden).
    `extra` is the type of further properties: None when the document forbids them or says nothing.
    """

    id: DeclarationId
    position: Position
    fields: tuple[Field, ...]
    location: Location
    bases: tuple[DeclarationId, ...] = ()
    extra: Type | None = None
    doc: str = ""
    deprecated: bool = False
    allowed: frozenset[str] | None = field(default=None, compare=False)
    """The properties, by wire name, that a value can have where the parts of the schema rule out others."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for a type that is not an object: a union, an enum, a list, a map or a scalar."""

    id: DeclarationId
    position: Position
    type: Type
    location: Location
    doc: str = ""
    deprecated: bool = False


Declaration = Object | Alias
