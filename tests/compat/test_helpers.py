"""`_utils` of older versions: what each helper does, and that all can be imported from there."""

from __future__ import annotations

import asyncio
import datetime
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Generic, Literal, Required, TypeVar

import pytest
from typing_extensions import TypeAliasType

Module = Callable[[str], ModuleType]
T = TypeVar("T")


@pytest.fixture
def utils(module: Module) -> Any:
    return module("_utils")


def test_text_becomes_numbers_and_truth_values(utils: Any) -> None:
    assert [utils.coerce_integer("12"), utils.coerce_float("1.5"), utils.coerce_boolean("on")] == [12, 1.5, True]
    assert utils.coerce_boolean("yes") is False
    assert [utils.maybe_coerce_integer(None), utils.maybe_coerce_float(None), utils.maybe_coerce_boolean(None)] == [
        None
    ] * 3
    assert [utils.maybe_coerce_integer("1"), utils.maybe_coerce_float("2"), utils.maybe_coerce_boolean("0")] == [
        1,
        2,
        False,
    ]
    with pytest.raises(ValueError, match="invalid literal"):
        utils.coerce_integer("0x1")


def test_questions_about_values(utils: Any) -> None:
    assert utils.is_tuple(()) and utils.is_tuple_t((1,)) and not utils.is_tuple([])
    assert utils.is_sequence([]) and utils.is_sequence_t(()) and not utils.is_sequence({})
    assert utils.is_mapping({}) and utils.is_mapping_t({}) and not utils.is_mapping_t([])
    assert utils.is_iterable(iter(())) and not utils.is_iterable(1)
    assert utils.is_dict({}) and utils.is_list([]) and utils.is_given(None)


def test_what_was_not_given_is_stripped_and_omit_stays(utils: Any, module: Module) -> None:
    types: Any = module("_types")
    assert utils.strip_not_given({"a": types.not_given, "b": types.omit, "c": None}) == {"b": types.omit, "c": None}
    assert utils.strip_not_given(None) is None


def test_small_texts(utils: Any, module: Module) -> None:
    inner: Any = module("_utils._utils")
    assert [inner.human_join(list(seq)) for seq in ("", "a", "ab", "abc")] == ["", "a", "a or b", "a, b or c"]
    assert inner.human_join(["a", "b", "c"], delim=" ", final="and") == "a b and c"
    assert inner.quote("a") == "'a'"
    assert [utils.removeprefix("abc", "ab"), utils.removesuffix("abc", "bc"), utils.removesuffix("abc", "x")] == [
        "c",
        "a",
        "abc",
    ]
    assert utils.flatten([[1], (2, 3), []]) == [1, 2, 3]


def test_a_header_is_found_whatever_its_case(utils: Any, module: Module) -> None:
    httpx: Any = module("_http").httpx
    assert utils.get_required_header({"X-Id": "1"}, "x-id") == "1"
    assert utils.get_required_header(httpx.Headers({"x-id": "1"}), "X-Id") == "1"
    with pytest.raises(ValueError, match="x-id"):
        utils.get_required_header({"X-Id": ""}, "x-id")


def test_data_is_made_safe_for_json(utils: Any) -> None:
    day = datetime.date(2026, 1, 2)
    moment = datetime.datetime(2026, 1, 2, 3, 4, tzinfo=datetime.UTC)
    assert utils.json_safe({"a": (day, [moment]), 1: "text"}) == {
        "a": ["2026-01-02", ["2026-01-02T03:04:00+00:00"]],
        1: "text",
    }


def test_a_cached_function_is_called_once(utils: Any) -> None:
    calls: list[int] = []

    @utils.lru_cache(maxsize=1)
    def function(value: int) -> int:
        calls.append(value)
        return value

    assert [function(1), function(1)] == [1, 1]
    assert calls == [1]


