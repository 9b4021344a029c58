"""`transform`: keys and values as their TypedDict's annotations say."""

from __future__ import annotations

import asyncio
import datetime
import io
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pydantic
import pytest

SOURCE = """
from __future__ import annotations
import datetime, io
from typing import Annotated, Any, Dict, Iterable, List, Optional, TypedDict, Union
from typing_extensions import NotRequired, Required
from older_sdk._utils import PropertyInfo

class Inner(TypedDict, total=False):
    my_key: Annotated[str, PropertyInfo(alias="myKey")]
    when: Annotated[Union[str, datetime.datetime, datetime.date], PropertyInfo(format="iso8601")]

class Other(TypedDict, total=False):
    other_key: Annotated[str, PropertyInfo(alias="otherKey")]

Day = Annotated[datetime.date, PropertyInfo(format="custom", format_template="%d.%m.%Y")]

class Outer(TypedDict, total=False):
    plain: str
    inner: Required[Annotated[Inner, PropertyInfo(alias="theInner")]]
    many: Annotated[Iterable[Inner], PropertyInfo(alias="theMany")]
    by_name: Dict[str, Inner]
    either: Union[Inner, Other, None]
    nested: List[Union[str, List[Inner]]]
    days: Annotated[List[Day], PropertyInfo(alias="theDays")]
    upload: Annotated[Union[str, Any], PropertyInfo(format="base64")]
    again: NotRequired["Outer"]
"""


@pytest.fixture(scope="module")
def types(module: Callable[[str], ModuleType]) -> Any:
    made = ModuleType("older_types")
    sys.modules["older_types"] = made
    module("_utils")
    exec(compile(SOURCE, "older_types", "exec"), made.__dict__)
    return made


@pytest.fixture(params=["sync", "async"])
def transform(request: pytest.FixtureRequest, module: Callable[[str], ModuleType]) -> Callable[[object, object], Any]:
    utils: Any = module("_utils")
    if request.param == "sync":
        sync: Callable[[object, object], Any] = utils.maybe_transform
        return sync
    return lambda data, kind: asyncio.run(utils.async_maybe_transform(data, kind))


Transform = Callable[[object, object], Any]
DAY = datetime.date(2026, 1, 2)


def test_keys_get_their_names_at_every_depth(transform: Transform, types: Any) -> None:
    inner = {"my_key": "a"}
    data = {
        "plain": "x", "inner": inner, "many": [inner], "by_name": {"my_key": inner},
        "either": {"my_key": "a", "other_key": "b"},
        "nested": ["x", [inner]], "again": {"inner": inner}, "unknown_key": {"my_key": "a"},
    }  # fmt: skip
    wire = {"myKey": "a"}
    assert transform(data, types.Outer) == {
        "plain": "x", "theInner": wire, "theMany": [wire], "by_name": {"my_key": wire},
        "either": {"myKey": "a", "otherKey": "b"}, "nested": ["x", [wire]], "again": {"theInner": wire},
        "unknown_key": {"my_key": "a"},
    }  # fmt: skip
    assert inner == {"my_key": "a"}


def test_an_annotation_around_a_type_counts(transform: Transform, types: Any) -> None:
    inner = ({"my_key": key} for key in "ab")
    assert transform(inner, Iterable[types.Inner]) == [{"myKey": "a"}, {"myKey": "b"}]
    assert transform(None, types.Inner) is None
    assert transform("text", types.Inner) == "text"


def test_dates_follow_their_format(transform: Transform, types: Any) -> None:
    moment = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)
    assert transform({"when": moment}, types.Inner) == {"when": "2026-01-02T03:04:00+00:00"}
    assert transform({"when": DAY}, types.Inner) == {"when": "2026-01-02"}
    assert transform({"when": "soon"}, types.Inner) == {"when": "soon"}
    assert transform({"days": [DAY]}, types.Outer) == {"theDays": ["02.01.2026"]}


def test_files_become_base64(transform: Transform, types: Any, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"Hello")
    for value in (path, io.BytesIO(b"Hello"), io.StringIO("Hello"), "SGVsbG8="):
        assert transform({"upload": value}, types.Outer) == {"upload": "SGVsbG8="}


def test_what_is_not_given_is_left_out(transform: Transform, types: Any, module: Callable[[str], ModuleType]) -> None:
    sentinels: Any = module("_types")
    assert transform({"plain": sentinels.omit, "inner": sentinels.not_given}, types.Outer) == {}


def test_models_are_dumped_by_alias(transform: Transform, types: Any) -> None:
    class Model(pydantic.BaseModel):
        a_key: int = pydantic.Field(alias="aKey")
        unset: int = 1

    assert transform({"inner": Model(aKey=1)}, types.Outer) == {"theInner": {"aKey": 1}}
    assert transform(Model(aKey=1), Any) == {"aKey": 1}


def test_an_annotation_says_what_it_holds(module: Callable[[str], ModuleType]) -> None:
    info = module("_utils").PropertyInfo(alias="a", format="iso8601", discriminator="kind")
    assert (info.alias, info.format, info.format_template, info.discriminator) == ("a", "iso8601", None, "kind")
    assert "alias='a'" in repr(info)
