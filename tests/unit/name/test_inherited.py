"""SURFACE.md, "Types", where a package continues one that people import: one test for each rule."""

from __future__ import annotations

from typing import Any

from sdkwright.config.dialect import INHERITED
from sdkwright.ir.symbols import Mode
from support.stages import Named, answering, const, named, obj, ref, resource, taking

TEXT = {"type": "string"}
OBJECT = obj(id=TEXT)


def array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def inherited(models: dict[str, str], method: dict[str, Any], **schemas: Any) -> Named:
    """A document with one method of the resource `things`, whose config lists these models there."""
    tree = resource("things", ("take", "post /things"), models=models)
    return named(tree, dialect=INHERITED, paths={"/things": {"post": method}}, schemas=schemas)


def root(schema: dict[str, Any], **schemas: Any) -> set[str]:
    """The names in the module of the model `root`, which the method returns."""
    models = {"root": "Root"} | {name.lower(): name for name in schemas}
    return inherited(models, answering(ref("Root")), Root=schema, **schemas).classes("types.root")


def test_rule_1_a_root_that_says_a_property_of_its_base_anew_is_a_prefix_all_the_same() -> None:
    schema = {"allOf": [ref("Base"), obj(id=const("x"), usage=obj(total=TEXT))]}
    assert root(schema, Base=obj(["id"], id=TEXT)) == {"Root", "RootUsage"}


def test_rule_1_the_parts_of_such_a_root_are_called_alike_as_they_are_sent() -> None:
    heir = {"allOf": [ref("Base"), obj(usage=obj(total=TEXT))]}
    found = inherited({"root": "Root", "base": "Base"}, taking(obj(root=ref("Root"))), Root=heir, Base=OBJECT)
    assert found.classes("types.root_param") == {"RootParam", "RootUsage"}


def test_rule_2_items_of_a_root_array_take_its_singular() -> None:
    listed = inherited({"extensions": "Extensions"}, answering(ref("Extensions")), Extensions=array(OBJECT))
    assert listed.classes("types.extensions") == {"Extensions", "ExtensionItem"}


def test_rule_4_a_variant_without_a_title_is_numbered_by_its_place() -> None:
    told = obj(["kind"], kind=const("told")) | {"title": "Own Title"}
    untold = obj(["kind"], kind=const("untold"))
    schema = obj(part={"anyOf": [TEXT, told, untold]})
    assert root(schema) == {"Root", "Part", "PartOwnTitle", "PartUnionMember2"}


def test_rule_4_a_list_without_a_title_is_numbered_too() -> None:
    schema = obj(part={"anyOf": [TEXT, array(OBJECT), OBJECT | {"title": "One"}]})
    assert root(schema) == {"Root", "Part", "PartUnionMember1", "PartOne"}


def test_rule_4_a_reference_comes_before_the_title_of_what_it_refers_to() -> None:
    schemas = {"Root": obj(part={"anyOf": [TEXT, ref("Target")]}), "Target": OBJECT | {"title": "Other"}}
    found = inherited({"root": "Root"}, answering(ref("Root")), **schemas)
    assert found.classes("types.root") == {"Root", "Part", "PartTarget"}


def test_rule_4_the_variants_of_a_body_have_their_titles() -> None:
    van, drone = (obj(["by"], by=const(by)) | {"title": f"{by} delivery"} for by in ("van", "drone"))
    found = inherited({}, taking({"oneOf": [van, drone], "discriminator": {"propertyName": "by"}}))
    assert found.classes("types.thing_take_params") == {"VanDelivery", "DroneDelivery", "ThingTakeParams"}


def test_rule_5_an_item_without_a_name_is_called_by_the_list_that_pages() -> None:
    scheme = {
        "name": "cursor_page",
        "type": "cursor",
        "request": {"cursor": {}},
        "response": {"data": {"type": "array"}},
    }
    item = {"allOf": [ref("Base"), obj(owner=OBJECT)]}
    method = answering(obj(data=array(item), total=OBJECT)) | {
        "parameters": [{"name": "cursor", "in": "query", "schema": TEXT}]
    }
    found = named(
        resource("things", ("list", "get /things"), models={"base": "Base"}),
        dialect=INHERITED,
        pagination=[scheme],
        paths={"/things": {"get": method}},
        schemas={"Base": OBJECT},
    )
    assert found.classes("types.thing_list_response") == {"ThingListResponse", "ThingListResponseOwner"}
    assert {symbol.name for symbol in found.symbols.packages[0].exports} == {
        "Base",
        "ThingListParams",
        "ThingListResponse",
    }


def test_models_that_belong_to_no_resource_have_packages_of_their_own() -> None:
    shared = resource("$shared", models={"money": "Money", "grade": "Grade"})
    things = resource("things", ("take", "post /things"))
    schemas = {"Money": OBJECT, "Grade": {"type": "string", "enum": ["new", "used"]}}
    paths = {"/things": {"post": taking(obj(money=ref("Money"), grade=ref("Grade")))}}
    found = named(shared, things, dialect=INHERITED, paths=paths, schemas=schemas)
    assert found.symbol("Money") == "types.shared.money:Money"
    assert found.symbol("Money", Mode.PARAM) == "types.shared_params.money:Money"
    assert found.symbol("Grade", Mode.PARAM) == "types.shared_params.grade:Grade"
    exports = {package.module: {symbol.name for symbol in package.exports} for package in found.symbols.packages}
    assert exports["types"] == {"Money", "Grade", "ThingTakeParams"}


def test_a_listed_model_is_there_whether_or_not_it_is_used() -> None:
    found = inherited({"spare": "Spare", "body": "Body"}, taking(ref("Body")), Spare=OBJECT, Body=OBJECT)
    assert found.modules() == {"types.spare", "types.thing_take_params"}


def test_types_in_a_ring_keep_their_modules() -> None:
    schemas = {"Home": obj(people=array(ref("Person"))), "Person": obj(home=ref("Home"))}
    found = inherited({"home": "Home", "person": "Person"}, answering(ref("Home")), **schemas)
    assert found.modules() == {"types._home", "types.home", "types.person"}
    assert found.classes("types._home") == {"Home", "Person"}


def test_params_have_a_type_only_where_something_goes_into_the_query_or_the_body() -> None:
    paths = {"/rooms/{room}/keys/{id}": {"delete": {"responses": {"204": {"description": ""}}}}}
    keys = resource("keys", ("delete", "delete /rooms/{room}/keys/{id}"))
    assert named(keys, dialect=INHERITED, paths=paths).modules() == set()
    assert named(keys, paths=paths).modules() == {"types.key_delete_params"}


def test_an_argument_called_options_keeps_its_name() -> None:
    found = inherited({}, taking(obj(options=TEXT, timeout=TEXT)))
    assert found.names.arguments["post /things"] == ("options", "timeout_")
