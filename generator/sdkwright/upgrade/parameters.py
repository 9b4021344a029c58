"""Parameters and headers as Swagger 2.0 writes them: their type stands beside their name, not in a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

_SCHEMA_KEYS: Final = (
    "type", "format", "items", "default", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum",
    "maxLength", "minLength", "pattern", "maxItems", "minItems", "uniqueItems", "enum", "multipleOf",
    "x-nullable", "nullable",
)  # fmt: skip

_QUERY_STYLES: Final = {
    "csv": ("form", False),
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
}


def take_schema(node: Node) -> Node:
    """Move the keywords that belong to a schema out of a parameter, header or form field."""
    schema: Node = {str(key): node.pop(key) for key in _SCHEMA_KEYS if key in node}
    items = schema.get("items")
    while isinstance(items, dict):
        nested = cast("Node", items)
        nested.pop("collectionFormat", None)
        items = nested.get("items")
    return schema


def style_of(node: Node, place: str, where: Where | None, context: Context) -> tuple[str, bool] | None:
    """Take `collectionFormat` (2.0, 4.2.10) as `style` and `explode` (3.1, 4.8.12.2); None if no array.

    Arrays are comma-separated unless it says otherwise. `tsv` has no counterpart.
    """
    written = node.pop("collectionFormat", None)
    if node.get("type") != "array":
        return None
    if place not in {"query", "formData"}:
        return ("simple", False)
    if written == "tsv":
        context.warn(
            "parameter/style",
            "tab-separated values have no counterpart; commas are used",
            where,
            "use csv, ssv, pipes or multi",
        )
    return _QUERY_STYLES.get(str(written), ("form", False))


def upgrade_parameter(node: Node, where: Where | None, context: Context) -> None:
    """Give a 2.0 parameter that is neither body nor form, or a header, its schema, in place."""
    style = style_of(node, str(node.get("in", "header")), where, context)
    schema = take_schema(node)
    node["schema"] = schema
    if style is not None:
        node["style"], node["explode"] = style


def upgrade_loose_parameter(node: Node, where: Where | None, context: Context) -> None:
    """The same for a parameter of a 3.x document that is written the old way."""
    if "type" in node and "schema" not in node and "content" not in node and "$ref" not in node:
        upgrade_parameter(node, where, context)
        context.warn(
            "parameter/schema",
            "the type of a parameter belongs into its `schema`; it is moved there",
            where,
            "write `schema: {type: ...}`",
        )
