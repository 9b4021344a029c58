"""What `Field(...)`, `field(...)` and the metadata of `Annotated` say of a field."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

import griffe

ALIASES = ("alias", "validation_alias", "serialization_alias")
CONSTRAINTS = (
    *("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern"),
    *("max_digits", "decimal_places", "strict"),
)
_POSITIONAL = {
    "Gt": "gt",
    "Ge": "ge",
    "Lt": "lt",
    "Le": "le",
    "MultipleOf": "multiple_of",
    "MinLen": "min_length",
    "MaxLen": "max_length",
}
"""Metadata of `annotated_types`, whose only argument is the bound."""

_FIELD = {"Field", "FieldInfo", "field", "PrivateAttr"}
_SENTINELS = {"NOT_GIVEN", "not_given", "omit", "OMIT", "NotGiven()", "Omit()"}
_FACTORY = re.compile(r"(dict|list|set|tuple)(\[.*\])?\(\)")
_EMPTY = {"{}": "dict()", "[]": "list()", "()": "tuple()"}
_NO_DEFAULT = {"...", "PydanticUndefined", "MISSING", "dataclasses.MISSING"}


@dataclass(frozen=True, slots=True)
class Facts:
    """`default` is source text, `f()` for a factory `f`, None when a value has to be given."""

    default: str | None
    aliases: tuple[tuple[str, str], ...]
    constraints: tuple[tuple[str, str], ...]


def facts(value: str | griffe.Expr | None, metadata: Iterable[griffe.Expr]) -> Facts:
    """The facts of a field with this default and this metadata; the default has the last word."""
    default = None if value is None else str(value)
    calls = [item for item in metadata if isinstance(item, griffe.ExprCall)]
    given: dict[str, str] = {}
    for call in calls:
        given |= _arguments(call)
    if isinstance(value, griffe.ExprCall) and _name(value) in _FIELD:
        own = _arguments(value)
        default = own.get("default") or (f"{own['default_factory']}()" if "default_factory" in own else None)
        given |= own
    elif default is None and ("default_factory" in given or "default" in given):
        default = given.get("default") or f"{given['default_factory']}()"
    return Facts(
        None if default is None or default in _NO_DEFAULT else plain(default),
        tuple((name, unquoted(given[name])) for name in ALIASES if name in given),
        tuple((name, unquoted(given[name])) for name in CONSTRAINTS if name in given),
    )


def _name(call: griffe.ExprCall) -> str:
    return call.canonical_path.rpartition(".")[2]


def _arguments(call: griffe.ExprCall) -> dict[str, str]:
    """The arguments by keyword, the first positional one under the name it has in that function."""
    found: dict[str, str] = {}
    first = _POSITIONAL.get(_name(call), "default" if _name(call) in _FIELD else "")
    for index, argument in enumerate(call.arguments):
        if isinstance(argument, griffe.ExprKeyword):
            found[argument.name] = str(argument.value)
        elif index == 0 and first:
            found[first] = str(argument)
    return found


def plain(default: str) -> str:
    """A default in one of the spellings that mean the same: empty containers, and what stands for no argument."""
    if default.rpartition(".")[2] in _SENTINELS:
        return "(not given)"
    made = _FACTORY.fullmatch(default)
    return f"{made[1]}()" if made else _EMPTY.get(default, default)


def unquoted(text: str) -> str:
    """A string's source without its quotes, which a string inside of an annotation may already have lost."""
    return text[1:-1] if text[:1] in {"'", '"'} else text


def number(text: str) -> float | None:
    """The number that source text stands for, if it is a plain one."""
    try:
        value: object = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError):
        return None
    return float(value) if isinstance(value, int | float) else None