def test_a_minimal_copy_shares_what_containers_hold(utils: Any) -> None:
    held = object()
    item = {"a": [{"b": held}], "c": (1,)}
    copied = utils.deepcopy_minimal(item)
    assert copied == item
    assert copied is not item and copied["a"] is not item["a"] and copied["a"][0] is not item["a"][0]  # type: ignore[index]
    assert copied["a"][0]["b"] is held and copied["c"] is item["c"]


@pytest.mark.parametrize(
    ("query", "path", "files", "rest"),
    [
        ({"a": b"x", "b": 1}, ["a"], [("a", b"x")], {"b": 1}),
        ({"a": {"b": {"c": b"x"}}}, ["a", "b", "c"], [("a[b][c]", b"x")], {"a": {"b": {}}}),
        ({"a": [b"x", b"y"]}, ["a", "<array>"], [("a[]", b"x"), ("a[]", b"y")], {}),
        (
            {"a": [{"f": b"x"}, {"f": b"y"}]},
            ["a", "<array>", "f"],
            [("a[][f]", b"x"), ("a[][f]", b"y")],
            {"a": [{}, {}]},
        ),
        ({"a": {"b": [b"x"]}}, ["a", "b", "<array>"], [("a[b][]", b"x")], {"a": {}}),
        ({"a": {"b": 1}}, ["a", "<array>", "b"], [], {"a": {"b": 1}}),
        ({"a": []}, ["a", "b"], [], {"a": []}),
        ({"a": None}, ["a"], [], {}),
        ({}, ["a", "b"], [], {}),
    ],
)
def test_files_are_taken_out_of_arguments(
    utils: Any, query: dict[str, object], path: list[str], files: list[Any], rest: dict[str, object]
) -> None:
    assert utils.extract_files(query, paths=[path]) == files
    assert query == rest


def test_names_of_files_follow_the_array_format(utils: Any) -> None:
    names = {
        form: [
            name for name, _ in utils.extract_files({"a": [b"x", b"y"]}, paths=[["a", "<array>"]], array_format=form)
        ]
        for form in ("brackets", "indices", "repeat", "comma")
    }
    assert names == {"brackets": ["a[]"] * 2, "indices": ["a[0]", "a[1]"], "repeat": ["a"] * 2, "comma": ["a"] * 2}


def test_what_is_no_file_is_refused_by_its_field(utils: Any) -> None:
    with pytest.raises(RuntimeError, match="Expected entry at `a` to be bytes"):
        utils.extract_files({"a": "text"}, paths=[["a"]])


@pytest.mark.parametrize(
    "value", ["2026-01-02T03:04:05Z", 1767323045, 1767323045000, "1767323045", b"2026-01-02T03:04:05Z"]
)
def test_moments_are_read_from_text_and_unix_times(utils: Any, value: object) -> None:
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
    assert utils.parse_datetime(value) == moment
    assert utils.parse_datetime(moment) is moment


@pytest.mark.parametrize(
    "value", ["2026-01-02", 1767323045, 1767323045000.5, "1767323045", datetime.datetime(2026, 1, 2, 3, 4)]
)
def test_days_are_read_from_text_and_unix_times(utils: Any, value: object) -> None:
    assert utils.parse_date(value) == datetime.date(2026, 1, 2)


@pytest.mark.parametrize("value", ["text", "2026-13-01", "x20120423091500"])
def test_what_is_no_date_is_a_value_error(utils: Any, value: str) -> None:
    for parse in (utils.parse_date, utils.parse_datetime):
        with pytest.raises(ValueError, match="valid"):
            parse(value)


