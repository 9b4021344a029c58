"""Schemas of every dialect in canonical form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sdkwright.diagnostics import Severity

if TYPE_CHECKING:
    from conftest import Front

NULL = {"type": "null"}
REF = {"$ref": "#/components/schemas/B"}


def _upgraded(front: Front, schema: object, version: str = "3.0.3") -> Any:
    content = {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {},
        "components": {"schemas": {"A": schema, "B": {"type": "object"}}},
    }
    document: Any = front.upgrade(json.dumps(content)).document
    return document["components"]["schemas"]["A"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "string", "x-nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": "true"}, {"type": ["string", "null"]}),
        (
            {"type": "string", "nullable": True, "enum": ["a"]},
            {"type": ["string", "null"], "enum": ["a", None]},
        ),
        (
            {"type": "string", "nullable": True, "enum": [None]},
            {"type": ["string", "null"], "enum": [None]},
        ),
        ({"enum": ["a"], "nullable": True}, {"enum": ["a", None]}),
        ({"const": "a", "nullable": True}, {"enum": ["a", None]}),
        ({"nullable": True}, {}),
        (
            {"allOf": [REF], "nullable": True, "title": "t"},
            {"anyOf": [{"allOf": [REF]}, NULL], "title": "t"},
        ),
        (
            {"type": "object", "allOf": [REF], "nullable": True},
            {"anyOf": [{"type": "object", "allOf": [REF]}, NULL]},
        ),
        ({"oneOf": [REF], "nullable": True}, {"oneOf": [REF, NULL]}),
        ({"anyOf": [REF, NULL], "nullable": True}, {"anyOf": [REF, NULL]}),
        (
            {"anyOf": [{"type": "string", "nullable": True}], "nullable": True},
            {"anyOf": [{"type": ["string", "null"]}]},
        ),
    ],
)
def test_nullable_becomes_part_of_the_type(front: Front, schema: object, expected: object) -> None:
    assert _upgraded(front, schema) == expected
    assert not front.codes


@pytest.mark.parametrize(
    "schema",
    [{"type": ["string", "null"]}, {**REF, "description": "d"}, {**REF, "x-any": 1}],
)
def test_what_3_1_allows_needs_no_comment_there(front: Front, schema: object) -> None:
    assert _upgraded(front, schema, "3.1.0") == schema
    assert not front.codes


def test_nullable_in_a_3_1_document_is_honoured_with_a_warning(front: Front) -> None:
    assert _upgraded(front, {"type": "string", "nullable": True}, "3.1.0") == {"type": ["string", "null"]}
    assert front.codes == ["schema/nullable"]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMinimum": True}, {}),
        ({"exclusiveMinimum": 2}, {"exclusiveMinimum": 2}),
        ({"example": 1}, {"examples": [1]}),
        ({"example": None}, {"examples": [None]}),
        ({"example": 1, "examples": [2]}, {"examples": [2, 1]}),
        ({"examples": {"a": {"value": 1}, "b": 2}}, {"examples": [1, 2]}),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"type": "array", "items": [{"type": "string"}], "additionalItems": False},
         {"type": "array", "prefixItems": [{"type": "string"}], "items": {"not": {}}}),
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"type": "any"}, {}),
        ({"contentMediaType": "application/octet-stream"}, {"type": "string", "format": "binary"}),
        ({"contentMediaType": "application/octet-stream", "contentEncoding": "base64"},
         {"contentMediaType": "application/octet-stream", "contentEncoding": "base64"}),
        ({"dependencies": {"a": ["b"], "c": True}},
         {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {}}}),
        ({"additionalProperties": False}, {"additionalProperties": {"not": {}}}),
        ({"additionalProperties": True, "items": []}, {"additionalProperties": {}, "items": {}}),
        ({"properties": {"a": True, "b": None}}, {"properties": {"a": {}, "b": {}}}),
        ({"allOf": {"type": "string"}}, {"allOf": [{"type": "string"}]}),
        ({"oneOf": [True, {"type": "string"}]}, {"oneOf": [{}, {"type": "string"}]}),
        ({"properties": []}, {"properties": {}}),
        ({"description": 5}, {"description": "5"}),
        ({"required": ["a", "a"]}, {"required": ["a"]}),
        (True, {}),
        (False, {"not": {}}),
        ({"x-any": {"nullable": True}, "default": {"nullable": True}},
         {"x-any": {"nullable": True}, "default": {"nullable": True}}),
    ],
)  # fmt: skip
def test_older_and_looser_forms_become_canonical_silently(front: Front, schema: object, expected: object) -> None:
    assert _upgraded(front, schema) == expected
    assert not front.codes


@pytest.mark.parametrize(
    ("schema", "expected", "code"),
    [
        ({"oneOf": []}, {}, "schema/empty-union"),
        ({"enum": []}, {}, "schema/empty-enum"),
        ({"type": "int"}, {"type": "integer"}, "schema/type"),
        ({"type": "String"}, {"type": "string"}, "schema/type"),
        ({"type": "datetime"}, {"type": "string", "format": "date-time"}, "schema/type"),
        ({"type": "Widget"}, {}, "schema/type"),
        ({"items": [{"type": "string"}, REF]}, {"anyOf": [{"type": "string"}, REF]}, "schema/items"),
        ({"type": ["string"]}, {"type": "string"}, "schema/type"),
        ({"type": ["string", "string", None]}, {"type": ["string", "null"]}, "schema/type"),
        ({**REF, "description": "d"}, {**REF, "description": "d"}, "schema/beside-ref"),
        ({**REF, "nullable": True, "description": "d"}, {"anyOf": [REF, NULL], "description": "d"},
         "schema/beside-ref"),
        ({"type": {"a": 1}}, {}, "schema/type"),
        ({"format": {"a": 1}}, {}, "document/shape"),
        ({"discriminator": {}}, {}, "schema/discriminator"),
        ({"discriminator": ["a"]}, {}, "schema/discriminator"),
        ({"required": "a"}, {"required": ["a"]}, "schema/required"),
        ({"properties": {"a": {"required": True}, "b": {"required": False}}},
         {"properties": {"a": {}, "b": {}}, "required": ["a"]}, "schema/required"),
        ({"pattern": "a\u202eb"}, {}, "schema/pattern"),
        ({"properties": {"a": "string"}}, {"properties": {}}, "document/shape"),
        ({"allOf": "x"}, {}, "document/shape"),
        ({"description": ["a"]}, {}, "document/shape"),
        ({"description": "x" * 70_000}, {"description": "x" * 65_536}, "limit/description"),
    ],
)  # fmt: skip
def test_mistakes_are_repaired_with_a_located_warning(
    front: Front, schema: object, expected: object, code: str
) -> None:
    assert _upgraded(front, schema) == expected
    assert front.codes == [code]
    item = front.diagnostics.items[0]
    assert item.severity is Severity.WARNING
    assert item.location.pointer.startswith("/components/schemas/A")


@pytest.mark.parametrize(("name", "code"), [("a\u202eb", "name/character"), ("n" * 600, "limit/name")])
def test_hostile_names_are_errors(front: Front, name: str, code: str) -> None:
    _upgraded(front, {"properties": {name: {}}})
    assert front.codes == [code]
    assert front.diagnostics.failed


def test_upgrading_reaches_every_place_that_holds_a_schema(front: Front) -> None:
    flag = {"type": "string", "nullable": True}
    content = {
        "openapi": "3.0.0", "info": {"title": "T", "version": "1"},
        "paths": {"/a": {
            "parameters": [{"name": "p", "in": "query", "schema": flag}],
            "post": {
                "parameters": [{"name": "q", "in": "query", "content": {"application/json": {"schema": flag}}}],
                "requestBody": {"content": {"application/json": {"schema": {"items": flag}}}},
                "responses": {"200": {"description": "", "headers": {"H": {"schema": flag}}}},
                "callbacks": {"c": {"{$url}": {"post": {"requestBody": {"content": {"a/b": {"schema": flag}}}}}}},
            },
        }},
        "webhooks": {"w": {"post": {"responses": {"2XX": {"content": {"a/b": {"schema": {"not": flag}}}}}}}},
    }  # fmt: skip
    text = json.dumps(front.upgrade(json.dumps(content)).document)
    assert "nullable" not in text
    assert text.count('["string", "null"]') == 6
