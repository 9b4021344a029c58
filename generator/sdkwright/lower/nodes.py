"""Raw schema nodes and how they are reached: a mapping together with the pointer where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sdkwright import pointers
from sdkwright.diagnostics import Location
from sdkwright.limits import Limits
from sdkwright.pointers import escape

Raw = Mapping[str, Any]
"""A mapping of the document; its values are whatever the document holds."""

EMPTY: Raw = {}

NOTHING: Raw = {"not": {}}
"""The schema that no value fits, which is how `false` is spelled here."""

# What a `$ref` can have beside it without changing what values fit.
_CONSTRAINTS = frozenset(
    {"properties", "required", "allOf", "oneOf", "anyOf", "enum", "const", "items", "prefixItems"}
    | {"additionalProperties", "patternProperties", "unevaluatedProperties"}
)


def as_mapping(value: object) -> Raw:
    """The value if it is a mapping, else an empty one: a document may hold anything anywhere."""
    return cast("Raw", value) if isinstance(value, dict) else EMPTY


def as_list(value: object) -> list[Any]:
    """The value if it is a list, else an empty one."""
    return value if pointers.is_array(value) else []


def as_text(value: object) -> str:
    """The value if it is text, else the empty string."""
    return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Node:
    """A raw schema and the pointer of the place it was read from."""

    schema: Raw
    pointer: str

    def child(self, *steps: str | int) -> Node:
        """The node below, by keys; an empty schema where there is none."""
        value: Any = self.schema
        for step in steps:
            value = value[step] if isinstance(step, int) else as_mapping(value).get(step)
        pointer = self.pointer + "".join(f"/{escape(str(step))}" for step in steps)
        return Node(as_schema(value), pointer)


def as_schema(value: object) -> Raw:
    """A schema as a mapping; `true` is the empty schema and `false` the one that nothing fits (JSON Schema, 4.3.2)."""
    if value is False:
        return NOTHING
    return as_mapping(value)


def reference(schema: Raw) -> str | None:
    """The pointer that a schema refers to and adds nothing to but annotations, itself or by its only `allOf` part.

    Without `required` and the like, `allOf: [{$ref: ...}]` is how OpenAPI 3.0 puts a description beside a reference.
    """
    parts = [part for part in map(as_schema, as_list(schema.get("allOf"))) if part.keys() & {"$ref", *_CONSTRAINTS}]
    if "$ref" not in schema and len(parts) == 1 and not schema.keys() & (_CONSTRAINTS - {"allOf"}):
        return reference(parts[0])
    ref = schema.get("$ref")
    return ref[1:] if isinstance(ref, str) and not schema.keys() & _CONSTRAINTS else None


def allows_null(schema: Raw) -> bool:
    """Whether a schema lists null among its types or its constants."""
    types = schema.get("type")
    if isinstance(types, list):
        return "null" in types
    return types == "null" or ("enum" in schema and None in as_list(schema["enum"])) or schema.get("const", 0) is None


@dataclass(frozen=True, slots=True)
class Tree:
    """The bundled document, with access by pointer."""

    document: Raw
    locate: Callable[[str], Location]
    product: int = Limits().composition_product
    """The most schemas that one `allOf` may amount to."""
    folded: dict[tuple[object, ...], tuple[Raw, Any]] = field(default_factory=dict[tuple[object, ...], tuple[Raw, Any]])
    """What `shape.fold` has found already. The schema is kept with it, so that its identity stays its own."""

    def get(self, pointer: str) -> Any:
        """The value at a pointer (without `#`), or None."""
        found = pointers.follow(self.document, pointer)
        return None if found is pointers.MISSING else found

    def follow(self, value: object, pointer: str, limit: int = 100) -> tuple[Raw, str]:
        """What a possibly referring node stands for: the node at the end of its `$ref` chain, and its pointer."""
        raw = as_mapping(value)
        for _ in range(limit):
            ref = raw.get("$ref")
            if not isinstance(ref, str) or not ref.startswith("#/"):
                break
            pointer = ref[1:]
            raw = as_mapping(self.get(pointer))
        return raw, pointer
