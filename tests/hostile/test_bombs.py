"""A slice of the bombs; `python -m tests.hostile bombs` is the whole."""

from __future__ import annotations

import sys

import pytest

from hostile.bombs import BOMBS
from hostile.explode import MEMORY, explode

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")

CODES = {
    "alias_laughs": "limit/nodes",
    "alias_many": "limit/aliases",
    "deep_json_arrays": "limit/depth",
    "number_json": "source/number",
    "description_100_mb": "limit/file-size",
    "path_long": "limit/name",
    "ring_itself": "ref/cycle",
    "chain_references": "limit/ref-chain",
    "double_all_of": "limit/composition",
    "file_is_pipe": "ref/missing-file",
}
GOOD = ("double_one_of", "config_deep")


def test_there_are_bombs_enough() -> None:
    assert len(BOMBS) >= 40


@pytest.mark.parametrize("name", CODES)
def test_a_bomb_is_refused_with_its_code_in_time_and_memory(name: str) -> None:
    (found,) = explode([name])
    assert found.fault == ""
    assert set(found.codes) in ({CODES[name]}, {"limit/time"})  # the latter only where the machine is very busy
    assert found.mib << 20 < MEMORY


@pytest.mark.parametrize("name", GOOD)
def test_what_is_large_but_clear_gives_a_package(name: str) -> None:
    (found,) = explode([name])
    assert found.fault == ""
    assert set(found.codes) <= {"limit/time"}
