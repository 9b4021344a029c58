"""Schema Objects of every dialect to JSON Schema 2020-12 as OpenAPI 3.1 uses it.

Every rule looks for what it changes and leaves anything else alone, so one pass serves all versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from sdkwright.upgrade.context import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

_TYPES: Final = frozenset({"string", "number", "integer", "boolean", "array", "object", "null"})
_MISSPELT: Final[dict[str, tuple[str, str]]] = {
    "file": ("string", "binary"), "binary": ("string", "binary"), "date": ("string", "date"),
    "datetime": ("string", "date-time"), "date-time": ("string", "date-time"), "uuid": ("string", "uuid"),
    "text": ("string", ""), "str": ("string", ""), "enum": ("string", ""), "int": ("integer", ""),
    "long": ("integer", "int64"),
    "float": ("number", ""), "double": ("number", ""), "decimal": ("number", ""),
    "bool": ("boolean", ""), "list": ("array", ""), "map": ("object", ""), "dict": ("object", ""),
    "none": ("null", ""), "nil": ("null", ""),
}  # fmt: skip
_ANNOTATIONS: Final = frozenset({
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
    "xml", "$comment",
})  # fmt: skip


def upgrade_schema(node: Node, where: Where | None, context: Context) -> None:
    """Bring one schema, not those below it, into canonical form, in place."""
    if "$ref" in node and context.minor == 0:
        _siblings(node, where, context)
    for key in [key for key in _RULES if key in node]:
        if key in node:
            _RULES[key](node, where, context)
    for key in ("nullable", "x-nullable"):
        if key in node:
            _nullable(node, node.pop(key), where, context if key == "nullable" else None)


def _siblings(node: Node, where: Where | None, context: Context) -> None:
    """What stands beside a `$ref` means nothing before 3.1 (3.0, 4.7.23.1), but everyone who writes it means it."""
    beside = [key for key in node if key != "$ref" and not key.startswith("x-")]
    if beside:
        names = ", ".join(f"`{key[:60]}`" for key in beside[:5])
        context.warn(
            "schema/beside-ref",
            f"{names} beside a `$ref`: nothing by the letter of OpenAPI 3.0, but honoured",
            where,
            "put the reference into an `allOf`, or declare OpenAPI 3.1",
        )


def _type(node: Node, where: Where | None, context: Context) -> None:
    declared = node["type"]
    if context.minor == 0 and isinstance(declared, list):
        context.warn(
            "schema/type",
            "a list of types exists only since OpenAPI 3.1; it is honoured",
            where,
            "write one type, with `nullable: true` if it may be null, or declare OpenAPI 3.1",
        )
    if isinstance(declared, str) and declared in _TYPES:
        return
    names: list[str] = []
    for name in cast("list[object]", declared) if isinstance(declared, list) else [declared]:
        names += [name for name in _known_type(name, node, where, context) if name not in names]
    if not names:
        del node["type"]
    else:
        node["type"] = names[0] if len(names) == 1 else names


def _known_type(name: object, node: Node, where: Where | None, context: Context) -> list[str]:
    if name is None:
        return ["null"]
    if isinstance(name, str) and name in _TYPES:
        return [name]
    lowered = str(name).lower() if isinstance(name, str) else ""
    if lowered in _TYPES:
        repaired, form = lowered, ""
    elif lowered in _MISSPELT:
        repaired, form = _MISSPELT[lowered]
    else:
        if lowered != "any":
            context.warn(
                "schema/type",
                f"{name!r} is not a type; the schema is treated as any value",
                where,
                "use string, number, integer, boolean, array, object or null",
            )
        return []
    if form:
        node.setdefault("format", form)
    if lowered != "file":
        context.warn(
            "schema/type",
            f"{name!r} is not a type; {repaired!r} is used",
            where,
            "correct the type",
        )
    return [repaired]


def _bound(key: str, inclusive: str) -> Callable[[Node, Where | None, Context], None]:
    """Draft 4's boolean `exclusiveMinimum` beside `minimum` becomes the number that it is since draft 6."""

    def rule(node: Node, _where: Where | None, _context: Context) -> None:
        if isinstance(node[key], bool):
            exclusive = node.pop(key)
            if exclusive and inclusive in node:
                node[key] = node.pop(inclusive)

    return rule


