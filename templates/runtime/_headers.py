"""Headers and cookies of a request: merged without regard to case, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from ._exceptions import SDKError
from ._http import httpx
from ._params import Simple, Styled, json_text, pieces, simple
from ._types import NotGiven, Omit

__all__ = ["HeaderSet", "cookie_header", "header_text", "with_jar"]

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_VALUE = re.compile(r"(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?")
# Both for all headers of a request at once: one pass in C instead of two calls for each header.
_LINES = re.compile(rf"(?:{_NAME.pattern}\0{_VALUE.pattern}\n)*")
# RFC 6265, section 4.1.1: no control characters, white space, quotes, commas, semicolons or backslashes.
_COOKIE = re.compile(r"[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*")


class HeaderSet:
    """Headers by name, later ones replacing earlier ones of any case; `Omit()` takes one away."""

    __slots__ = ("_items",)

    def __init__(self, items: dict[str, tuple[str, str]] | None = None) -> None:
        self._items: dict[str, tuple[str, str]] = items or {}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._items

    def copy(self) -> HeaderSet:
        """The same headers, to be changed on their own."""
        return HeaderSet(self._items.copy())

    def set(self, name: str, value: str) -> None:
        """Set one header."""
        self._items[name.lower()] = (name, value)

    def update(self, headers: Mapping[str, str | Omit]) -> None:
        """Add headers, each replacing what was there."""
        for name, value in headers.items():
            if isinstance(value, Omit):
                self._items.pop(name.lower(), None)
            else:
                self._items[name.lower()] = (name, value)

    def pop(self, name: str) -> None:
        """Take a header away."""
        self._items.pop(name.lower(), None)

    def items(self) -> list[tuple[str, str]]:
        """The headers, in the order in which they were first set."""
        return list(self._items.values())

    def check(self) -> None:
        """Raise SDKError, without the value, for a header that HTTP cannot carry; TypeError for one that is no text.

        A key that ends in a line break would let the text after it forge other headers.
        """
        items = self._items.values()
        try:
            if _LINES.fullmatch("\n".join([*map("\0".join, items), ""])):
                return
        except TypeError:
            pass  # said below, with the name of the header
        for name, value in items:
            if not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance] # of a caller without type checks
                raise TypeError(f"the value of the header `{name}` must be a str, not {type(value).__name__}")
            if not _NAME.fullmatch(name):
                raise SDKError(f"{name!r} is not a valid header name")
            if not _VALUE.fullmatch(value):
                raise SDKError(
                    f"The value of the header `{name}` cannot be sent: it holds a line break, a control character,"
                    " a character that is not ASCII, or white space around it"
                )


def header_text(value: Any) -> str | None:
    """The value of a header parameter (style `simple`); None for one that is not sent."""
    if value is None or isinstance(value, (Omit, NotGiven)):
        return None
    if type(value) is str:
        return value
    if isinstance(value, Styled) and value.style == "json":
        return json_text(value.value)
    written = value if isinstance(value, Simple) else simple(value)
    return None if isinstance(written, Omit) else written.raw


def cookie_header(cookies: Mapping[str, object]) -> str | None:
    """The value of the `Cookie` header; None when there are no cookies. Raises SDKError for forbidden octets."""
    pairs = [pair for name, value in cookies.items() for pair in _cookie_pairs(name, value)]
    return "; ".join(pairs) or None


def _cookie_pairs(name: str, value: object) -> Iterator[str]:
    """The pairs of a cookie parameter: one, or one for each part of a list or an object that is exploded."""
    if value is None or isinstance(value, (Omit, NotGiven)):
        return
    if isinstance(value, Styled) and value.style == "json":
        value = quote(json_text(value.value), safe="")
    parts = pieces(value, str)
    for key, text in parts:
        if not _NAME.fullmatch(key or name) or not _COOKIE.fullmatch(text):
            raise SDKError(
                f"The cookie {key or name!r} holds a character that cookies cannot carry: percent-encode it first"
            )
    if isinstance(value, Styled) and value.explode:
        yield from (f"{key or name}={text}" for key, text in parts)
    elif parts:
        yield f"{name}=" + ",".join(text if not key else f"{key},{text}" for key, text in parts)


def with_jar(own: str, jar: httpx.Cookies, url: httpx.URL) -> str:
    """The cookies of a call together with those of a jar that belong to the URL; of one name, the call's own."""
    request = httpx.Request("GET", url)
    jar.set_cookie_header(request)
    names = {pair.partition("=")[0] for pair in own.split("; ")}
    kept = [pair for pair in request.headers.get("cookie", "").split("; ") if pair.partition("=")[0] not in names]
    return "; ".join(pair for pair in [*kept, own] if pair)
