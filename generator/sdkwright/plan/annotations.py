"""Type expressions as Python annotations, for signatures; the fields of models are written by the model renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from sdkwright.ir.symbols import Mode, Symbols
from sdkwright.ir.types import STRING, Choice, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf
from sdkwright.plan.imports import Imports
from sdkwright.text import Code, py_literal

_PLAIN: Mapping[Kind, str] = {
    Kind.STRING: "str",
    Kind.INTEGER: "int",
    Kind.NUMBER: "float",
    Kind.BOOLEAN: "bool",
    Kind.BASE64: "str",
    Kind.ANY: "object",
}


def annotate(
    type_: Type,
    mode: Mode,
    symbols: Symbols,
    imports: Imports,
    *,
    shadowed: frozenset[str] = frozenset(),
    runtime: bool = True,
) -> Code:
    """The annotation of a type in a module.

    `shadowed` are names that mean something else where the annotation stands (a field called `str`): their
    builtin is spelled `builtins.str`. With `runtime=False` imports are for the type checker only.
    """

    def builtin(name: str) -> str:
        if name not in shadowed:
            return name
        return f"{imports.add_module('builtins')}.{name}"

    def write(node: Type) -> str:
        match node:
            case Scalar(kind):
                return _scalar(kind, mode, imports, builtin, runtime=runtime)
            case Choice(values):
                literal = imports.add("typing", "Literal", runtime=runtime)
                return f"{literal}[{', '.join(py_literal(value) for value in values)}]"
            case ListOf(item):
                return _list(item, write(item), mode, imports, runtime=runtime)
            case MapOf(value):
                name = imports.add("typing", "Dict" if mode is Mode.MODEL else "Mapping", runtime=runtime)
                return f"{name}[{builtin('str')}, {write(value)}]"
            case UnionOf(members):
                return " | ".join(dict.fromkeys(write(member) for member in members))
            case Named(id):
                return imports.symbol(symbols[id, mode], runtime=runtime)
            case _:
                assert_never(node)

    return Code(write(type_))


def _scalar(kind: Kind, mode: Mode, imports: Imports, builtin: Callable[[str], str], *, runtime: bool) -> str:
    if kind is Kind.NULL:
        return "None"
    if kind is Kind.FILE:
        return imports.add("._types", "FileTypes", runtime=runtime) if mode is Mode.PARAM else builtin("str")
    if kind in {Kind.DATETIME, Kind.DATE}:
        name = imports.add("datetime", kind.value, runtime=runtime)
        return f"{builtin('str')} | {name}" if mode is Mode.PARAM else name
    return builtin(_PLAIN[kind])


def _list(item: Type, inner: str, mode: Mode, imports: Imports, *, runtime: bool) -> str:
    """Lists that are read are lists; a caller may pass any iterable, but not a string for a list of strings."""
    if mode is Mode.MODEL:
        return f"{imports.add('typing', 'List', runtime=runtime)}[{inner}]"
    if item == STRING:
        return f"{imports.add('._types', 'SequenceNotStr', runtime=runtime)}[{inner}]"
    return f"{imports.add('typing', 'Iterable', runtime=runtime)}[{inner}]"
