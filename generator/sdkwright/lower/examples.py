"""Values that a document shows for a schema: what examples are made of, for tests and for the README.

A type says little about a text or a number; the schema has formats and bounds that a server checks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import cast

from sdkwright.ir.types import Json
from sdkwright.lower.nodes import Raw, Tree, allows_null, as_list, as_mapping, as_text
from sdkwright.pointers import is_array

_MOST_NODES = 200
"""Values inside of an example that is worth repeating; a document may hold whole data sets."""
_LONGEST_TEXT = 500
"""Characters of a text that is worth repeating."""
_MOST_ITEMS = 10
_DEPTH = 8
_FORMATS: Mapping[str, str] = {
    "date-time": "2026-01-31T12:00:00Z",
    "datetime": "2026-01-31T12:00:00Z",
    "date": "2026-01-31",
    "time": "12:00:00Z",
    "duration": "PT1H",
    "uuid": "182bd5e5-6e1a-4fe4-a799-aa6d9a6ab26e",
    "uri": "https://example.com",
    "url": "https://example.com",
    "uri-reference": "/example",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "AAAA",
    "base64": "AAAA",
}


def shown(raw: Raw, tree: Tree) -> Json:
    """The example of a parameter or a media type (OpenAPI 3.1, 4.8.12.3); None where it has none that is small."""
    examples = as_mapping(raw.get("examples"))
    first, _ = tree.follow(next(iter(examples.values()), None), "")
    return next((value for value in (raw.get("example"), first.get("value")) if is_small(value)), None)


def example(schema: Raw, tree: Tree, depth: int = 0) -> Json:
    """A value of a schema: its example, its default, or one that keeps to its format and bounds.

    None where the type alone must do: for objects, constants, and what says nothing.
    """
    if depth > _DEPTH:
        return None
    parts = list(_parts(schema, tree))
    for part in parts:
        for value in (part.get("example"), next(iter(as_list(part.get("examples"))), None), part.get("default")):
            if is_small(value):
                return cast("Json", value)
    return next((value for part in parts if (value := _made(part, tree, depth)) is not None), None)


def is_small(value: object) -> bool:
    """Whether a value says something, and fits into a few lines."""
    pending, seen = [value], 0
    while pending:
        item = pending.pop()
        seen += 1
        if seen > _MOST_NODES or (isinstance(item, str) and len(item) > _LONGEST_TEXT):
            return False
        if is_array(item):
            pending += item[:_MOST_NODES]
        elif isinstance(item, dict):
            inside = cast("dict[str, object]", item)
            if len(inside) > _MOST_NODES or any(len(str(key)) > _LONGEST_TEXT for key in inside):
                return False
            pending += inside.values()
    return value is not None


def _parts(schema: Raw, tree: Tree) -> Iterator[Raw]:
    """The schemas that say of a value what it is like: itself, its target, its `allOf`, its only real alternative."""
    yield schema
    target, _ = tree.follow(schema, "")
    if target is not schema:
        yield target
    for part in as_list(target.get("allOf")):
        yield tree.follow(part, "")[0]
    branches = [as_mapping(branch) for key in ("anyOf", "oneOf") for branch in as_list(target.get(key))]
    real = [branch for branch in branches if not allows_null(branch)]
    if len(real) == 1:
        yield tree.follow(real[0], "")[0]


def _made(schema: Raw, tree: Tree, depth: int) -> Json:
    """A value that keeps to the keywords of a schema, where a plain value of the type would not do."""
    if "enum" in schema or "const" in schema:
        return None
    types = schema.get("type")
    type_ = next((item for item in as_list(types) if item != "null"), "") if is_array(types) else types
    match type_:
        case "string":
            return _text(schema)
        case "integer" | "number":
            return _number(schema, whole=type_ == "integer")
        case "array":
            item = example(as_mapping(schema.get("items")), tree, depth + 1)
            items = [item] * min(max(1, _count(schema.get("minItems"))), _MOST_ITEMS)
            return None if item is None or not is_small(items) else items
        case _:
            return None


def _text(schema: Raw) -> Json:
    """A text of a format, or one that is neither too short nor too long."""
    by_format = _FORMATS.get(as_text(schema.get("format")))
    if by_format is not None:
        return by_format
    least, most = _count(schema.get("minLength")), schema.get("maxLength")
    text = "example"
    if len(text) < least <= _LONGEST_TEXT:
        text = (text * least)[:least]
    cut = text[:most] if isinstance(most, int) and 0 <= most < len(text) else text
    return None if cut == "example" else cut


def _number(schema: Raw, *, whole: bool) -> Json:
    """The number nearest to 1 that is within the bounds; None for 1 itself."""
    value: float = 1
    above, least, most = (_bound(schema.get(key)) for key in ("exclusiveMinimum", "minimum", "maximum"))
    if above is not None and value <= above:
        value = above + 1
    if least is not None:
        value = max(value, least)
    if most is not None:
        value = min(value, most)
    if multiple := _bound(schema.get("multipleOf")):
        value = math.ceil(value / multiple) * multiple
    if value == 1:
        return None
    return int(value) if whole or float(value).is_integer() else value


def _bound(value: object) -> float | None:
    """A number of a size that can be reckoned with."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) >= 2**53:
        return None
    return value


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
