"""Paths: every value is encoded for one segment, and nothing a value holds can leave its segment."""

from __future__ import annotations

import enum
import re
from datetime import date
from urllib.parse import quote, unquote

from typing_extensions import override

from .._types import NotGiven, Omit

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_PLAIN = re.compile(r"[0-9A-Za-z_\-]+")
_NOT_IN_HOSTS = re.compile(r"[\x00-\x20\x7f/\\?#@%]")
_DOT_SEGMENTS = frozenset({".", ".."})
_NOTHING = (type(None), NotGiven, Omit)


class EncodedPath(str):
    """A value that a style function has already encoded for its place in a path."""

    __slots__ = ()


class FilledPath(str):
    """A path that `path_template` filled; `template` is what it was made from, for names of spans and metrics."""

    template: str

    def __new__(cls, path: str, template: str) -> FilledPath:
        self = super().__new__(cls, path)
        self.template = template
        return self

    @override
    def __reduce__(self) -> tuple[type[FilledPath], tuple[str, str]]:
        return FilledPath, (str(self), self.template)


def template_of(path: str) -> str:
    """The template of a path; one written by hand is its own, so put ids into it with `path_template`."""
    return path.template if isinstance(path, FilledPath) else path.partition("?")[0]


def primitive(value: object) -> str:
    """The text of a scalar as OpenAPI parameters write it: `true`, ISO 8601 dates, the value of an enum.

    Raises UnicodeDecodeError for bytes that are not UTF-8.
    """
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return "null"
    if isinstance(value, enum.Enum):
        return primitive(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode()
    return str(value)


def path_template(template: str, /, **values: object) -> FilledPath:
    """Fill `{name}` placeholders, each value percent-encoded for one path segment (RFC 3986, section 3.3).

    Raises ValueError for a value that is empty or none at all, and for a segment that a server could read as `.` or
    `..`.
    """
    encoded: dict[str, str] = {}
    for name, value in values.items():
        if type(value) is str and _PLAIN.fullmatch(value):  # most ids: nothing to encode, nothing to refuse
            encoded[name] = value
            continue
        if isinstance(value, EncodedPath):
            encoded[name] = str(value)
        elif not isinstance(value, _NOTHING):
            encoded[name] = quote(primitive(value), safe="")
        if not encoded.get(name):
            raise ValueError(f"Expected a non-empty value for `{name}` but received {value!r}")
        if is_dot_segment(str(value)):
            raise ValueError(f"`{name}` must not be a dot segment, received {value!r}")
    path = _PLACEHOLDER.sub(lambda found: encoded[found[1]], template)
    refuse_dot_segments(path)
    return FilledPath(path, template)


def server_url(template: str, /, **values: str) -> str:
    """The URL of a server with its variables filled in (OpenAPI 3.1, 4.8.6); a template need not use every value.

    Raises ValueError for a value that would end the host it stands in: every call would go elsewhere, credentials
    and all. A template that starts with a variable leaves the choice of the host to its value.
    """

    def fill(found: re.Match[str]) -> str:
        name, before = found[1], template[: found.start()]
        if not before and not template.startswith("://", found.end()):
            return values[name]
        if "/" in before.split("://", 1)[-1]:
            return quote(values[name], safe="/")
        if _NOT_IN_HOSTS.search(values[name]):
            raise ValueError(f"`{name}` is a part of a host name and cannot be {values[name]!r}")
        return values[name]

    return _PLACEHOLDER.sub(fill, template)


def is_dot_segment(segment: str) -> bool:
    """Whether a server could read the segment as `.` or `..`, also percent-encoded or with `;` parameters."""
    for _ in range(2):
        segment = unquote(segment)
    return segment.split(";", 1)[0] in _DOT_SEGMENTS


def refuse_dot_segments(path: str) -> None:
    """Raise ValueError when a segment of the path is `.` or `..` in any spelling."""
    path = path.split("?", 1)[0]
    # Most paths hold neither a dot nor an escape of one.
    if "." not in path and "%" not in path:
        return
    for segment in path.split("/"):
        if is_dot_segment(segment):
            raise ValueError(f"The path {path!r} has a dot segment; it would name another resource")
