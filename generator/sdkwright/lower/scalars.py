"""Scalars and constants: what `type`, `format`, `enum`, `const` and `default` come to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.ir.types import ANY, Choice, Kind, Scalar, Type, UnionOf, union
from sdkwright.limits import Limits
from sdkwright.lower.nodes import Node, as_text
from sdkwright.lower.shape import Shape

Locate = Callable[[str], Location]

_STRING_FORMATS: Mapping[str, Kind] = {
    "date-time": Kind.DATETIME,
    "datetime": Kind.DATETIME,
    "date": Kind.DATE,
    "binary": Kind.FILE,
    "byte": Kind.BASE64,
    "base64": Kind.BASE64,
}
_TYPES: Mapping[str, Kind] = {
    "string": Kind.STRING,
    "integer": Kind.INTEGER,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
    "null": Kind.NULL,
    "": Kind.ANY,
    "any": Kind.ANY,
}
_HINTS: tuple[tuple[str, frozenset[str]], ...] = (
    ("object", frozenset({"maxProperties", "minProperties", "propertyNames"})),
    (
        "string",
        frozenset({"pattern", "minLength", "maxLength", "contentEncoding", "contentMediaType"}),
    ),
    ("array", frozenset({"minItems", "maxItems", "uniqueItems", "contains"})),
    (
        "number",
        frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}),
    ),
)
_WORD = 2**63
_INTEGER_FORMATS = frozenset({"int32", "int64", "uint32", "uint64", "int16", "uint16", "int8", "uint8"})


def guess(shape: Shape) -> str:
    """The type that a schema without `type` means, by the keywords it has; the empty text if it says nothing."""
    if shape.items:
        return "array"
    if shape.additional is not None or shape.patterns:
        return "object"
    for type_, hints in _HINTS:
        if hints & shape.rest.keys():
            return type_
    format_ = shape.rest.get("format")
    if format_ in _INTEGER_FORMATS:
        return "integer"
    if format_ in {"float", "double"}:
        return "number"
    return "string" if isinstance(format_, str) else ""


def scalar(type_: str, shape: Shape, node: Node, diagnostics: Diagnostics, locate: Locate) -> Type:
    """The scalar for one `type`, its format taken into account."""
    kind = _TYPES.get(type_)
    if kind is None:
        diagnostics.warning(
            "schema/unknown-type",
            f"{type_!r} is not a JSON Schema type; the value is untyped",
            locate(node.pointer),
            "use string, number, integer, boolean, object, array or null",
        )
        return ANY
    if kind is Kind.STRING:
        return Scalar(_string_kind(shape))
    return Scalar(kind)


def _string_kind(shape: Shape) -> Kind:
    encoding = as_text(shape.rest.get("contentEncoding"))
    if encoding.startswith("base64"):
        return Kind.BASE64
    if shape.rest.get("contentMediaType") == "application/octet-stream" and not encoding:
        return Kind.FILE
    return _STRING_FORMATS.get(as_text(shape.rest.get("format")), Kind.STRING)


def choice(
    node: Node,
    shape: Shape,
    types: tuple[str, ...],
    limits: Limits,
    diagnostics: Diagnostics,
    locate: Locate,
) -> Type | None:
    """The values of `const` or `enum` but null; None where a `Literal` cannot hold them and `types` say enough."""
    where = locate(node.pointer)
    values = [value for value in shape.constants or () if value is not None]
    what = "a constant" if "const" in shape.rest else "an enum with a value"
    if any(isinstance(value, float | dict | list) for value in values):
        diagnostics.note(
            "schema/enum-values",
            f"{what} that is a fraction, an object or an array has no literal type; the plain type is used",
            where,
            "use text, whole numbers or booleans",
        )
        return None if types else _kinds(values)
    if any(isinstance(value, int) and not -_WORD <= value < _WORD for value in values):
        diagnostics.note(
            "schema/enum-values",
            f"{what} beyond 64 bits has no literal type that every checker takes; the plain type is used",
            where,
            "write values of that size as text",
        )
        return None if types else _kinds(values)
    if len(values) > limits.enum_members:
        diagnostics.note(
            "schema/enum-size",
            f"an enum of {len(values):,} members is read as its plain type, not as literals",
            where,
            f"a class has room for {limits.enum_members:,}; raise the limit if you want them all",
        )
        return None if types else _kinds(values)
    if set(types) == {"string"} and not all(isinstance(value, str) for value in values):
        diagnostics.warning(
            "schema/enum-type",
            "enum values of a string are not all text; they were read as text",
            where,
            "quote them",
        )
        values = [value if isinstance(value, str) else _spelled(value) for value in values]
    return Choice(_distinct(values)) if values else None


def _distinct(values: list[Any]) -> tuple[Any, ...]:
    """The values without repetition; 1 and true are different in JSON."""
    found: dict[tuple[str, Any], Any] = {(type(value).__name__, value): value for value in values}
    return tuple(found.values())


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kinds(values: list[Any]) -> Type:
    """The scalars that values belong to; whole numbers among fractions are numbers."""
    found = union(*map(_kind, values))
    if isinstance(found, UnionOf) and Scalar(Kind.NUMBER) in found.members:
        return union(*(member for member in found.members if member != Scalar(Kind.INTEGER)))
    return found


def _kind(value: object) -> Type:
    """The scalar that a value belongs to; objects and arrays can be anything."""
    match value:
        case bool():
            return Scalar(Kind.BOOLEAN)
        case int():
            return Scalar(Kind.INTEGER)
        case float():
            return Scalar(Kind.NUMBER)
        case str():
            return Scalar(Kind.STRING)
        case _:
            return ANY


def is_constant(type_: Type) -> bool:
    """Whether a type has exactly one value."""
    return isinstance(type_, Choice) and len(type_.values) == 1
