"""Types, formats, constants and defaults."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.ir.models import MISSING
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, Scalar, Type, union
from sdkwright.limits import Limits
from support.stages import Lowered, lowered, obj, ref

TEXT = {"type": "string"}


def one(schema: dict[str, Any], **schemas: Any) -> Lowered:
    return lowered(schemas={"X": obj(a=schema), **schemas})


def type_of(schema: dict[str, Any]) -> Type:
    return one(schema).field("X", "a").type


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, Kind.STRING),
        ({"type": "string", "format": "date-time"}, Kind.DATETIME),
        ({"type": "string", "format": "date"}, Kind.DATE),
        ({"type": "string", "format": "binary"}, Kind.FILE),
        ({"type": "string", "format": "byte"}, Kind.BASE64),
        ({"type": "string", "contentEncoding": "base64"}, Kind.BASE64),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, Kind.FILE),
        ({"type": "string", "format": "uuid"}, Kind.STRING),
        ({"type": "string", "format": "uri"}, Kind.STRING),
        ({"type": "string", "format": "email"}, Kind.STRING),
        ({"type": "string", "format": "password"}, Kind.STRING),
        ({"type": "integer", "format": "int64"}, Kind.INTEGER),
        ({"type": "number", "format": "decimal"}, Kind.NUMBER),
        ({"type": "boolean"}, Kind.BOOLEAN),
        ({"format": "int32"}, Kind.INTEGER),
        ({"format": "float"}, Kind.NUMBER),
        ({"format": "date"}, Kind.DATE),
        ({"minLength": 1}, Kind.STRING),
        ({"minimum": 1}, Kind.NUMBER),
        ({"description": "Anything."}, Kind.ANY),
    ],
)
def test_scalars_by_type_format_and_hints(schema: dict[str, Any], kind: Kind) -> None:
    assert type_of(schema) == Scalar(kind)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"enum": ["a", "b", "a"]}, Choice(("a", "b"))),
        ({"enum": ["", 'it\'s "quoted" \\']}, Choice(("", 'it\'s "quoted" \\'))),
        ({"type": "integer", "enum": [1, 2]}, Choice((1, 2))),
        ({"enum": [1, True, "1"]}, Choice((1, True, "1"))),
        ({"enum": ["a", None]}, union(Choice(("a",)), NULL)),
        ({"type": ["string", "null"], "enum": ["a"]}, union(Choice(("a",)), NULL)),
        ({"enum": [None]}, NULL),
        ({"const": "x"}, Choice(("x",))),
        ({"const": False}, Choice((False,))),
        ({"const": None}, NULL),
    ],
)
def test_constants(schema: dict[str, Any], expected: Type) -> None:
    assert repr(type_of(schema)) == repr(expected)  # 1 and True are equal in Python


def test_a_choice_of_one_is_a_constant() -> None:
    assert one({"const": "x"}).field("X", "a").constant
    assert not one({"enum": ["x", "y"]}).field("X", "a").constant


def test_constants_without_a_literal_are_their_plain_types() -> None:
    api = one({"enum": [0.5, 1]})
    assert (api.field("X", "a").type, api.codes) == (Scalar(Kind.NUMBER), ["schema/enum-values"])
    assert type_of({"enum": [0.5, "auto"]}) == union(Scalar(Kind.NUMBER), STRING)
    assert type_of({"enum": [{"a": 1}, "auto"]}) == ANY


def test_constants_of_text_that_are_not_text_are_read_as_text() -> None:
    api = one({"type": "string", "enum": [1, "b", True]})
    assert (api.field("X", "a").type, api.codes) == (Choice(("1", "b", "true")), ["schema/enum-type"])


def test_an_enum_beyond_the_limit_is_its_plain_type() -> None:
    api = lowered(schemas={"X": obj(a={"type": "string", "enum": ["a", "b", "c"]})}, limits=Limits(enum_members=2))
    assert (api.field("X", "a").type, api.codes) == (STRING, ["schema/enum-size"])


def test_defaults_that_fit_are_kept() -> None:
    for schema, value in [
        ({"type": "string", "default": "x"}, "x"),
        ({"type": "boolean", "default": False}, False),
        ({"type": "number", "default": 1}, 1),
        ({"type": "integer", "default": 2.0}, 2),
        ({"enum": ["a", "b"], "default": "b"}, "b"),
        ({"type": "string", "format": "byte", "default": "eA=="}, "eA=="),
        ({"type": "array", "items": TEXT, "default": ["x"]}, ["x"]),
        ({"type": "array", "items": ref("Pet"), "default": []}, []),
        ({"type": "object", "additionalProperties": TEXT, "default": {"k": "v"}}, {"k": "v"}),
        ({"anyOf": [TEXT, {"type": "null"}], "default": None}, None),
    ]:
        api = one(schema, Pet=obj(id=TEXT))
        assert api.field("X", "a").default == value
        assert type(api.field("X", "a").default) is type(value)
        assert api.codes == []


def test_a_default_of_a_named_enum_survives_beside_and_inside_it() -> None:
    mode = {"type": "string", "enum": ["auto", "fast"]}
    beside = one({**ref("Mode"), "default": "auto"}, Mode=mode)
    inside = one(ref("Mode"), Mode=mode | {"default": "fast"})
    through = one({"anyOf": [ref("Again"), {"type": "integer"}], "default": "auto"}, Again=ref("Mode"), Mode=mode)
    assert beside.field("X", "a").default == "auto"
    assert inside.field("X", "a").default == "fast"
    assert through.field("X", "a").default == "auto"
    assert beside.codes == inside.codes == through.codes == []


def test_a_default_that_does_not_fit_is_a_warning() -> None:
    mode = {"type": "string", "enum": ["auto", "fast"]}
    for schema in (
        {"type": "integer", "default": "3"},
        {"type": "string", "default": 3},
        {"type": "integer", "default": True},
        {"type": "string", "default": ["x"]},
        {**ref("Mode"), "default": "slow"},
        {**ref("Pet"), "default": "rex"},
    ):
        api = one(schema, Mode=mode, Pet=obj(id=TEXT))
        assert api.field("X", "a").default is MISSING
        assert api.codes == ["schema/default-type"]
        assert api.diagnostics.items[0].location.pointer == "/components/schemas/X/properties/a"


def test_a_default_without_a_literal_is_left_out_without_a_word() -> None:
    for schema in (
        {"type": "string", "format": "date-time", "default": "2024-01-01T00:00:00Z"},
        {**ref("Pet"), "default": {"id": "x"}},
        {"type": "string", "default": None},
    ):
        api = one(schema, Pet=obj(id=TEXT))
        assert api.field("X", "a").default is MISSING
        assert api.codes == []


def test_constants_beyond_64_bits_are_their_plain_type() -> None:
    assert type_of({"enum": [2**63 - 1, -(2**63)]}) == Choice((2**63 - 1, -(2**63)))
    api = one({"type": "integer", "enum": [1, 2**63]})
    assert (api.field("X", "a").type, api.codes) == (Scalar(Kind.INTEGER), ["schema/enum-values"])


def test_whole_numbers_among_fractions_are_numbers() -> None:
    assert type_of({"enum": [1, 1.5, "a"]}) == union(Scalar(Kind.NUMBER), STRING)


@pytest.mark.parametrize("value", [2**64, -(10**30)])
def test_defaults_of_any_size_are_kept(value: int) -> None:
    assert one({"type": "integer", "default": value}).field("X", "a").default == value
