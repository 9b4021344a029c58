"""Parameter styles, exactly the tables of OpenAPI 3.2, section 4.12 ("Style Examples", RFC 6570).

Each function marks a value with its style and passes `omit` through. `simple`, `label` and `matrix` yield text that
is already encoded for a path; the others are written by `_qs.Querystring`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast
from urllib.parse import quote

from pydantic import BaseModel
from pydantic_core import to_json
from typing_extensions import override

from ._types import NotGiven, Omit
from ._utils._checks import is_dict, is_list, is_mapping
from ._utils._path import EncodedPath, primitive

__all__ = [
    "Simple",
    "Styled",
    "allow_reserved",
    "cookie",
    "deep_object",
    "form",
    "json_content",
    "label",
    "matrix",
    "pipe_delimited",
    "simple",
    "space_delimited",
]

Pair: TypeAlias = tuple[str, str]
Encode: TypeAlias = Callable[[str], str]

# Reserved characters that mean nothing of their own inside a query (OpenAPI 3.1.1, `allowReserved`).
_RESERVED = ":/?@!$'()*,;="
_RESERVED_IN_PATH = ":@!$&'()*+,;="  # "/", "?" and "#" must never come from a value (OpenAPI 3.2, 4.8)
_TRIPLET = re.compile(r"(%[0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Styled:
    """A query or cookie value with its style; `reserved` leaves reserved characters unescaped."""

    style: Literal["form", "space", "pipe", "deep", "json", "plain"]
    value: object
    explode: bool = False
    reserved: bool = False

    def pairs(self, name: str) -> list[Pair]:
        """The encoded `name=value` pairs; empty for an empty list or object, as RFC 6570 says."""
        if self.style == "json":
            return [(_encode(name), self._quote(json_text(self.value)))]
        value = plain(self.value)
        if is_dict(value):
            return self._object_pairs(name, value)
        if is_list(value):
            return self._array_pairs(name, value)
        return [(_encode(name), self._quote(primitive(value)))]

    def _array_pairs(self, name: str, items: list[object]) -> list[Pair]:
        texts = [self._quote(_scalar(item)) for item in items]
        if self.explode or self.style == "deep":
            return [(_encode(name), text) for text in texts]
        return [(_encode(name), self._separator.join(texts))] if texts else []

    def _object_pairs(self, name: str, fields: dict[str, object]) -> list[Pair]:
        if self.style == "deep":
            return [(_encode(name) + path, text) for path, text in self._deep(fields)]
        texts = [(_encode(key), self._quote(_scalar(item))) for key, item in fields.items()]
        if self.explode:
            return texts
        joined = self._separator.join(part for pair in texts for part in pair)
        return [(_encode(name), joined)] if texts else []

    def _deep(self, fields: dict[str, object], prefix: str = "") -> list[Pair]:
        pairs: list[Pair] = []
        for key, item in fields.items():
            path = f"{prefix}%5B{_encode(key)}%5D"
            if is_dict(item):
                pairs += self._deep(item, path)
            elif is_list(item):
                pairs += [(path, self._quote(_scalar(each))) for each in item]
            else:
                pairs.append((path, self._quote(primitive(item))))
        return pairs

    @property
    def _separator(self) -> str:
        return {"space": "%20", "pipe": "%7C"}.get(self.style, ",")

    def _quote(self, text: str) -> str:
        return _reserved(text, _RESERVED) if self.reserved else _encode(text)


class Simple(EncodedPath):
    """Text encoded for a path; `raw` is the same text as a header carries it, None for an empty list or object."""

    raw: str | None

    def __new__(cls, encoded: str, raw: str | None) -> Simple:
        self = super().__new__(cls, encoded)
        self.raw = raw
        return self

    @override
    def __reduce__(self) -> tuple[type[Simple], tuple[str, str | None]]:
        return Simple, (str(self), self.raw)


def form(value: object, explode: bool = True) -> Styled | Omit:
    """`color=blue&color=black`, or `color=blue,black` without `explode`."""
    return value if isinstance(value, Omit) else Styled("form", value, explode)


def space_delimited(value: object, explode: bool = False) -> Styled | Omit:
    """`color=blue%20black`."""
    return value if isinstance(value, Omit) else Styled("space", value, explode)


def pipe_delimited(value: object, explode: bool = False) -> Styled | Omit:
    """`color=blue%7Cblack`."""
    return value if isinstance(value, Omit) else Styled("pipe", value, explode)


def deep_object(value: object) -> Styled | Omit:
    """`color%5BR%5D=100&color%5BG%5D=200`."""
    return cast("Omit", value) if isinstance(value, (Omit, NotGiven)) else Styled("deep", value, explode=True)


def json_content(value: object) -> Styled | Omit:
    """The value as JSON text: a parameter with `content: application/json`."""
    return value if isinstance(value, Omit) else Styled("json", value)


def allow_reserved(value: object) -> Styled | Omit:
    """The value, styled or not, with reserved characters left as they are where a query allows them."""
    if isinstance(value, Omit):
        return value
    if isinstance(value, Styled):
        return dataclasses.replace(value, reserved=True)
    return Styled("form", value, explode=True, reserved=True)


def cookie(value: object, explode: bool = True) -> Styled | Omit:
    """`color=blue; color=black`: `form` as a cookie header writes it."""
    return form(value, explode)


def simple(value: object, explode: bool = False, reserved: bool = False) -> Simple | Omit:
    """`blue,black` and `R,100,G,200`, or `R=100,G=200` with `explode`; for paths and headers."""
    if isinstance(value, Omit):
        return value
    encode = _encode_reserved if reserved else _encode
    if isinstance(value, Styled) and value.style == "json":
        return Simple(encode(json_text(value.value)), json_text(value.value))
    joined = "=" if explode else ","
    raw = [part if not key else f"{key}{joined}{part}" for key, part in pieces(value, str)]
    encoded = (part if not key else f"{key}{joined}{part}" for key, part in pieces(value, encode))
    return Simple(",".join(encoded), ",".join(raw) if raw else None)


def label(value: object, explode: bool = False, reserved: bool = False) -> EncodedPath:
    """`.blue,black`, or `.blue.black` and `.R=100.G=200` with `explode`; empty for an empty list or object."""
    separator, joined = (".", "=") if explode else (",", ",")
    parts = pieces(value, _encode_reserved if reserved else _encode)
    texts = [part if not key else f"{key}{joined}{part}" for key, part in parts]
    return EncodedPath("." + separator.join(texts) if texts else "")


def matrix(name: str, value: object, explode: bool = False, reserved: bool = False) -> EncodedPath:
    """`;color=blue,black`, or `;color=blue;color=black` and `;R=100;G=200` with `explode`; empty for an empty list."""
    parts = pieces(value, _encode_reserved if reserved else _encode)
    if explode or not parts:
        texts = [f";{key or _encode(name)}={part}" if part else f";{key or _encode(name)}" for key, part in parts]
        return EncodedPath("".join(texts))
    joined = ",".join(part if not key else f"{key},{part}" for key, part in parts)
    return EncodedPath(f";{_encode(name)}={joined}" if joined else f";{_encode(name)}")


def plain(value: object) -> object:
    """A mapping or model as a dict and an iterable as a list, without the entries that are not sent."""
    if isinstance(value, BaseModel):
        return cast("dict[str, object]", value.model_dump(mode="json", by_alias=True, exclude_unset=True))
    if is_mapping(value):
        return {str(key): plain(item) for key, item in value.items() if _is_sent(item)}
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        return value
    return [plain(item) for item in cast("Iterable[object]", value) if _is_sent(item)]


def json_text(value: object) -> str:
    """Compact JSON of a parameter."""
    return to_json(plain(value)).decode()


def pieces(value: object, encode: Encode) -> list[Pair]:
    """The texts that a value is made of: `("", text)` for scalars and list items, `(key, text)` for fields."""
    value = plain(value.value) if isinstance(value, Styled) else plain(value)
    if is_dict(value):
        return [(encode(key), encode(_scalar(item))) for key, item in value.items()]
    if is_list(value):
        return [("", encode(_scalar(item))) for item in value]
    return [("", encode(primitive(value)))]


def _scalar(value: object) -> str:
    # Styles are undefined below one level (OpenAPI 3.1.1, section 4.8.12.3); JSON keeps the value readable.
    return json_text(value) if is_dict(value) or is_list(value) else primitive(value)


def _is_sent(value: object) -> bool:
    return value is not None and not isinstance(value, (Omit, NotGiven))


def _encode(text: str) -> str:
    return quote(text, safe="")


def _encode_reserved(text: str) -> str:
    return _reserved(text, _RESERVED_IN_PATH)


def _reserved(text: str, safe: str) -> str:
    # What is percent-encoded already stays so (RFC 6570, section 3.2.3).
    parts = _TRIPLET.split(text)
    return "".join(part if index % 2 else quote(part, safe=safe) for index, part in enumerate(parts))
