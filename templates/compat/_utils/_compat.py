"""Questions about annotations and readings of dates, under the names that older versions gave them."""

from __future__ import annotations

import datetime
import types
import typing
from typing import Any, Literal, Union, cast

import pydantic
import typing_extensions

from .._legacy.types import StrBytesIntFloat

__all__ = [
    "get_args",
    "get_origin",
    "is_literal_type",
    "is_typeddict",
    "is_union",
    "parse_date",
    "parse_datetime",
]


def get_args(tp: type[Any]) -> tuple[Any, ...]:
    """The arguments of a generic type or annotation."""
    return typing.get_args(tp)


def get_origin(tp: type[Any]) -> type | None:
    """What a generic type or annotation was made from, None for any other."""
    return cast("type | None", typing.get_origin(tp))


def is_typeddict(tp: type[Any]) -> bool:
    """Whether a type is a TypedDict."""
    return typing_extensions.is_typeddict(tp)


def is_union(tp: type[Any] | None) -> bool:
    """Whether an origin, as `get_origin` gives it, is that of a union in either spelling."""
    return cast("object", tp) is Union or tp is types.UnionType


def is_literal_type(tp: type[Any]) -> bool:
    """Whether an annotation is `Literal[...]`."""
    return typing.get_origin(tp) is Literal


def parse_datetime(value: datetime.datetime | StrBytesIntFloat) -> datetime.datetime:
    """A moment from ISO 8601 text or a Unix time in seconds or milliseconds. Raises ValueError for anything else."""
    return pydantic.TypeAdapter(datetime.datetime).validate_python(value)


def parse_date(value: datetime.date | StrBytesIntFloat) -> datetime.date:
    """A day, read as `parse_datetime` reads moments; of a Unix time, the day in UTC."""
    if isinstance(value, datetime.datetime):
        return value.date()
    try:
        return pydantic.TypeAdapter(datetime.date).validate_python(value)
    except ValueError:
        if isinstance(value, (str, bytes)) and not _is_number(value):
            raise
    return parse_datetime(cast("StrBytesIntFloat", value)).date()


def _is_number(value: str | bytes) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
