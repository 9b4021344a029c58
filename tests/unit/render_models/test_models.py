"""What the modules of types say, and that Python and pydantic agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError
from support.rendered import Importer, write_package
from support.stages import Named, answering, const, named, obj, ref, resource, taking

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def text(schema: dict[str, Any], **schemas: Any) -> str:
    """The source of the module of one component."""
    return named(schemas={"Root": schema, **schemas}).render()["types/root.py"]


def test_a_model_has_fields_with_aliases_and_docs_and_fills_nothing_in() -> None:
    schema = obj(
        ["id", "maxCount"],
        id=TEXT | {"description": "The id."},
        maxCount=NUMBER,
        mode={"enum": ["auto", "off"], "default": "auto"},
        tags={"type": "array", "items": TEXT, "default": []},
        note={"type": ["string", "null"]},
        when={"type": "string", "format": "date-time"},
    )
    assert (
        text(schema | {"description": "A root."})
        == '''\
from __future__ import annotations
from .._models import BaseModel
from datetime import datetime
from pydantic import Field
from typing import List
from typing import Literal

__all__ = ["Root"]


class Root(BaseModel):
    """A root."""

    id: str
    """The id."""

    max_count: int = Field(alias="maxCount")

    mode: Literal["auto", "off"] | None = None
    """Default: `'auto'`."""

    note: str | None = None

    tags: List[str] | None = None
    """Default: `[]`."""

    when: datetime | None = None
'''
    )


def test_a_typed_dict_says_what_is_required_and_takes_more_than_it_gives() -> None:
    schema = obj(["id"], id=TEXT, at={"type": "string", "format": "date"}, tags={"type": "array", "items": TEXT})
    paths = {"/a": {"post": taking(obj(root=ref("Root")))}}
    found = named(schemas={"Root": schema}, paths=paths).render()["types/root_param.py"]
    assert "class RootParam(TypedDict, total=False):" in found
    assert "    id: Required[str]\n" in found
    assert "    at: str | date\n" in found
    assert "    tags: SequenceNotStr[str]\n" in found


def test_read_only_properties_are_not_sent_and_write_only_ones_may_be_absent() -> None:
    schema = obj(["a", "b"], a=TEXT | {"readOnly": True}, b=TEXT | {"writeOnly": True})
    paths = {"/a": {"post": taking(obj(root=ref("Root"))) | answering(ref("Root"))}}
    found = named(schemas={"Root": schema}, paths=paths).render()
    assert "    a: str\n" in found["types/root.py"]
    assert "    b: str | None = None\n" in found["types/root.py"]
    assert "    a:" not in found["types/root_param.py"]
    assert "    b: Required[str]\n" in found["types/root_param.py"]


def test_a_field_called_like_a_builtin_does_not_hide_it(imported: Importer) -> None:
    schema = obj(["str", "int"], str=TEXT, int=NUMBER, date={"type": "string", "format": "date"}, other=TEXT)
    found = named(schemas={"Root": schema})
    source = found.render()["types/root.py"]
    assert "from datetime import date as date_\n" in source
    assert "    other: builtins.str | None = None\n" in source
    root = imported(found)("types.root").Root
    assert root.model_validate({"str": "x", "int": 1, "date": "2024-01-02"}).date.year == 2024


def test_further_properties_of_a_model_are_typed(imported: Importer) -> None:
    found = named(schemas={"Root": obj(str=TEXT) | {"additionalProperties": NUMBER}})
    root = imported(found)("types.root").Root
    assert root.model_validate({"str": "x", "more": 3}).more == 3
    with pytest.raises(ValidationError):
        root.model_validate({"more": "x"})


def test_further_keys_can_be_sent(imported: Importer) -> None:
    schemas = {
        "Base": obj(["id"], id=TEXT) | {"additionalProperties": True},
        "Child": {"allOf": [ref("Base"), obj(name=TEXT)]},
        "Closed": obj(id=TEXT) | {"additionalProperties": False},
    }
    paths = {"/a": {"post": taking(obj(child=ref("Child"), closed=ref("Closed")))}}
    found = named(schemas=schemas, paths=paths)
    rendered = found.render()
    assert "class BaseParamTyped(TypedDict, total=False):" in rendered["types/base_param.py"]
    assert "BaseParam: TypeAlias = BaseParamTyped | Mapping[str, object]" in rendered["types/base_param.py"]
    assert "class ChildParamTyped(BaseParamTyped, total=False):" in rendered["types/child_param.py"]
    assert "class ClosedParam(TypedDict, total=False):" in rendered["types/closed_param.py"]
    child = imported(found)("types.child_param")
    assert set(get_type_hints(child.ChildParamTyped)) == {"id", "name"}


def test_a_discriminated_union_picks_the_right_class(imported: Importer) -> None:
    variants = [obj(["petKind"], petKind=const(kind), name=TEXT) | {"title": kind} for kind in ("cat", "dog")]
    found = named(schemas={"Root": {"oneOf": variants}})
    assert 'Annotated[Cat | Dog, Field(discriminator="pet_kind")]' in found.render()["types/root.py"]
    module = imported(found)("types.root")
    adapter: TypeAdapter[Any] = TypeAdapter(module.Root)
    assert type(adapter.validate_python({"petKind": "dog"})) is module.Dog


def test_recursive_aliases_and_mutually_recursive_ones(imported: Importer) -> None:
    schemas = {
        "Json": {"anyOf": [TEXT, {"type": "array", "items": ref("Json")}]},
        "Left": {"anyOf": [NUMBER, {"type": "array", "items": ref("Right")}]},
        "Right": {"type": "object", "additionalProperties": ref("Left")},
    }
    modules = imported(named(schemas=schemas))
    json: TypeAdapter[Any] = TypeAdapter(modules("types.json").Json)
    assert json.validate_python([["x"], "y"]) == [["x"], "y"]
    left: TypeAdapter[Any] = TypeAdapter(modules("types.left").Left)
    assert left.validate_python([{"a": [{"b": 1}]}]) == [{"a": [{"b": 1}]}]


def test_rings_of_a_hundred_models_import(imported: Importer) -> None:
    schemas = {f"M{n}": obj(next=ref(f"M{(n + 1) % 100}"), value=NUMBER) for n in range(100)}
    modules = imported(named(schemas=schemas))
    for number in range(100):
        assert getattr(modules(f"types.m{number}"), f"M{number}").__name__ == f"M{number}"


def test_a_ring_of_models_reads_what_it_is_given(imported: Importer) -> None:
    schemas = {f"M{n}": obj(next=ref(f"M{(n + 1) % 30}"), value=NUMBER) for n in range(30)}
    modules = imported(named(schemas=schemas))
    first = modules("types.m17").M17.model_validate({"next": {"next": {"value": 3}}})
    assert first.next.next.value == 3
    assert type(first.next) is modules("types.m18").M18


def test_inheritance_inside_a_ring_is_defined_in_order(imported: Importer) -> None:
    schemas = {
        "ABase": obj(child=ref("ZChild")),
        "ZChild": {"allOf": [ref("ABase"), obj(name=TEXT)]},
        "Child": {"allOf": [ref("ZChild"), obj(more=ref("Child"))]},
    }
    child = imported(named(schemas=schemas))("types.child").Child
    assert child.model_validate({"child": {"name": "x"}}).child.name == "x"


def test_a_ring_across_folders_is_re_exported_where_it_was_asked_for(imported: Importer) -> None:
    schemas = {"Session": obj(agent=ref("Agent")), "Agent": obj(session=ref("Session"))}
    paths = {"/a": {"get": answering(ref("Session"))}}
    found = named(
        resource("users.sessions", ("get", "get /a"), models={"session": "Session"}),
        resource("agents", models={"agent": "Agent"}),
        schemas=schemas,
        paths=paths,
    )
    modules = imported(found)
    assert modules("types.users.session").Session is modules("types.agent").Session


HOSTILE = {
    "Exception": obj(
        **{"class": TEXT, "model_x": TEXT, "copy": TEXT, "None": TEXT, "date": {"type": "string", "format": "date"}}
    ),
    "List": {"type": "array", "items": ref("Exception")},
    "Dict": {"type": "object", "additionalProperties": ref("List")},
    "Any": {"anyOf": [ref("Exception"), ref("Dict"), {"type": "null"}]},
    "名前": obj(名前=ref("Any"), ж=TEXT),
    'quote " \\ {{ x }} """': obj(**{'a"""\\': {"enum": ['"""', "\\", "{{ x }}", "\n"], "default": '"""'}})
    | {"description": 'A """doc""" with \\ and {{ braces }} and a quote"'},
}


def test_names_and_texts_of_any_kind_import(imported: Importer) -> None:
    found = named(schemas=HOSTILE)
    modules = imported(found)
    for module in found.modules():
        modules(module)
    value = modules("types.exception").ExceptionModel.model_validate({"class": "x", "model_x": "y", "None": "z"})
    assert (value.class_, value.api_model_x, value.none) == ("x", "y", "z")


@pytest.mark.parametrize("kind", ["object", "list", "map", "union"])
def test_a_hundred_levels_of_nesting_are_written(kind: str) -> None:
    schema: dict[str, Any] = TEXT
    for level in range(100):
        schema = {
            "object": obj(inner=schema),
            "list": {"type": "array", "items": schema},
            "map": {"type": "object", "additionalProperties": schema},
            "union": {"anyOf": [obj(inner=schema) | {"title": f"Level {level}"}, TEXT]},
        }[kind]
    for source in named(schemas={"Deep": obj(deep=schema)}).render().values():
        compile(source, "deep", "exec")


def test_what_is_written_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from support.stages import named, obj, ref\n"
        "s = {f'S{n}': obj(a=ref(f'S{(n * 7) % 20}'), b={'enum': ['x', 'y', None]}) for n in range(20)}\n"
        "print(named(schemas=s).render())"
    )
    tests = Path(__file__).parents[2]
    paths = f"{tests}:{tests.parent / 'generator'}"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


CHECKED: dict[str, Any] = {
    **{name: schema for name, schema in HOSTILE.items() if name.isascii()},
    "Pet": obj(["kind"], kind=const("pet"), tags={"type": "array", "items": TEXT, "default": ["a"]}),
    "Dog": {"allOf": [ref("Pet"), obj(bark=TEXT, when={"type": "string", "format": "date-time"})]},
    "Open": obj(["id"], id=TEXT, pet=ref("Pet")) | {"additionalProperties": True},
    "OpenChild": {"allOf": [ref("Open"), obj(name=TEXT)]},
    "Numbers": obj(str=TEXT) | {"additionalProperties": NUMBER},
    "Tree": {"anyOf": [TEXT, {"type": "array", "items": ref("Tree")}]},
    "Animal": {"oneOf": [ref("Dog"), obj(["kind"], kind=const("cat"), lives=NUMBER)]},
}


def checked() -> Named:
    """A package with everything in it, in both forms."""
    every = {f"f{number}": ref(name.replace("/", "~1")) for number, name in enumerate(CHECKED)}
    paths = {"/a": {"post": taking(obj(**every)) | answering(obj(**every))}}
    return named(resource("things", ("create", "post /a")), schemas=CHECKED, paths=paths)


@pytest.mark.slow
@pytest.mark.parametrize("checker", ["pyright", "mypy"])
def test_type_checkers_accept_what_is_written(checker: str, tmp_path: Path) -> None:
    write_package(checked(), tmp_path, "acme_rendered")
    (tmp_path / "use.py").write_text(USE, "utf-8")
    (tmp_path / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "include": ["acme_rendered/types", "use.py"]}'
    )
    strict = ["--pythonpath", sys.executable] if checker == "pyright" else ["--strict", "acme_rendered/types", "use.py"]
    result = subprocess.run(
        [sys.executable, "-m", checker, *strict], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


USE = """\
from acme_rendered.types.animal_param import AnimalParam
from acme_rendered.types.open_child_param import OpenChildParam
from acme_rendered.types.tree import Tree

animal: AnimalParam = {"kind": "cat", "lives": 9}
known: OpenChildParam = {"id": "x", "name": "y", "pet": {"kind": "pet"}}
more: OpenChildParam = {"id": "x", "further": [1, 2]}


def given(values: dict[str, str]) -> OpenChildParam:
    return values


tree: Tree = ["x", ["y"]]
"""
