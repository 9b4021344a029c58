"""What we say of the rules of another tool is about rules that there are."""

from __future__ import annotations

import pytest
from sdkwright.diff.rules import RULES

from diff.rules import ours


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("request-property-max-length-decreased", ("max-length-lowered",)),
        ("response-body-exclusive-min-increased", ("exclusive-minimum-raised",)),
        ("request-parameter-max-set", ("maximum-set",)),
        ("response-optional-property-became-not-write-only", ("became-readable",)),
        ("request-parameter-property-enum-value-removed", ("enum-value-removed",)),
        ("request-body-prefix-items-added", ("tuple-item-added",)),
        ("response-property-dependent-schema-removed", ("dependent-schema-removed",)),
        ("api-path-removed-without-deprecation", ("path-removed", "path-moved")),
        ("new-required-request-header-property", ("required-parameter-added", "required-property-added")),
    ],
)
def test_a_rule_of_another_tool_is_one_of_ours(name: str, expected: tuple[str, ...]) -> None:
    assert ours(name) == (expected, "")
    assert set(expected) <= RULES.keys()


def test_what_has_no_rule_has_a_reason() -> None:
    assert ours("request-body-all-of-added")[1].startswith("an allOf is compared by what it says")
    assert ours("request-property-cheese-added") == ((), "")
