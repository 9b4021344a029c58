"""Query strings without a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from .._qs import ArrayFormat, NestedFormat, Querystring
from .._types import NotGiven, not_given

__all__ = ["Data", "Options", "Params", "PrimitiveData", "_qs", "parse", "stringify", "stringify_items"]

PrimitiveData: TypeAlias = str | int | float | bool | None
Data: TypeAlias = "PrimitiveData | list[object] | tuple[object, ...] | Mapping[str, object]"
Params: TypeAlias = Mapping[str, Data]

_qs: Querystring = Querystring()


class Options:
    """The formats of a `Querystring`, with some of them replaced."""

    array_format: ArrayFormat
    nested_format: NestedFormat

    def __init__(
        self,
        qs: Querystring = _qs,
        *,
        array_format: ArrayFormat | NotGiven = not_given,
        nested_format: NestedFormat | NotGiven = not_given,
    ) -> None:
        self.array_format = qs.array_format if isinstance(array_format, NotGiven) else array_format
        self.nested_format = qs.nested_format if isinstance(nested_format, NotGiven) else nested_format


def parse(query: str) -> Mapping[str, object]:
    """The values of a query string, a list for each name."""
    return _qs.parse(query)


def stringify(
    params: Mapping[str, object],
    *,
    array_format: ArrayFormat | NotGiven = not_given,
    nested_format: NestedFormat | NotGiven = not_given,
) -> str:
    """The query string, percent-encoded, without `?`."""
    return _qs.stringify(params, array_format=array_format, nested_format=nested_format)


def stringify_items(
    params: Mapping[str, object],
    *,
    array_format: ArrayFormat | NotGiven = not_given,
    nested_format: NestedFormat | NotGiven = not_given,
) -> list[tuple[str, str]]:
    """The pairs of the query string before percent-encoding."""
    return _qs.stringify_items(params, array_format=array_format, nested_format=nested_format)
