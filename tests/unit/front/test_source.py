"""Reading: what YAML and JSON mean, and what is refused with which code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from sdkwright import source
from sdkwright.diagnostics import Refusal
from sdkwright.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Front


def _x(front: Front, text: str) -> object:
    return front.read(f"openapi: 3.1.0\nx: {text}\n").data["x"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"), ("on", "on"), ("Yes", "Yes"), ("true", True), ("False", False), ("~", None), ("", None),
        ("null", None), ("2026-01-01", "2026-01-01"), ("12:30:45", "12:30:45"), ("1_000", "1_000"), ("-12", -12),
        ("0x1F", 31), ("0o17", 15), ("010", "010"), ("0", 0), ("-0", 0), ("1.", 1.0),
        ("1E-2", 0.01), ("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("'1'", "1"),
        ('"true"', "true"), ("!!str 5", "5"), ("!!int '5'", 5), ("=", "="), ("+", "+"), ("1.2.3", "1.2.3"),
    ],
)  # fmt: skip
def test_yaml_scalars_follow_the_core_schema_of_1_2(front: Front, text: str, value: object) -> None:
    found = _x(front, text)
    assert found == value
    assert type(found) is type(value)


def test_yaml_keys_are_text_as_written(front: Front) -> None:
    assert _x(front, "{200: a, true: b, ~: c, 1.50: d, null: e}") == {
        "200": "a", "true": "b", "~": "c", "1.50": "d", "null": "e",
    }  # fmt: skip


def test_number_keys_are_told_once_a_file_with_the_first_place(front: Front) -> None:
    front.read("openapi: 3.1.0\nx: {'200': a, 404: b}\ny: {500: c, '501': d, 6: e}\nz: |\n  200: text\n")
    assert [(item.code, item.line, item.column) for item in front.diagnostics.items] == [("source/number-key", 2, 15)]
    assert "3 keys are numbers, here 404;" in front.diagnostics.items[0].message


def test_merge_keys_give_way_to_explicit_keys_and_earlier_mappings(front: Front) -> None:
    data = front.read("openapi: 3.1.0\na: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  z: 3\n").data
    assert data["c"] == {"x": 1, "y": 1, "z": 3}


def test_aliases_become_copies_so_that_stages_may_change_them(front: Front) -> None:
    data = front.read("openapi: 3.1.0\na: &a {x: [1]}\nb: *a\n").data
    assert data["a"] == data["b"] == {"x": [1]}
    assert data["a"] is not data["b"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "source/empty"),
        (b" \n\t\n", "source/empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "source/encoding"),
        (b"openapi: 3.1.0\nx: \xff\n", "source/encoding"),
        (b"openapi: 3.1.0\nx: \x00\n", "source/binary"),
        ("openapi: 3.1.0".encode("utf-16-le"), "source/binary"),
        (b"openapi: 3.1.0\nx: \x1b[31m\n", "source/character"),
        (b"just text", "source/not-openapi"),
        (b"- a\n- b\n", "source/not-openapi"),
        (b"# nothing\n", "source/not-openapi"),
        (b"swaggerVersion: '1.2'\n", "source/not-openapi"),
        (b"openapi: [3.1.0\n", "source/syntax"),
        (b"openapi: 3.1.0\n\tx: 1\n", "source/syntax"),
        (b'{"openapi": "3.1.0", "paths": {', "source/syntax"),
        (b"openapi: 3.1.0\n---\nopenapi: 3.1.0\n", "source/several-documents"),
        (b"openapi: 3.1.0\nx: .inf\n", "source/number"),
        (b"openapi: 3.1.0\nx: .NaN\n", "source/number"),
        (b"openapi: 3.1.0\nx: 1e999\n", "source/number"),
        (b"openapi: 3.1.0\nx: " + b"9" * 401, "source/number"),
        (b'{"openapi": "3.1.0", "x": NaN}', "source/number"),
        (b'{"openapi": "3.1.0", "x": 1e999}', "source/number"),
        (b'{"openapi": "3.1.0", "x": -' + b"9" * 5000 + b"}", "source/number"),
        (b"openapi: 3.1.0\nx: !!python/object/apply:os.system [id]\n", "source/tag"),
        (b"openapi: 3.1.0\nx: !include other.yaml\n", "source/tag"),
        (b"openapi: 3.1.0\n? [a]\n: 1\n", "source/key"),
        (b"openapi: 3.1.0\nx: *nowhere\n", "source/alias"),
        (b"openapi: 3.1.0\nx: &x [*x]\n", "source/alias"),
        (b"openapi: 3.1.0\nx: {<<: 5}\n", "source/merge"),
        (b'{"openapi": "3.1.0", "x": "\\u0000"}', "source/character"),
        (b'{"openapi": "3.1.0", "x": ["\\ud800"]}', "source/character"),
        (b'openapi: 3.1.0\nx: "\\0"\n', "source/character"),
        (b"openapi: 3.1.0\nx: " + b"[" * 200 + b"]" * 200, "limit/depth"),
        (b'{"openapi": "3.1.0", "x": ' + b"[" * 200 + b"]" * 200 + b"}", "limit/depth"),
        (b'{"openapi": "3.1.0", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "limit/depth"),
    ],
)
def test_bad_documents_are_refused_with_a_code(front: Front, content: bytes, code: str) -> None:
    assert front.refused(content) == code


def test_missing_files_and_directories_are_refused(front: Front, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.yaml", tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(Refusal):
            source.read(path, front.limits, front.diagnostics)
    assert front.codes == ["source/unreadable"] * 3


def test_a_syntax_error_says_where(front: Front) -> None:
    front.refused("openapi: 3.1.0\ninfo:\n  title: [a\npaths: {}\n")
    assert (front.diagnostics.items[0].line, front.diagnostics.items[0].column) == (4, 6)
    front.refused('{"openapi": "3.1.0",\n "info": "}')
    assert (front.diagnostics.items[1].line, front.diagnostics.items[1].column) == (2, 11)


def test_json_with_trailing_commas_is_read_as_the_yaml_that_it_is(front: Front) -> None:
    for name, codes in (("a.yaml", []), ("a.json", ["source/not-json"])):
        document = front.read('{"openapi": "3.1.0", "x": [1,],}', name)
        assert document.data == {"openapi": "3.1.0", "x": [1]}
        assert document.source.position("/x/0") == (1, 28)
        assert front.codes == codes


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_accepted(front: Front, encoding: str) -> None:
    for text in ("openapi: 3.1.0\nx: é\n", '{"openapi": "3.1.0", "x": "é"}'):
        document = front.read(text.encode(encoding))
        assert document.data["x"] == "é"
        assert document.source.position("/openapi")[0] == 1


def test_duplicate_keys_are_errors_that_name_both_lines(front: Front) -> None:
    front.read("openapi: 3.1.0\npaths:\n  /a: {}\n  /b: {}\n  /a: {}\n")
    front.read('{"openapi": "3.1.0",\n"a": 1,\n"a": 2}', "api.json")
    first, second = front.diagnostics.items
    assert (first.code, first.location.pointer, first.line) == (
        "source/duplicate-key",
        "/paths/~1a",
        5,
    )
    assert "lines 3 and 5" in first.message
    assert "lines 2 and 3" in second.message
    assert front.diagnostics.failed


def test_the_alias_budget_and_the_expansion_budget_hold(front: Front) -> None:
    many = "openapi: 3.1.0\na: &a {}\nb: [" + "*a, " * 1001 + "]\n"
    assert front.refused(many) == "limit/aliases"
    bomb = "openapi: 3.1.0\na0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 12)
    )
    front.limits = Limits(expanded_nodes=10_000)
    assert front.refused(bomb) == "limit/nodes"


def test_aliases_cannot_nest_past_the_depth_limit(front: Front) -> None:
    lines = ["openapi: 3.1.0", "a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 120))]
    assert front.refused("\n".join(lines)) == "limit/depth"


def test_files_over_the_size_limit_are_refused(front: Front) -> None:
    front.limits = Limits(file_bytes=10)
    assert front.refused("openapi: 3.1.0\n") == "limit/file-size"


def test_both_formats_give_the_same_data(front: Front) -> None:
    data = {
        "openapi": "3.1.0",
        "a": [1, -2.5, True, None, "x\n\u2028é", {"b": {}}, []],
        "200": {"~/": "🙂"},
    }
    assert front.read(json.dumps(data)).data == data
    assert front.read("# yaml\n" + json.dumps(data, indent=1, ensure_ascii=False)).data == data


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            '{"openapi": "3.1.0",\n "paths": {\n',
            (2, 11),
            "the file ends before the document does; the `{` of line 2 is not",
        ),
        ('{"openapi": "3.1.0",\n "info": {"ti', (2, 13), "the file ends in the middle of a text; the `{` of line 2"),
        ('{"openapi": "3.1.0",\n "info": {"ti\n', (2, 13), "the file ends in the middle of a text; the `{` of line 2"),
        ('{"openapi": "3.1.0"\n "x": [1}', (2, 2), "a `,` or the end of the object or array is expected"),
        ('{"openapi": "3.1.0",\n "x" 1}', (2, 6), "a `:` is expected behind the key"),
        (
            "openapi: 3.1.0\nx: {a: {b: 1}\ny: 2\n",
            (3, 1),
            "a `,` or `}` is expected here; the `{` of line 2 is not closed",
        ),
        ("openapi: 3.1.0\nx: [a\ny: 2\n", (3, 2), "a `,` or `]` is expected here; the `[` of line 2 is not closed"),
        ("openapi: 3.1.0\nx: 'a\ny: 2\n", (4, 1), "the file ends in the middle of a text in quotes; the `'` of line 2"),
        ("openapi: 3.1.0\nx:\n  a: 1\n b: 2\n", (4, 2), "this line does not fit the mapping it stands in"),
        ("openapi: 3.1.0\n\tx: 1\n", (2, 1), "a tab stands in the place of indentation"),
        ("openapi: 3.1.0\nx: @me\n", (2, 4), "a text cannot begin with `@`"),
        ("openapi: 3.1.0\nx: a: b\n", (2, 5), "a `:` stands where no key can be"),
    ],
)
def test_a_syntax_error_says_what_is_wrong_in_plain_words(
    front: Front, text: str, place: tuple[int, int], message: str
) -> None:
    assert front.refused(text) == "source/syntax"
    (fault,) = front.diagnostics.items
    assert message in fault.message
    assert (fault.line, fault.column) == place
    assert fault.hint


def test_an_empty_file_has_a_line_and_a_hint(front: Front) -> None:
    for content in (b"", b"\n \n", b"\xef\xbb\xbf"):
        assert front.refused(content) == "source/empty"
    assert {(fault.line, fault.column, bool(fault.hint)) for fault in front.diagnostics.items} == {(1, 1, True)}


def test_a_json_text_too_deep_for_any_parser_is_refused_where_it_becomes_too_deep(front: Front) -> None:
    assert front.refused('{"openapi": "3.1.0", "x":\n' + "[" * 200_000, "api.json") == "limit/depth"
    found = front.diagnostics.items[-1]
    assert (found.line, found.column) == (2, 100)


def test_of_very_many_duplicate_keys_a_hundred_are_reported(front: Front) -> None:
    front.read('{"openapi": "3.1.0", ' + ", ".join(['"a": 1'] * 5_000) + "}", "api.json")
    assert front.codes == ["source/duplicate-key"] * 100


def test_examples_with_characters_that_only_escapes_can_write_are_left_out(front: Front) -> None:
    text = (
        'openapi: 3.1.0\na: {example: {deep: ["x\\0"]}, examples: [fine, "\\0", last]}\n'
        'components: {examples: {bad: {value: "\\0"}, good: {value: x}}}\n'
    )
    data = front.read(text).data
    assert data["a"] == {"examples": ["fine", "last"]}
    assert data["components"] == {"examples": {"bad": {}, "good": {"value": "x"}}}
    warnings = {item.location.pointer for item in front.diagnostics.items if item.code == "source/example"}
    assert warnings == {"/a/example", "/a/examples/1", "/components/examples/bad"}


@pytest.mark.parametrize(
    "text", ['{description: "\\0"}', '{properties: {example: {default: "\\0"}}}', '{examples: {"\\0": {}}}']
)
def test_such_a_character_is_refused_anywhere_else(front: Front, text: str) -> None:
    with pytest.raises(Refusal):
        front.read(f"openapi: 3.1.0\na: {text}\n")
    assert front.diagnostics.items[-1].code == "source/character"
