"""JSONPath in the dialect of configs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sdkwright.transforms.paths import BadPathError, parse

DOCUMENT: dict[str, object] = {
    "paths": {
        "/v1/users": {"get": {"summary": "s", "parameters": [{"name": "a", "in": "query"}, {"name": "b"}]}},
        "/v1/users/{id}": {"get": {}},
    },
    "x-odd": {"a'b": 1, "c]d": 2, "e\\f": 3},
}
USERS = ("paths", "/v1/users", "get")


@pytest.mark.parametrize(
    ("expression", "ways"),
    [
        ("$", [()]),
        ("$.paths['/v1/users'].get.summary", [(*USERS, "summary")]),
        ("$.paths./v1/users.get.summary", [(*USERS, "summary")]),
        ("$.paths./v1/users/{id}.get", [("paths", "/v1/users/{id}", "get")]),
        ("$..summary", [(*USERS, "summary")]),
        ("$..['summary']", [(*USERS, "summary")]),
        ("$.x-odd..*", [("x-odd", "a'b"), ("x-odd", "c]d"), ("x-odd", "e\\f")]),
        ("$.x-odd['c]d']", [("x-odd", "c]d")]),
        ("$.x-odd.a'b", [("x-odd", "a'b")]),
        ("$.x-odd.e\\f", [("x-odd", "e\\f")]),
        ("$..x-odd", [("x-odd",)]),
        ("$..parameters[0]", [(*USERS, "parameters", 0)]),
        ("$..parameters[?(@.name == 'b')]", [(*USERS, "parameters", 1)]),
        ("$..parameters[?(@.name === \"b\")]", [(*USERS, "parameters", 1)]),
        ("$..parameters[?(@.name !== 'b')]", [(*USERS, "parameters", 0)]),
        ("$..parameters[?(@.name == 'b' || @.in == '[===]')]", [(*USERS, "parameters", 1)]),
        ("$..parameters[?(@.name.match(/^a$/))]", [(*USERS, "parameters", 0)]),
        ("$.paths[?(@property === '/v1/users')]", [("paths", "/v1/users")]),
        ("$.paths[?@property.match(/users$/)].get", [USERS]),
        ("$..parameters[?(@.in)]^", [(*USERS, "parameters")]),
        ("$..parameters[*]^^", [USERS]),
        ("$.nothing", []),
    ],
)  # fmt: skip
def test_an_expression_finds_these_nodes(expression: str, ways: list[tuple[str | int, ...]]) -> None:
    assert parse(expression).find(DOCUMENT) == ways


@pytest.mark.parametrize(
    "expression", ["paths", "$.", "$..", "$.a[0", "$.a[?(@.]", "$[", "$a", "$.a^.b", "$..a[(@.length-1)]", ""]
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(BadPathError):
        parse(expression).find(DOCUMENT)


@pytest.mark.parametrize(
    ("expression", "key"),
    [
        ("$.a.b", "b"), ("$.a['b c']", "b c"), ("$.a./b/{c}", "/b/{c}"), ('$.a["it\'s"]', "it's"),
        ("$.a.it's", "it's"), ("$.a[*]", None), ("$.a.*", None), ("$..b", None), ("$.a[0]", None), ("$", None),
        ("$.a.b^", None),
    ],
)  # fmt: skip
def test_the_last_key_is_where_a_value_can_be_put(expression: str, key: str | None) -> None:
    assert parse(expression).last_key == key


def test_the_jsonpath_library_is_not_imported_without_a_transform() -> None:
    script = "import sys, sdkwright.transforms, sdkwright.config; print('jsonpath' in sys.modules)"
    environment = {"PYTHONPATH": ":".join(sys.path)}
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.strip() == "False"
