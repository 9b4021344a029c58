"""Query strings: plain values follow the client's array and nesting format, styled values their own style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias
from urllib.parse import parse_qs, quote, unquote

from ._params import Styled, json_text, plain
from ._types import NotGiven, Omit, not_given
from ._utils._checks import is_dict, is_list
from ._utils._path import primitive

__all__ = ["ArrayFormat", "NestedFormat", "Querystring"]

ArrayFormat: TypeAlias = Literal["comma", "repeat", "brackets", "indices"]
NestedFormat: TypeAlias = Literal["brackets", "dots"]
Pair: TypeAlias = tuple[str, str]


class Querystring:
    """Writes query parameters.

    `array_format`: `a=1,2` (comma), `a=1&a=2` (repeat), `a[]=1&a[]=2` (brackets), `a[0]=1&a[1]=2` (indices).
    `nested_format`: `a[b]=1` (brackets) or `a.b=1` (dots). None and `omit` are not sent.
    """

    __slots__ = ("array_format", "nested_format")

    def __init__(self, *, array_format: ArrayFormat = "repeat", nested_format: NestedFormat = "brackets") -> None:
        self.array_format: ArrayFormat = array_format
        self.nested_format: NestedFormat = nested_format

    def stringify(
        self,
        params: Mapping[str, object],
        *,
        array_format: ArrayFormat | NotGiven = not_given,
        nested_format: NestedFormat | NotGiven = not_given,
    ) -> str:
        """The query string, percent-encoded, without `?`. A format given here takes the place of the own one."""
        pairs = self._formatted(array_format, nested_format).pairs(params)
        return "&".join(f"{key}={value}" for key, value in pairs)

    def stringify_items(
        self,
        params: Mapping[str, object],
        *,
        array_format: ArrayFormat | NotGiven = not_given,
        nested_format: NestedFormat | NotGiven = not_given,
    ) -> list[Pair]:
        """The pairs before percent-encoding, for forms. A format given here takes the place of the own one."""
        pairs = self._formatted(array_format, nested_format).pairs(params)
        return [(unquote(key), unquote(value)) for key, value in pairs]

    def parse(self, query: str) -> Mapping[str, list[str]]:
        """The values of a query string, a list for each name, whatever the formats."""
        return parse_qs(query)

    def _formatted(self, array: ArrayFormat | NotGiven, nested: NestedFormat | NotGiven) -> Querystring:
        if isinstance(array, NotGiven) and isinstance(nested, NotGiven):
            return self
        return Querystring(
            array_format=self.array_format if isinstance(array, NotGiven) else array,
            nested_format=self.nested_format if isinstance(nested, NotGiven) else nested,
        )

    def pairs(self, params: Mapping[str, object]) -> list[Pair]:
        """The percent-encoded pairs in the order of the parameters."""
        pairs: list[Pair] = []
        for name, value in params.items():
            if isinstance(value, Styled):
                pairs += value.pairs(name)
            elif value is not None and not isinstance(value, (Omit, NotGiven)):
                self._add(pairs, quote(name, safe=""), plain(value))
        return pairs

    def _add(self, pairs: list[Pair], key: str, value: object) -> None:
        if is_dict(value):
            for name, item in value.items():
                step = quote(name, safe="")
                self._add(
                    pairs,
                    f"{key}.{step}" if self.nested_format == "dots" else f"{key}%5B{step}%5D",
                    item,
                )
        elif is_list(value):
            self._add_list(pairs, key, value)
        else:
            pairs.append((key, quote(primitive(value), safe="")))

    def _add_list(self, pairs: list[Pair], key: str, items: list[object]) -> None:
        if self.array_format == "comma":
            # The comma between items stays literal, so a comma inside an item (%2C) is told apart from it.
            texts = [json_text(item) if is_dict(item) or is_list(item) else primitive(item) for item in items]
            if texts:
                pairs.append((key, ",".join(quote(text, safe="") for text in texts)))
            return
        for index, item in enumerate(items):
            step = {"brackets": "%5B%5D", "indices": f"%5B{index}%5D"}.get(self.array_format, "")
            self._add(pairs, key + step, item)
