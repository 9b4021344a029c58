"""Request bodies: renamed keys and JSON, in one pass and without looking at types."""

from __future__ import annotations

import datetime
import json
from collections import deque
from typing import Any

import pytest
from pydantic import Field
from sdk_runtime._models import BaseModel
from sdk_runtime._types import not_given, omit
from sdk_runtime._wire import Keys, dump_json, encode

IMAGE = Keys({"image_url": "imageURL"})
TEXT = Keys({"text_value": "textValue"})
NODE = Keys({"node_id": "nodeID"}, {"children": lambda: NODE, "part": lambda: (TEXT, IMAGE)})


def dumped(value: Any) -> Any:
    return json.loads(dump_json(value))


class Named(BaseModel):
    long_name: str = Field(alias="longName")
    other: int | None = None


def test_keys_are_renamed_where_the_tables_say_and_nowhere_else() -> None:
    value = {"node_id": 1, "children": [{"node_id": 2, "free": {"node_id": 3}}], "nodeID": 4}
    assert encode({"node_id": 1, "free": {"node_id": 3}}, NODE) == {
        "nodeID": 1,
        "free": {"node_id": 3},
    }
    assert encode(value["children"], NODE) == [{"nodeID": 2, "free": {"node_id": 3}}]


def test_a_union_takes_the_table_that_knows_the_keys() -> None:
    assert encode({"part": {"image_url": "u"}}, NODE) == {"part": {"imageURL": "u"}}
    assert encode({"part": {"text_value": "t"}}, NODE) == {"part": {"textValue": "t"}}
    assert encode({"part": {"unknown_key": 1}}, NODE) == {"part": {"unknown_key": 1}}


def test_encoding_does_not_change_the_callers_value() -> None:
    value = {"children": [{"node_id": 1}]}
    encode(value, NODE)
    assert value == {"children": [{"node_id": 1}]}


def test_what_is_not_a_dict_passes_through() -> None:
    assert encode("text", NODE) == "text"
    assert encode(omit, NODE) is omit
    assert encode(None, NODE) is None


def test_models_are_sent_by_alias_and_only_what_was_set() -> None:
    assert dumped({"a": [Named(longName="x")]}) == {"a": [{"longName": "x"}]}


def test_omit_is_left_out_and_none_is_null() -> None:
    assert dumped({"a": omit, "b": None, "c": {"d": not_given, "e": 1}}) == {
        "b": None,
        "c": {"e": 1},
    }


def test_iterables_and_dates_have_a_json_form() -> None:
    value = {
        "generator": (n for n in range(2)),
        "deque": deque([1]),
        "keys": {"k": 1}.keys(),
        "at": datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC),
    }
    assert dumped(value) == {
        "generator": [0, 1],
        "deque": [1],
        "keys": ["k"],
        "at": "2026-01-02T00:00:00Z",
    }


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_does_not_know_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON has no such number"):
        dump_json({"a": [number]})


def test_a_file_in_a_json_body_is_refused(tmp_path: Any) -> None:
    (tmp_path / "f").write_bytes(b"x")
    with (tmp_path / "f").open("rb") as file, pytest.raises(TypeError, match="file"):
        dump_json({"a": file})
