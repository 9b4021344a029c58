"""Names that would be the same, and names that must not move."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import ResourceNode
from sdkwright.name.collisions import report
from sdkwright.words import casing
from support.stages import Named, answering, named, obj, ref, resource, taking

TEXT = {"type": "string"}


def names(*schemas: str) -> list[str]:
    """The class names of components, in the order given."""
    found = named(schemas={schema: obj(a=TEXT) for schema in schemas})
    return [found.symbol(schema).split(":")[1] for schema in schemas]


def everything(found: Named) -> dict[tuple[str, Mode], tuple[str, str]]:
    return {form: (symbol.name, symbol.module) for form, symbol in found.symbols.table.items()}


def test_schemas_that_differ_in_case_or_punctuation_stay_apart() -> None:
    assert names("foo_bar", "foo-bar", "FooBar") == ["FooBar3", "FooBar2", "FooBar"]
    assert len({name.casefold() for name in names("FooBar", "Foobar", "foobar", "FOOBAR")}) == 4


def test_both_forms_of_a_schema_share_its_number() -> None:
    schemas = {schema: obj(a=TEXT) for schema in ("foo_bar", "FooBar")}
    body = obj(x=ref("foo_bar"), y=ref("FooBar"))
    found = named(schemas=schemas, paths={"/a": {"post": {**taking(body), **answering(body)}}})
    assert {symbol.name for form, symbol in found.symbols.table.items() if "foo_bar" in form[0]} == {
        "FooBar2",
        "FooBar2Param",
    }
    assert {"types.foo_bar_2", "types.foo_bar_2_param"} < found.modules()


def test_the_module_of_a_param_is_no_keyword_with_an_ending() -> None:
    found = named(schemas={"class": obj(a=TEXT)}, paths={"/a": {"post": taking(obj(x=ref("class")))}})
    assert "types.class_param" in found.modules()


def test_modules_differ_ignoring_case() -> None:
    found = named(schemas={schema: obj(a=TEXT) for schema in ("Foobar", "FooBar", "foo.bar", "FOOBAR")})
    modules = [module.module.casefold() for module in found.symbols.modules]
    assert len(set(modules)) == len(modules) == 4


@pytest.mark.parametrize("schema", ["Exception", "List", "Field", "Literal", "BaseModel", "None", "True", "TypedDict"])
def test_what_a_module_uses_itself_gets_a_suffix(schema: str) -> None:
    assert names(schema) == [f"{schema}Model"]


def test_no_class_hides_a_builtin() -> None:
    schemas = [name for name in dir(builtins) if name[:1].isupper()]
    assert not set(names(*schemas)) & set(dir(builtins))


@pytest.mark.parametrize(("schema", "module"), [("Class", "class_"), ("con", "con_"), ("match", "match_")])
def test_modules_are_no_keywords_and_no_devices(schema: str, module: str) -> None:
    assert named(schemas={schema: obj(a=TEXT)}).modules() == {f"types.{module}"}


def test_long_names_are_cut_to_what_a_file_system_takes() -> None:
    long = "Very" * 100
    paths = {"/a": {"post": taking(obj(x=ref(f"{long}A"), y=ref(f"{long}B")))}}
    found = named(schemas={f"{long}A": obj(a=TEXT), f"{long}B": obj(a=TEXT)}, paths=paths)
    for symbol in found.symbols.table.values():
        assert len(symbol.name.encode()) <= 120
        assert all(len(part.encode()) <= 120 for part in symbol.module.split("."))
    assert len({symbol.module for symbol in found.symbols.table.values()}) == 3


def test_a_module_steps_aside_for_a_folder_of_its_name() -> None:
    paths = {"/a": {"get": answering(ref("Users"))}, "/b": {"get": answering(obj(a=TEXT))}}
    found = named(
        resource("users.sessions", ("get", "get /a"), ("list", "get /b")), schemas={"Users": obj(a=TEXT)}, paths=paths
    )
    assert found.symbol("Users") == "types.users_model:Users"
    assert "types.users.session_list_response" in found.modules()


def test_a_component_keeps_its_name_where_a_method_wants_it_too() -> None:
    paths = {"/a": {"post": taking(obj(a=TEXT)) | answering(ref("SessionCreateParams"))}}
    found = named(
        resource("sessions", ("create", "post /a")), schemas={"SessionCreateParams": obj(b=TEXT)}, paths=paths
    )
    assert found.symbol("SessionCreateParams") == "types.session_create_params:SessionCreateParams"
    params = found.symbols["post /a#params", Mode.PARAM]
    assert (params.name, params.module) == ("SessionsCreateParams", "types.sessions_create_params")


def test_types_of_a_singular_resource_and_of_its_plural_stay_apart() -> None:
    paths = {path: {"get": answering(obj(a=TEXT))} for path in ("/registry", "/registries")}
    resources = (resource("registries", ("get", "get /registries")), resource("registry", ("get", "get /registry")))
    found = named(*resources, paths=paths)
    assert found.symbols["get /registry#response", Mode.MODEL].name == "RegistryGetResponse"
    assert found.symbols["get /registries#response", Mode.MODEL].name == "RegistriesGetResponse"


def test_nested_names_in_use_get_their_root_before_them() -> None:
    schema = obj(root=obj(a=TEXT), items={"type": "array", "items": obj(a=TEXT)}, item=obj(b=TEXT))
    found = named(schemas={"Root": schema})
    assert found.classes("types.root") == {"Root", "RootRoot", "Item", "RootItem"}


def test_rings_share_a_module_and_their_nested_names_stay_apart() -> None:
    schemas = {"A": obj(b=ref("B"), data=obj(x=TEXT)), "B": obj(a=ref("A"), data=obj(y=TEXT))}
    found = named(schemas=schemas)
    assert found.classes("types.a") == {"A", "B", "Data", "BData"}
    assert found.modules() == {"types.a", "types.b"}
    (other,) = (module for module in found.symbols.modules if module.module == "types.b")
    assert {name for name, _ in other.reexports} == {"B", "BData"}


SCHEMAS: dict[str, Any] = {
    "Session": obj(["id"], id=TEXT, messages={"type": "array", "items": ref("Message")}, meta=obj(a=TEXT)),
    "Message": obj(role={"enum": ["user"]}, session=ref("Session"), parts={"type": "array", "items": obj(a=TEXT)}),
    "error-body": obj(message=TEXT),
}
PATHS: dict[str, Any] = {
    "/sessions": {"post": taking(obj(session=ref("Session"))) | answering(ref("Session"))},
    "/errors": {"get": answering(ref("error-body"))},
}
RESOURCE = resource("sessions", ("create", "post /sessions"), ("errors", "get /errors"))


def test_adding_a_schema_leaves_all_other_names() -> None:
    before = everything(named(RESOURCE, schemas=SCHEMAS, paths=PATHS))
    for added in ("AAA", "Meta", "session", "ErrorBody2", "Zzz", "SessionCreate"):
        paths = PATHS | {"/added": {"get": answering(ref(added))}}
        more = resource("sessions", ("create", "post /sessions"), ("errors", "get /errors"), ("added", "get /added"))
        after = everything(named(more, schemas=SCHEMAS | {added: obj(meta=obj(b=TEXT))}, paths=paths))
        assert {form: after[form] for form in before} == before


def test_names_do_not_depend_on_the_order_of_keys() -> None:
    def backwards(value: Any) -> Any:
        return {key: backwards(item) for key, item in reversed(value.items())} if isinstance(value, dict) else value

    before = named(RESOURCE, schemas=SCHEMAS, paths=PATHS)
    after = named(RESOURCE, schemas=backwards(SCHEMAS), paths=backwards(PATHS))
    assert everything(before) == everything(after)
    assert before.names == after.names
    assert before.symbols == after.symbols


def told(*resources: ResourceNode, **document: Any) -> list[str]:
    """What is said of names that gave way."""
    found = named(*resources, **document)
    diagnostics = Diagnostics()
    report(found.api, found.tree, found.names, casing(), diagnostics)
    assert {item.code for item in diagnostics.items} <= {"name/collision", "name/reserved"}
    return [item.message for item in diagnostics.items]


def test_names_that_give_way_are_told() -> None:
    schemas = {"Foo_Bar": obj(user_id=TEXT, userId=TEXT), "FooBar": obj(class_=TEXT, **{"class": TEXT}), "FOOBAR": {}}
    body = obj(a_b=TEXT, aB=TEXT)
    assert told(schemas=schemas, paths={"/a": {"post": taking(body)}, "/b": {"get": answering(ref("FooBar"))}}) == [
        "the property 'class' is called `class__2`: the property 'class_' has the name `class_`",
        "the property 'aB' is called `a_b_2`: the property 'a_b' has the name `a_b`",
    ]
    assert told(schemas=schemas | {"FOOBAR": obj(a=TEXT)}) == [
        "the schema 'FOOBAR' is the class `Foobar2`: `Foobar` would differ from `FooBar` in case alone",
        "the schema 'Foo_Bar' is the class `FooBar3`: another one is called `FooBar`",
        "the property 'class' is called `class__2`: the property 'class_' has the name `class_`",
        "the property 'userId' is called `user_id_2`: the property 'user_id' has the name `user_id`",
    ]


def test_an_inline_answer_that_gives_way_to_a_schema_is_told() -> None:
    paths = {"/a": {"get": answering(obj(a=ref("ThingGet0Response")))}}
    assert told(schemas={"ThingGet0Response": obj(b=TEXT)}, paths=paths) == [
        "the response of 'get /a' is the class `ThingsGet0Response`: another one is called `ThingGet0Response`"
    ]


def test_one_name_in_several_places_is_told_without_advice_about_numbers() -> None:
    name = {"name": "name", "in": "path", "required": True, "schema": TEXT}
    found = named(paths={"/a/{name}": {"get": answering(TEXT, parameters=[name, {**name, "in": "query"}])}})
    diagnostics = Diagnostics()
    report(found.api, found.tree, found.names, casing(), diagnostics)
    (item,) = diagnostics.items
    assert item.message == (
        "the query parameter 'name' is called `query_name`: the path parameter 'name' has the name `name`"
    )
    assert item.hint == ""


def test_a_class_that_python_or_the_package_has_already_is_told_a_keyword_is_not() -> None:
    schemas = {"Exception": obj(schema=TEXT, modelID=TEXT, **{"from": TEXT}), "Omit": obj(a=TEXT)}
    assert told(schemas=schemas) == [
        "the schema 'Exception' is the class `ExceptionModel`: `Exception` means something else in Python or here",
        "the schema 'Omit' is the class `OmitModel`: `Omit` means something else in Python or here",
    ]


def test_numbers_of_properties_do_not_change_with_what_is_required() -> None:
    fields = dict.fromkeys(("user_id", "userId", "USER_ID"), TEXT)
    for required in ([], ["userId"], ["USER_ID", "user_id"]):
        found = named(schemas={"X": obj(required, **fields)})
        wires = [field.wire for field in found.lowered.object("X").fields]
        assert dict(zip(wires, found.fields("X"), strict=True)) == {
            "user_id": "user_id", "USER_ID": "user_id_2", "userId": "user_id_3",
        }  # fmt: skip


def test_a_resource_whose_class_gives_way_is_told() -> None:
    tree = (
        resource("search", ("find", "get /a")),
        resource("async_search", ("find", "get /b")),
        resource("zones.zones", ("find", "get /c")),
    )
    assert told(*tree, paths={path: {"get": answering(TEXT)} for path in ("/a", "/b", "/c")}) == [
        "the resource 'async_search' is the class `SearchAsyncResource`: another one is called `AsyncSearchResource`",
        "the resource 'zones.zones' is the class `ZoneZonesResource`: another one is called `ZonesResource`",
    ]
