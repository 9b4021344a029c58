"""The values that a document shows for its properties and parameters."""

from __future__ import annotations

from typing import Any

import pytest
from support.stages import lowered, obj, ref


def example(schema: dict[str, Any], **schemas: Any) -> Any:
    return lowered(schemas={"X": obj(a=schema), **schemas}).field("X", "a").example


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "examples": ["owl", "crow"], "default": "wren"}, "owl"),
        ({"type": "string", "default": "wren"}, "wren"),
        ({"type": "string", "format": "uri"}, "https://example.com"),
        ({"type": "string", "format": "email", "default": "a@b.example"}, "a@b.example"),
        ({"type": "string", "minLength": 12}, "exampleexamp"),
        ({"type": "string", "maxLength": 3}, "exa"),
        ({"type": "integer", "minimum": 10}, 10),
        ({"type": "integer", "exclusiveMinimum": 4, "multipleOf": 3}, 6),
        ({"type": "number", "maximum": 0.5}, 0.5),
        ({"type": ["integer", "null"], "maximum": -2}, -2),
        ({"type": "array", "items": {"type": "string", "format": "date"}, "minItems": 2}, ["2026-01-31"] * 2),
        ({"anyOf": [{"type": "string", "format": "ipv4"}, {"type": "null"}]}, "192.0.2.1"),
    ],
)
def test_an_example_is_shown_or_keeps_to_formats_and_bounds(schema: dict[str, Any], value: object) -> None:
    assert example(schema) == value


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": "integer"},
        {"enum": ["a", "b"]},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "examples": ["x" * 600]},
        {"type": "array", "items": {}, "examples": [[0] * 300]},
        {"type": "integer", "minimum": 10**300},
    ],
)
def test_where_the_type_alone_will_do_or_the_value_is_too_large_there_is_none(schema: dict[str, Any]) -> None:
    assert example(schema) is None


def test_an_example_is_found_behind_a_reference() -> None:
    assert example(ref("Bird"), Bird={"type": "string", "examples": ["owl"]}) == "owl"


def test_an_array_that_holds_itself_ends() -> None:
    assert example(ref("Ring"), Ring={"type": "array", "items": ref("Ring")}) is None


def test_a_part_of_an_allof_that_is_closed_rules_out_what_others_add() -> None:
    base = {"type": "object", "properties": {"at": {"type": "string"}}, "additionalProperties": False}
    heir = {"allOf": [base, {"type": "object", "properties": {"text": {"type": "string"}}}]}
    found = lowered(schemas={"Heir": heir, "Base": base})
    assert found.object("Heir").allowed == {"at"}
    assert found.object("Base").allowed is None
