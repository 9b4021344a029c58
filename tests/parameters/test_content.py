"""Parameters that are documents of their own, values with reserved characters, and values that need an escape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from parameters.test_styles import written

if TYPE_CHECKING:
    from parameters.conftest import Send

VALUE = {"R": 100, "name": "a/b, c"}
JSON = '{"R":100,"name":"a/b, c"}'
ENCODED = "%7B%22R%22%3A100%2C%22name%22%3A%22a%2Fb%2C%20c%22%7D"


@pytest.mark.parametrize(
    ("place", "text"),
    [("path", ENCODED), ("query", f"color={ENCODED}"), ("header", JSON), ("cookie", f"color={ENCODED}")],
)
def test_content_is_json_percent_encoded_where_the_place_asks_for_it(place: str, text: str, send: Send) -> None:
    assert written(send(place, "content", VALUE), place) == text


@pytest.mark.parametrize(
    ("place", "text"),
    [("path", "a%2Fb"), ("query", "color=a%2Fb"), ("header", "a/b"), ("cookie", "color=a/b")],
)
def test_content_that_is_plain_text_is_the_text(place: str, text: str, send: Send) -> None:
    assert written(send(place, "text", "a/b"), place) == text


@pytest.mark.parametrize(
    ("place", "value", "text"),
    [
        ("query", "https://a.example/?b=c,d;e", "color=https://a.example/?b=c,d;e"),
        ("query", "x&y=z#[1]+2", "color=x%26y=z%23%5B1%5D%2B2"),
        ("query", "50%25 of 10%", "color=50%25%20of%2010%25"),
        ("path", "a:b;c=d,e@f", "a:b;c=d,e@f"),
        ("path", "a/b?c#d", "a%2Fb%3Fc%23d"),
        ("path", "100%2F2", "100%2F2"),
        ("header", "a/b c", "a/b c"),
        ("cookie", "a/b:c", "color=a/b:c"),
    ],
)
def test_reserved_characters_pass_where_they_are_allowed_and_mean_nothing_else(
    place: str, value: str, text: str, send: Send
) -> None:
    assert written(send(place, "reserved", value), place) == text


def test_each_item_of_a_list_may_hold_reserved_characters(send: Send) -> None:
    assert written(send("query", "reserved_list", ["a/b", "c&d"]), "query") == "color=a/b&color=c%26d"


@pytest.mark.parametrize("value", ["..", "%2e%2e", ".;x"])
def test_reserved_characters_never_make_a_dot_segment(value: str, send: Send) -> None:
    with pytest.raises(ValueError, match="dot segment"):
        send("path", "reserved", value)


@pytest.mark.parametrize(
    ("place", "method", "text"),
    [
        ("path", "simple_joined_array", "a%2Cb,c%2Fd,%C3%A9"),
        ("path", "label_exploded_array", ".a%2Cb.c%2Fd.%C3%A9"),
        ("path", "matrix_exploded_array", ";color=a%2Cb;color=c%2Fd;color=%C3%A9"),
        ("query", "form_joined_array", "color=a%2Cb,c%2Fd,%C3%A9"),
        ("query", "form_exploded_array", "color=a%2Cb&color=c%2Fd&color=%C3%A9"),
        ("query", "pipedelimited_joined_array", "color=a%2Cb%7Cc%2Fd%7C%C3%A9"),
    ],
)
def test_delimiters_inside_a_value_are_escaped(place: str, method: str, text: str, send: Send) -> None:
    assert written(send(place, method, ["a,b", "c/d", "é"]), place) == text


@pytest.mark.parametrize(
    ("value", "text"), [(True, "color=true"), (1.5, "color=1.5"), (2**63, "color=9223372036854775808")]
)
def test_scalars_are_written_as_json_would(value: object, text: str, send: Send) -> None:
    assert written(send("query", "form_exploded_string", value), "query") == text


def test_none_in_a_query_a_header_or_a_cookie_is_not_sent(send: Send) -> None:
    for place, method in (("query", "form"), ("header", "simple"), ("cookie", "form")):
        assert written(send(place, f"{method}_exploded_string", None), place) is None
