"""One edit is one card, however much follows from it: on the wire, in other definitions, and in the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sdkwright.diff.consequence import Change, Consequence, Origin, Thing
from sdkwright.diff.levels import Level
from sdkwright.diff.loose import loose_cards
from sdkwright.diff.report.words import title, wire_meaning
from sdkwright.diff.review import Review, ReviewCard
from unit.diff.comparing import Doc, body, compare, document, edited, operation, with_request, with_response

Json = dict[str, Any]
TEXT: Json = {"type": "string"}


def ref(name: str) -> Json:
    """A reference to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(kind: str, **properties: Json) -> Json:
    """A schema with a tag."""
    return {
        "type": "object",
        "properties": {"kind": {"type": "string", "const": kind}, **properties},
        "required": ["kind"],
    }


def fine(schema: Json) -> Json:
    """A response that holds a schema."""
    return {"200": {"description": "Fine.", **body(schema)}}


def union(**members: Json) -> Doc:
    """A document that answers with one of some variants, told apart by `kind`."""
    mapping = {node["properties"]["kind"]["const"]: f"#/components/schemas/{name}" for name, node in members.items()}
    choice = {"oneOf": [ref(name) for name in members], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    item = {"get": operation(operationId="look", tags=["boats"], responses=fine(ref("Ship")))}
    return document(paths={"/ship": item}, components={"schemas": {"Ship": choice, **members}})


def only(result: Review) -> ReviewCard:
    """The only card of a review."""
    (found,) = result.cards
    return found


def texts(card: ReviewCard) -> set[str]:
    """What happens in the package, on a card."""
    return {each.text for each in card.consequences}


def test_a_variant_comes_with_its_tag_and_its_schema(tmp_path: Path) -> None:
    base = union(Boat=thing("boat"), Raft=thing("raft"))
    result = compare(base, union(Boat=thing("boat"), Raft=thing("raft"), Tug=thing("tug")), tmp_path, python=True)
    card = only(result)
    assert {each.rule for each in card.card.findings} == {"variant-added", "schema-added"}
    assert "Tug is new" in texts(card)
    back = only(compare(union(Boat=thing("boat"), Raft=thing("raft"), Tug=thing("tug")), base, tmp_path, python=True))
    assert {each.rule for each in back.card.findings} == {"variant-removed", "schema-removed"}
    assert back.wire is Level.PATCH


def test_a_renamed_variant_is_a_rename_and_no_other_mapping(tmp_path: Path) -> None:
    base = union(Boat=thing("boat", deck=TEXT), Raft=thing("raft"))
    card = only(compare(base, union(Vessel=thing("boat", deck=TEXT), Raft=thing("raft")), tmp_path))
    assert [each.rule for each in card.card.findings] == ["schema-renamed"]
    assert card.wire is Level.NONE


def test_an_operation_brings_its_schemas_along(tmp_path: Path) -> None:
    base = with_response(ref("Boat"), schemas={"Boat": thing("boat")})

    def add(doc: Doc) -> None:
        doc["paths"]["/crews"] = {"get": operation(operationId="crews", responses=fine(ref("Crew")))}
        doc["components"]["schemas"] |= {"Crew": thing("crew", rank=ref("Rank")), "Rank": {"enum": ["mate", "cook"]}}

    card = only(compare(base, edited(base, add), tmp_path, python=True))
    assert card.card.rule == "operation-added"
    assert {each.rule for each in card.card.findings} == {"operation-added", "schema-added"}
    assert {"Crew is new", "Rank is new"} <= texts(card)


def test_a_schema_that_two_changes_bring_has_a_card_of_its_own(tmp_path: Path) -> None:
    base = document()

    def add(doc: Doc) -> None:
        for path in ("/a", "/b"):
            doc["paths"][path] = {"get": operation(operationId=path[1:], responses=fine(ref("Crew")))}
        doc["components"] = {"schemas": {"Crew": thing("crew")}}

    found = compare(base, edited(base, add), tmp_path).cards
    assert sorted(each.card.rule for each in found) == ["operation-added", "operation-added", "schema-added"]


def test_another_type_in_the_place_of_a_reference_is_told_where_it_stands(tmp_path: Path) -> None:
    def fleet(items: Json) -> Doc:
        flag = {"type": "string", "enum": ["red", "blue"]}
        fleet = thing("fleet", boats={"type": "array", "items": items})
        schemas = {"Fleet": fleet, "Boat": thing("boat", flag=ref("Flag")), "Flag": flag}
        return with_response(ref("Fleet"), schemas=schemas)

    card = only(compare(fleet(ref("Boat")), fleet(TEXT), tmp_path, python=True))
    assert card.card.id == "type-changed:/components/schemas/Fleet/properties/boats"
    assert "Boat (object)" in title(card)
    assert {"Boat is gone", "Flag is gone"} <= texts(card)


def test_a_reference_that_leads_elsewhere_is_told_where_it_stands(tmp_path: Path) -> None:
    schemas = {
        "Boat": thing("boat", mast=TEXT),
        "Raft": thing("raft", pole=TEXT),
        "Pair": thing("pair", one=ref("Boat")),
    }
    base = with_response(ref("Boat"), schemas=schemas)
    card = only(compare(base, with_response(ref("Raft"), schemas=schemas), tmp_path, python=True))
    assert card.card.pointer == "/paths/~1boats/post/responses/200"
    assert title(card).startswith("POST /boats response 200: the response 200 refers to Raft")
    assert any("returns `Raft`, before `Boat`" in text for text in texts(card))


def test_a_path_that_moves_takes_its_operations_and_parameters_along(tmp_path: Path) -> None:
    names = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("port", "boat")]

    def at(path: str) -> Doc:
        item = {"get": operation(operationId="look"), "delete": operation(operationId="sink"), "parameters": names}
        return document(paths={path: item})

    card = only(compare(at("/ports/{port}/boats/{boat}"), at("/boats/{boat}/ports/{port}"), tmp_path))
    assert [each.rule for each in card.card.findings] == ["path-moved"]
    assert len(card.card.requests) == 2


