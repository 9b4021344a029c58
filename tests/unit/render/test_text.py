"""Every way in which text of a document reaches output."""

from __future__ import annotations

import ast
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdkwright.text import (
    BadIdentifier,
    Code,
    html_attr,
    md_code,
    md_text,
    py_comment,
    py_doc,
    py_ident,
    py_literal,
    py_str,
    toml_str,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
NASTY = [
    '"',
    '"""',
    "\\",
    '\\"',
    "'''",
    "{x}",
    "{{ 7 }}",
    "\x00",
    "\n",
    "\u2028",
    "\u202e",
    "\ud800",
    "é",
    "\U0001f600",
]


@given(ANY_TEXT)
def test_a_string_literal_evaluates_to_its_text_and_stays_on_one_printable_line(text: str) -> None:
    literal = py_str(text)
    assert ast.literal_eval(literal) == text
    assert literal.isprintable()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
        max_leaves=8,
    )
)
def test_a_literal_evaluates_to_its_json_value(value: object) -> None:
    assert ast.literal_eval(py_literal(value)) == value  # type: ignore[arg-type]  # any JSON value


def test_true_stays_a_boolean_in_a_literal() -> None:
    assert py_literal([True, 1, 1.0]) == "[True, 1, 1.0]"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400])
def test_a_number_without_a_literal_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"literal|digits"):
        py_literal(value)


@given(ANY_TEXT)
def test_a_docstring_is_one_string_whatever_it_says(text: str) -> None:
    doc = py_doc(text)
    if doc:
        module = ast.parse(f"def f():\n    {doc}\n    return 1\n".encode())
        (function,) = module.body
        assert isinstance(function, ast.FunctionDef)
        assert len(function.body) == 2


@pytest.mark.parametrize("nasty", [*NASTY, '\\\\"""', '\\\\\\"', '""', '""""', '"""""""'])
@pytest.mark.parametrize("text", ["before {} after", "{}", "ends with {}", "{} starts", "two\n\nparagraphs {}"])
def test_a_docstring_keeps_every_word(text: str, nasty: str) -> None:
    filled = text.replace("{}", nasty)
    doc = py_doc(filled)
    assert (ast.literal_eval(doc).split() if doc else []) == filled.split()


def test_a_docstring_wraps_paragraphs_and_keeps_code_tables_and_lists() -> None:
    text = "A " + "word " * 30 + "\n\n- one " + "item " * 30 + "\n- two\n\n```json\n{  }\n```\n\n| a | b |\n|---|---|\n"
    lines = ast.literal_eval(py_doc(text, 4)).splitlines()
    assert all(len(line) <= 100 for line in lines)
    stripped = [line.strip() for line in lines]
    assert "- two" in stripped
    assert stripped[stripped.index("```json") : stripped.index("```json") + 3] == ["```json", "{  }", "```"]
    assert stripped[-3:] == ["| a | b |", "|---|---|", ""]


def test_no_text_is_no_docstring() -> None:
    assert py_doc(" \n\n ") == ""


@pytest.mark.parametrize("name", ["", "1a", "a-b", "class", "None", "__init__", "a b", "\ufb01", "a" * 121, "x\n"])
def test_what_python_would_not_take_as_a_name_is_refused(name: str) -> None:
    with pytest.raises(BadIdentifier):
        py_ident(name)


@pytest.mark.parametrize("name", ["type", "match", "item_id", "élan", "_private"])
def test_a_name_comes_back_as_it_is(name: str) -> None:
    assert py_ident(name) == name


@pytest.mark.parametrize("text", ["type: ignore", "noqa", "fmt: off", "pyright: basic", "-*- coding: rot13 -*-"])
def test_a_comment_is_no_instruction_to_a_tool(text: str) -> None:
    comment = py_comment(f"{text}\nimport os # noqa")
    assert "\n" not in comment
    assert comment.startswith("# (")
    assert comment.count("#") == 1


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_a_toml_string_reads_back(text: str) -> None:
    assert tomllib.loads(f"x = {toml_str(text)}")["x"] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>", "&lt;script&gt;"),
        ("a*b_c", "a\\*b\\_c"),
        ("[x](http://e)", "\\[x\\](http://e)"),
        ("# heading", "\\# heading"),
        ("two\nlines", "two lines"),
    ],
)
def test_text_is_no_markup_in_markdown(text: str, expected: str) -> None:
    assert md_text(text) == expected


def test_inline_code_gets_a_longer_fence_than_its_content() -> None:
    assert md_code("a``b") == "```a``b```"
    assert md_code("`") == "`` ` ``"


def test_an_attribute_cannot_be_left() -> None:
    assert html_attr('a" onclick="x') == "a&quot; onclick=&quot;x"


def test_quoted_values_are_code() -> None:
    assert {type(value) for value in (py_str("x"), py_literal(None), py_ident("x"), py_doc("x"))} == {Code}
