"""Type expressions as Python annotations, for signatures; the fields of models are written by the model renderer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from sdkwright.ir.symbols import Mode, Symbols
from sdkwright.ir.types import Choice, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf, members
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
_RAW: Mapping[Kind, str] = {Kind.FILE: "FileTypes", Kind.CONTENT: "Content"}
_SPELLED: Mapping[Kind, str] = {Kind.DATETIME: "SpelledDatetime", Kind.DATE: "SpelledDate"}
TEXT = frozenset({Kind.STRING, Kind.BASE64, Kind.DATETIME, Kind.DATE, Kind.FILE})
"""What a caller gives as text, or can mistake for text."""


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
            case Scalar():
                return _scalar(node, mode, imports, builtin, runtime=runtime)
            case Choice(values):
                literal = imports.add("typing", "Literal", runtime=runtime)
                return f"{literal}[{', '.join(py_literal(value) for value in values)}]"
            case ListOf(item):
                if mode is Mode.MODEL:
                    return f"{imports.add('typing', 'List', runtime=runtime)}[{write(item)}]"
                module, name = ("._types", "SequenceNotStr") if _is_text(item, symbols) else ("typing", "Iterable")
                return f"{imports.add(module, name, runtime=runtime)}[{write(item)}]"
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


def described(doc: str, *, deprecated: bool) -> str:
    """What is said of a field, an argument or a type: first of all that it is deprecated."""
    said = doc.strip()
    return f"Deprecated. {said}".rstrip() if deprecated and not said.lower().startswith("deprecated") else said


def _scalar(scalar: Scalar, mode: Mode, imports: Imports, builtin: Callable[[str], str], *, runtime: bool) -> str:
    kind = scalar.kind
    if kind is Kind.NULL:
        return "None"
    if kind in _RAW:
        return imports.add("._types", _RAW[kind], runtime=runtime) if mode is Mode.PARAM else builtin("str")
    if kind in {Kind.DATETIME, Kind.DATE}:
        if scalar.spelled and mode is Mode.MODEL:
            return imports.add("._models", _SPELLED[kind], runtime=runtime)
        name = imports.add("datetime", kind.value, runtime=runtime)
        return f"{builtin('str')} | {name}" if mode is Mode.PARAM else name
    return builtin(_PLAIN[kind])


def _is_text(item: Type, symbols: Symbols) -> bool:
    """Whether an item can be text, so that a caller's text would pass for a list of its characters."""
    return any(
        member.id in symbols.textual
        if isinstance(member, Named)
        else isinstance(member, Scalar) and member.kind in TEXT
        for member in members(item)
    )
