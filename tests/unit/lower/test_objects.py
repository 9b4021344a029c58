"""Objects: allOf in all its uses, nullable, maps, tuples, recursion."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.diagnostics import Refusal
from sdkwright.ir.models import Object
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, ListOf, MapOf, Named, Scalar, UnionOf, union
from sdkwright.limits import Limits
from support.stages import answering, const, lowered, obj, ref

INTEGER = Scalar(Kind.INTEGER)
TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def named(component: str) -> Named:
    return Named(f"/components/schemas/{component}")


def wires(item: Object) -> list[str]:
    return [field.wire for field in item.fields]


def test_allof_with_a_reference_and_own_properties_inherits() -> None:
    api = lowered(schemas={"Pet": obj(["id"], id=TEXT), "Dog": {"allOf": [ref("Pet"), obj(bark=TEXT)]}})
    dog = api.object("Dog")
    assert dog.bases == ("/components/schemas/Pet",)
    assert wires(dog) == ["bark"]
    assert api.diagnostics.items == []


def test_allof_of_inline_parts_is_flattened() -> None:
    api = lowered(schemas={"Dog": {"allOf": [obj(["a"], a=TEXT), obj(b=NUMBER)], "required": ["b"]}})
    dog = api.object("Dog")
    assert dog.bases == ()
    assert [(field.wire, field.required, field.type) for field in dog.fields] == [
        ("a", True, STRING),
        ("b", True, INTEGER),
    ]


def test_a_base_whose_property_is_overridden_is_flattened() -> None:
    pet = obj(["kind"], kind=TEXT, id=TEXT)
    api = lowered(schemas={"Pet": pet, "Dog": {"allOf": [ref("Pet"), obj(kind={"const": "dog"})]}})
    dog = api.object("Dog")
    assert dog.bases == ()
    assert wires(dog) == ["kind", "id"]
    assert api.field("Dog", "kind").type == Choice(("dog",))
    assert api.field("Dog", "kind").required


def test_a_base_whose_property_becomes_required_is_flattened() -> None:
    api = lowered(schemas={"Pet": obj(id=TEXT), "Dog": {"allOf": [ref("Pet"), {"required": ["id"]}]}})
    assert api.object("Dog").bases == ()
    assert api.field("Dog", "id").required
    assert not lowered(schemas={"Pet": obj(id=TEXT)}).field("Pet", "id").required


def test_an_only_allof_part_is_the_same_as_its_reference() -> None:
    owner = obj(pet={"allOf": [ref("Pet")], "description": "The pet."})
    api = lowered(schemas={"Pet": obj(id=TEXT), "Owner": owner})
    assert api.field("Owner", "pet").type == named("Pet")
    assert api.field("Owner", "pet").doc == "The pet."


def test_properties_beside_a_reference_extend_it() -> None:
    api = lowered(schemas={"Pet": obj(id=TEXT), "Dog": {**ref("Pet"), "properties": {"bark": TEXT}}})
    assert api.object("Dog").bases == ("/components/schemas/Pet",)
    assert wires(api.object("Dog")) == ["bark"]


def test_a_base_that_merely_refers_to_another_component_is_that_component() -> None:
    schemas = {"Pet": obj(id=TEXT), "Animal": ref("Pet"), "Dog": {"allOf": [ref("Animal"), obj(bark=TEXT)]}}
    assert lowered(schemas=schemas).object("Dog").bases == ("/components/schemas/Pet",)


def test_components_that_extend_each_other_do_not_inherit_in_a_circle() -> None:
    schemas = {"A": {"allOf": [ref("B"), obj(a=TEXT)]}, "B": {"allOf": [ref("A"), obj(b=TEXT)]}}
    api = lowered(schemas=schemas)
    assert (api.object("A").bases, api.object("B").bases) == ((), ())
    assert wires(api.object("A")) == wires(api.object("B")) == ["a", "b"]


def test_a_child_of_a_parent_that_lists_its_children_is_an_object() -> None:
    pet = {**obj(["kind"], kind=TEXT), "oneOf": [ref("Dog"), ref("Cat")], "discriminator": {"propertyName": "kind"}}
    schemas = {
        "Pet": pet,
        "Dog": {"allOf": [ref("Pet"), obj(["kind"], kind=const("dog"))]},
        "Cat": {"allOf": [ref("Pet"), obj(["kind"], kind=const("cat"))]},
    }
    api = lowered(schemas=schemas)
    assert wires(api.object("Dog")) == ["kind"]
    found = api.alias("Pet").type
    assert isinstance(found, UnionOf)
    assert set(found.members) == {named("Dog"), named("Cat")}
    assert found.discriminator is not None
    assert dict(found.discriminator.tags) == {
        "cat": "/components/schemas/Cat",
        "dog": "/components/schemas/Dog",
    }


def test_parts_that_contradict_each_other_are_reported() -> None:
    api = lowered(schemas={"X": obj(a={"allOf": [TEXT, NUMBER]})})
    assert api.codes == ["schema/conflict"]
    assert "type" in api.diagnostics.items[0].message
    assert api.diagnostics.items[0].location.pointer == "/components/schemas/X/properties/a"
    assert api.field("X", "a").type == INTEGER


def test_integer_and_number_together_are_integer() -> None:
    api = lowered(schemas={"X": obj(a={"allOf": [{"type": "number"}, NUMBER]})})
    assert api.field("X", "a").type == INTEGER
    assert api.codes == []


def test_enums_of_two_parts_are_intersected() -> None:
    parts = [{"enum": ["a", "b", "c"]}, {"enum": ["b", "c", "d"]}]
    assert lowered(schemas={"X": obj(a={"allOf": parts})}).field("X", "a").type == Choice(("b", "c"))
    api = lowered(schemas={"X": obj(a={"allOf": [{"enum": ["a"]}, {"enum": ["b"]}]})})
    assert (api.field("X", "a").type, api.codes) == (Choice(("b",)), ["schema/conflict"])


def test_a_property_described_twice_has_the_properties_of_both() -> None:
    parts = [obj(inner=obj(["a"], a=TEXT)), obj(inner=obj(["b"], b=NUMBER))]
    api = lowered(schemas={"X": {"allOf": parts}})
    inner = api.field("X", "inner").type
    assert isinstance(inner, Named)
    found = api.api.declarations[inner.id]
    assert isinstance(found, Object)
    assert [(field.wire, field.required) for field in found.fields] == [("a", True), ("b", True)]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_null_of_a_component_belongs_to_its_users(version: str) -> None:
    null: dict[str, Any] = {"nullable": True} if version == "3.0.3" else {}
    type_ = {"type": "object"} if version == "3.0.3" else {"type": ["object", "null"]}
    owner = obj(["pet", "pets"], pet=ref("Pet"), pets={"type": "array", "items": ref("Pet")})
    pet = {**obj(id=TEXT), **type_, **null}
    api = lowered(schemas={"Pet": pet, "Owner": owner}, version=version)
    assert wires(api.object("Pet")) == ["id"]
    assert api.field("Owner", "pet").type == union(named("Pet"), NULL)
    assert api.field("Owner", "pets").type == ListOf(union(named("Pet"), NULL))


def test_null_of_enums_unions_and_chains_belongs_to_their_users() -> None:
    schemas = {
        "Colour": {"enum": ["red", None]},
        "Either": {"anyOf": [TEXT, ref("Colour")]},
        "Again": ref("Either"),
        "User": obj(["a", "b", "c"], a=ref("Colour"), b=ref("Either"), c=ref("Again")),
    }
    api = lowered(schemas=schemas)
    assert api.alias("Colour").type == Choice(("red",))
    assert api.alias("Either").type == union(STRING, named("Colour"))
    for wire, target in (("a", "Colour"), ("b", "Either"), ("c", "Again")):
        assert api.field("User", wire).type == union(named(target), NULL)


def test_a_component_that_is_only_null_stays_null() -> None:
    api = lowered(schemas={"Nothing": {"type": "null"}, "User": obj(["a"], a=ref("Nothing"))})
    assert api.alias("Nothing").type == NULL
    assert api.field("User", "a").type == named("Nothing")


def test_an_object_or_text_is_a_union_that_keeps_the_object() -> None:
    schema = {"type": ["object", "string"], "properties": {"id": TEXT}}
    api = lowered(schemas={"X": schema, "Y": obj(x=schema)})
    found = api.alias("X").type
    assert isinstance(found, UnionOf)
    assert found.members == (Named("/components/schemas/X|variant:object"), STRING)
    assert api.field("Y", "x").type == Named("/components/schemas/Y|property:x")


def test_maps_of_every_kind() -> None:
    schemas = {
        "Free": {"type": "object"},
        "Typed": {"type": "object", "additionalProperties": NUMBER},
        "Bare": {"additionalProperties": True},
        "Patterns": {"patternProperties": {"^x": TEXT, "^y": NUMBER}},
        "Closed": {"type": "object", "additionalProperties": False},
    }
    api = lowered(schemas=schemas)
    assert api.alias("Free").type == MapOf(ANY)
    assert api.alias("Typed").type == MapOf(INTEGER)
    assert api.alias("Bare").type == MapOf(ANY)
    assert api.alias("Patterns").type == MapOf(union(STRING, INTEGER))
    assert api.alias("Closed").type == MapOf(ANY)


def test_further_properties_keep_their_type() -> None:
    def extra(**more: Any) -> object:
        return lowered(schemas={"X": {**obj(id=TEXT), **more}}).object("X").extra

    assert extra() is None
    assert extra(additionalProperties=False) is None
    assert extra(additionalProperties=True) == ANY
    assert extra(additionalProperties=NUMBER) == INTEGER
    assert extra(additionalProperties=False, patternProperties={"^x-": TEXT}) == STRING
    assert extra(additionalProperties=NUMBER, patternProperties={"^x-": TEXT}) == union(INTEGER, STRING)
    assert extra(patternProperties={"^x-": TEXT}) == ANY


def test_a_tuple_is_a_list_of_what_its_places_hold() -> None:
    schemas = {
        "Pair": {"type": "array", "prefixItems": [TEXT, NUMBER], "items": False},
        "Open": {"type": "array", "prefixItems": [TEXT], "items": NUMBER},
        "Any": {"type": "array"},
    }
    api = lowered(schemas=schemas)
    assert api.alias("Pair").type == ListOf(union(STRING, INTEGER))
    assert api.alias("Open").type == ListOf(union(STRING, INTEGER))
    assert api.alias("Any").type == ListOf(ANY)


def test_recursion_through_itself_another_and_a_pointer_inside() -> None:
    schemas = {
        "Node": obj(children={"type": "array", "items": ref("Node")}),
        "A": obj(b=ref("B")),
        "B": obj(a=ref("A")),
        "Tree": obj(left=obj(child={"$ref": "#/components/schemas/Tree/properties/left"})),
        "Value": {"anyOf": [TEXT, {"type": "array", "items": ref("Value")}]},
    }
    api = lowered(schemas=schemas)
    assert api.field("Node", "children").type == ListOf(named("Node"))
    assert (api.field("A", "b").type, api.field("B", "a").type) == (named("B"), named("A"))
    left = api.api.declarations["/components/schemas/Tree/properties/left"]
    assert isinstance(left, Object)
    assert left.position.name == "left"
    assert left.fields[0].type == Named(left.id)
    assert api.alias("Value").type == union(STRING, ListOf(named("Value")))


def test_unnamed_components_are_described_where_they_are_used() -> None:
    schemas = {"A": obj(b=ref("B")), "B": obj(id=TEXT, again=ref("B"))}
    api = lowered(schemas=schemas, is_named=lambda pointer: pointer.endswith("/A"))
    found = api.field("A", "b").type
    assert found == Named("/components/schemas/A|property:b")
    inner = api.api.declarations[found.id]
    assert isinstance(inner, Object)
    assert {field.wire: field.type for field in inner.fields} == {"id": STRING, "again": named("B")}


def test_more_types_than_the_limit_is_an_error() -> None:
    schemas = {name: obj(id=TEXT) for name in "ABCDE"}
    with pytest.raises(Refusal):
        lowered(schemas=schemas, limits=Limits(schemas=3))


def doubling(kind: str, number: int) -> dict[str, Any]:
    pair = [ref(f"A{number + 1}"), {"title": "again", "allOf": [ref(f"A{number + 1}")]}]
    return {
        "anyOf": {"anyOf": pair},
        "list": {"type": "array", "items": {"anyOf": [{"type": "array", "items": item} for item in pair]}},
        "object": obj(left=pair[0], right=pair[1]),
    }[kind]


@pytest.mark.parametrize("kind", ["anyOf", "list", "object"])
def test_references_without_names_that_multiply_end_at_a_limit(kind: str) -> None:
    schemas = {f"A{number}": doubling(kind, number) for number in range(40)} | {"A40": obj(a=TEXT)}
    limits = Limits(schemas=500, expanded_nodes=5000)
    with pytest.raises(Refusal):
        lowered(schemas=schemas, is_named=lambda pointer: pointer.endswith("/A0"), limits=limits)


def test_all_of_that_doubles_with_every_level_ends_at_the_limit_of_the_product() -> None:
    schemas: dict[str, Any] = {f"A{n}": {"allOf": [ref(f"A{n + 1}")] * 2} for n in range(60)} | {"A60": obj(a=TEXT)}
    with pytest.raises(Refusal, match="schemas are put together"):
        lowered(schemas=schemas)


def test_unions_inside_all_of_that_double_with_every_level_end_at_the_limit_of_the_product() -> None:
    def level(below: int) -> dict[str, Any]:
        return {"anyOf": [{"allOf": [ref(f"A{below}"), obj(x=TEXT)]}, {"allOf": [ref(f"A{below}"), obj(y=TEXT)]}]}

    schemas = {f"A{n}": level(n + 1) for n in range(40)} | {"A40": obj(a=TEXT)}
    with pytest.raises(Refusal, match="descriptions of one union"):
        lowered(schemas=schemas, limits=Limits(composition_product=200))


def test_scalars_behind_references_that_multiply_are_worked_out_once() -> None:
    schemas = {f"A{number}": doubling("anyOf", number) for number in range(40)} | {"A40": TEXT}
    limits = Limits(expanded_nodes=1000)
    api = lowered(schemas=schemas, is_named=lambda pointer: pointer.endswith("/A0"), limits=limits)
    assert (api.alias("A0").type, api.codes) == (STRING, [])


def test_a_chain_of_a_thousand_references_does_not_exhaust_the_stack() -> None:
    schemas: dict[str, Any] = {f"S{n}": obj(next=ref(f"S{n + 1}")) for n in range(1000)}
    schemas |= {f"U{n}": {"anyOf": [ref(f"U{n + 1}"), TEXT]} for n in range(1000)}
    api = lowered(schemas={**schemas, "S1000": TEXT, "U1000": {"type": ["integer", "null"]}})
    assert api.field("S0", "next").type == named("S1")
    assert api.alias("U0").type == union(named("U1"), STRING)


@pytest.mark.parametrize("kind", ["properties", "items", "anyOf", "allOf", "additionalProperties"])
def test_nesting_of_a_hundred_levels_is_lowered(kind: str) -> None:
    schema: dict[str, Any] = TEXT
    for _ in range(100):
        schema = {
            "properties": lambda inner: obj(a=inner),
            "items": lambda inner: {"type": "array", "items": inner},
            "anyOf": lambda inner: {"anyOf": [inner, obj(x=TEXT)]},
            "allOf": lambda inner: {"allOf": [inner]},
            "additionalProperties": lambda inner: {"type": "object", "additionalProperties": inner},
        }[kind](schema)
    assert lowered(schemas={"Deep": schema}).component("Deep")


def test_a_field_that_must_not_be_there_is_left_out() -> None:
    assert wires(lowered(schemas={"X": obj(a=TEXT, b=False)}).object("X")) == ["a"]


def test_the_order_of_keys_and_properties_does_not_matter() -> None:
    schemas = {"A": obj(["z", "a"], z=TEXT, a=ref("B"), m=TEXT), "B": obj(y=TEXT, x=ref("A"))}
    paths = {"/a": {"get": answering(ref("A"))}}
    backwards = {"schemas": _reversed(schemas), "paths": _reversed(paths)}
    assert lowered(schemas=schemas, paths=paths).api == lowered(**backwards).api


def _reversed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _reversed(item) for key, item in reversed(value.items())}
    return value


def test_a_circle_of_allof_is_a_warning() -> None:
    schemas = {"A": {"allOf": [ref("B"), obj(a=TEXT)]}, "B": {"allOf": [ref("A"), obj(b=TEXT)]}}
    api = lowered(schemas=schemas)
    assert set(api.codes) == {"schema/cycle"}
    assert wires(api.object("A")) == ["a", "b"]


def test_a_required_name_without_a_property_is_a_warning_said_once() -> None:
    api = lowered(schemas={"X": obj(["gone"], a=TEXT), "Y": obj(x=ref("X"), z={"allOf": [ref("X"), obj(c=TEXT)]})})
    assert api.codes == ["schema/required"]
    assert "'gone'" in api.diagnostics.items[0].message
    assert wires(api.object("X")) == ["a"]


def test_what_a_base_has_may_be_required() -> None:
    heir = {"allOf": [ref("Base"), obj(b=TEXT)], "required": ["a"]}
    api = lowered(schemas={"Base": obj(a=TEXT), "Heir": heir})
    assert api.codes == []
    assert api.field("Heir", "a").required


def test_a_tuple_is_a_list_and_a_note() -> None:
    api = lowered(schemas={"X": obj(a={"type": "array", "prefixItems": [TEXT, NUMBER]})})
    assert api.field("X", "a").type == ListOf(union(STRING, INTEGER))
    assert api.codes == ["schema/tuple"]