def test_questions_about_annotations(utils: Any) -> None:
    alias = TypeAliasType("alias", int)
    assert utils.is_list_type(list[int]) and utils.is_list_type(list) and not utils.is_list_type(Sequence[int])
    assert utils.is_sequence_type(Sequence[int]) and utils.is_iterable_type(Iterable[int])
    assert utils.is_union_type(int | None) and not utils.is_union_type(int)
    assert utils.is_annotated_type(Annotated[int, 1]) and utils.is_required_type(Required[int])
    assert utils.is_type_alias_type(alias) and not utils.is_type_alias_type(int)
    assert (
        utils.is_literal_type(Literal[1])
        and utils.get_origin(list[int]) is list
        and utils.get_args(list[int]) == (int,)
    )
    assert utils.strip_annotated_type(Required[Annotated[int, 1]]) is int
    assert utils.extract_type_arg(dict[str, int], 1) is int
    with pytest.raises(RuntimeError, match="no type argument"):
        utils.extract_type_arg(list[int], 1)


class Base(Generic[T]): ...


class Given(Base[int]): ...


class Passed(Base[T], Generic[T]): ...


class Below(Passed[bytes]): ...


class Silent(Base): ...  # type: ignore[type-arg]


@pytest.mark.parametrize(("typ", "argument"), [(Base[int], int), (Given, int), (Passed[str], str), (Below, bytes)])
def test_the_argument_of_a_generic_base_is_found(utils: Any, typ: type, argument: type) -> None:
    assert utils.extract_type_var_from_base(typ, index=0, generic_bases=(Base,)) is argument


@pytest.mark.parametrize("typ", [Silent, Base, int, Passed])
def test_a_class_that_does_not_say_its_argument_is_a_type_error(utils: Any, typ: type) -> None:
    with pytest.raises(TypeError, match="sorry"):
        utils.extract_type_var_from_base(typ, index=0, generic_bases=(Base,), failure_message="sorry")


def test_a_proxy_stands_for_what_it_loads(utils: Any) -> None:
    class Proxy(utils.LazyProxy):  # type: ignore[misc, name-defined]
        def __load__(self) -> object:
            return io.BytesIO(b"x")

    class Failing(utils.LazyProxy):  # type: ignore[misc, name-defined]
        def __load__(self) -> object:
            raise RuntimeError("not configured")

    proxy = Proxy()
    assert isinstance(proxy, io.BytesIO) and isinstance(proxy, Proxy)
    assert proxy.read() == b"x" and "read" in dir(proxy) and str(proxy).startswith("<_io.BytesIO")
    assert proxy.__as_proxied__() is proxy
    assert not isinstance(Failing(), io.BytesIO)
    with pytest.raises(RuntimeError, match="not configured"):
        Failing().anything  # noqa: B018


def test_a_blocking_function_is_awaited(utils: Any) -> None:
    import threading

    def function(value: int, *, other: int) -> tuple[int, int, str]:
        return value, other, threading.current_thread().name

    value, other, thread = asyncio.run(utils.asyncify(function)(1, other=2))
    assert (value, other) == (1, 2)
    assert thread != threading.current_thread().name


def test_iterators_are_read_to_their_end(utils: Any) -> None:
    async def numbers() -> Any:
        for number in range(3):
            seen.append(number)
            yield number

    seen: list[int] = []
    utils.consume_sync_iterator(map(seen.append, range(2)))
    asyncio.run(utils.consume_async_iterator(numbers()))
    assert seen == [0, 1, 0, 1, 2]


def test_signatures_are_compared(utils: Any) -> None:
    def source(a: int, b: str) -> None: ...

    def same(self: object, a: int, b: str) -> None: ...

    def other(a: str) -> None: ...

    utils.assert_signatures_in_sync(source, same)
    utils.assert_signatures_in_sync(source, other, exclude_params={"a", "b"})
    with pytest.raises(AssertionError, match="`b` parameter is missing"):
        utils.assert_signatures_in_sync(source, other, exclude_params={"a"})
    with pytest.raises(AssertionError, match="types of `a` differ"):
        utils.assert_signatures_in_sync(source, other, exclude_params={"b"})
    assert utils.function_has_argument(source, "b") and not utils.function_has_argument(source, "c")


def test_a_file_from_a_path_has_its_name(utils: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    assert utils.file_from_path(str(tmp_path / "a.txt")) == ("a.txt", b"x")