def _union(key: str) -> Callable[[Node, Where | None, Context], None]:
    def rule(node: Node, where: Where | None, context: Context) -> None:
        members = node[key]
        if isinstance(members, dict):
            node[key] = [cast("Node", members)]
        elif not members:
            del node[key]
            context.warn(
                "schema/empty-union",
                f"an empty {key} allows nothing by the letter; it is left out",
                where,
                f"remove {key} or list its members",
            )

    return rule


def _example(node: Node, _where: Where | None, _context: Context) -> None:
    """`example` (deprecated in 3.1) joins `examples`, which is an array in a schema."""
    example, examples = node.pop("example"), node.get("examples")
    if isinstance(examples, list):
        items = cast("list[object]", examples)
        if example not in items:
            items.append(example)
    elif "examples" not in node:
        node["examples"] = [example]


def _examples(node: Node, _where: Where | None, _context: Context) -> None:
    examples = node["examples"]
    if isinstance(examples, dict):
        named = cast("Node", examples).values()
        node["examples"] = [_example_value(item) for item in named]
    elif not isinstance(examples, list):
        node["examples"] = [examples]


def _example_value(item: object) -> object:
    if not isinstance(item, dict):
        return item
    example = cast("Node", item)
    return example.get("value", example)


def _discriminator(node: Node, where: Where | None, context: Context) -> None:
    """Swagger 2.0 names the property alone (4.2.24); 3.x has an object."""
    discriminator = node["discriminator"]
    if isinstance(discriminator, str):
        node["discriminator"] = {"propertyName": discriminator}
    elif not isinstance(discriminator, dict) or not isinstance(cast("Node", discriminator).get("propertyName"), str):
        del node["discriminator"]
        context.warn(
            "schema/discriminator",
            "a discriminator without propertyName is left out",
            where,
            "name the property that tells the variants apart",
        )
    if "discriminator" in node and node.keys() & {"oneOf", "anyOf"}:
        context.unions.append(node)


def _all_of(node: Node, where: Where | None, context: Context) -> None:
    _union("allOf")(node, where, context)
    if "allOf" in node:
        context.composed.append(node)


def _enum(node: Node, where: Where | None, context: Context) -> None:
    values = node["enum"]
    if not isinstance(values, list):
        node["enum"] = [values]
    elif not values:
        del node["enum"]
        context.warn(
            "schema/empty-enum",
            "an empty enum allows nothing by the letter; it is left out",
            where,
            "remove enum or list its values",
        )


def _required(node: Node, where: Where | None, context: Context) -> None:
    """Only lists of names mean something; a boolean (draft 3) was read by the schema around it."""
    required = node["required"]
    if isinstance(required, list):
        names = [name for name in cast("list[object]", required) if isinstance(name, str)]
        if len(names) != len(cast("list[object]", required)) or len(set(names)) != len(names):
            node["required"] = list(dict.fromkeys(names))
    elif isinstance(required, str) and required.lower() not in {"true", "false"}:
        node["required"] = [required]
        context.warn(
            "schema/required",
            "required must be a list of names; it is read as one name",
            where,
            f"write `required: [{required}]`",
        )
    else:
        del node["required"]


def _properties(node: Node, where: Where | None, context: Context) -> None:
    """`required: true` on a property means that the object requires it."""
    properties = node["properties"]
    if not isinstance(properties, dict):
        return
    marked: list[str] = []
    for name, schema in cast("Node", properties).items():
        if isinstance(schema, dict) and cast("Node", schema).get("required") in (
            True,
            "true",
            "True",
        ):
            marked.append(name)
    if not marked:
        return
    required = node.get("required")
    names = cast("list[object]", required) if isinstance(required, list) else []
    node["required"] = [*names, *(name for name in marked if name not in names)]
    for name in marked:
        context.warn(
            "schema/required",
            f"`required: true` on a property is read as: {name!r} is required",
            ((where, "properties"), name),
            "list the name in `required` of the object",
        )


