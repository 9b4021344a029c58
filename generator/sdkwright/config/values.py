"""The kinds of value that a config holds, each refused where it could not be used as it stands.

A name that a config gives is refused if it is bad, never bent into another (THREATS.md, N4).
"""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from typing import Annotated, cast

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

MAX_NAME_BYTES = 120
DEVICE_NAMES = frozenset(["con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))])
"""File names that Windows keeps for devices, whatever their extension."""

TAKEN_MODULES = (
    sys.stdlib_module_names
    | {
        *("aifc", "annotationlib", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk", "compression", "crypt"),
        *("distutils", "imghdr", "imp", "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes"),
        *("profiling", "smtpd", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib", "test", "tests", "src"),
    }
    | {
        *("annotated_types", "anyio", "certifi", "h11", "httpcore", "httpcore2", "httpx", "httpx2", "idna"),
        *("pydantic", "pydantic_core", "sniffio", "typing_extensions", "typing_inspection"),
    }
)
"""Modules that no package may hide: the standard library of every Python from 3.11 on, and all dependencies."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PROJECT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_ENDPOINT = re.compile(r"\s*([A-Za-z]+)\s+(\S+)\s*")
_TIME_TEXT = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_ISO_TEXT = re.compile(
    r"P(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_MILLISECONDS_FROM = 1000.0


def name_fault(name: str) -> str:
    """Why a name cannot become an identifier by changing its case alone; empty if it can."""
    if unicodedata.normalize("NFKC", name) != name:
        return "it is not written in its usual (NFKC) form"
    if len(name.encode()) > MAX_NAME_BYTES:
        return f"it is longer than {MAX_NAME_BYTES} bytes"
    plain = name.replace("-", "_")
    if not plain.isidentifier() or not plain.strip("_"):
        return "only letters, digits, `_` and `-` can be used, and no digit can come first"
    if plain.startswith("__"):
        return "names with two leading underscores are Python's own"
    if keyword.iskeyword(plain) or keyword.iskeyword(plain.lower()):
        return "it is a keyword of Python"
    if plain.lower() == "self":
        return "methods in Python call their own object so"
    if plain.lower() in DEVICE_NAMES:
        return "no file of that name can exist on Windows"
    return ""


def _name(name: str) -> str:
    return _checked(name, name_fault(name))


def _checked(name: str, fault: str) -> str:
    if fault:
        raise PydanticCustomError("bad_name", "`{name}` cannot be a name: {fault}", {"name": name, "fault": fault})
    return name


def _package_name(name: str) -> str:
    fault = name_fault(name) or ("" if name.isidentifier() else "write `_` in place of `-`")
    if name in TAKEN_MODULES:
        fault = "it would hide a module of Python or of a dependency"
    return _checked(name, fault)


def _model_name(name: str) -> str:
    """Like any name, but capitals are kept: `None` is a keyword, `Import` is a fine class."""
    if keyword.iskeyword(name.lower()) and not keyword.iskeyword(name):
        return name
    return _name(name)


def _resource_name(name: str) -> str:
    return name if name in ("$shared", "$client") else _name(name)


def _header(name: str) -> str:
    if not _TOKEN.fullmatch(name):
        raise PydanticCustomError("bad_header", "`{name}` is no header name (RFC 9110, 5.1)", {"name": name})
    return name


def _header_value(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise PydanticCustomError("bad_header", "a header's value is text; quote it")
    text = str(value)
    if not text.isascii() or not text.isprintable():
        raise PydanticCustomError("bad_header", "a header's value is printable ASCII on one line")
    return text


def _variable(name: str) -> str:
    if not _VARIABLE.fullmatch(name):
        raise PydanticCustomError("bad_variable", "`{name}` is no name of an environment variable", {"name": name})
    return name


def _project(name: str) -> str:
    if not _PROJECT.fullmatch(name):
        raise PydanticCustomError(
            "bad_project",
            "`{name}` is no name of a distribution (letters, digits, `.`, `_`, `-`)",
            {"name": name},
        )
    return name


def _line(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("bad_text", "the text must be printable and on one line")
    return text


def _text(text: str) -> str:
    if not all(char.isprintable() or char in "\n\t\f" for char in text):
        raise PydanticCustomError("bad_text", "the text holds control characters or marks that cannot be seen")
    return text


def _base_url(url: str) -> str:
    if not re.fullmatch(r"(?:[a-z][a-z0-9+.-]*://|/|\{)[!-~]+|/", url):
        raise PydanticCustomError("bad_url", "`{url}` is no URL; write it with its scheme, `https://...`", {"url": url})
    return url


def _endpoint(text: str) -> str:
    match = _ENDPOINT.fullmatch(text)
    if match is None or not match[2].startswith("/"):
        raise PydanticCustomError(
            "bad_endpoint",
            "`{text}` is no endpoint; write a method and a path, `get /items/{{id}}`",
            {"text": text},
        )
    return f"{match[1].lower()} {match[2]}"


def _seconds(value: object) -> float:
    seconds = _duration(value)
    if seconds is None or not 0 < seconds < 31_536_000:
        raise PydanticCustomError(
            "bad_duration",
            "a duration is a number of seconds or a text like `60s`, `1m30s`, `500ms`, `PT1M`",
        )
    return seconds


def _duration(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value / 1000 if value >= _MILLISECONDS_FROM else float(value)
    text = value.strip() if isinstance(value, str) else ""
    if iso := _ISO_TEXT.fullmatch(text):
        days, hours, minutes, seconds = (float(part or 0) for part in iso.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + seconds
    if spelled := _TIME_TEXT.fullmatch(text.replace(" ", "")):
        hours, minutes, seconds, thousandths = (float(part or 0) for part in spelled.groups())
        return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
    return None


def listed(value: object) -> object:
    """One value where a list is allowed as well."""
    if isinstance(value, list | tuple) or value is None:
        return cast("object", value)
    return [value]


Name = Annotated[str, AfterValidator(_name)]
"""A name that becomes a Python identifier; only its case may change."""
PackageName = Annotated[str, AfterValidator(_package_name)]
"""A name that becomes the package that users import."""
ResourceName = Annotated[str, AfterValidator(_resource_name)]
"""A name, or one of `$shared` and `$client`."""
ModelName = Annotated[str, AfterValidator(_model_name)]
"""A name that becomes a class."""
HeaderName = Annotated[str, AfterValidator(_header)]
HeaderValue = Annotated[str, BeforeValidator(_header_value)]
EnvironmentVariable = Annotated[str, AfterValidator(_variable)]
ProjectName = Annotated[str, AfterValidator(_project)]
"""The name of a distribution on a package index."""
Line = Annotated[str, AfterValidator(_line)]
"""Text on one line."""
Text = Annotated[str, AfterValidator(_text)]
"""Text of any number of lines."""
BaseURL = Annotated[str, AfterValidator(_base_url)]
Endpoint = Annotated[str, AfterValidator(_endpoint)]
"""A method in lower case, a space and a path: `get /items/{id}`."""
Seconds = Annotated[
    float,
    BeforeValidator(_seconds),
    Field(json_schema_extra={"type": ["number", "string"], "examples": ["60s", "PT1M"]}),
]
"""A duration in seconds. A bare number of 1,000 or more is one of milliseconds, as older configs write them."""
