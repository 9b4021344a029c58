"""One card for each root cause: where it stands, whom it reaches, and what is no change at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sdkwright.diff.levels import Level
from unit.diff.comparing import (
    Doc,
    body,
    card,
    compare,
    document,
    edited,
    operation,
    rules,
    with_request,
    with_response,
)

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
BOAT: Json = {"type": "object", "properties": {"id": TEXT, "length": {"type": "number"}}, "required": ["id"]}


def ref(name: str) -> Json:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def fleet(count: int, **schemas: Json) -> Doc:
    """A document with many operations that all send and receive `Boat`."""
    paths = {
        f"/boats/{number}": {
            "post": operation(
                operationId=f"moor{number}",
                requestBody=body(ref("Boat")),
                responses={"200": {"description": "Fine.", **body(ref("Boat"))}},
            )
        }
        for number in range(count)
    }
    return document(paths=paths, components={"schemas": {"Boat": BOAT, **schemas}})


def schemas(doc: Doc) -> Json:
    """The schemas of a document."""
    return doc["components"]["schemas"]


def test_a_property_of_a_schema_that_500_operations_use_is_one_card(tmp_path: Path) -> None:
    base = fleet(500)
    result = compare(base, edited(base, lambda doc: schemas(doc)["Boat"]["properties"].update(name=TEXT)), tmp_path)
    (only,) = result.cards
    assert only.card.id == "property-added:/components/schemas/Boat/properties/name"
    assert (len(only.card.requests), len(only.card.responses)) == (500, 500)
    assert result.wire is Level.MINOR


def test_a_card_names_file_and_lines_of_both_sides(tmp_path: Path) -> None:
    base = with_response(BOAT)
    schema = {**BOAT, "properties": {"id": {"type": "integer"}, "length": {"type": "number"}}}
    only = card(compare(base, with_response(schema), tmp_path), "type-changed")
    assert only.base is not None and only.revision is not None
    assert only.base.file.endswith("base.json") and only.revision.file.endswith("revision.json")
    assert any('"type": "string"' in line for line in only.base.excerpt)
    assert only.base.pointer.endswith("/schema/properties/id/type")


def test_required_dropped_and_null_added_are_one_card(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"id": {"type": ["string", "null"]}, "length": {"type": "number"}}}
    result = compare(with_response(BOAT), with_response(schema), tmp_path)
    (only,) = result.cards
    assert {finding.rule for finding in only.card.findings} == {"became-optional", "null-added"}
    assert result.wire is Level.MAJOR


def test_the_direction_in_which_a_schema_travels_decides(tmp_path: Path) -> None:
    narrowed = {**BOAT, "required": ["id", "length"]}
    assert compare(with_request(BOAT), with_request(narrowed), tmp_path).wire is Level.MAJOR
    assert compare(with_response(BOAT), with_response(narrowed), tmp_path).wire is Level.MINOR


def test_a_schema_that_no_operation_uses_changes_nothing_on_the_wire(tmp_path: Path) -> None:
    base = document(components={"schemas": {"Boat": BOAT}})
    result = compare(base, edited(base, lambda doc: schemas(doc)["Boat"]["properties"].pop("id")), tmp_path)
    assert [finding.rule for finding in result.cards[0].card.findings] == ["required-property-removed"]
    assert result.wire is Level.NONE


def test_a_read_only_property_is_in_no_request(tmp_path: Path) -> None:
    secret = {"type": "string", "readOnly": True, "maxLength": 9}
    schema = {"type": "object", "properties": {"a": secret}}
    tighter = {"type": "object", "properties": {"a": {**secret, "maxLength": 5}}}
    assert compare(with_request(schema), with_request(tighter), tmp_path).wire is Level.NONE
    assert compare(with_response(tighter), with_response(schema), tmp_path).wire is Level.MAJOR


def test_what_narrows_below_not_widens_the_whole(tmp_path: Path) -> None:
    loose, tight = {"not": {"type": "string", "maxLength": 9}}, {"not": {"type": "string", "maxLength": 5}}
    assert rules(compare(with_request(loose), with_request(tight), tmp_path)) == {"max-length-lowered": "PATCH"}
    assert rules(compare(with_response(loose), with_response(tight), tmp_path)) == {"max-length-lowered": "MAJOR"}


def test_a_webhook_sends_what_its_request_holds(tmp_path: Path) -> None:
    def hook(schema: Json) -> Doc:
        return document(webhooks={"docked": {"post": {"requestBody": body(schema), "responses": {}}}})

    assert compare(hook(BOAT), hook({**BOAT, "required": []}), tmp_path).wire is Level.MAJOR
    assert compare(hook(BOAT), hook({**BOAT, "required": ["id", "length"]}), tmp_path).wire is Level.MINOR


def test_a_renamed_schema_is_one_card_without_effect_on_the_wire(tmp_path: Path) -> None:
    base = fleet(3)

    def rename(doc: Doc) -> None:
        schemas(doc)["Vessel"] = schemas(doc).pop("Boat")
        for item in doc["paths"].values():
            item["post"]["requestBody"] = body(ref("Vessel"))
            item["post"]["responses"]["200"].update(body(ref("Vessel")))

    result = compare(base, edited(base, rename), tmp_path)
    (only,) = result.cards
    assert only.card.rename is not None
    assert (only.card.rename.old, only.card.rename.new, only.card.rename.confidence) == ("Boat", "Vessel", 1.0)
    assert result.wire is Level.NONE


def test_a_use_that_changes_from_one_component_to_another_is_one_card(tmp_path: Path) -> None:
    base = fleet(2, Ship={"type": "object", "properties": {"mass": TEXT, "masts": TEXT}, "required": ["mass"]})

    def swap(doc: Doc) -> None:
        for item in doc["paths"].values():
            item["post"]["responses"]["200"].update(body(ref("Ship")))

    result = compare(base, edited(base, swap), tmp_path)
    (only,) = [each for each in result.cards if each.wire]
    assert {"reference-changed", "required-property-removed"} <= {each.rule for each in only.card.findings}
    assert len(only.card.responses) == 2
    assert result.wire is Level.MAJOR


def test_a_property_under_another_name_is_paired_with_a_confidence(tmp_path: Path) -> None:
    old = {"type": "object", "properties": {"mooring_place": {"type": "string", "maxLength": 40}}}
    new = {"type": "object", "properties": {"mooringPlace": {"type": "string", "maxLength": 40}}}
    (only,) = compare(with_request(old), with_request(new), tmp_path).cards
    assert only.card.rename is not None
    assert only.card.rename.confidence == 1.0
    assert only.wire is Level.WARNING


def test_a_new_shared_response_of_all_operations_is_one_card(tmp_path: Path) -> None:
    base = fleet(20)

    def add(doc: Doc) -> None:
        doc["components"]["responses"] = {"Busy": {"description": "Later."}}
        for item in doc["paths"].values():
            item["post"]["responses"]["429"] = {"$ref": "#/components/responses/Busy"}

    result = compare(base, edited(base, add), tmp_path)
    (only,) = [each for each in result.cards if each.wire]
    assert (only.card.rule, len(only.card.responses)) == ("error-added", 20)


def test_moving_a_property_into_what_is_inherited_is_no_change(tmp_path: Path) -> None:
    def ship(base: Json, own: Json) -> Doc:
        parts = {"allOf": [ref("Base"), {"type": "object", "properties": own}]}
        return with_response(ref("Ship"), schemas={"Base": {"type": "object", "properties": base}, "Ship": parts})

    result = compare(
        ship({"id": TEXT}, {"name": TEXT, "flag": TEXT}), ship({"id": TEXT, "flag": TEXT}, {"name": TEXT}), tmp_path
    )
    assert {finding.rule for each in result.cards for finding in each.card.findings} == {"property-added"}


REFACTORS: dict[str, tuple[Doc, Doc]] = {
    "extracted": (with_response(BOAT), with_response(ref("Boat"), schemas={"Boat": BOAT})),
    "inlined": (with_response(ref("Boat"), schemas={"Boat": BOAT}), with_response(BOAT)),
    "documentation": (with_response(BOAT), with_response({**BOAT, "description": "A boat."})),
    "order": (
        with_response(BOAT),
        with_response({**BOAT, "properties": dict(reversed(list(BOAT["properties"].items())))}),
    ),
    "null by type": (with_response({"type": ["string", "null"]}), with_response({"anyOf": [TEXT, {"type": "null"}]})),
    "wrapped in allOf": (
        with_response(ref("Boat"), schemas={"Boat": BOAT}),
        with_response({"allOf": [ref("Boat")], "description": "x"}, schemas={"Boat": BOAT}),
    ),
    "type written out": (
        with_request({"properties": {"a": TEXT}}),
        with_request({"type": "object", "properties": {"a": TEXT}}),
    ),
    "parameter moved to the path": (
        document(paths={"/a": {"get": operation(parameters=[{"name": "q", "in": "query", "schema": TEXT}])}}),
        document(paths={"/a": {"get": operation(), "parameters": [{"name": "q", "in": "query", "schema": TEXT}]}}),
    ),
    "style written out": (
        document(paths={"/a": {"get": operation(parameters=[{"name": "q", "in": "query", "schema": TEXT}])}}),
        document(
            paths={
                "/a": {
                    "get": operation(
                        parameters=[{"name": "q", "in": "query", "schema": TEXT, "style": "form", "explode": True}]
                    )
                }
            }
        ),
    ),
    "renamed security scheme": (
        document(security=[{"a": []}], components={"securitySchemes": {"a": {"type": "http", "scheme": "bearer"}}}),
        document(security=[{"b": []}], components={"securitySchemes": {"b": {"type": "http", "scheme": "Bearer"}}}),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFACTORS)
def test_a_refactor_has_no_effect_on_the_wire(name: str, tmp_path: Path) -> None:
    result = compare(*REFACTORS[name], tmp_path)
    assert result.wire is Level.NONE
    assert {each.card.rule for each in result.cards} <= {"schema-added", "schema-removed"}


def test_refactors_are_counted(tmp_path: Path) -> None:
    assert compare(*REFACTORS["extracted"], tmp_path).folded["extracted"] == 1
    assert compare(*REFACTORS["documentation"], tmp_path).folded["documentation"] == 1
    assert compare(*REFACTORS["order"], tmp_path).folded["order"] == 1


def test_rings_of_schemas_end(tmp_path: Path) -> None:
    def ring(limit: int) -> Doc:
        node = {"type": "object", "properties": {"next": ref("B"), "text": {"type": "string", "maxLength": limit}}}
        return with_response(ref("A"), schemas={"A": node, "B": {"type": "object", "properties": {"back": ref("A")}}})

    (only,) = compare(ring(3), ring(5), tmp_path).cards
    assert (only.card.rule, only.card.responses) == ("max-length-raised", ("POST /boats",))


def test_one_and_true_are_different_values(tmp_path: Path) -> None:
    assert (
        rules(compare(with_request({"const": 1}), with_request({"const": True}), tmp_path))["const-changed"] == "MAJOR"
    )


def test_a_value_that_becomes_text_is_known_to_servers_and_not_to_clients(tmp_path: Path) -> None:
    def header(kind: str) -> Doc:
        fine = {"200": {"description": "Fine.", "headers": {"X-Size": {"schema": {"type": kind}}}}}
        return document(paths={"/boats": {"post": operation(responses=fine)}})

    assert rules(compare(header("integer"), header("string"), tmp_path)) == {"text-type-widened": "MAJOR"}


def test_a_required_name_that_gets_a_description_and_is_no_longer_required(tmp_path: Path) -> None:
    base = {"type": "object", "properties": {"a": TEXT}, "required": ["b"]}
    revision = {"type": "object", "properties": {"a": TEXT, "b": TEXT}}
    found = rules(compare(with_response(base), with_response(revision), tmp_path))
    assert found == {"property-added": "MINOR", "became-optional": "MAJOR"}


def test_a_variant_that_took_anything_is_narrowed(tmp_path: Path) -> None:
    base, revision = {"oneOf": [TEXT, {}]}, {"oneOf": [TEXT, {"type": "integer"}]}
    assert rules(compare(with_response(base), with_response(revision), tmp_path)) == {"type-narrowed": "PATCH"}
