"""Types, formats, constants and defaults."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.ir.types import ANY, NULL, STRING, Choice, Kind, MapOf, Scalar, Type, union
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
    assert type_of({"type": ["object", "null"], "const": {"a": 1}}) == union(MapOf(ANY), NULL)
    assert type_of({"type": "number", "enum": [1, 2.5, None]}) == union(Scalar(Kind.NUMBER), NULL)
    assert type_of({"type": "string", "enum": [None]}) == NULL


def test_constants_of_text_that_are_not_text_are_read_as_text() -> None:
    api = one({"type": "string", "enum": [1, "b", True]})
    assert (api.field("X", "a").type, api.codes) == (Choice(("1", "b", "true")), ["schema/enum-type"])


def test_an_enum_beyond_the_limit_is_its_plain_type() -> None:
    api = lowered(schemas={"X": obj(a={"type": "string", "enum": ["a", "b", "c"]})}, limits=Limits(enum_members=2))
    assert (api.field("X", "a").type, api.codes) == (STRING, ["schema/enum-size"])


@pytest.mark.parametrize(
    ("schema", "doc"),
    [
        ({"type": "string", "default": "x"}, "Default: `'x'`."),
        ({"type": "boolean", "default": False, "description": "Whether to wait"}, "Whether to wait. Default: `False`."),
        ({"type": "integer", "default": 3, "description": "How many?"}, "How many? Default: `3`."),
        ({"type": "array", "default": ["x"], "description": "A.\n\n- b"}, "A.\n\n- b\n\nDefault: `['x']`."),
        ({"type": "integer", "default": 3, "description": "Defaults to three."}, "Defaults to three."),
        ({"anyOf": [TEXT, {"type": "null"}], "default": None}, ""),
        ({"type": "string", "const": "x", "default": "x"}, ""),
        ({"type": "string", "default": "x" * 100}, ""),
        ({**ref("Mode"), "default": "fast"}, "How. Default: `'fast'`."),
        (ref("Mode"), "How. Default: `'auto'`."),
        ({"anyOf": [ref("Mode"), {"type": "null"}], "description": "Why."}, "Why. Default: `'auto'`."),
    ],
)
def test_a_default_is_told_and_not_filled_in(schema: Any, doc: str) -> None:
    mode = {"type": "string", "enum": ["auto", "fast"], "default": "auto", "description": "How."}
    api = one(schema, Mode=mode)
    assert (api.field("X", "a").doc, api.codes) == (doc, [])


def test_a_long_description_stays_with_its_type() -> None:
    api = one(ref("Mode"), Mode={"enum": ["auto"], "description": "x" * 301})
    assert api.field("X", "a").doc == ""


def test_constants_beyond_64_bits_are_their_plain_type() -> None:
    assert type_of({"enum": [2**63 - 1, -(2**63)]}) == Choice((2**63 - 1, -(2**63)))
    api = one({"type": "integer", "enum": [1, 2**63]})
    assert (api.field("X", "a").type, api.codes) == (Scalar(Kind.INTEGER), ["schema/enum-values"])


def test_whole_numbers_among_fractions_are_numbers() -> None:
    assert type_of({"enum": [1, 1.5, "a"]}) == union(Scalar(Kind.NUMBER), STRING)


@pytest.mark.parametrize(
    ("schema", "fits"),
    [
        ({"type": "integer", "default": 3.0}, True),
        ({"type": "integer", "default": "3"}, False),
        ({"type": "integer", "default": True}, False),
        ({"type": "number", "default": 3}, True),
        ({"type": "boolean", "default": "false"}, False),
        ({"type": "string", "default": 1.0}, False),
        ({"enum": ["a", "b"], "default": "c"}, False),
        ({"type": "array", "items": {"type": "integer"}, "default": [1, "2"]}, False),
        ({"type": "object", "additionalProperties": {"type": "integer"}, "default": {"a": 1}}, True),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": "a"}, False),
        ({**ref("Mode"), "default": "slow"}, False),
        ({**ref("Mode"), "default": "fast"}, True),
        ({**ref("Thing"), "default": {}}, True),
        ({**ref("Thing"), "default": "x"}, False),
    ],
)
def test_a_default_of_another_type_is_reported_where_it_stands(schema: Any, fits: bool) -> None:
    api = one(schema, Mode={"enum": ["auto", "fast"]}, Thing={"type": "object", "properties": {"a": TEXT}})
    assert api.codes == ([] if fits else ["schema/default"])
    places = [item.location.pointer for item in api.diagnostics.items]
    assert places == ([] if fits else ["/components/schemas/X/properties/a/default"])


def test_constants_of_several_alternatives_are_one_literal() -> None:
    schema = {"anyOf": [{"const": "a"}, {"type": "integer"}, {"enum": ["b", "a", 1]}, {"const": True}]}
    assert type_of(schema) == union(Choice(("a", "b", 1, True)), Scalar(Kind.INTEGER))
