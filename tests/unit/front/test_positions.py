"""Positions: the line and column of any pointer, in both formats."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from sdkwright import source

if TYPE_CHECKING:
    from conftest import Front

YAML = """\
openapi: 3.1.0
paths:
  /a/b:
    get: {tags: [x, "y z"]}
base: &base
  k: 1
copy: *base
? long
: v
"""


@pytest.mark.parametrize(
    ("pointer", "position"),
    [
        ("", (1, 1)), ("/openapi", (1, 1)), ("/paths", (2, 1)), ("/paths/~1a~1b", (3, 3)),
        ("/paths/~1a~1b/get", (4, 5)), ("/paths/~1a~1b/get/tags/1", (4, 21)), ("/paths/~1a~1b/get/nothing/x", (4, 5)),
        ("/copy/k", (6, 3)), ("/long", (8, 3)), ("/nothing", (1, 1)),
    ],
)  # fmt: skip
def test_yaml_positions(front: Front, pointer: str, position: tuple[int, int]) -> None:
    assert source.positions(front.read(YAML), pointer) == position


def test_json_positions_survive_escapes_and_crlf(front: Front) -> None:
    text = '{"openapi": "3.1.0",\r\n "a\\"{": {\r\n  "b": [1, {"c": "}\\\\"}],\r\n  "d": 1}}'
    document = front.read(text)
    assert source.positions(document, '/a"{') == (2, 2)
    assert source.positions(document, '/a"{/b/1/c') == (3, 13)
    assert source.positions(document, '/a"{/d') == (4, 3)


def test_lines_are_those_that_editors_count(front: Front) -> None:
    document = front.read("openapi: 3.1.0\nx: 'a\u2028b\u0085c'\ny: 1\n")
    assert source.positions(document, "/y") == (3, 1)
    assert document.source.line(3) == "y: 1"
    assert document.source.line(99) == ""


def test_a_large_json_document_is_indexed_in_seconds(front: Front) -> None:
    data = {
        "openapi": "3.1.0",
        "x": [{"name": f"n{n}", "value": {"a": [1, 2, 3]}} for n in range(40_000)],
    }
    document = front.read(json.dumps(data))
    started = time.perf_counter()
    assert source.positions(document, "/x/39999/name")[0] == 1
    assert time.perf_counter() - started < 10
