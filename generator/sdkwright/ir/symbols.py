"""Which declaration lives in which module under which name: what `plan` decides and every renderer reads."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from sdkwright.ir.types import DeclarationId


class Mode(enum.StrEnum):
    """The two Python forms of a declaration: a pydantic model that is read, a `TypedDict` that is sent."""

    MODEL = "model"
    PARAM = "param"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name in a module of the package: `Session` in `types.session`. `module` is dotted, below the package."""

    name: str
    module: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One class or alias to render: a declaration in one of its two forms.

    An object that takes further keys has two when it is sent: the `TypedDict` of the known ones, and the name
    for it or any other mapping.
    """

    id: DeclarationId
    mode: Mode
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class TypeModule:
    """One module under `types/`: its definitions in order, or the re-export of symbols that live elsewhere.

    Declarations that refer to each other in a ring share one module; the modules that would have held the
    others re-export them (`reexports`: exported name and the symbol it stands for).
    """

    module: str
    definitions: tuple[Definition, ...]
    reexports: tuple[tuple[str, Symbol], ...] = ()


@dataclass(frozen=True, slots=True)
class TypePackage:
    """A package of types (`types`, `types.conversations`): what its `__init__` exports, by name, lazily."""

    module: str
    exports: tuple[Symbol, ...]
    subpackages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Symbols:
    """The symbol table of a package."""

    table: Mapping[tuple[DeclarationId, Mode], Symbol]
    modules: tuple[TypeModule, ...]
    packages: tuple[TypePackage, ...]
    typed: Mapping[DeclarationId, Symbol] = field(default_factory=dict[DeclarationId, Symbol])
    """The `TypedDict` of the known keys of objects that take further ones."""
    recursive: frozenset[DeclarationId] = frozenset()
    """Aliases that refer to themselves, which only a `TypeAliasType` can define."""
    textual: frozenset[DeclarationId] = frozenset()
    """Aliases of what can be text as it is sent."""

    def __getitem__(self, key: tuple[DeclarationId, Mode]) -> Symbol:
        """The symbol of a declaration in one mode."""
        return self.table[key]
