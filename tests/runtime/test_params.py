"""Parameter styles, row by row from the tables of OpenAPI 3.1.1, section 4.8.12."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime._headers import cookie_header, header_text
from sdk_runtime._params import (
    allow_reserved,
    cookie,
    deep_object,
    form,
    json_content,
    label,
    matrix,
    pipe_delimited,
    simple,
    space_delimited,
)
from sdk_runtime._qs import Querystring
from sdk_runtime._types import omit

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def query(value: Any) -> str:
    return Querystring().stringify({"color": value})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (form("", explode=False), "color="),
        (form("blue", explode=False), "color=blue"),
        (form(ARRAY, explode=False), "color=blue,black,brown"),
        (form(OBJECT, explode=False), "color=R,100,G,200,B,150"),
        (form(ARRAY), "color=blue&color=black&color=brown"),
        (form(OBJECT), "R=100&G=200&B=150"),
        (space_delimited(ARRAY), "color=blue%20black%20brown"),
        (space_delimited(OBJECT), "color=R%20100%20G%20200%20B%20150"),
        (pipe_delimited(ARRAY), "color=blue%7Cblack%7Cbrown"),
        (pipe_delimited(OBJECT), "color=R%7C100%7CG%7C200%7CB%7C150"),
        (deep_object(OBJECT), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        (
            json_content(OBJECT),
            "color=" + quote(json.dumps(OBJECT, separators=(",", ":")), safe=""),
        ),
        (form([]), ""),
        (form(["a,b", "c"], explode=False), "color=a%2Cb,c"),
        (form(None), "color=null"),
        (omit, ""),
        (None, ""),
    ],
)
def test_query_styles(value: Any, expected: str) -> None:
    assert query(value) == expected


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (simple("blue"), "blue"),
        (simple(ARRAY), "blue,black,brown"),
        (simple(OBJECT), "R,100,G,200,B,150"),
        (simple(ARRAY, explode=True), "blue,black,brown"),
        (simple(OBJECT, explode=True), "R=100,G=200,B=150"),
        (label("blue"), ".blue"),
        (label(""), "."),
        (label(ARRAY), ".blue,black,brown"),
        (label(OBJECT), ".R,100,G,200,B,150"),
        (label(ARRAY, explode=True), ".blue.black.brown"),
        (label(OBJECT, explode=True), ".R=100.G=200.B=150"),
        (matrix("color", ""), ";color"),
        (matrix("color", "blue"), ";color=blue"),
        (matrix("color", ARRAY), ";color=blue,black,brown"),
        (matrix("color", OBJECT), ";color=R,100,G,200,B,150"),
        (matrix("color", ARRAY, explode=True), ";color=blue;color=black;color=brown"),
        (matrix("color", OBJECT, explode=True), ";R=100;G=200;B=150"),
    ],
)
def test_path_styles(made: Any, expected: str) -> None:
    assert made == expected


def test_reserved_characters_stay_where_a_query_allows_them() -> None:
    assert query(allow_reserved("/a?b=c,d:@!$'()*;")) == "color=/a?b=c,d:@!$'()*;"
    assert query(allow_reserved("a&b#c+[d] e")) == "color=a%26b%23c%2B%5Bd%5D%20e"
    assert query(allow_reserved("100%25 %zz")) == "color=100%25%20%25zz"
    assert query(allow_reserved(form(["a/b", "c"], explode=False))) == "color=a/b,c"


def test_omit_passes_through_every_style() -> None:
    for style in (
        form,
        space_delimited,
        pipe_delimited,
        deep_object,
        json_content,
        allow_reserved,
        simple,
    ):
        assert style(omit) is omit


def test_headers_take_the_text_as_it_is() -> None:
    assert header_text(simple(["a b", "c/d"])) == "a b,c/d"
    assert header_text([1, True]) == "1,true"
    assert header_text(json_content({"a": 1})) == '{"a":1}'
    assert header_text(None) is None
    assert header_text(omit) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (form(ARRAY), "color=blue; color=black; color=brown"),
        (form(ARRAY, explode=False), "color=blue,black,brown"),
        (cookie(OBJECT), "R=100; G=200; B=150"),
        (form([], explode=False), None),
        (json_content({"a": [1]}), "color=%7B%22a%22%3A%5B1%5D%7D"),
    ],
)
def test_cookie_styles(value: Any, expected: str | None) -> None:
    assert cookie_header({"color": value}) == expected


def test_a_header_without_anything_in_it_is_not_sent_and_empty_text_is() -> None:
    assert (header_text(simple([])), header_text(simple({})), header_text("")) == (None, None, "")


def test_reserved_characters_in_a_path_never_end_a_segment() -> None:
    assert simple("a:b/c?d#e%2F", reserved=True) == "a:b%2Fc%3Fd%23e%2F"
    assert matrix("m", ["a;b"], reserved=True) == ";m=a;b"
    assert label(["a@b"], reserved=True) == ".a@b"


def test_cookies_with_forbidden_octets_are_refused() -> None:
    assert cookie_header({"a": "1", "b": omit, "c": True}) == "a=1; c=true"
    with pytest.raises(Exception, match="cookie 'a'"):
        cookie_header({"a": "1; admin=true"})


@pytest.mark.parametrize(
    ("array_format", "expected"),
    [
        ("comma", "a=1,2"),
        ("repeat", "a=1&a=2"),
        ("brackets", "a%5B%5D=1&a%5B%5D=2"),
        ("indices", "a%5B0%5D=1&a%5B1%5D=2"),
    ],
)
def test_array_formats_of_plain_values(array_format: Any, expected: str) -> None:
    assert Querystring(array_format=array_format).stringify({"a": [1, 2]}) == expected


def test_a_format_given_for_one_query_takes_the_place_of_the_own_one() -> None:
    qs, value = Querystring(array_format="comma", nested_format="dots"), {"a": [1, 2], "b": {"c": 3}}
    assert qs.stringify(value) == "a=1,2&b.c=3"
    assert qs.stringify(value, array_format="repeat") == "a=1&a=2&b.c=3"
    assert qs.stringify_items(value, nested_format="brackets") == [("a", "1,2"), ("b[c]", "3")]
    assert qs.stringify(value) == "a=1,2&b.c=3"
    assert qs.parse("a=1&a=%202&b=") == {"a": ["1", " 2"]}


def test_nested_formats_of_plain_values() -> None:
    value = {"a": {"b": {"c": 1}, "d": [True, None]}}
    assert Querystring(nested_format="brackets").stringify(value) == "a%5Bb%5D%5Bc%5D=1&a%5Bd%5D=true"
    assert Querystring(nested_format="dots").stringify(value) == "a.b.c=1&a.d=true"


SCALARS = st.one_of(st.text(), st.integers(), st.booleans())


def spell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@given(st.dictionaries(st.text(min_size=1), st.one_of(SCALARS, st.lists(SCALARS, min_size=1))))
def test_repeated_queries_are_read_back_by_a_second_implementation(params: dict[str, Any]) -> None:
    expected = [
        (name, spell(item))
        for name, value in params.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    written = Querystring(array_format="repeat").stringify(params)
    assert parse_qsl(written, keep_blank_values=True, strict_parsing=bool(expected)) == expected


@given(st.lists(st.text(min_size=1), min_size=1))
def test_a_comma_inside_an_item_is_told_apart_from_the_comma_between_items(
    items: list[str],
) -> None:
    from urllib.parse import unquote

    written = Querystring(array_format="comma").stringify({"a": items})
    assert [unquote(item) for item in written.removeprefix("a=").split(",")] == items