def test_a_path_parameter_under_another_name_renames_the_argument(tmp_path: Path) -> None:
    def at(name: str) -> Doc:
        parameter = {"name": name, "in": "path", "required": True, "schema": TEXT}
        item = {"get": operation(operationId="look", tags=["boats"], parameters=[parameter])}
        return document(paths={f"/boats/{{{name}}}": item})

    card = only(compare(at("id"), at("boat_id"), tmp_path, python=True))
    (consequence,) = card.consequences
    assert "(id=) is now" in consequence.text
    assert consequence.shim == ""


def test_a_page_that_is_none_any_more_belongs_to_the_property_that_was_renamed(tmp_path: Path) -> None:
    def page(name: str) -> Doc:
        schema = {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": ref("Boat")}}}
        limit = {"name": "page", "in": "query", "schema": {"type": "integer"}}
        item = {"get": operation(operationId="list", tags=["boats"], parameters=[limit], responses=fine(ref("Page")))}
        return document(paths={"/boats": item}, components={"schemas": {"Page": schema, "Boat": thing("boat")}})

    result = compare(page("boats"), page("ships"), tmp_path, python=True)
    assert only(result).python is Level.MAJOR


def test_a_status_or_a_media_type_in_the_place_of_another_is_one_card(tmp_path: Path) -> None:
    def answer(status: str, media: str) -> Doc:
        content = {media: {"schema": TEXT}}
        return document(paths={"/a": {"get": operation(responses={status: {"description": "", "content": content}})}})

    base = answer("200", "text/plain")
    assert title(only(compare(base, answer("201", "text/plain"), tmp_path))).startswith("The status 200 of GET /a")
    assert title(only(compare(base, answer("200", "image/png"), tmp_path))).startswith(
        "GET /a response 200 text/plain: "
    )


def test_an_alias_that_takes_the_place_of_what_it_stands_for_changes_no_annotation(tmp_path: Path) -> None:
    extra: Json = {"type": "object", "additionalProperties": TEXT}
    base = with_response(ref("Boat"), schemas={"Boat": thing("boat", labels=extra)})
    revision = with_response(ref("Boat"), schemas={"Boat": thing("boat", labels=ref("Labels")), "Labels": extra})
    result = compare(base, revision, tmp_path, python=True)
    assert (result.wire, result.python) == (Level.NONE, Level.MINOR)


def test_an_alias_that_is_only_read_may_lose_a_value(tmp_path: Path) -> None:
    def kinds(*names: str, sent: bool) -> Doc:
        schemas = {
            "Kind": {"type": "string", "enum": list(names)},
            "Boat": {"type": "object", "properties": {"k": ref("Kind")}},
        }
        return (with_request if sent else with_response)(ref("Boat"), schemas=schemas)

    read = compare(kinds("sail", "steam", sent=False), kinds("sail", sent=False), tmp_path, python=True)
    sent = compare(kinds("sail", "steam", sent=True), kinds("sail", sent=True), tmp_path, python=True)
    assert (read.python, sent.python) == (Level.MINOR, Level.MAJOR)


def test_a_card_says_what_a_change_means_in_its_direction_alone(tmp_path: Path) -> None:
    old, new = {"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}
    assert wire_meaning(only(compare(with_request(old), with_request(new), tmp_path))) == "more is accepted"
    received = only(compare(with_response(old), with_response(new), tmp_path))
    assert wire_meaning(received) == "clients may meet a value that they do not know"


def test_what_is_about_the_whole_api_says_so(tmp_path: Path) -> None:
    def scheme(**parts: str) -> Doc:
        return document(components={"securitySchemes": {"key": parts}})

    card = only(
        compare(scheme(type="http", scheme="bearer"), scheme(type="apiKey", name="X-Key", **{"in": "header"}), tmp_path)
    )
    assert card.card.whole
    assert title(card) == "The security scheme key goes from http bearer to apiKey X-Key in header"
    assert len(card.card.findings) == 1


def test_only_what_came_to_a_long_union_is_told(tmp_path: Path) -> None:
    names = [f"VesselOfTheHarbour{number}" for number in range(8)]
    members = {name: thing(name) for name in names}
    card = only(compare(union(**members), union(**members, Tug=thing("tug")), tmp_path, python=True))
    assert "`Ship` may also be `Tug`" in texts(card)


def test_a_bound_of_zero_is_a_bound(tmp_path: Path) -> None:
    number, positive = {"type": "number"}, {"type": "number", "minimum": 0}
    assert compare(with_request(number), with_request(positive), tmp_path).wire is Level.MAJOR
    assert compare(with_request(TEXT), with_request({**TEXT, "minLength": 0}), tmp_path).cards == ()


def test_what_a_generator_does_to_all_methods_is_one_card() -> None:
    def gained(method: str, argument: str) -> Consequence:
        symbol = f"client.boats.{method}({argument})"
        return Consequence(
            Thing.ARGUMENT, Change.NEW, symbol, Level.MINOR, f"{symbol}: parameter added", (), "", argument, None, None,
            f"client.boats.{method}", origin=Origin.GENERATOR,
        )  # fmt: skip

    found = loose_cards([gained(method, name) for method in ("list", "create") for name in ("trace", "tenant")])
    assert [(card.rule, len(group)) for card, group in found] == [("generator", 2), ("generator", 2)]
