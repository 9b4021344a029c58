"""oneOf and anyOf: flattening, what stands beside them, what tells members apart, what they are called."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.ir.models import Object
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, ListOf, Named, Scalar, UnionOf, union
from sdkwright.limits import Limits
from support.stages import Lowered, const, lowered, obj, ref, taking

TEXT = {"type": "string"}
DAY = {"type": "string", "format": "date"}
NUMBER = {"type": "integer"}
INTEGER = Scalar(Kind.INTEGER)
CAT = obj(["kind"], kind=const("cat"), lives=NUMBER)
DOG = obj(["kind"], kind=const("dog"), breed=TEXT)


def members(api: Lowered, component: str) -> UnionOf:
    found = api.alias(component).type
    assert isinstance(found, UnionOf)
    return found


def variants(schema: dict[str, Any], **schemas: Any) -> list[str]:
    """The names of the variants that are described inside a union."""
    api = lowered(schemas={"Animal": schema, **schemas})
    return [
        step.text
        for item in api.api.declarations.values()
        for step in item.position.steps[:1]
        if item.position.name == "Animal"
    ]


def test_a_union_of_scalars_is_an_expression() -> None:
    api = lowered(schemas={"X": obj(["a"], a={"anyOf": [TEXT, NUMBER, TEXT, {"type": "null"}]})})
    assert api.field("X", "a").type == union(STRING, INTEGER, NULL)


def test_a_union_with_one_real_member_is_that_member() -> None:
    api = lowered(schemas={"Pet": obj(id=TEXT), "X": obj(["a"], a={"anyOf": [ref("Pet"), {"type": "null"}]})})
    assert api.field("X", "a").type == union(Named("/components/schemas/Pet"), NULL)


def test_nested_inline_unions_flatten() -> None:
    inner = {"oneOf": [CAT, {"type": "null"}]}
    api = lowered(schemas={"Animal": {"oneOf": [DOG, {"anyOf": [inner, TEXT]}]}})
    assert members(api, "Animal").members == (
        Named("/components/schemas/Animal|variant:dog"),
        Named("/components/schemas/Animal|variant:cat"),
        STRING,
    )
    assert api.operation("get /0").response.type == union(Named("/components/schemas/Animal"), NULL)


def test_a_union_with_an_object_inside_an_object_has_a_name_of_its_own() -> None:
    api = lowered(schemas={"X": obj(["a"], a={"anyOf": [TEXT, CAT, {"type": "null"}]})})
    alias = Named("/components/schemas/X|property:a")
    assert api.field("X", "a").type == union(alias, NULL)
    assert api.api.declarations[alias.id].position.steps[-1].text == "a"


def test_properties_beside_alternatives_belong_to_each() -> None:
    api = lowered(schemas={"Animal": {**obj(["id"], id=TEXT), "oneOf": [CAT, DOG]}})
    for variant in ("cat", "dog"):
        item = api.api.declarations[f"/components/schemas/Animal|variant:{variant}"]
        assert isinstance(item, Object)
        assert [field.wire for field in item.fields if field.required] == ["id", "kind"]


def test_a_list_with_items_stays_one_beside_alternatives_that_speak_of_objects() -> None:
    either = [{"properties": {"ip": TEXT}}, {"properties": {"range": TEXT}}]
    items = {"anyOf": [ref("Cat"), ref("Dog")]}
    api = lowered(
        schemas={"X": obj(["a"], a={"type": "array", "items": items, "anyOf": either}), "Cat": CAT, "Dog": DOG}
    )
    assert api.field("X", "a").type == ListOf(Named("/components/schemas/X|property:a|item:"))


def test_properties_beside_references_make_subclasses_of_them() -> None:
    schema = {**obj(["id"], id=TEXT), "oneOf": [ref("Cat"), ref("Dog")]}
    api = lowered(schemas={"Animal": schema, "Cat": CAT, "Dog": DOG})
    item = api.api.declarations["/components/schemas/Animal|variant:Cat"]
    assert isinstance(item, Object)
    assert item.bases == ("/components/schemas/Cat",)
    assert [field.wire for field in item.fields] == ["id"]


def test_a_base_beside_alternatives_is_inherited_by_each() -> None:
    schema = {"allOf": [ref("Base")], "oneOf": [CAT, DOG]}
    api = lowered(schemas={"Animal": schema, "Base": obj(id=TEXT)})
    item = api.api.declarations["/components/schemas/Animal|variant:cat"]
    assert isinstance(item, Object)
    assert item.bases == ("/components/schemas/Base",)


def test_two_alternations_are_multiplied_out() -> None:
    schema = {"oneOf": [CAT, DOG], "anyOf": [obj(["home"], home=TEXT), obj(["wild"], wild=TEXT)]}
    api = lowered(schemas={"Animal": schema})
    assert api.codes == []
    objects = [item for item in api.api.declarations.values() if isinstance(item, Object)]
    found = [{field.wire for field in item.fields} for item in objects if item.id.startswith("/components")]
    assert len(found) == 4
    assert {"kind", "lives", "home"} in found
    assert {"kind", "breed", "wild"} in found
    limited = lowered(schemas={"Animal": schema}, limits=Limits(composition_product=3))
    assert (limited.alias("Animal").type, limited.codes) == (ANY, ["schema/variants"])


def test_a_declared_discriminator_is_kept_where_every_member_has_its_constant() -> None:
    schema = {"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
    found = members(lowered(schemas={"Animal": schema, "Cat": CAT, "Dog": DOG}), "Animal").discriminator
    assert found is not None
    assert found.wire == "kind"
    assert dict(found.tags) == {"cat": "/components/schemas/Cat", "dog": "/components/schemas/Dog"}


def test_a_constant_that_two_members_share_tells_nothing() -> None:
    api = lowered(schemas={"Animal": {"oneOf": [CAT, CAT | {"title": "Other"}]}})
    assert members(api, "Animal").discriminator is None


def test_a_discriminator_is_found_without_being_declared() -> None:
    found = members(lowered(schemas={"Animal": {"anyOf": [CAT, DOG]}}), "Animal").discriminator
    assert found is not None
    assert found.wire == "kind"


def test_constants_of_a_base_discriminate_too() -> None:
    schemas = {
        "Animal": {"oneOf": [ref("BigCat"), ref("Dog")]},
        "Cat": CAT,
        "BigCat": {"allOf": [ref("Cat"), obj(mane=TEXT)]},
        "Dog": DOG,
    }
    found = members(lowered(schemas=schemas), "Animal").discriminator
    assert found is not None
    assert dict(found.tags)["cat"] == "/components/schemas/BigCat"


def test_a_variant_is_named_by_the_discriminator_without_a_mapping() -> None:
    titled = [CAT | {"title": "Feline"}, DOG | {"title": "Canine"}]
    plain = {"oneOf": titled, "discriminator": {"propertyName": "kind"}}
    mapped = {"oneOf": titled, "discriminator": {"propertyName": "kind", "mapping": {"cat": "x"}}}
    assert variants(plain) == ["cat", "dog"]
    assert variants(mapped) == ["Canine", "Feline"]
    assert variants({"oneOf": titled}) == ["Canine", "Feline"]


def test_a_variant_without_a_title_is_named_by_the_constant_that_only_it_has() -> None:
    branches = [obj(["field"], field=const(value), op=const("eq")) for value in ("name", "tag")]
    assert variants({"oneOf": branches}) == ["name", "tag"]


def test_a_variant_without_constants_is_named_by_the_property_that_only_it_requires() -> None:
    assert variants({"anyOf": [TEXT, obj(["error"], error=TEXT)]}) == ["With error"]


@pytest.mark.parametrize(
    ("branches", "names"),
    [
        ([obj(status=const("done")), obj(status={"enum": ["queued", "running"]})], ["done", "queued or running"]),
        ([obj(kind=const("a"), to=const("x")), obj(kind=const("a"), to=const("y"))], ["x", "y"]),
        ([obj(["off"], off=const(True)), obj(off={"type": "boolean"}, run=TEXT)], ["With run", "off"]),
        ([obj(["a"], a=TEXT, b=TEXT), obj(["b"], a=TEXT, b=TEXT)], ["With a", "With b"]),
        ([obj(a=TEXT, b=TEXT), obj(a=TEXT)], ["Plain", "With b"]),
        ([obj(at=ref("Place")), obj(at=ref("Time"))], ["With Place", "With Time"]),
        ([TEXT, obj(a=TEXT, b=TEXT)], ["Object"]),
        ([TEXT, {"type": "object"}], []),
    ],
    ids=["choice", "other constant", "flag", "required", "part", "reference", "only object", "any object"],
)
def test_a_variant_that_nobody_named_is_named_by_what_the_others_lack(
    branches: list[dict[str, Any]], names: list[str]
) -> None:
    assert sorted(variants({"anyOf": branches}, Place=obj(x=TEXT), Time=obj(y=TEXT))) == sorted(names)


def test_a_variant_is_named_by_what_an_object_inside_of_it_has_and_not_by_a_flag_of_all() -> None:
    users = [{"id": TEXT}, {"id": TEXT, "mail": TEXT}, {"id": TEXT, "photo": TEXT}]
    branches = [obj(["ok", "user"], ok=const(True), user=obj(**user)) for user in users]
    assert set(variants({"anyOf": branches})) == {"Plain", "With mail", "With photo"}


def test_the_last_resort_is_the_place_in_the_list() -> None:
    same = [obj(["a", "b"], a=TEXT, b=TEXT), obj(["a", "b"], a=DAY, b=DAY)]
    assert variants({"anyOf": same}) == ["UnionMember0", "UnionMember1"]


def test_variants_with_one_title_stay_apart() -> None:
    branches = [obj(["a"], a=TEXT) | {"title": "Same"}, obj(["b"], b=TEXT) | {"title": "Same"}]
    api = lowered(schemas={"Animal": {"anyOf": branches}})
    assert len(members(api, "Animal").members) == 2
    assert variants({"anyOf": branches}) == ["Same", "Same With b"]
    assert variants({"anyOf": [branches[0], obj(["a"], a=DAY) | {"title": "Same"}]}) == ["Same", "Same 2"]


def test_items_of_an_array_variant_are_named_by_their_place() -> None:
    schema = {"anyOf": [TEXT, {"type": "array", "items": obj(a=TEXT)}]}
    api = lowered(schemas={"Animal": schema})
    assert members(api, "Animal").members == (STRING, ListOf(Named("/components/schemas/Animal|variant:|item:")))


def test_a_root_request_body_union_ignores_the_discriminator() -> None:
    schema = {
        "oneOf": [CAT | {"title": "Feline"}, DOG | {"title": "Canine"}],
        "discriminator": {"propertyName": "kind"},
    }
    api = lowered(paths={"/animals": {"post": taking(schema)}})
    names = {item.position.steps[-1].text for item in api.api.declarations.values() if item.position.steps}
    assert names == {"body", "Feline", "Canine"}


def test_more_variants_than_the_limit_are_read_untyped() -> None:
    schema = {"anyOf": [obj([f"a{n}"], **{f"a{n}": TEXT}) for n in range(4)]}
    api = lowered(schemas={"Animal": schema}, limits=Limits(variants=3))
    assert (api.alias("Animal").type, api.codes) == (ANY, ["schema/variants"])


def test_branches_that_only_require_properties_say_nothing_of_types() -> None:
    schema = {**obj(a=TEXT, b=TEXT), "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert [field.wire for field in lowered(schemas={"Animal": schema}).object("Animal").fields] == ["a", "b"]


def test_a_list_of_types_is_a_union() -> None:
    api = lowered(schemas={"X": obj(["a"], a={"type": ["string", "integer", "null"], "enum": ["auto", 1, None]})})
    assert api.field("X", "a").type == union(Choice(("auto", 1)), NULL)


def test_whole_numbers_stay_whole_in_any_json_value() -> None:
    kinds = [{"type": kind} for kind in ("string", "number", "boolean", "array", "null")]
    api = lowered(schemas={"X": obj(any={"anyOf": kinds}, some={"anyOf": kinds[:3]})})
    whole, number, boolean = (Scalar(kind) for kind in (Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN))
    assert api.field("X", "any").type == union(STRING, whole, number, boolean, ListOf(ANY), NULL)
    assert api.field("X", "some").type == union(STRING, number, boolean)


def test_alternatives_that_hold_other_kinds_of_the_same_property_say_which() -> None:
    texts = obj(labels={"type": "array", "items": TEXT})
    objects = obj(labels={"type": "array", "items": obj(name=TEXT)})
    assert variants({"anyOf": [texts, objects]}) == ["With object labels", "With object labels", "With string labels"]
    assert variants({"anyOf": [obj(n=TEXT), obj(n={"type": "integer"})]}) == ["With integer n", "With string n"]
    assert variants({"anyOf": [obj(n=TEXT), obj(n={})]}) == ["UnionMember0", "UnionMember1"]
