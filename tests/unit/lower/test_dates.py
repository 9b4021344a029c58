"""Where a date is told from a text by its spelling alone."""

from __future__ import annotations

from typing import Any

import pytest
from sdkwright.ir.types import Kind, ListOf, MapOf, Scalar, Type, members
from support.stages import Lowered, const, lowered, obj, ref

TEXT = {"type": "string"}
WHEN = {"type": "string", "format": "date-time"}
DAY = {"type": "string", "format": "date"}


def spelled(type_: Type) -> list[bool]:
    """Of each date in a type, whether it is spelled."""
    if isinstance(type_, ListOf):
        return spelled(type_.item)
    if isinstance(type_, MapOf):
        return spelled(type_.value)
    found = (member for member in members(type_) if isinstance(member, Scalar))
    return [member.spelled for member in found if member.kind in {Kind.DATETIME, Kind.DATE}]


def field(schema: dict[str, Any], **others: Any) -> list[bool]:
    return spelled(lowered(schemas={"X": obj(a=schema), **others}).field("X", "a").type)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (WHEN, [False]),
        ({"anyOf": [WHEN, {"type": "null"}]}, [False]),
        ({"anyOf": [WHEN, {"type": "integer"}]}, [False]),
        ({"anyOf": [WHEN, TEXT]}, [True]),
        ({"anyOf": [TEXT, DAY, WHEN, {"type": "null"}]}, [True, True]),
        ({"type": "array", "items": {"anyOf": [WHEN, TEXT]}}, [True]),
        ({"type": "object", "additionalProperties": {"anyOf": [DAY, TEXT]}}, [True]),
    ],
)
def test_a_date_beside_text_is_spelled(schema: dict[str, Any], expected: list[bool]) -> None:
    assert field(schema) == expected


def literals(**others: Any) -> Lowered:
    return lowered(
        schemas={
            "Literal": {"oneOf": [ref("When"), ref("Word")]},
            "When": obj(["value"], value=WHEN),
            "Word": obj(["value"], value=TEXT),
            **others,
        }
    )


def test_a_date_is_spelled_if_another_object_of_the_union_has_a_text_there() -> None:
    assert spelled(literals().field("When", "value").type) == [True]
    assert spelled(literals(Word=obj(["text"], text=TEXT)).field("When", "value").type) == [False]
    assert spelled(literals(Word=obj(["value"], value=DAY)).field("When", "value").type) == [False]


def test_a_discriminator_decides_without_the_spelling() -> None:
    when, word = (obj(["is", "value"], value=each, **{"is": const(name)}) for name, each in (("a", WHEN), ("b", TEXT)))
    assert spelled(literals(When=when, Word=word).field("When", "value").type) == [False]


def test_a_date_of_a_base_and_a_union_in_the_union_count_too() -> None:
    api = literals(
        Literal={"oneOf": [ref("Inner"), ref("Word")]},
        Inner={"oneOf": [ref("When"), {"type": "integer"}]},
        When={"allOf": [ref("Base"), obj(more=TEXT)]},
        Base=obj(["value"], value={"anyOf": [DAY, {"type": "null"}]}),
    )
    assert spelled(api.field("Base", "value").type) == [True]


def test_a_ring_of_unions_and_a_long_chain_of_them_end() -> None:
    chain = {f"U{number}": {"anyOf": [ref(f"U{number + 1}"), ref("When")]} for number in range(2000)}
    api = literals(**chain, U2000={"anyOf": [ref("U0"), ref("Word")]})
    assert spelled(api.field("When", "value").type) == [True]
