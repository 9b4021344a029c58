"""Names that would be the same, and names that must not move."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.symbols import Mode
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
    assert (params.name, params.module) == ("SessionCreateParams2", "types.session_create_params2")


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


def told(**document: Any) -> list[str]:
    """What is said of names that gave way."""
    found = named(**document)
    diagnostics = Diagnostics()
    report(found.api, found.names, casing(), frozenset(), diagnostics)
    assert {item.code for item in diagnostics.items} <= {"name/collision"}
    return [item.message for item in diagnostics.items]


def test_names_that_give_way_are_told() -> None:
    schemas = {"Foo_Bar": obj(user_id=TEXT, userId=TEXT), "FooBar": obj(class_=TEXT, **{"class": TEXT})}
    body = obj(a_b=TEXT, aB=TEXT)
    assert told(schemas=schemas, paths={"/a": {"post": taking(body)}, "/b": {"get": answering(ref("FooBar"))}}) == [
        "'class' is called class__2, since class_ is the name of another",
        "'aB' is called a_b_2, since a_b is the name of another",
    ]
    assert told(schemas=schemas) == [
        "'class' is called class__2, since class_ is the name of another",
        "'Foo_Bar' is called FooBar2, since FooBar is the name of another",
        "'userId' is called user_id_2, since user_id is the name of another",
    ]


def test_names_that_keywords_and_reserved_words_change_are_not_told() -> None:
    schemas = {"Exception": obj(schema=TEXT, modelID=TEXT, **{"from": TEXT})}
    assert told(schemas=schemas) == []
