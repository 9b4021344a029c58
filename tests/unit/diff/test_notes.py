"""The changelog entry and the migration notes: one for each symbol, ready to paste."""

from __future__ import annotations

from pathlib import Path

from sdkwright.diff.notes import notes
from sdkwright.diff.report import FORMATS
from unit.diff.comparing import Doc, card
from unit.diff.test_python import reviewed, schema


def test_a_renamed_schema_has_both_imports_and_an_alias(tmp_path: Path) -> None:
    def rename(doc: Doc) -> None:
        doc["components"]["schemas"]["Extent"] = doc["components"]["schemas"].pop("Size")
        schema(doc, "Boat")["properties"]["size"] = {"$ref": "#/components/schemas/Extent"}

    (only,) = reviewed(rename, tmp_path).cards
    (note,) = notes(only)
    assert (note.before, note.after) == ("from harbour.types import Size", "from harbour.types import Extent")
    assert note.shim == "Size = Extent  # deprecated alias"


def test_a_renamed_property_is_read_under_its_new_name(tmp_path: Path) -> None:
    def rename(doc: Doc) -> None:
        properties = schema(doc, "Boat")["properties"]
        properties["call_sign"] = properties.pop("call_id")
        schema(doc, "Boat")["required"] = ["id", "call_sign", "kind"]

    found = card(reviewed(rename, tmp_path), "property-renamed")
    assert found.card.rename and 0 < found.card.rename.confidence <= 1
    (note,) = notes(found)
    assert note.advice == "Read `call_sign` instead of `call_id`"
    assert note.shim == "call_id: {..., deprecated: true}  # beside call_sign in the document"


def test_a_renamed_schema_with_a_renamed_property_is_still_the_same_class(tmp_path: Path) -> None:
    def rename(doc: Doc) -> None:
        schemas = doc["components"]["schemas"]
        schemas["Extent"] = {
            "type": "object",
            "properties": {"lengths": {"type": "number"}, "beam": {"type": "number"}},
        }
        schemas.pop("Size")
        schemas["Boat"]["properties"]["size"] = {"$ref": "#/components/schemas/Extent"}

    def before(doc: Doc) -> None:
        schema(doc, "Size")["properties"]["beam"] = {"type": "number"}
        schema(doc, "Size").pop("required")

    from unit.diff.comparing import compare, edited
    from unit.diff.test_python import base

    old = edited(base(), before)
    result = compare(old, edited(old, rename), tmp_path, python=True)
    texts = [each.text for found in result.cards for each in found.consequences]
    assert "Size is now types.extent.Extent" in texts
    assert "Extent.length is now Extent.lengths" in texts


def test_a_method_under_another_name_has_an_alias_for_the_config(tmp_path: Path) -> None:
    result = reviewed(lambda doc: doc["paths"]["/boats"]["post"].update(operationId="launchBoat"), tmp_path)
    shims = [note.shim for found in result.cards for note in notes(found)]
    assert "methods: {create: {type: alias, to: launch, deprecated: use launch()}}" in shims


def test_none_where_something_was_read_has_to_be_handled(tmp_path: Path) -> None:
    result = reviewed(lambda doc: schema(doc, "Boat")["properties"].update(id={"type": ["string", "null"]}), tmp_path)
    (note,) = notes(result.cards[0])
    assert note.advice == "Handle `None` where you read it"


def test_what_breaks_only_the_wire_has_a_note_too(tmp_path: Path) -> None:
    parameters = "/boats"
    result = reviewed(
        lambda doc: doc["paths"][parameters]["get"]["parameters"][0]["schema"].update(maximum=10), tmp_path
    )
    (note,) = notes(result.cards[0])
    assert note.advice.startswith("The largest number of query parameter limit is now 10: ")
    assert result.cards[0].meets == ("runtime",)


def test_the_changelog_has_its_sections_in_order(tmp_path: Path) -> None:
    def edit(doc: Doc) -> None:
        schema(doc, "Boat")["properties"]["draught"] = {"type": "number"}
        schema(doc, "Boat")["properties"].pop("size")
        doc["paths"]["/boats"]["get"]["deprecated"] = True

    text = FORMATS["changelog"](reviewed(edit, tmp_path))
    headings = [line for line in text.splitlines() if line.startswith("##") and not line.startswith("####")]
    assert headings == ["## 2.0.0", "### Breaking", "### Deprecated", "### Added", "### Migration"]
    assert "- Boat.size is gone." in text
    assert "- Boat.draught is new." in text
    assert "#### `types.boat.Boat.size`" in text


def test_no_change_is_said(tmp_path: Path) -> None:
    text = FORMATS["changelog"](reviewed(lambda doc: None, tmp_path))
    assert text == "## 1.4.2\n\nNo changes for users of the package.\n"
