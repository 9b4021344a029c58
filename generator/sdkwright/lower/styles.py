"""How parameters and the fields of forms are written: `style` and `explode` (OpenAPI 3.2, 4.12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sdkwright.ir.models import Field
from sdkwright.ir.operations import Parameter, ParameterIn, Style
from sdkwright.lower.nodes import Node, Raw, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.shape import fold

STYLES: Mapping[str, tuple[Style, ...]] = {
    "path": ("simple", "label", "matrix"),
    "header": ("simple",),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "cookie": ("form", "cookie"),
}
"""The styles of each place, its default first."""
_EXPLODED = frozenset({"form", "deepObject", "cookie"})
"""The styles that explode unless they are told not to."""
_TABLE: Mapping[Style, frozenset[tuple[bool, str]]] = {
    "spaceDelimited": frozenset({(False, "array"), (False, "object")}),
    "pipeDelimited": frozenset({(False, "array"), (False, "object")}),
    "deepObject": frozenset({(True, "object"), (False, "object")}),
    "cookie": frozenset({(True, "array"), (True, "object"), (True, "value"), (False, "value")}),
}
"""For the styles that do not write everything: with or without `explode`, which kinds of values the table has."""


@dataclass(frozen=True, slots=True)
class Styles:
    """Finds the style of the parameter at `pointer`, and reports one that the specification does not have."""

    schemas: Schemas
    pointer: str

    def of(self, raw: Raw, place: ParameterIn, node: Node | None) -> tuple[Style, bool]:
        """`style` and `explode` of a parameter. `node` is its schema; None if it is a document of its own."""
        named, allowed = as_text(raw.get("style")), STYLES[place]
        if named and named not in allowed:
            self.schemas.warn(
                "parameter/style",
                f"the style {named[:40]!r} does not exist for {place} parameters; {allowed[0]} is used",
                self.pointer,
                f"use one of {', '.join(sorted(allowed))}",
            )
        style, explode = _style(raw, allowed)
        kind = "" if node is None else self._kind(node)
        if kind and style in _TABLE and (explode, kind) not in _TABLE[style]:
            self.schemas.note(
                "parameter/style",
                f"OpenAPI does not say how {style} {'with' if explode else 'without'} `explode` writes"
                f" {'an' if kind != 'value' else 'a'} {kind}; it is written as with the style form",
                self.pointer,
            )
        return style, explode

    def _kind(self, node: Node) -> str:
        """What a value is, if it is always the same."""
        tree = self.schemas.tree
        shape = fold(Node(*tree.follow(node.schema, node.pointer)), tree)
        types = {"object"} if shape.properties else {*shape.types} - {"null"}
        if shape.unions or len(types) != 1:
            return ""
        (only,) = types
        return only if only in {"array", "object"} else "value"


def field_style(encoding: Raw, field: Field) -> Parameter | None:
    """How the field of a form is written: as a parameter of a query would be (4.15); None if it has no style."""
    if encoding.get("style") not in STYLES["query"] and not isinstance(encoding.get("explode"), bool):
        return None
    style, explode = _style(encoding, STYLES["query"])
    return Parameter(field.wire, "query", field.type, field.required, style, explode, field.location)


def _style(raw: Raw, allowed: tuple[Style, ...]) -> tuple[Style, bool]:
    style = cast("Style", raw["style"]) if raw.get("style") in allowed else allowed[0]
    explode = raw.get("explode")
    return style, explode if isinstance(explode, bool) else style in _EXPLODED
