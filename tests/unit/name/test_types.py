"""SURFACE.md, "Types": what types are called and where they live, one test for each rule."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.name import name
from sdkwright.words import Spelling, casing
from support.stages import CLIENT, answering, const, lowered, named, obj, ref, resource, taking

TEXT = {"type": "string"}
OBJECT = obj(id=TEXT)


def array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def component(schema: dict[str, Any], **schemas: Any) -> set[str]:
    """The names in the module of one component."""
    return named(schemas={"Root": schema, **schemas}).classes("types.root")


def test_rule_1_nested_objects_are_named_by_their_path_without_the_root() -> None:
    schema = obj(choices=array(obj(message=obj(text=TEXT))), usage=obj(total=TEXT))
    assert component(schema) == {"Root", "Choice", "ChoiceMessage", "Usage"}


def test_rule_1_a_root_that_inherits_is_the_prefix_of_what_is_nested() -> None:
    schema = {"allOf": [ref("Base"), obj(usage=obj(total=TEXT))]}
    assert component(schema, Base=OBJECT) == {"Root", "RootUsage"}


def test_rule_2_items_take_the_singular_and_map_values_the_name_as_it_is() -> None:
    schema = obj(
        boxes=array(OBJECT),
        labels={"type": "object", "additionalProperties": OBJECT},
        species=array(OBJECT),
        status=array(array(OBJECT)),
    )
    assert component(schema) == {"Root", "Box", "Labels", "Species", "Status"}


def test_rule_2_items_of_a_root_array_are_items_of_the_root() -> None:
    assert component(array(obj(inner=OBJECT))) == {"Root", "RootItem", "RootItemInner"}


def test_rule_3_a_union_with_an_object_is_an_alias_and_one_of_primitives_is_not() -> None:
    schema = obj(
        plain={"anyOf": [TEXT, {"type": "integer"}]},
        mixed={"anyOf": [TEXT, obj(id=TEXT) | {"title": "Thing"}, {"type": "null"}]},
    )
    assert component(schema) == {"Root", "Mixed", "MixedThing"}


def test_rule_4_variants_take_constant_title_reference_or_number() -> None:
    cat, dog = (obj(["kind"], kind=const(kind)) | {"title": f"{kind} thing"} for kind in ("cat", "dog"))
    declared = {"oneOf": [cat, dog], "discriminator": {"propertyName": "kind"}}
    assert component(declared) == {"Root", "Cat", "Dog"}
    mapped = {"oneOf": [cat, dog], "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/x"}}}
    assert component(mapped) == {"Root", "CatThing", "DogThing"}
    same = [obj(["a", "b"], a=TEXT, b={"type": "string", "format": format}) for format in ("date", "date-time")]
    assert component({"anyOf": same}) == {"Root", "UnionMember0", "UnionMember1"}


def test_rule_4_an_unlisted_reference_names_its_variant() -> None:
    models = {"root": "Root"}
    schemas = {"Root": {"anyOf": [TEXT, ref("SomeThing")]}, "SomeThing": OBJECT}
    paths = {"/a": {"get": answering(ref("Root"))}}
    found = named(resource("roots", ("get", "get /a"), models=models), schemas=schemas, paths=paths)
    assert found.classes("types.root") == {"Root", "SomeThing"}


def test_a_variant_that_says_what_it_is_a_variant_of_is_not_said_twice() -> None:
    variant = obj(id=TEXT)
    schema = obj(
        tracing={"anyOf": [TEXT, variant | {"title": "Tracing Configuration"}]},
        custom=obj(format={"anyOf": [TEXT, variant | {"title": "Text Format"}]}),
    )
    found = component(schema)
    assert {"TracingConfiguration", "CustomTextFormat"} <= found


def test_items_of_an_array_variant_are_called_items() -> None:
    schema = obj(content={"anyOf": [TEXT, array(obj(id=TEXT))]})
    assert component(schema) == {"Root", "Content", "ContentItem"}
    titled = obj(content={"anyOf": [TEXT, array(obj(id=TEXT)) | {"title": "Array of content parts"}]})
    assert component(titled) == {"Root", "Content", "ContentPart"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("user_ids", "UserIDs"),
        ("UserId", "UserID"),
        ("http-api-url", "HTTPAPIURL"),
        ("OAuth2Token", "OAuth2Token"),
        ("jsonl.file", "JSONLFile"),
        ("3ds_result", "Model3DSResult"),
    ],
)
def test_rule_7_initialisms_are_capitals_in_class_names(schema: str, expected: str) -> None:
    found = named(schemas={schema: obj(a=TEXT)})
    assert found.symbol(schema).split(":")[1] == expected


def test_rule_7_custom_casings_win() -> None:
    terms = casing({"open ai": Spelling(pascal="OpenAI", snake="openai")}, {"id": False})
    found = named(schemas={"OpenAiUserId": obj(a=TEXT)}, terms=terms)
    assert found.symbol("OpenAiUserId") == "types.openai_user_id:OpenAIUserId"


def test_a_method_has_params_and_response_in_modules_of_its_resource() -> None:
    paths = {"/sessions": {"post": taking(obj(a=TEXT)) | answering(OBJECT)}}
    found = named(resource("sessions", ("create", "post /sessions")), paths=paths)
    assert found.classes("types.session_create_params") == {"SessionCreateParams"}
    assert found.classes("types.session_create_response") == {"SessionCreateResponse"}


def test_a_method_of_a_subresource_has_its_types_in_the_folder_of_its_parents() -> None:
    paths = {"/a": {"get": answering(OBJECT)}}
    found = named(resource("users.sessions.messages", ("list", "get /a")), paths=paths)
    assert found.modules() == {"types.users.sessions.message_list_response"}
    assert found.classes("types.users.sessions.message_list_response") == {"MessageListResponse"}


def test_a_method_of_the_client_itself_is_named_for_the_client() -> None:
    paths = {"/a": {"get": answering(OBJECT)}}
    tree = ResourceNode("", (MethodNode("ping", "get /a"),))
    names = name(lowered(paths=paths).api, tree, CLIENT, casing())
    assert [symbol.name for symbol in names.symbols.values()] == ["ClientPingResponse"]


def test_two_successful_answers_are_named_by_their_status() -> None:
    content = {
        status: {"description": "", "content": {"application/json": {"schema": obj(**{f"a{status}": TEXT})}}}
        for status in ("200", "202")
    }
    paths = {"/a": {"get": {"responses": content}}}
    found = named(resource("jobs", ("start", "get /a")), paths=paths)
    assert found.classes("types.job_start_response") == {"JobStartResponse"}
    assert found.modules() == {
        "types.job_start_response",
        "types.job_start_response_200",
        "types.job_start_response_202",
    }


def test_configured_models_live_in_the_folder_of_their_resource() -> None:
    paths = {"/a": {"get": answering(ref("Deep"))}}
    found = named(
        resource("users.sessions", ("get", "get /a"), models={"message": "Deep"}), schemas={"Deep": OBJECT}, paths=paths
    )
    assert found.symbol("Deep") == "types.users.message:Message"


def test_a_model_in_a_body_gets_a_param_form_of_its_own() -> None:
    paths = {"/a": {"post": taking(obj(pet=ref("Pet"))) | answering(ref("Pet"))}}
    found = named(resource("pets", ("create", "post /a")), schemas={"Pet": OBJECT}, paths=paths)
    assert found.symbol("Pet") == "types.pet:Pet"
    assert found.symbol("Pet", Mode.PARAM) == "types.pet_param:PetParam"


def test_a_schema_that_is_called_param_keeps_its_name() -> None:
    paths = {"/a": {"post": taking(obj(pet=ref("PetParam"), other=ref("Pet")))}}
    schemas = {"PetParam": OBJECT, "Pet": OBJECT}
    found = named(resource("pets", ("create", "post /a")), schemas=schemas, paths=paths)
    assert found.symbol("PetParam", Mode.PARAM) == "types.pet_param:PetParam"
    assert found.symbol("Pet", Mode.PARAM) == "types.pet_input_param:PetInputParam"


def test_an_enum_exists_once_for_reading_and_sending() -> None:
    paths = {"/a": {"post": taking(obj(colour=ref("Colour"))) | answering(ref("Colour"))}}
    found = named(resource("pets", ("create", "post /a")), schemas={"Colour": {"enum": ["red"]}}, paths=paths)
    assert found.symbol("Colour") == found.symbol("Colour", Mode.PARAM) == "types.colour:Colour"
    assert "types.colour_param" not in found.modules()


def test_a_union_of_enums_inside_params_stays_in_their_module() -> None:
    either = {"anyOf": [ref("Colour"), ref("Size")]}
    paths = {"/a": {"post": taking(obj(look=either))}}
    schemas = {"Colour": {"enum": ["red"]}, "Size": {"enum": ["big"]}}
    found = named(resource("pets", ("create", "post /a")), schemas=schemas, paths=paths)
    assert found.classes("types.pet_create_params") == {"Look", "PetCreateParams"}
    assert found.modules() == {"types.colour", "types.pet_create_params", "types.size"}


def test_errors_are_named_by_their_component_or_method_and_status() -> None:
    def failing(schema: Any) -> dict[str, Any]:
        return {"description": "", "content": {"application/json": {"schema": schema}}}

    responses = {"204": {"description": ""}, "404": {"$ref": "#/components/responses/NotFound"}, "409": failing(OBJECT)}
    found = named(
        resource("pets", ("get", "get /a")),
        paths={"/a": {"get": {"responses": responses | {"default": failing(OBJECT)}}}},
        components={"responses": {"NotFound": failing(OBJECT)}},
    )
    names = {each.symbol.name for module in found.symbols.modules for each in module.definitions}
    assert names == {"NotFoundError", "PetGet409Error", "PetGetError"}


def test_webhooks_are_events() -> None:
    found = named(paths={}, webhooks={"new-pet": {"post": taking(OBJECT)}})
    assert found.classes("types.new_pet_webhook_event") == {"NewPetWebhookEvent"}


@pytest.mark.parametrize(("method", "modules"), [("list", {"types.pet"}), ("search", {"types.pet", "types.pet_list"})])
def test_the_response_of_a_list_is_no_type_where_all_methods_return_pages(method: str, modules: set[str]) -> None:
    """A whole list counts as a page where the method is called `list`."""
    pages = [{"name": "all", "type": "fake_page", "response": {"data": {"type": "array"}}}]
    tree = (resource("pets", ("list", "get /a")), resource("animals", (method, "get /a")))
    schemas = {"Pet": OBJECT, "PetList": obj(data=array(ref("Pet")))}
    found = named(*tree, pagination=pages, paths={"/a": {"get": answering(ref("PetList"))}}, schemas=schemas)
    assert found.modules() == modules


def test_a_definition_inside_a_schema_is_one_class_wherever_it_is_used() -> None:
    line = ref("Order/$defs/Line")
    order = obj(first=line, others=array(line), total=ref("Order/$defs/Money")) | {
        "$defs": {"Line": obj(text=TEXT, next=line), "Money": {"type": "string", "enum": ["eur"]}}
    }
    found = named(schemas={"Order": order, "Bill": obj(line=line)})
    assert found.modules() == {"types.bill", "types.line", "types.money", "types.order"}
    assert found.classes("types.line") == {"Line"}
    assert found.symbol("Order/$defs/Money") == "types.money:Money"


def test_definitions_that_are_called_like_other_schemas_have_the_name_of_theirs_in_front() -> None:
    schemas = {
        name: obj(line=ref(f"{name}/$defs/Line")) | {"$defs": {"Line": obj(text=TEXT)}} for name in ("Order", "Bill")
    }
    found = named(schemas=schemas | {"Line": obj(points=TEXT)})
    assert found.modules() == {"types.bill", "types.bill_line", "types.line", "types.order", "types.order_line"}
