"""Names of fields, keys and arguments."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from sdkwright.name import reserved
from support.stages import answering, named, obj, ref, taking

TEXT = {"type": "string"}


def attributes(*wires: str) -> tuple[str, ...]:
    """The attributes of an object, in the order given."""
    found = named(schemas={"X": obj(**dict.fromkeys(wires, TEXT))})
    fields = [field.wire for field in found.lowered.object("X").fields]
    by_wire = dict(zip(fields, found.fields("X"), strict=True))
    return tuple(by_wire[wire] for wire in wires)


def arguments(path: str, *parameters: tuple[str, str], body: dict[str, Any] | None = None) -> tuple[str, ...]:
    given = [{"name": name, "in": place, "required": place == "path", "schema": TEXT} for place, name in parameters]
    operation = (taking(body) if body else answering(TEXT)) | {"parameters": given}
    found = named(paths={path: {"post": operation}})
    return found.names.arguments[f"post {path}"]


def test_fields_are_snake_case() -> None:
    assert attributes("sessionID", "HTTPStatus", "x-trace", "a.b", "URLs") == (
        "session_id",
        "http_status",
        "x_trace",
        "a_b",
        "urls",
    )


def test_the_namespace_of_pydantic_is_left_to_it() -> None:
    assert attributes("modelID", "model_config", "model", "modelling") == (
        "api_model_id",
        "api_model_config",
        "model",
        "modelling",
    )


def test_request_keywords_do_not_know_that_namespace() -> None:
    assert arguments("/a", body=obj(modelID=TEXT)) == ("model_id",)
    found = named(paths={"/a": {"post": taking(obj(x=ref("X")))}}, schemas={"X": obj(modelID=TEXT)})
    assert found.names.keys["/components/schemas/X"] == ("model_id",)


def test_keywords_and_methods_of_the_base_get_an_underscore() -> None:
    assert attributes("class", "from", "None", "schema", "copy", "json", "dict") == (
        "class_",
        "from_",
        "none",
        "schema_",
        "copy_",
        "json_",
        "dict_",
    )
    assert attributes("type", "match", "id", "list", "str", "fields") == (
        "type",
        "match",
        "id",
        "list",
        "str",
        "fields",
    )


def test_names_that_are_no_identifiers_become_some() -> None:
    assert attributes("1st", "_private", "__dunder__", "$ref", "ünïcode", "名前") == (
        "value_1st",
        "private",
        "dunder",
        "ref",
        "ünïcode",
        "名前",
    )
    assert attributes("+", "-") == ("value", "value_2")


def test_of_two_properties_that_come_out_alike_the_one_spelled_so_keeps_the_name() -> None:
    assert attributes("fooBar", "foo_bar", "FooBar") == ("foo_bar_3", "foo_bar", "foo_bar_2")
    assert attributes("foo-bar", "foo_bar_2", "foo_bar") == ("foo_bar_3", "foo_bar_2", "foo_bar")


def test_a_field_never_hides_an_inherited_one() -> None:
    schemas = {"Base": obj(foo_bar=TEXT), "Child": {"allOf": [ref("Base"), obj(fooBar=TEXT)]}}
    found = named(schemas=schemas)
    assert found.lowered.object("Child").bases == ("/components/schemas/Base",)
    assert found.fields("Child") == ("foo_bar_2",)
    assert found.names.keys["/components/schemas/Child"] == ("foo_bar_2",)


def test_arguments_avoid_keywords_and_what_every_method_has() -> None:
    assert arguments("/a", ("query", "from"), ("query", "timeout"), ("query", "self"), ("query", "extra_body")) == (
        "extra_body_",
        "from_",
        "self_",
        "timeout_",
    )


def test_of_two_arguments_of_one_name_the_later_says_where_it_goes() -> None:
    given = [("path", "id"), ("query", "id"), ("header", "id")]
    assert arguments("/{id}", *given, body=obj(id=TEXT)) == ("id", "query_id", "header_id", "body_id")


def test_params_have_the_keys_of_the_arguments_without_the_positional_one() -> None:
    given = [{"name": name, "in": "path", "required": True, "schema": TEXT} for name in ("a", "id")]
    paths = {"/{a}/{id}": {"post": taking(obj(id=TEXT)) | {"parameters": given}}}
    found = named(paths=paths)
    assert found.names.arguments["post /{a}/{id}"] == ("a", "id", "body_id")
    assert found.names.keys["post /{a}/{id}#params"] == ("a", "body_id")


def test_long_names_are_cut_and_stay_apart() -> None:
    long = "a" * 300
    first, second = attributes(f"{long}b", f"{long}c")
    assert first != second
    assert max(map(len, (first, second))) <= 120
    assert attributes("é" * 200) == ("é" * 50,)


@pytest.mark.parametrize("name", ["con", "NUL", "com1", "Lpt9"])
def test_modules_are_never_devices(name: str) -> None:
    assert reserved.module_name(name) == f"{name}_"


def test_every_public_attribute_of_the_model_base_is_reserved() -> None:
    directory = Path(__file__).parents[3] / "templates" / "runtime"
    spec = importlib.util.spec_from_file_location(
        "runtime_in_place", directory / "__init__.py", submodule_search_locations=[str(directory)]
    )
    assert spec is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules["runtime_in_place"] = package
    try:
        models = importlib.import_module("runtime_in_place._models")
        public = [name for name in dir(models.BaseModel) if not name.startswith("_")]
    finally:
        for name in [name for name in sys.modules if name.startswith("runtime_in_place")]:
            del sys.modules[name]
    assert {name: reserved.field_name(name) for name in public if reserved.field_name(name) == name} == {}


def test_signs_tell_names_apart() -> None:
    assert attributes("+1", "-1", "x-1", "+one") == ("plus_1", "minus_1", "x_1", "one")
    assert arguments("/a", body=obj(**{"+1": TEXT, "-1": TEXT})) == ("plus_1", "minus_1")


def test_the_exact_wire_name_wins_in_a_signature_and_in_its_params() -> None:
    body = obj(["userId"], **dict.fromkeys(("userId", "user_id", "USER_ID"), TEXT))
    found = named(paths={"/a": {"post": taking(body)}})
    (operation,) = found.lowered.api.operations
    names = dict(zip((item.wire for item in operation.arguments), found.names.arguments["post /a"], strict=True))
    assert names == {"userId": "user_id_3", "user_id": "user_id", "USER_ID": "user_id_2"}
    assert operation.params_id is not None
    assert found.names.keys[operation.params_id] == found.names.arguments["post /a"]


def test_a_parameter_that_is_not_spelled_so_says_where_it_goes() -> None:
    assert arguments("/a/{userId}", ("path", "userId"), ("query", "user_id")) == ("path_user_id", "user_id")
    assert arguments("/a", ("query", "user-id"), ("header", "user.id")) == ("user_id", "header_user_id")


def test_a_class_in_a_script_without_capitals_never_has_the_name_of_a_field() -> None:
    assert reserved.class_name("漢字") == "漢字Model"
    assert reserved.field_name("漢字") == "漢字"
