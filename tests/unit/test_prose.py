"""Descriptions in lines of a given width."""

from __future__ import annotations

from sdkwright.prose import wrap_markdown


def test_a_link_is_not_broken_between_its_words_where_a_line_can_hold_it() -> None:
    text = "The language as an [IETF tag](https://example.com/rfc5646), for example `de`."
    assert wrap_markdown(text, 40) == [
        "The language as an",
        "[IETF tag](https://example.com/rfc5646),",
        "for example `de`.",
    ]
    assert wrap_markdown("A [long text of a link](https://example.com).", 20) == [
        "A [long text of a",
        "link](https://example.com).",
    ]


def test_brackets_that_are_no_links_lose_nothing() -> None:
    for text in ("a [ b c", "a ] b [", "[[x y] z]", "[", "list[str, int] of", "[a b][c d] e"):
        assert " ".join(wrap_markdown(text, 6)) == text
