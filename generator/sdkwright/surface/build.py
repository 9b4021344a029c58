"""From a parsed package to its surface: every path that users may import, and the definition behind each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import griffe

from sdkwright.surface.classes import Classes
from sdkwright.surface.functions import Functions, Places
from sdkwright.surface.load import Loaded
from sdkwright.surface.model import ROOT, Definition, External, Module, Role, Surface, Value
from sdkwright.surface.names import Names
from sdkwright.surface.types import Types

SEMI_PUBLIC = frozenset(
    {
        *("_base_client", "_client", "_compat", "_constants", "_exceptions", "_files", "_models", "_qs"),
        *("_resource", "_response", "_streaming", "_types", "_utils", "_version", "_wrappers"),
    }
)
"""Modules with an underscore that users import all the same (SURFACE.md, "Files")."""

_DUNDERS = {"__version__", "__title__"}
_TYPE_CALLS = {"TypeVar", "ParamSpec", "TypeVarTuple"}
_BUILTIN = {"bool", "bytes", "float", "int", "str"}
_GENERIC = re.compile(r"[A-Z]\w*|list|dict|tuple|set|frozenset|type")
"""What may be subscripted in a type: a name of `typing`, or a builtin container."""


def build(loaded: Loaded) -> Surface:
    """The surface of a parsed package."""
    return _Builder(loaded).build()


def private(segment: str) -> bool:
    """Whether a module or name is nobody's business but the package's."""
    return segment.startswith("_") and segment not in SEMI_PUBLIC and segment not in _DUNDERS


def semi_public(path: str) -> bool:
    """Whether a relative path leads through a module of `SEMI_PUBLIC`."""
    return any(segment in SEMI_PUBLIC for segment in path.split("."))


class _Builder:
    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._names = Names(loaded.module)
        self._types = Types(self._names)
        self._places = Places(loaded.module)
        self._functions = Functions(self._types, self._places)
        self._classes = Classes(self._names, self._types, self._functions, self._places, loaded.notes)

    def build(self) -> Surface:
        definitions: dict[str, Definition] = {}
        for path, item in self._names.objects.items():
            definition = self._define(item)
            if definition is not None:
                definitions[self._names.relative(path)] = definition
        exports: dict[str, str] = {}
        for path, item in self._names.objects.items():
            if isinstance(item, griffe.Module) and not any(map(private, path.split(".")[1:])):
                exports[self._names.relative(path)] = self._names.relative(path)
                exports.update(self._exports(item, definitions))
        return Surface(self._loaded.located.name, definitions, exports, self._loaded.unread, _paths(exports))

    def _define(self, item: griffe.Object) -> Definition | None:
        place = self._places.of(item)
        match item:
            case griffe.Module():
                return Module(place)
            case griffe.Class():
                return self._classes.build(item)
            case griffe.Function(parent=griffe.Module() as module):
                return self._functions.build(item, module.overloads.get(item.name, ()))
            case griffe.TypeAlias(parent=griffe.Module() as module) if item.value is not None:
                type_ = self._types.type(item.value, module)
                return Value(place, Role.ALIAS, type_, f"type {item.name} = {item.value}")
            case griffe.Attribute(parent=griffe.Module() as module):
                return self._attribute(item, module)
            case _:
                return None

    def _attribute(self, item: griffe.Attribute, module: griffe.Module) -> Definition | None:
        place = self._places.of(item)
        if isinstance(item.value, griffe.ExprCall):
            made = self._types.special(item.value.function)
            if made in _TYPE_CALLS:
                return None
            if made == "TypedDict":
                return self._classes.functional(item, item.value, module, place)
        shown = f": {item.annotation}" if item.annotation is not None else ""
        text = f"{item.name}{shown}" + (f" = {item.value}" if item.value is not None else "")
        declared = item.annotation is not None and self._types.special(item.annotation) == "TypeAlias"
        if item.value is not None and (declared or (item.annotation is None and self._reads_as_type(item.value))):
            return Value(place, Role.ALIAS, self._types.type(item.value, module), text)
        annotation = self._types.annotation(item.annotation, module)
        default = None if item.value is None else str(item.value)
        return Value(place, Role.CONSTANT, annotation.type if annotation else None, text, default=default)

    def _reads_as_type(self, value: str | griffe.Expr) -> bool:
        """Whether an assignment without annotation makes a type alias: `X = Union[A, B]`, `X = A | None`, `X = A`."""
        match value:
            case griffe.ExprSubscript():
                generic = _GENERIC.fullmatch(self._types.special(value.left))
                return generic is not None or self._target(value.left) is not None
            case griffe.ExprBinOp(operator="|"):
                return all(part == "None" or self._reads_as_type(part) for part in (value.left, value.right))
            case griffe.ExprName() | griffe.ExprAttribute():
                return self._target(value) is not None or self._names_class(value)
            case _:
                return False

    def _names_class(self, value: griffe.ExprName | griffe.ExprAttribute) -> bool:
        """Whether a name from outside the package looks like that of a class: `httpx.Timeout`, `str`."""
        path = self._types.special(value)
        name = path.rpartition(".")[2]
        return path in _BUILTIN or (not path.startswith(ROOT) and name[:1].isupper() and not name.isupper())

    def _target(self, value: str | griffe.Expr | None) -> str | None:
        """The class or function that `X = value` gives a second name, by the model's path."""
        if not isinstance(value, griffe.ExprName | griffe.ExprAttribute):
            return None
        path = self._names.resolve(value)
        return path if isinstance(self._names.object(path), griffe.Class | griffe.Function) else None

    def _exports(self, module: griffe.Module, definitions: dict[str, Definition]) -> Iterator[tuple[str, str]]:
        listed = None if module.exports is None else {str(name) for name in module.exports}
        for name, member in module.members.items():
            path = f"{module.path}.{name}"
            if private(name) or isinstance(member, griffe.Module) or name == "__all__":
                continue
            if isinstance(member, griffe.Alias):
                if self._offered(module, member, listed):
                    yield self._imported(module, member, definitions)
                continue
            own = self._names.relative(path)
            target = self._target(member.value) if isinstance(member, griffe.Attribute) else None
            if own in definitions:
                yield own, target or own
            if isinstance(member, griffe.Class):
                yield from self._nested(member)

    def _imported(
        self, module: griffe.Module, alias: griffe.Alias, definitions: dict[str, Definition]
    ) -> tuple[str, str]:
        path = f"{module.path}.{alias.name}"
        target = self._names.relative(self._names.canonical(path))
        found = self._names.object(target)
        if isinstance(found, griffe.Attribute) and isinstance(found.parent, griffe.Module):
            target = self._target(found.value) or target
        if target not in definitions:
            definitions[target] = External(target, self._places.of(module, alias.alias_lineno))
        return self._names.relative(path), target

    def _offered(self, module: griffe.Module, alias: griffe.Alias, listed: set[str] | None) -> bool:
        """Whether an import is there for others: listed in `__all__`, written `X as X`, or, in a package that lists
        nothing, an import of something of its own."""
        if listed is not None and alias.name in listed:
            return True
        if f"{module.path}.{alias.name}" in self._loaded.notes.reexports:
            return True
        own = self._names.inside(alias.target_path)
        return listed is None and own and (alias.wildcard_imported or (module.is_init_module and alias.runtime))

    def _nested(self, owner: griffe.Class) -> Iterator[tuple[str, str]]:
        for name, member in owner.members.items():
            if isinstance(member, griffe.Class) and not name.startswith("_"):
                path = self._names.relative(member.path)
                yield path, path
                yield from self._nested(member)


def _paths(exports: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each definition the paths that lead to it: public before semi-public, short before long."""
    found: dict[str, list[str]] = {}
    for path, target in exports.items():
        found.setdefault(target, []).append(path)
    return {target: tuple(sorted(paths, key=_order)) for target, paths in found.items()}


def _order(path: str) -> tuple[bool, int, str]:
    return semi_public(path), 0 if path == ROOT else path.count("."), path
