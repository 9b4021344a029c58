"""Every rule for schemas is found by a minimal pair, with its level in a request and in a response."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sdkwright.diff.rules import RULES
from sdkwright.diff.rules_schema import SCHEMA_RULES
from unit.diff.comparing import compare, rules, with_request, with_response

Schema = dict[str, Any]
STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
SHARED: Schema = {"A": {"type": "object"}, "B": {"type": "object"}}


def thing(name: Schema | None = None, *required: str, **more: Any) -> Schema:
    """An object with the property `name`."""
    properties = {} if name is None else {"name": name}
    return {"type": "object", "properties": {"id": STRING, **properties}, "required": list(required), **more}


def union(*tags: str, **more: Any) -> Schema:
    """A union of objects that are told apart by `kind`."""
    variants = [
        {"type": "object", "properties": {"kind": {"const": tag}}, "required": ["kind"], "title": tag} for tag in tags
    ]
    return {"oneOf": variants, **more}


PAIRS: list[tuple[str, Schema, Schema]] = [
    ("property-added", thing(), thing(STRING)),
    ("required-property-added", thing(), thing(STRING, "name")),
    ("required-property-with-default-added", thing(), thing({"type": "string", "default": "a"}, "name")),
    ("property-removed", thing(STRING), thing()),
    ("required-property-removed", thing(STRING, "name"), thing()),
    ("closed-property-removed", thing(STRING, additionalProperties=False), thing(additionalProperties=False)),
    (
        "closed-required-property-removed",
        thing(STRING, "name", additionalProperties=False),
        thing(additionalProperties=False),
    ),
    ("deprecated-property-removed", thing({"type": "string", "deprecated": True}), thing()),
    (
        "sunset-property-removed",
        thing({"type": "string", "deprecated": True, "x-sunset": "2027-01-01"}),
        thing(),
    ),
    ("property-renamed", thing({"type": "string", "maxLength": 9}), {
        "type": "object", "properties": {"id": STRING, "names": {"type": "string", "maxLength": 9}}, "required": [],
    }),
    ("became-required", thing(STRING), thing(STRING, "name")),
    (
        "became-required-with-default",
        thing({"type": "string", "default": "a"}),
        thing({"type": "string", "default": "a"}, "name"),
    ),
    ("became-optional", thing(STRING, "name"), thing(STRING)),
    ("null-added", thing(STRING), thing({"type": ["string", "null"]})),
    ("null-removed", thing({"anyOf": [STRING, {"type": "null"}]}), thing(STRING)),
    ("type-changed", thing(STRING), thing(INTEGER)),
    ("type-widened", thing(INTEGER), thing({"type": "number"})),
    ("type-narrowed", thing({"type": ["string", "integer"]}), thing(STRING)),
    ("format-changed", thing({"type": "string", "format": "date"}), thing({"type": "string", "format": "date-time"})),
    ("format-widened", thing({"type": "integer", "format": "int32"}), thing({"type": "integer", "format": "int64"})),
    ("format-narrowed", thing(STRING), thing({"type": "string", "format": "uuid"})),
    ("format-hint-changed", thing(STRING), thing({"type": "string", "format": "password"})),
    ("enum-value-added", thing({"enum": ["a"]}), thing({"enum": ["a", "b"]})),
    ("enum-value-removed", thing({"enum": ["a", "b"]}), thing({"enum": ["a"]})),
    (
        "extensible-value-added",
        thing({"type": "string", "x-extensible-enum": ["a"]}),
        thing({"type": "string", "x-extensible-enum": ["a", "b"]}),
    ),
    (
        "extensible-value-removed",
        thing({"type": "string", "x-extensible-enum": ["a", "b"]}),
        thing({"type": "string", "x-extensible-enum": ["a"]}),
    ),
    ("became-enum", thing(STRING), thing({"type": "string", "enum": ["a"]})),
    ("enum-dropped", thing({"type": "string", "enum": ["a"]}), thing(STRING)),
    ("const-added", thing(STRING), thing({"type": "string", "const": "a"})),
    ("const-removed", thing({"type": "string", "const": "a"}), thing(STRING)),
    ("const-changed", thing({"const": "a"}), thing({"const": "b"})),
    ("pattern-added", thing(STRING), thing({"type": "string", "pattern": "^a"})),
    ("pattern-removed", thing({"type": "string", "pattern": "^a"}), thing(STRING)),
    ("pattern-changed", thing({"type": "string", "pattern": "^a"}), thing({"type": "string", "pattern": "^b"})),
    ("pattern-widened", thing({"type": "string", "pattern": "^a"}), thing({"type": "string", "pattern": "^.*$"})),
    ("multiple-of-set", thing(INTEGER), thing({"type": "integer", "multipleOf": 2})),
    ("multiple-of-unset", thing({"type": "integer", "multipleOf": 2}), thing(INTEGER)),
    (
        "multiple-of-narrowed",
        thing({"type": "integer", "multipleOf": 2}),
        thing({"type": "integer", "multipleOf": 4}),
    ),
    ("multiple-of-widened", thing({"type": "number", "multipleOf": 0.3}), thing({"type": "number", "multipleOf": 0.1})),
    (
        "multiple-of-changed",
        thing({"type": "integer", "multipleOf": 2}),
        thing({"type": "integer", "multipleOf": 3}),
    ),
    ("unique-items-set", {"type": "array", "items": {}}, {"type": "array", "items": {}, "uniqueItems": True}),
    ("unique-items-unset", {"type": "array", "items": {}, "uniqueItems": True}, {"type": "array", "items": {}}),
    ("object-closed", thing(), thing(additionalProperties=False)),
    ("object-opened", thing(additionalProperties=False), thing()),
    ("extra-properties-narrowed", thing(), thing(additionalProperties=STRING)),
    ("extra-properties-widened", thing(additionalProperties=STRING), thing(additionalProperties=True)),
    ("items-typed", {"type": "array"}, {"type": "array", "items": STRING}),
    ("items-untyped", {"type": "array", "items": STRING}, {"type": "array"}),
    ("tuple-item-added", {"type": "array", "prefixItems": [STRING]}, {"type": "array", "prefixItems": [STRING] * 2}),
    ("tuple-item-removed", {"type": "array", "prefixItems": [STRING] * 2}, {"type": "array", "prefixItems": [STRING]}),
    ("content-encoding-changed", thing(STRING), thing({"type": "string", "contentEncoding": "base64"})),
    ("content-media-type-changed", thing(STRING), thing({"type": "string", "contentMediaType": "image/png"})),
    ("variant-added", union("a", "b"), union("a", "b", "c")),
    ("variant-removed", union("a", "b", "c"), union("a", "b")),
    ("enum-lost-in-union", thing({"type": "string", "enum": ["a"]}), thing({"oneOf": [STRING, INTEGER]})),
    ("wrapped-in-one-of", thing(STRING), {"oneOf": [thing(STRING), thing(STRING, "name")]}),
    ("union-added", thing(), thing(oneOf=[{"required": ["id"]}, {"required": ["name"]}])),
    ("union-removed", thing(oneOf=[{"required": ["id"]}, {"required": ["name"]}]), thing()),
    ("union-loosened", {"oneOf": [STRING, INTEGER]}, {"anyOf": [STRING, INTEGER]}),
    ("union-tightened", {"anyOf": [STRING, INTEGER]}, {"oneOf": [STRING, INTEGER]}),
    ("discriminator-added", union("a", "b"), union("a", "b", discriminator={"propertyName": "kind"})),
    ("discriminator-removed", union("a", "b", discriminator={"propertyName": "kind"}), union("a", "b")),
    (
        "discriminator-changed",
        union("a", "b", discriminator={"propertyName": "kind"}),
        union("a", "b", discriminator={"propertyName": "type"}),
    ),
    (
        "mapping-added",
        union("a", "b", discriminator={"propertyName": "kind"}),
        union("a", "b", discriminator={"propertyName": "kind", "mapping": {"a": "#/components/schemas/A"}}),
    ),
    (
        "mapping-removed",
        union("a", "b", discriminator={"propertyName": "kind", "mapping": {"a": "#/components/schemas/A"}}),
        union("a", "b", discriminator={"propertyName": "kind"}),
    ),
    (
        "mapping-changed",
        union("a", "b", discriminator={"propertyName": "kind", "mapping": {"a": "#/components/schemas/A"}}),
        union("a", "b", discriminator={"propertyName": "kind", "mapping": {"a": "#/components/schemas/B"}}),
    ),
    ("became-read-only", thing(STRING), thing({"type": "string", "readOnly": True})),
    ("became-writable", thing({"type": "string", "readOnly": True}), thing(STRING)),
    ("became-write-only", thing(STRING), thing({"type": "string", "writeOnly": True})),
    ("became-readable", thing({"type": "string", "writeOnly": True}), thing(STRING)),
    ("default-added", thing(STRING), thing({"type": "string", "default": "a"})),
    ("default-removed", thing({"type": "string", "default": "a"}), thing(STRING)),
    ("default-changed", thing({"type": "string", "default": "a"}), thing({"type": "string", "default": "b"})),
    ("deprecated", thing(STRING), thing({"type": "string", "deprecated": True})),
    ("undeprecated", thing({"type": "string", "deprecated": True}), thing(STRING)),
    (
        "dependent-required-changed",
        thing(dependentRequired={"a": ["b"]}),
        thing(dependentRequired={"a": ["c"]}),
    ),
    ("dependent-required-added", thing(), thing(dependentRequired={"a": ["b"]})),
    ("dependent-required-removed", thing(dependentRequired={"a": ["b"]}), thing()),
]  # fmt: skip

BOUNDS = {
    "maximum": ("maximum", "integer"), "exclusiveMaximum": ("exclusive-maximum", "integer"),
    "minimum": ("minimum", "integer"), "exclusiveMinimum": ("exclusive-minimum", "integer"),
    "maxLength": ("max-length", "string"), "minLength": ("min-length", "string"),
    "maxItems": ("max-items", "array"), "minItems": ("min-items", "array"),
    "maxContains": ("max-contains", "array"), "minContains": ("min-contains", "array"),
    "maxProperties": ("max-properties", "object"), "minProperties": ("min-properties", "object"),
}  # fmt: skip
for keyword, (stem, kind) in BOUNDS.items():
    free, low, high = {"type": kind}, {"type": kind, keyword: 3}, {"type": kind, keyword: 7}
    PAIRS += [
        (f"{stem}-set", free, low),
        (f"{stem}-unset", low, free),
        (f"{stem}-raised", low, high),
        (f"{stem}-lowered", high, low),
    ]

CONDITIONS: dict[str, Schema] = {
    "contains": {"contains": STRING}, "property-names": {"propertyNames": {"pattern": "^a"}},
    "unevaluated-properties": {"unevaluatedProperties": False}, "unevaluated-items": {"unevaluatedItems": False},
    "content-schema": {"contentSchema": INTEGER}, "pattern-property": {"patternProperties": {"^a": STRING}},
    "dependent-schema": {"dependentSchemas": {"a": {"required": ["b"]}}}, "if": {"if": {"required": ["a"]}},
    "then": {"then": {"required": ["a"]}}, "else": {"else": {"required": ["a"]}}, "not": {"not": {"required": ["a"]}},
}  # fmt: skip
for stem, keywords in CONDITIONS.items():
    PAIRS += [(f"{stem}-added", {"title": "x"}, keywords), (f"{stem}-removed", keywords, {"title": "x"})]

IDS = [rule for rule, _, _ in PAIRS]

ELSEWHERE = {
    "text-type-widened", "reference-changed", "schema-renamed", "schema-removed", "schema-added",
}  # fmt: skip
"""Rules that need more than one schema; test_components and test_http_rules have them."""


@pytest.mark.parametrize(("rule", "before", "after"), PAIRS, ids=IDS)
def test_a_change_in_a_request_is_found_at_its_level(rule: str, before: Schema, after: Schema, tmp_path: Path) -> None:
    found = rules(compare(with_request(before, schemas=SHARED), with_request(after, schemas=SHARED), tmp_path))
    assert found.get(rule) in {RULES[rule].request.name, "NONE"}
    assert rule in found


@pytest.mark.parametrize(("rule", "before", "after"), PAIRS, ids=IDS)
def test_a_change_in_a_response_is_found_at_its_level(rule: str, before: Schema, after: Schema, tmp_path: Path) -> None:
    found = rules(compare(with_response(before, schemas=SHARED), with_response(after, schemas=SHARED), tmp_path))
    assert found.get(rule) in {RULES[rule].response.name, "NONE"}
    assert rule in found


@pytest.mark.parametrize(("rule", "before", "after"), PAIRS, ids=IDS)
def test_a_schema_against_itself_gives_nothing(rule: str, before: Schema, after: Schema, tmp_path: Path) -> None:
    for schema in (before, after):
        assert compare(with_request(schema), with_request(schema), tmp_path).cards == ()


def test_every_rule_for_schemas_has_a_pair() -> None:
    assert {row[0] for row in SCHEMA_RULES} - set(IDS) == ELSEWHERE


@pytest.mark.parametrize("rule", [rule for rule in IDS if rule.endswith(("-set", "-raised", "-lowered", "-unset"))])
def test_what_narrows_breaks_requests_alone_and_what_widens_breaks_responses_alone(rule: str) -> None:
    levels = {RULES[rule].request.name, RULES[rule].response.name}
    assert levels in ({"MAJOR", "PATCH"}, {"MINOR", "MAJOR"})
