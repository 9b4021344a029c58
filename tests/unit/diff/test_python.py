"""What a change of the document does to people who import the package, on the card of its cause."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sdkwright.diff.annotations import Shift, shift
from sdkwright.diff.levels import Level
from sdkwright.diff.review import Review, ReviewCard
from unit.diff.comparing import Doc, body, compare, document, edited, operation

Json = dict[str, Any]
TEXT: Json = {"type": "string"}
KIND: Json = {"type": "string", "enum": ["sail", "steam"]}
BOAT: Json = {
    "type": "object",
    "properties": {"id": TEXT, "call_id": TEXT, "kind": KIND, "size": {"$ref": "#/components/schemas/Size"}},
    "required": ["id", "call_id", "kind"],
}
SIZE: Json = {"type": "object", "properties": {"length": {"type": "number"}}, "required": ["length"]}
CREW: Json = {"type": "object", "properties": {"captain": TEXT, "mates": {"type": "integer"}}, "required": ["captain"]}


def ref(name: str) -> Json:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def base() -> Doc:
    """A document with a method that reads `Boat`, and one that sends `Crew`."""
    fine = {"200": {"description": "Fine.", **body(ref("Boat"))}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer"}}
    return document(
        paths={
            "/boats": {
                "get": operation(operationId="listBoats", tags=["boats"], parameters=[limit], responses=fine),
                "post": operation(
                    operationId="createBoat", tags=["boats"], requestBody=body(ref("Crew")), responses=fine
                ),
            }
        },
        components={"schemas": {"Boat": BOAT, "Size": SIZE, "Crew": CREW}},
    )


def reviewed(edit: Any, tmp_path: Path) -> Review:
    """The review of an edit of the document."""
    original = base()
    return compare(original, edited(original, edit), tmp_path, python=True)


def schema(doc: Doc, name: str) -> Json:
    """A schema of a document."""
    return doc["components"]["schemas"][name]


def texts(card: ReviewCard) -> list[str]:
    """What happens to whom, on a card."""
    return [f"{each.level.verdict}: {each.text}" for each in card.consequences]


def test_a_renamed_schema_breaks_imports_and_nothing_on_the_wire(tmp_path: Path) -> None:
    def rename(doc: Doc) -> None:
        doc["components"]["schemas"]["Extent"] = doc["components"]["schemas"].pop("Size")
        schema(doc, "Boat")["properties"]["size"] = ref("Extent")

    result = reviewed(rename, tmp_path)
    (only,) = result.cards
    assert (result.wire, result.python) == (Level.NONE, Level.MAJOR)
    assert texts(only) == ["major: Size is now types.extent.Extent"]
    assert only.consequences[0].meets == ("imports", "type-checks")
    assert only.consequences[0].shim == "Size = Extent  # deprecated alias"


def test_optional_and_null_is_one_change_of_an_annotation(tmp_path: Path) -> None:
    def edit(doc: Doc) -> None:
        schema(doc, "Boat")["required"].remove("call_id")
        schema(doc, "Boat")["properties"]["call_id"] = {"type": ["string", "null"]}

    result = reviewed(edit, tmp_path)
    (only,) = result.cards
    assert texts(only) == ["major: `Boat.call_id: str` becomes `str | None`"]
    assert only.consequences[0].meets == ("reads", "type-checks")


def test_a_value_that_is_read_may_gain_members_and_one_that_is_sent_may_lose_none(tmp_path: Path) -> None:
    grown = reviewed(lambda doc: schema(doc, "Boat")["properties"]["kind"]["enum"].append("row"), tmp_path)
    assert (grown.wire, grown.python) == (Level.WARNING, Level.MINOR)

    def narrow(doc: Doc) -> None:
        schema(doc, "Crew")["properties"]["mates"] = {"type": "integer", "enum": [1, 2]}

    assert reviewed(narrow, tmp_path).python is Level.MAJOR


def test_a_property_that_goes_takes_its_argument_along(tmp_path: Path) -> None:
    result = reviewed(lambda doc: schema(doc, "Crew")["properties"].pop("mates"), tmp_path)
    assert (result.wire, result.python) == (Level.WARNING, Level.MAJOR)
    assert any(text.endswith("create(mates=) is gone") for text in texts(result.cards[0]))


def test_an_optional_parameter_is_a_new_keyword(tmp_path: Path) -> None:
    more = {"name": "after", "in": "query", "schema": TEXT}
    result = reviewed(lambda doc: doc["paths"]["/boats"]["get"]["parameters"].append(more), tmp_path)
    assert (result.wire, result.python) == (Level.MINOR, Level.MINOR)
    assert texts(result.cards[0])[0].endswith("list(after=) is new")


def test_an_operation_that_becomes_another_method_breaks_calls_alone(tmp_path: Path) -> None:
    result = reviewed(lambda doc: doc["paths"]["/boats"]["post"].update(operationId="launchBoat"), tmp_path)
    assert (result.wire, result.python) == (Level.NONE, Level.MAJOR)
    found = [text for card in result.cards for text in texts(card)]
    assert "major: client.boats.create() is now client.boats.launch()" in found


def test_a_document_against_itself_changes_no_package(tmp_path: Path) -> None:
    result = reviewed(lambda doc: None, tmp_path)
    assert (result.cards, result.python) == ((), Level.NONE)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("str", "str | None", Shift.WIDER),
        ('Literal["a", "b"]', 'Literal["a"]', Shift.NARROWER),
        ('Literal["a|b", "c"] | None', 'None | Literal["c", "a|b"]', Shift.SAME),
        ("Dict[str, int | str]", "Dict[str, str]", Shift.OTHER),
        ("str", "object", Shift.WIDER),
        ("int", "str", Shift.OTHER),
    ],
)
def test_annotations_compare_as_sets_of_alternatives(old: str, new: str, expected: Shift) -> None:
    assert shift(old, new) is expected
