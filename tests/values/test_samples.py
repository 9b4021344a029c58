"""The sampler and its judge: values fit, cover what schemas can say, and are strange only where they should be."""

from __future__ import annotations

import random
from typing import Any

import pytest

from values.equal import differences
from values.samples import ImpossibleError, Sampler
from values.survive import Judge, registry

SCHEMAS: dict[str, Any] = {
    "Text": {"type": "string", "pattern": "^[A-Z]{2}-\\d{3,5}(x|yz)?$"},
    "Bounds": {"type": "integer", "minimum": 2**60, "exclusiveMaximum": 2**60 + 3},
    "Step": {"type": "number", "minimum": 1, "maximum": 2, "multipleOf": 0.5},
    "List": {"type": "array", "minItems": 2, "maxItems": 2, "items": {"$ref": "#/components/schemas/Text"}},
    "Tuple": {"type": "array", "prefixItems": [{"const": 1}, {"type": "boolean"}], "items": {"type": "null"}},
    "Node": {
        "type": "object",
        "required": ["id", "next"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "next": {"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "null"}]},
            "kind": {"enum": ["a", "b"]},
        },
    },
    "Heir": {"allOf": [{"$ref": "#/components/schemas/Node"}, {"required": ["more"], "properties": {"more": {}}}]},
    "Closed": {"type": "object", "additionalProperties": {"not": {}}, "properties": {"a": {"type": "integer"}}},
    "One": {
        "type": "object",
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {name: {"type": "string"} for name in "abcdefgh"},
    },
    "Never": {"allOf": [{"type": "string"}, {"not": {}}]},
}
DOCUMENT = {"components": {"schemas": SCHEMAS}}


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "Never"])
def test_samples_fit_their_schema(name: str) -> None:
    pointer = f"/components/schemas/{name}"
    judge, sampler = Judge.of(registry(DOCUMENT), pointer), Sampler(DOCUMENT, random.Random(1))
    made = []
    for _ in range(40):
        value = sampler.value(pointer)
        made.append(judge.loose.is_valid(value))
    assert sum(made) >= 20


def test_nothing_is_made_for_a_schema_that_nothing_fits() -> None:
    with pytest.raises(ImpossibleError):
        Sampler(DOCUMENT, random.Random(1)).value("/components/schemas/Never")


def test_strange_values_have_fields_and_constants_that_the_document_does_not() -> None:
    sampler = Sampler(DOCUMENT, random.Random(1), strange=True)
    found = []
    for _ in range(60):
        value = sampler.value("/components/schemas/Node")
        if sampler.broke:
            found.append(value)
    assert any("zz_unknownField" in value for value in found)
    assert any(value.get("kind") not in {"a", "b", None} for value in found)


def test_closed_objects_get_no_further_keys() -> None:
    sampler = Sampler(DOCUMENT, random.Random(1), strange=True)
    assert all(set(sampler.value("/components/schemas/Closed")) <= {"a"} for _ in range(40))


def test_every_loss_has_its_place() -> None:
    before = {"a": [1, {"b": "x"}], "c": 2**70, "d": None}
    after = {"a": [1, {"b": "y"}], "c": float(2**70), "e": None}
    assert sorted(what.partition(":")[0] for what in differences(before, after)) == ["/a/1/b", "/d", "/e"]


def test_properties_without_a_type_are_those_of_an_object() -> None:
    schemas = {"Untyped": {"properties": {"properties": {"properties": {"type": {"const": "a"}}}}}}
    judge = Judge.of(registry({"components": {"schemas": schemas}}), "/components/schemas/Untyped")
    assert judge.loose.is_valid({"properties": {"type": "a"}})
    assert not any(map(judge.loose.is_valid, ("on", None, [], {"properties": "a"}, {"properties": {"type": "b"}})))
