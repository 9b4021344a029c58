"""The grammar of OpenAPI documents: which key of which object holds an object of which kind.

One table serves versions 2.0 to 3.2: a key that a version does not have does no harm. What the table does not
name is data (`example`, `default`, `enum`, extensions), and a `$ref` in data is not a reference.

A kind in braces is a map of that kind, one in brackets an array of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Where = tuple["Where | None", object]
"""The way to a node, innermost step last; a linked list, since most ways are never spelled out."""

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""The methods that every version has, in the specification's order."""

_SCHEMA: Final = {
    **dict.fromkeys(
        ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"), "{schema}"
    ),
    **dict.fromkeys(("allOf", "oneOf", "anyOf", "prefixItems"), "[schema]"),
    **dict.fromkeys(
        ("items", "additionalProperties", "additionalItems", "not", "if", "then", "else", "contains",
         "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema"),
        "schema",
    ),
    "discriminator": "discriminator",
    "description": "text",
    "format": "text",
}  # fmt: skip

_PATH_ITEM: Final = {
    **dict.fromkeys((*METHODS, "query"), "operation"),
    "additionalOperations": "{operation}",
    "parameters": "[parameter]",
    "description": "text",
}

_PARAMETER: Final = {
    "schema": "schema",
    "items": "schema",
    "content": "{mediaType}",
    "examples": "{example}",
    "description": "text",
}

_MEDIA_TYPE: Final = {
    "schema": "schema",
    "itemSchema": "schema",
    "examples": "{example}",
    "encoding": "{encoding}",
    "prefixEncoding": "[encoding]",
    "itemEncoding": "encoding",
}

GRAMMAR: Final[Mapping[str, Mapping[str, str]]] = {
    "document": {
        "info": "info", "tags": "[tag]", "paths": "paths", "webhooks": "{pathItem}",
        "components": "components", "definitions": "{schema}",
        "parameters": "{parameter}", "responses": "{response}",
        "securityDefinitions": "{securityScheme}",
    },
    "info": {"description": "text"},
    "tag": {"description": "text"},
    "components": {
        "schemas": "{schema}", "responses": "{response}", "parameters": "{parameter}",
        "examples": "{example}", "requestBodies": "{requestBody}",
        "headers": "{header}", "securitySchemes": "{securityScheme}",
        "links": "{link}", "callbacks": "{callback}", "pathItems": "{sharedPathItem}",
        "mediaTypes": "{mediaType}",
    },
    "paths": {"*": "pathItem"},
    "pathItem": _PATH_ITEM,
    "sharedPathItem": _PATH_ITEM,
    "operation": {
        "parameters": "[parameter]", "requestBody": "requestBody", "responses": "responses",
        "callbacks": "{callback}", "description": "text",
    },
    "responses": {"*": "response"},
    "callback": {"*": "sharedPathItem"},
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "requestBody": {"content": "{mediaType}", "description": "text"},
    "response": {
        "headers": "{header}", "content": "{mediaType}", "links": "{link}", "schema": "schema",
        "description": "text",
    },
    "mediaType": _MEDIA_TYPE,
    "encoding": {"headers": "{header}", "encoding": "{encoding}", "prefixEncoding": "[encoding]",
                 "itemEncoding": "encoding"},
    "schema": _SCHEMA,
    **{kind: {} for kind in ("discriminator", "example", "link", "securityScheme", "text")},
}  # fmt: skip

_EXTENSIBLE: Final = frozenset({"paths", "responses", "callback"})
"""Maps in which an `x-` key is an extension, `$ref` a reference, and neither of them a member."""

SECTIONS: Final[Mapping[str, str]] = {
    "schema": "schemas", "response": "responses", "parameter": "parameters", "example": "examples",
    "requestBody": "requestBodies", "header": "headers", "securityScheme": "securitySchemes", "link": "links",
    "callback": "callbacks", "sharedPathItem": "pathItems",
}  # fmt: skip
"""The section of `components` for a kind. A reference to any other kind is replaced by its target."""

SECTIONS_2: Final[Mapping[str, str]] = {
    "schema": "definitions", "response": "responses", "parameter": "parameters",
    "securityScheme": "securityDefinitions",
}  # fmt: skip
"""The same for Swagger 2.0, where the sections stand at the root."""


def member_kind(kind: str, key: str) -> str:
    """The kind of what stands under `key` in an object of `kind`; "" for data."""
    if kind[0] in "{[":
        return kind[1:-1]
    table = GRAMMAR[kind]
    if "*" in table:
        return "" if kind in _EXTENSIBLE and (key.startswith("x-") or key == "$ref") else table["*"]
    return table.get(key, "")


def members(
    node: object, kind: str, where: Where | None
) -> Iterator[tuple[dict[str, object] | list[object], str, Where]]:
    """The objects and arrays directly below a node that are not data, each with its kind and way.

    Where one schema is due, an array holds one for each position (`items` up to draft 2019-09).
    """
    if isinstance(node, dict):
        for key, value in cast("dict[str, object]", node).items():
            if (type(value) is dict or type(value) is list) and (below := member_kind(kind, key)):
                positional = below == "schema" and isinstance(value, list)
                yield value, "[schema]" if positional else below, (where, key)
    elif isinstance(node, list) and kind[0] == "[":
        below = kind[1:-1]
        for number, value in enumerate(cast("list[object]", node)):
            if type(value) is dict or type(value) is list:
                yield value, below, (where, number)


def steps(where: Where | None) -> list[object]:
    """The steps of a way, outermost first."""
    result: list[object] = []
    while where is not None:
        where, step = where
        result.append(step)
    result.reverse()
    return result
