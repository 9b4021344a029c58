"""Request bodies: the generated tables that rename keys, and one pass from Python values to JSON bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_json
from typing_extensions import override

from ._types import NotGiven, Omit, omit
from ._utils._checks import is_mapping

__all__ = ["EachValue", "Keys", "dump_json", "encode", "jsonable", "unless_omitted"]

KeyTable: TypeAlias = "Keys | tuple[Keys, ...]"

_SCALARS = frozenset({str, int, bool, type(None)})


class Keys:
    """How one TypedDict's keys are called on the wire.

    `names` maps a Python key to its wire name where they differ; `nested` maps a Python key to the table of its
    value. Tables of types that refer to each other are written as functions, which are called on first use.
    """

    __slots__ = ("names", "nested")

    def __init__(
        self,
        names: Mapping[str, str],
        nested: Mapping[str, Callable[[], KeyTable]] | None = None,
    ) -> None:
        self.names = names
        self.nested: Mapping[str, Callable[[], KeyTable]] = nested or {}

    def covers(self, value: Mapping[str, object]) -> int:
        """How many keys of the value this table knows."""
        return sum(key in self.names or key in self.nested for key in value)


class EachValue(Mapping[str, Callable[[], KeyTable]]):
    """The same table for every value of a map, whatever its key."""

    __slots__ = ("_table",)

    def __init__(self, table: Callable[[], KeyTable]) -> None:
        self._table = table

    @override
    def __getitem__(self, key: str) -> Callable[[], KeyTable]:
        return self._table

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(("",))  # not empty, as an empty mapping is taken for no table at all

    @override
    def __len__(self) -> int:
        return 1


def unless_omitted(body: Mapping[str, object]) -> Mapping[str, object] | Omit:
    """The fields of a body that may be absent, or `omit` if every one of them is left out."""
    return omit if all(isinstance(value, (NotGiven, Omit)) for value in body.values()) else body


def encode(value: object, keys: KeyTable) -> Any:
    """Rename the keys of a value, of each item of a list, and of the nested values that the table names.

    Keys that the table does not know, such as wire names, stay. Of several tables the one that knows most keys
    of a dict applies, the first of equals.
    """
    if is_mapping(value):
        return _encode_fields(value, keys)
    if isinstance(value, (str, bytes, BaseModel, Omit, NotGiven)) or not isinstance(value, Iterable):
        return value
    return [encode(item, keys) for item in cast("Iterable[object]", value)]


def _encode_fields(value: Mapping[str, object], keys: KeyTable) -> dict[str, object]:
    table = max(keys, key=lambda each: each.covers(value)) if isinstance(keys, tuple) else keys
    encoded: dict[str, object] = {}
    for key, item in value.items():
        nested = table.nested.get(key)
        encoded[table.names.get(key, key)] = encode(item, nested()) if nested else item
    return encoded


def dump_json(value: object) -> bytes:
    """JSON of a request body: models by alias and only what was set, dates as ISO 8601, `omit` left out.

    Raises ValueError for NaN and infinities, which JSON cannot say, and for what holds itself; TypeError for what has
    no JSON form.
    """
    try:
        return to_json(jsonable(value))
    except PydanticSerializationError as error:
        reason = str(error)
    except RecursionError:
        raise ValueError("the body cannot be sent as JSON: it holds itself, or is nested too deeply") from None
    raise TypeError(f"the body cannot be sent as JSON: {reason}")


def jsonable(value: object) -> object:
    """The value with models dumped, iterables as lists and `omit` left out; what needs no change is not copied."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is dict:
        return {
            key: item if type(item) in _SCALARS else jsonable(item)
            for key, item in cast("dict[str, object]", value).items()
            if type(item) in _SCALARS or not isinstance(item, (Omit, NotGiven))
        }
    if kind is list:
        return [item if type(item) in _SCALARS else jsonable(item) for item in cast("list[object]", value)]
    return _convert(value)


def _convert(value: object) -> object:
    if isinstance(value, float):
        if value - value != 0:  # the cheapest test that holds for nan, inf and -inf alike
            raise ValueError(f"{value} cannot be sent: JSON has no such number")
        return value
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
    if is_mapping(value):
        return jsonable(dict(value))
    if isinstance(value, (str, bytes, bytearray)):
        return value
    if callable(getattr(value, "read", None)):
        raise TypeError("a file cannot be sent inside a JSON body; pass it where the method takes a file")
    if not isinstance(value, Iterable):
        return value
    return [jsonable(item) for item in cast("Iterable[object]", value)]
