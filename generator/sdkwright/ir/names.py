"""The Python names of everything: what `name` decides and nobody else invents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sdkwright.ir.operations import OperationKey
from sdkwright.ir.symbols import Mode, Symbol
from sdkwright.ir.types import DeclarationId


@dataclass(frozen=True, slots=True)
class ClientNames:
    """Names that belong to the package as a whole: `OpenAIConversations`, `openai_conversations`, `OPENAI_...`."""

    package: str
    """The import package: `openai_conversations`."""
    project: str
    """The distribution on the package index: `openai-conversations`."""
    client: str
    """The client class; the async one is `Async<client>`, the base error `<client>Error`."""
    env_prefix: str
    """The prefix of environment variables: `OPENAI_CONVERSATIONS`."""
    title: str
    """The name in prose: headings, docs."""


@dataclass(frozen=True, slots=True)
class ResourceNames:
    """Names of one resource: its attribute, its classes' stem (`Items` of `ItemsResource`) and its module.

    `module` is dotted below the package: `resources.conversations.items`; a resource with children is a
    package that holds a module of its own name: `resources.conversations.conversations`.
    """

    attribute: str
    stem: str
    module: str


@dataclass(frozen=True, slots=True)
class Names:
    """All names."""

    client: ClientNames
    symbols: Mapping[tuple[DeclarationId, Mode], Symbol]
    """Name and module of each needed form of a declaration. Modules are those that the names ask for; forms
    that refer to each other in a ring are brought together later, and are named apart here already."""
    fields: Mapping[DeclarationId, tuple[str, ...]]
    """Attribute names of an object's fields as a model, parallel to `Object.fields`."""
    keys: Mapping[DeclarationId, tuple[str, ...]]
    """Keys of an object's fields in a `TypedDict`, parallel to `Object.fields`."""
    arguments: Mapping[OperationKey, tuple[str, ...]]
    """Argument names of an operation's method, parallel to `Operation.arguments`."""
    resources: Mapping[tuple[str, ...], ResourceNames]
    """By the path of the resource from the root."""
    offered: Mapping[str, str] = field(default_factory=dict[str, str])
    """The package of types that has the exports of another one as well, by the other: `types` by `types.shared`."""
    renamed: Mapping[tuple[DeclarationId, Mode], str] = field(default_factory=dict[tuple[DeclarationId, Mode], str])
    """The class that a root would be if no other had that name, where it gave way."""
    annotated_keys: bool = False
    """Whether keys of a `TypedDict` say their names on the wire, for code that looks for them at run time."""
    hidden_rings: bool = False
    """Whether forms that refer to each other in a ring are defined in a module that nobody imports from."""
