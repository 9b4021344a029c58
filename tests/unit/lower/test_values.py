"""JSON values held against scalar types."""

from __future__ import annotations

import pytest
from sdkwright.ir.types import Json, Kind
from sdkwright.ir.values import is_of


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.INTEGER, 1, True), (Kind.INTEGER, 1.0, True), (Kind.INTEGER, 1.5, False), (Kind.INTEGER, True, False),
        (Kind.NUMBER, 1, True), (Kind.NUMBER, "1", False), (Kind.NUMBER, False, False), (Kind.NULL, None, True),
        (Kind.BOOLEAN, True, True), (Kind.BOOLEAN, 1, False), (Kind.STRING, "", True), (Kind.DATETIME, 5, False),
        (Kind.ANY, {"a": 1}, True),
    ],
)  # fmt: skip
def test_a_value_is_of_a_kind_by_the_rules_of_json_schema(kind: Kind, value: Json, expected: bool) -> None:
    assert is_of(kind, value) is expected