def _items(node: Node, where: Where | None, context: Context) -> None:
    """An array of schemas (up to draft 2019-09) is `prefixItems`, and `additionalItems` then is `items`.

    Before 3.1 `items` is one schema (3.0, 4.7.24.1), so whoever lists several without `type: array` means alternatives.
    """
    if not isinstance(node["items"], list) or not node["items"]:
        return
    if context.minor == 0 and not node.keys() & {"type", "anyOf"}:
        node["anyOf"] = node.pop("items")
        message = "several schemas under `items`, without `type: array`, are read as alternatives"
        context.warn("schema/items", message, where, "list them under `anyOf`")
        return
    node["prefixItems"] = node.pop("items")
    if "additionalItems" in node:
        node["items"] = node.pop("additionalItems")


def _dependencies(node: Node, _where: Where | None, _context: Context) -> None:
    dependencies = node.pop("dependencies")
    if not isinstance(dependencies, dict):
        return
    schemas: Node = {}
    required: Node = {}
    for name, value in cast("Node", dependencies).items():
        (required if isinstance(value, list) else schemas)[name] = value
    if schemas:
        node.setdefault("dependentSchemas", schemas)
    if required:
        node.setdefault("dependentRequired", required)


def _content(node: Node, _where: Where | None, _context: Context) -> None:
    """3.1 says raw bytes with `contentMediaType` alone; the canonical way is the older `format: binary`."""
    is_bytes = node["contentMediaType"] == "application/octet-stream" and "contentEncoding" not in node
    if is_bytes and node.get("type", "string") == "string":
        del node["contentMediaType"]
        node["type"], node["format"] = "string", "binary"


def _pattern(node: Node, where: Where | None, context: Context) -> None:
    pattern = node["pattern"]
    if not isinstance(pattern, str) or INVISIBLE.search(pattern):
        del node["pattern"]
        context.warn(
            "schema/pattern",
            "a pattern that holds invisible characters is left out",
            where,
            "write them as escapes of the pattern's own, such as \\t or \\u200e",
        )


def _nullable(node: Node, flag: object, where: Where | None, context: Context | None) -> None:
    """Fold `nullable: true` (3.0, 4.7.24.1; `x-nullable` in 2.0) into the type.

    The letter gives it no meaning without `type`; everyone who writes it beside `$ref` or `allOf` means it.
    `context` is None when the flag needs no comment.
    """
    if flag not in (True, "true", "True"):
        return
    if context is not None and context.minor >= 1:
        context.warn(
            "schema/nullable",
            "`nullable` does not exist since OpenAPI 3.1; it is honoured",
            where,
            'add "null" to the type',
        )
    if "$ref" in node or "allOf" in node:
        inner = {key: node.pop(key) for key in list(node) if key not in _ANNOTATIONS and not key.startswith("x-")}
        node["anyOf"] = [inner, {"type": "null"}]
        return
    for key in ("oneOf", "anyOf"):
        members = node.get(key)
        if isinstance(members, list):
            variants = cast("list[object]", members)
            if not any(_allows_null(variant) for variant in variants):
                variants.append({"type": "null"})
    declared = node.get("type")
    if isinstance(declared, str) and declared != "null":
        node["type"] = [declared, "null"]
    elif isinstance(declared, list) and "null" not in declared:
        cast("list[object]", declared).append("null")
    values = node.get("enum")
    if isinstance(values, list) and None not in values:
        cast("list[object]", values).append(None)
    if "const" in node and node["const"] is not None:
        node["enum"] = [node.pop("const"), None]


def _allows_null(schema: object) -> bool:
    if not isinstance(schema, dict):
        return False
    variant = cast("Node", schema)
    declared = variant.get("type")
    return (
        declared == "null"
        or (isinstance(declared, list) and "null" in declared)
        or (variant.get("nullable") is True and "$ref" not in variant)
    )


_RULES: Final[dict[str, Callable[[Node, Where | None, Context], None]]] = {
    "type": _type,
    "exclusiveMinimum": _bound("exclusiveMinimum", "minimum"),
    "exclusiveMaximum": _bound("exclusiveMaximum", "maximum"),
    "allOf": _all_of,
    "oneOf": _union("oneOf"),
    "anyOf": _union("anyOf"),
    "examples": _examples,
    "example": _example,
    "discriminator": _discriminator,
    "enum": _enum,
    "properties": _properties,
    "required": _required,
    "items": _items,
    "dependencies": _dependencies,
    "contentMediaType": _content,
    "pattern": _pattern,
}
"""Which rule looks at a schema that has a key, in the order in which they apply."""
