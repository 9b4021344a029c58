"""Functions and methods of a parsed package, as the model has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import griffe

from sdkwright.surface.fields import plain
from sdkwright.surface.model import Binding, Function, Parameter, ParameterKind, Place, Role, Signature, Value
from sdkwright.surface.types import Scope, Types

_CALLED = {"__init__", "__new__", "__call__"}
"""Special methods whose arguments users name; Python itself passes those of the others by position."""

_DEPRECATED = "deprecated"


class Functions:
    """Builds functions; what reads like an attribute (`property` and its like) becomes a `Value`."""

    def __init__(self, types: Types, places: Places) -> None:
        self._types = types
        self._places = places

    def build(self, item: griffe.Function, overloads: Sequence[griffe.Function] = ()) -> Function | Value:
        """A function with its overloads, or the value that a decorator makes of it."""
        decorators = self.decorators(item)
        owner = item.parent
        scope: Scope = owner if isinstance(owner, griffe.Module | griffe.Class) else item.module
        if any(name.lower().endswith("property") for name in decorators):
            returns = None if item.returns is None else self._types.type(item.returns, scope)
            place = self._places.of(item)
            text = f"{item.name}: {item.returns or 'Any'}"
            return Value(place, Role.PROPERTY, returns, text, deprecated=_DEPRECATED in decorators)
        binding = _binding(item, decorators)
        written = [*(overloads or item.overloads or ()), *(() if overloads or item.overloads else (item,))]
        return Function(
            self._places.of(item),
            tuple(self._signature(one, scope, binding) for one in written),
            is_async="async" in item.labels,
            binding=binding,
            deprecated=_DEPRECATED in decorators,
            abstract="abstractmethod" in decorators,
        )

    def decorators(self, item: griffe.Function | griffe.Class | griffe.Attribute) -> set[str]:
        """The last names of the decorators (`cached_property`, `deprecated`), and griffe's labels for them."""
        written = [] if isinstance(item, griffe.Attribute) else item.decorators
        found = {decorator.callable_path.rpartition(".")[2] for decorator in written}
        return found | (item.labels & {"property", "cached"})

    def _signature(self, item: griffe.Function, scope: Scope, binding: Binding) -> Signature:
        parameters = list(item.parameters)
        if binding in {Binding.INSTANCE, Binding.CLASS} and parameters:
            parameters = parameters[1:]
        returns = None if item.returns is None else self._types.type(item.returns, scope)
        by_name = not (item.name.startswith("__") and item.name.endswith("__")) or item.name in _CALLED
        built = tuple(self._parameter(one, scope, by_name) for one in parameters)
        return Signature(built, returns, _text(item, built), self._places.of(item))

    def _parameter(self, item: griffe.Parameter, scope: Scope, by_name: bool) -> Parameter:
        kind = ParameterKind((item.kind or griffe.ParameterKind.positional_or_keyword).value)
        if kind is ParameterKind.EITHER and not by_name:
            kind = ParameterKind.POSITIONAL_ONLY
        default = None if item.default is None or kind.variadic else str(item.default)
        annotation = None if item.annotation is None else self._types.type(item.annotation, scope)
        stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(kind, "")
        name = item.name.lstrip("*")
        text = f"{stars}{name}" + (f": {item.annotation}" if item.annotation is not None else "")
        text += f" = {default}" if default is not None else ""
        return Parameter(name, kind, annotation, default and plain(default), text)


class Places:
    """Where objects are written."""

    def __init__(self, root: griffe.Module) -> None:
        self._base = None if isinstance(root.filepath, list) else root.filepath.parent.parent
        self._files: dict[Path, str] = {}

    def of(self, item: griffe.Object, line: int | None = None) -> Place:
        """The file, relative to the folder that holds the package, and the line (by default that of the object)."""
        filepath = item.filepath
        if isinstance(filepath, list) or self._base is None:
            return Place("", 0)
        if filepath not in self._files:
            self._files[filepath] = filepath.relative_to(self._base).as_posix()
        return Place(self._files[filepath], line or item.lineno or 1)


def _binding(item: griffe.Function, decorators: set[str]) -> Binding:
    if not isinstance(item.parent, griffe.Class):
        return Binding.NONE
    if "staticmethod" in decorators:
        return Binding.STATIC
    if "classmethod" in decorators or item.name in {"__new__", "__init_subclass__", "__class_getitem__"}:
        return Binding.CLASS
    return Binding.INSTANCE


def _text(item: griffe.Function, parameters: Sequence[Parameter]) -> str:
    """The signature on one line, as it is written."""
    parts: list[str] = []
    kinds = [parameter.kind for parameter in parameters]
    for index, parameter in enumerate(parameters):
        first_keyword = kinds.index(parameter.kind) == index and parameter.kind is ParameterKind.KEYWORD_ONLY
        if first_keyword and ParameterKind.VAR_POSITIONAL not in kinds:
            parts.append("*")
        parts.append(parameter.text)
        ends = index + 1 == len(kinds) or kinds[index + 1] is not ParameterKind.POSITIONAL_ONLY
        if parameter.kind is ParameterKind.POSITIONAL_ONLY and ends:
            parts.append("/")
    returns = f" -> {item.returns}" if item.returns is not None else ""
    return f"{'async ' if 'async' in item.labels else ''}def {item.name}({', '.join(parts)}){returns}"
