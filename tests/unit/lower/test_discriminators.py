"""What a declared discriminator does to the members of a union (OpenAPI 3.1, 4.8.25)."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.diagnostics import Severity
from sdkwright.ir.models import Alias
from sdkwright.ir.types import STRING, Choice, Discriminator, Named, Type, UnionOf
from support.stages import Lowered, answering, const, lowered, obj, ref

TEXT = {"type": "string"}
TAGGED = obj(["kind"], kind=TEXT)


def union(*members: str, mapping: dict[str, str] | None = None, key: str = "oneOf") -> dict[str, Any]:
    discriminator = {"propertyName": "kind"} | ({"mapping": mapping} if mapping else {})
    return {key: [ref(member) for member in members], "discriminator": discriminator}


def discriminator(api: Lowered, component: str) -> Discriminator | None:
    found = api.alias(component).type
    assert isinstance(found, UnionOf)
    return found.discriminator


def tags(api: Lowered, component: str) -> dict[str, str] | None:
    """The members of a union by the value that tells them apart."""
    found = discriminator(api, component)
    return {value: id.rsplit("/", 1)[-1] for value, id in found.tags} if found else None


def kind(api: Lowered, component: str) -> Type:
    return api.field(component, "kind").type


def test_a_mapping_gives_the_constants_of_the_members() -> None:
    mapping = {"car": "#/components/schemas/Car", "truck": "Truck", "lorry": "Truck"}
    api = lowered(schemas={"Any": union("Car", "Truck", mapping=mapping), "Car": TAGGED, "Truck": TAGGED})
    assert tags(api, "Any") == {"car": "Car", "lorry": "Truck", "truck": "Truck"}
    assert kind(api, "Truck") == Choice(("lorry", "truck"))
    assert api.codes == []


def test_without_a_mapping_the_names_of_the_schemas_are_the_constants() -> None:
    api = lowered(schemas={"Any": union("Car", "Truck", key="anyOf"), "Car": TAGGED, "Truck": TAGGED})
    assert tags(api, "Any") == {"Car": "Car", "Truck": "Truck"}


def test_a_member_that_the_mapping_leaves_out_has_its_name() -> None:
    api = lowered(schemas={"Any": union("Car", "Truck", mapping={"car": "Car"}), "Car": TAGGED, "Truck": TAGGED})
    assert tags(api, "Any") == {"Truck": "Truck", "car": "Car"}


def test_constants_of_the_document_stand() -> None:
    schemas = {"Any": union("Car", "Truck"), "Car": obj(["kind"], kind=const("c")), "Truck": TAGGED}
    api = lowered(schemas=schemas)
    assert kind(api, "Car") == Choice(("c",))
    assert tags(api, "Any") == {"Truck": "Truck", "c": "Car"}


def test_members_that_tell_themselves_apart_are_left_alone() -> None:
    two = {"type": "string", "enum": ["van", "truck"]}
    schemas = {
        "Any": union("Car", "Truck", mapping={"van": "Truck"}),
        "Car": obj(["kind"], kind=const("c")),
        "Truck": obj(["kind"], kind=two),
    }
    assert kind(lowered(schemas=schemas), "Truck") == Choice(("van", "truck"))


def test_an_enum_that_members_share_is_narrowed_in_each() -> None:
    listed = {"allOf": [ref("Kind")], "description": "Which one."}
    schemas = {
        "Any": union("Car", "Truck", mapping={"car": "Car", "truck": "Truck"}),
        "Kind": {"type": "string", "enum": ["car", "truck"]},
        "Car": obj(["kind"], kind=listed),
        "Truck": obj(["kind"], kind=ref("Kind")),
    }
    api = lowered(schemas=schemas)
    assert tags(api, "Any") == {"car": "Car", "truck": "Truck"}
    assert api.field("Car", "kind").doc == "Which one."


def test_an_inherited_property_is_narrowed_in_the_heir() -> None:
    schemas = {
        "Any": union("Car", "Truck", mapping={"car": "Car", "truck": "Truck"}),
        "Vehicle": obj(["kind", "plate"], kind=TEXT, plate=TEXT),
        "Car": {"allOf": [ref("Vehicle"), obj(seats=TEXT)]},
        "Truck": {"allOf": [ref("Vehicle"), obj(load=TEXT)]},
    }
    api = lowered(schemas=schemas)
    assert tags(api, "Any") == {"car": "Car", "truck": "Truck"}
    assert {field.wire for field in api.object("Car").fields} == {"kind", "plate", "seats"}
    assert kind(lowered(schemas=schemas | {"X": obj(v=ref("Vehicle"))}), "Vehicle") == STRING


def test_a_component_of_two_unions_has_the_values_of_both() -> None:
    schemas = {
        "First": union("Car", "Truck", mapping={"a": "Car", "b": "Truck"}),
        "Second": union("Car", "Ship", mapping={"c": "Car", "d": "Ship"}),
        "Car": TAGGED, "Truck": TAGGED, "Ship": TAGGED,
    }  # fmt: skip
    api = lowered(schemas=schemas)
    assert kind(api, "Car") == Choice(("a", "c"))
    assert tags(api, "First") == {"a": "Car", "b": "Truck", "c": "Car"}
    assert tags(api, "Second") == {"a": "Car", "c": "Car", "d": "Ship"}


def test_a_member_and_what_is_made_of_it_have_values_of_their_own() -> None:
    schemas = {
        "Any": union("Pet", "Dog", "Puppy"),
        "Pet": obj(["kind", "name"], kind=TEXT, name=TEXT),
        "Dog": {"allOf": [ref("Pet"), obj(breed=TEXT)]},
        "Puppy": {"allOf": [ref("Dog")], "properties": {"age": TEXT}},
    }
    api = lowered(schemas=schemas)
    assert tags(api, "Any") == {"Dog": "Dog", "Pet": "Pet", "Puppy": "Puppy"}
    assert {field.wire for field in api.object("Puppy").fields} == {"age", "breed", "kind", "name"}
    assert (api.object("Dog").bases, api.codes) == ((), [])
    assert set(api.api.declarations) == {f"/components/schemas/{name}" for name in schemas}


def test_a_member_that_is_part_of_another_in_two_ways_is_not_narrowed() -> None:
    schemas = {
        "Any": union("Pet", "Dog"),
        "Pet": TAGGED,
        "Mid": {"allOf": [ref("Pet"), obj(m=TEXT)]},
        "Dog": {"allOf": [ref("Mid"), obj(breed=TEXT)]},
    }
    api = lowered(schemas=schemas)
    assert (kind(api, "Pet"), kind(api, "Dog")) == (STRING, Choice(("Dog",)))
    assert tags(api, "Any") is None
    assert api.codes == ["schema/discriminator"]
    assert "'Pet' may have any value" in api.diagnostics.items[0].message


def test_an_object_without_the_property_is_one_of_the_members_that_do_not_require_it() -> None:
    schemas = {"Any": union("Car", "Truck"), "Car": obj(kind=TEXT), "Truck": TAGGED}
    api = lowered(schemas=schemas)
    assert (kind(api, "Car"), api.codes) == (Choice(("Car",)), [])
    assert tags(api, "Any") == {"Car": "Car", "Truck": "Truck"}
    found = discriminator(api, "Any")
    assert found is not None and found.absent == ("/components/schemas/Car",)


def test_a_property_that_all_members_require_comes_before_one_that_is_declared() -> None:
    car, truck = (obj(["is"], kind={"const": name}, **{"is": {"const": name}}) for name in ("car", "truck"))
    api = lowered(schemas={"Any": union("Car", "Truck"), "Car": car, "Truck": truck})
    found = discriminator(api, "Any")
    assert found is not None and (found.wire, found.absent) == ("is", ())


@pytest.mark.parametrize("member", [obj(other=TEXT), obj(["kind"], kind={"type": "integer"}), TEXT])
def test_what_cannot_be_told_apart_is_a_warning(member: Any) -> None:
    api = lowered(schemas={"Any": union("Car", "Other"), "Car": TAGGED, "Other": member})
    (told,) = api.diagnostics.items
    assert (told.code, told.severity) == ("schema/discriminator", Severity.WARNING)
    assert told.location.pointer == "/components/schemas/Any"
    assert "'Other'" in told.message
    assert kind(api, "Car") == Choice(("Car",))


def test_two_members_with_one_value_are_a_warning() -> None:
    car = obj(["kind"], kind=const("x"))
    api = lowered(schemas={"Any": union("Car", "Truck"), "Car": car, "Truck": car})
    assert (tags(api, "Any"), api.codes) == (None, ["schema/discriminator"])
    assert "two members share a value" in api.diagnostics.items[0].message


def test_the_property_is_found_at_the_end_of_a_chain_of_references() -> None:
    schemas = {"Any": union("Alias", "Truck", mapping={"car": "Alias"}), "Alias": ref("Car")}
    api = lowered(schemas=schemas | {"Car": TAGGED, "Truck": TAGGED})
    assert kind(api, "Car") == Choice(("car",))


def test_schemas_that_lead_back_to_themselves_end() -> None:
    schemas = {
        "Any": union("A", "B"),
        "A": {"allOf": [ref("B")], "properties": {"kind": TEXT}, "required": ["kind"]},
        "B": {"allOf": [ref("A")], "properties": {"kind": TEXT}, "required": ["kind"]},
    }
    assert isinstance(lowered(schemas=schemas).component("Any").location.pointer, str)


def test_values_are_those_of_one_discriminator() -> None:
    found = lowered(schemas={"Any": union("Car", "Truck"), "Car": TAGGED, "Truck": TAGGED}).alias("Any").type
    assert isinstance(found, UnionOf)
    assert found.discriminator == Discriminator(
        "kind", (("Car", "/components/schemas/Car"), ("Truck", "/components/schemas/Truck"))
    )


DEFAULT = {
    "oneOf": [ref("Car"), ref("Other")],
    "discriminator": {"propertyName": "kind", "mapping": {"car": "Car"}, "defaultMapping": "Other"},
}


def test_a_default_member_takes_what_no_other_one_is_named_for() -> None:
    api = lowered(schemas={"Any": DEFAULT, "Car": TAGGED, "Other": obj()}, version="3.2.0")
    found = api.alias("Any").type
    assert isinstance(found, UnionOf)
    car, other = "/components/schemas/Car", "/components/schemas/Other"
    assert found.discriminator == Discriminator("kind", (("car", car),), other)
    assert api.codes == []


def test_a_default_member_is_found_where_schemas_have_no_names() -> None:
    paths = {"/a": {"get": answering(obj(part=DEFAULT))}}
    api = lowered(
        paths=paths, schemas={"Car": TAGGED, "Other": obj(["x"], x=TEXT)}, version="3.2.0", is_named=lambda _: False
    )
    (found,) = (each.type for each in api.api.declarations.values() if isinstance(each, Alias))
    assert isinstance(found, UnionOf)
    assert found.discriminator is not None
    assert found.members[1] == Named(found.discriminator.default or "")


@pytest.mark.parametrize(
    ("schemas", "reason"),
    [
        ({"Any": DEFAULT, "Car": obj(), "Other": obj()}, "other members may have any value too"),
        (
            {"Any": {**DEFAULT, "oneOf": [ref("Car"), ref("Van")]}, "Car": TAGGED, "Van": TAGGED, "Other": obj()},
            "it is no member",
        ),
    ],
)
def test_a_default_that_cannot_be_one_is_reported(schemas: dict[str, Any], reason: str) -> None:
    api = lowered(schemas=schemas, version="3.2.0")
    found = api.alias("Any").type
    assert isinstance(found, UnionOf)
    assert found.discriminator is None
    (item,) = api.diagnostics.items
    assert (item.code, item.location.pointer) == ("schema/discriminator", "/components/schemas/Any")
    assert reason in item.message
