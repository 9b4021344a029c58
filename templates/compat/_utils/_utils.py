"""Small helpers that code written for older versions imports."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeGuard, TypeVar, cast

from .._files import file_from_path
from .._legacy.extracting import deepcopy_minimal, extract_files
from .._legacy.types import HeadersLike
from .._platform import get_async_library
from .._types import NotGiven
from ._checks import is_dict, is_given, is_list, is_mapping, required_args

__all__ = [
    "CallableT",
    "coerce_boolean",
    "coerce_float",
    "coerce_integer",
    "deepcopy_minimal",
    "extract_files",
    "file_from_path",
    "flatten",
    "get_async_library",
    "get_required_header",
    "human_join",
    "is_dict",
    "is_given",
    "is_iterable",
    "is_list",
    "is_mapping",
    "is_mapping_t",
    "is_sequence",
    "is_sequence_t",
    "is_tuple",
    "is_tuple_t",
    "json_safe",
    "lru_cache",
    "maybe_coerce_boolean",
    "maybe_coerce_float",
    "maybe_coerce_integer",
    "quote",
    "removeprefix",
    "removesuffix",
    "required_args",
    "strip_not_given",
]

T = TypeVar("T")
CallableT = TypeVar("CallableT", bound=Callable[..., Any])
_TRUE = frozenset({"true", "1", "on"})


def flatten(t: Iterable[Iterable[T]]) -> list[T]:
    """The items of all the iterables."""
    return [item for items in t for item in items]


def is_tuple(obj: object) -> TypeGuard[tuple[object, ...]]:
    """Whether the value is a tuple."""
    return isinstance(obj, tuple)


def is_tuple_t(obj: tuple[T, ...] | object) -> TypeGuard[tuple[T, ...]]:
    """The same, keeping the type of the items."""
    return isinstance(obj, tuple)


def is_sequence(obj: object) -> TypeGuard[Sequence[object]]:
    """Whether the value is a sequence; text is one."""
    return isinstance(obj, Sequence)


def is_sequence_t(obj: Sequence[T] | object) -> TypeGuard[Sequence[T]]:
    """The same, keeping the type of the items."""
    return isinstance(obj, Sequence)


def is_mapping_t(obj: Mapping[str, T] | object) -> TypeGuard[Mapping[str, T]]:
    """Whether the value is a mapping, keeping the type of its values."""
    return isinstance(obj, Mapping)


def is_iterable(obj: object) -> TypeGuard[Iterable[object]]:
    """Whether the value can be iterated over."""
    return isinstance(obj, Iterable)


def strip_not_given(obj: Any) -> Any:
    """A mapping without the keys whose value was not given; anything else as it is."""
    if not is_mapping(obj):
        return obj
    return {key: value for key, value in obj.items() if not isinstance(value, NotGiven)}


def coerce_integer(val: str) -> int:
    """A decimal number. Raises ValueError."""
    return int(val, base=10)


def coerce_float(val: str) -> float:
    """A number. Raises ValueError."""
    return float(val)


def coerce_boolean(val: str) -> bool:
    """True for `true`, `1` and `on`."""
    return val in _TRUE


def maybe_coerce_integer(val: str | None) -> int | None:
    """A decimal number, None for None."""
    return None if val is None else coerce_integer(val)


def maybe_coerce_float(val: str | None) -> float | None:
    """A number, None for None."""
    return None if val is None else coerce_float(val)


def maybe_coerce_boolean(val: str | None) -> bool | None:
    """A truth value, None for None."""
    return None if val is None else coerce_boolean(val)


def removeprefix(string: str, prefix: str) -> str:
    """The text without the prefix, if it has it."""
    return string.removeprefix(prefix)


def removesuffix(string: str, suffix: str) -> str:
    """The text without the suffix, if it has it."""
    return string.removesuffix(suffix)


def quote(string: str) -> str:
    """The text between single quotes."""
    return f"'{string}'"


def human_join(seq: Sequence[str], *, delim: str = ", ", final: str = "or") -> str:
    """`a`, `a or b`, `a, b or c`."""
    if len(seq) < 2:
        return "".join(seq)
    return f"{delim.join(seq[:-1])} {final} {seq[-1]}"


def get_required_header(headers: HeadersLike, header: str) -> str:
    """The value of a header, whatever the case of its name. Raises ValueError if it is absent or empty."""
    wanted = header.lower()
    if is_mapping(cast("object", headers)):
        for name, value in cast("Mapping[str, object]", headers).items():
            if name.lower() == wanted and isinstance(value, str) and value:
                return value
    else:
        value = headers.get(header)
        if value:
            return value
    raise ValueError(f"Could not find the header {header}")


def lru_cache(*, maxsize: int | None = 128) -> Callable[[CallableT], CallableT]:
    """`functools.lru_cache` that keeps the signature for type checkers."""
    return cast("Callable[[CallableT], CallableT]", functools.lru_cache(maxsize=maxsize))


def json_safe(data: object) -> object:
    """Mappings and sequences as dicts and lists, dates as ISO 8601 text, at every depth."""
    if is_mapping(data):
        return {json_safe(key): json_safe(value) for key, value in data.items()}
    if is_iterable(data) and not isinstance(data, (str, bytes, bytearray)):
        return [json_safe(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data
