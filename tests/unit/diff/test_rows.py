"""Side by side: which lines correspond, with their real numbers, and which words differ."""

from __future__ import annotations

from pathlib import Path

from sdkwright.diff.report.rows import Piece, rows, unified
from sdkwright.diff.report.views import document_rows
from unit.diff.comparing import compare, with_response


def test_equal_texts_have_no_rows() -> None:
    assert rows(["a"], ["a"]) == ()


def test_words_that_differ_are_marked() -> None:
    (row,) = rows(["type: integer"], ["type: number"], 7, 9)
    assert (row.kind, row.left, row.right) == ("changed", 7, 9)
    assert row.old == (Piece("type: "), Piece("integer", changed=True))
    assert row.new == (Piece("type: "), Piece("number", changed=True))


def test_what_lies_between_changes_is_a_gap() -> None:
    old = [f"line {number}" for number in range(50)]
    new = ["first", *old[1:-1], "last"]
    found = rows(old, new)
    assert [row.kind for row in found] == ["changed", *["same"] * 3, "gap", *["same"] * 3, "changed"]
    assert found[4].hidden == 42
    assert (found[-1].left, found[-1].right) == (50, 50)


def test_long_views_end_and_say_how_much_is_left() -> None:
    found = rows([], [f"line {number}" for number in range(400)])
    assert (len(found), found[-1].kind, found[-1].hidden) == (49, "gap", 352)


def test_invisible_characters_are_written_out() -> None:
    (row,) = rows([], ["a\u202eb"])
    assert row.new == (Piece("a\\u202eb"),)


def test_a_patch_has_removed_lines_before_added_ones() -> None:
    assert list(unified(rows(["a", "b", "z"], ["c", "d", "z"]))) == ["-a", "-b", "+c", "+d", " z"]


def test_a_keyword_is_shown_with_the_property_that_it_belongs_to(tmp_path: Path) -> None:
    text = {"type": "string", "maxLength": 9}
    base = with_response({"type": "object", "properties": {"name": text}})
    revision = with_response({"type": "object", "properties": {"name": {**text, "maxLength": 12}}})
    (only,) = compare(base, revision, tmp_path).cards
    found = document_rows(only)
    assert [row.kind for row in found] == ["same", "same", "changed", "same"]
    lines = (tmp_path / "base.json").read_text().splitlines()
    changed = next(row for row in found if row.kind == "changed")
    assert lines[changed.left - 1].strip() == '"maxLength": 9'
