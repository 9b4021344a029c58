"""Path values: each stays inside its own segment (THREATS.md, R1)."""

from __future__ import annotations

import datetime
import enum
import re
import uuid
from urllib.parse import unquote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sdk_runtime._params import label, matrix, simple
from sdk_runtime._utils import path_template, server_url
from sdk_runtime._utils._path import refuse_dot_segments


def test_an_empty_value_is_refused_with_the_words_that_users_know() -> None:
    expected = re.escape("Expected a non-empty value for `item_id` but received ''")
    with pytest.raises(ValueError, match=expected):
        path_template("/items/{item_id}", item_id="")


@pytest.mark.parametrize("value", [".", "..", "%2e", "%2E%2e", ".%2e", "..;v=1", ".;", "%252e%252e"])
def test_a_dot_segment_in_any_spelling_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="dot segment"):
        path_template("/items/{item_id}", item_id=value)


def test_two_harmless_values_cannot_make_a_dot_segment_together() -> None:
    with pytest.raises(ValueError, match="dot segment"):
        path_template("/x/{a}{b}", a=simple("."), b=simple("."))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("ü ", "%C3%BC%20"),
        ("%2F", "%252F"),
        ("a.b", "a.b"),
        (True, "true"),
        (7, "7"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (enum.Enum("Color", {"RED": "r/g"})["RED"], "r%2Fg"),
    ],
)
def test_values_are_encoded_for_one_segment(value: object, expected: str) -> None:
    assert path_template("/items/{item}/x", item=value) == f"/items/{expected}/x"


def test_style_functions_are_not_encoded_twice() -> None:
    assert path_template("/c{color}", color=label(["a b", "c"])) == "/c.a%20b,c"
    assert path_template("/c{color}", color=matrix("color", ["a", "b"], explode=True)) == "/c;color=a;color=b"
    assert path_template("/c/{color}", color=simple({"R": 1, "G": "/"})) == "/c/R,1,G,%2F"


@pytest.mark.parametrize("path", ["/a/../b", "/a/%2e%2E/b", "/./b", "/a/..", "/a/..;x/b"])
def test_dot_segments_of_a_hand_written_path_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="dot segment"):
        refuse_dot_segments(path)


@given(st.text(min_size=1))
def test_any_text_stays_one_segment_and_comes_back(value: str) -> None:
    assume(not any(0xD800 <= ord(char) <= 0xDFFF for char in value))
    try:
        path = path_template("/a/{value}/b", value=value)
    except ValueError as refused:
        assert "dot segment" in str(refused)
        return
    before, segment, after = path[1:].split("/")
    assert (before, after) == ("a", "b")
    assert not set("?#;") & set(segment)
    assert unquote(segment) == value


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("https://{region}.example.com:{port}/{path}", {"region": "eu", "port": "8443", "path": "v2"}, None),
        ("https://{host}/v1", {"host": "localhost:8080", "unused": "x"}, "https://localhost:8080/v1"),
        ("https://example.com/{path}", {"path": "my team/v2?x#y"}, "https://example.com/my%20team/v2%3Fx%23y"),
        ("{scheme}://example.com", {"scheme": "http"}, "http://example.com"),
        ("{server}/{path}", {"server": "https://other.example.com", "path": "a/b"}, "https://other.example.com/a/b"),
    ],
)
def test_the_variables_of_a_server_are_filled_in(template: str, values: dict[str, str], expected: str | None) -> None:
    assert server_url(template, **values) == (expected or "https://eu.example.com:8443/v2")


@pytest.mark.parametrize(
    "value", ["evil.com/", "evil.com#", "evil.com?", "a@evil.com", "evil.com\\", "a b", "evil.com%2f", "\n"]
)
@pytest.mark.parametrize(
    "template", ["https://{region}.example.com", "{region}://example.com", "https://a-{region}/v1"]
)
def test_a_variable_of_a_server_cannot_end_the_host(template: str, value: str) -> None:
    with pytest.raises(ValueError, match="`region` is a part of a host name and cannot be"):
        server_url(template, region=value)
