"""Arguments to what is sent, by the annotations of their TypedDict: keys get their wire names, dates their format.

The methods of this package do not need it, they know their names beforehand; code of your own may.
"""

from __future__ import annotations

import base64
import functools
import io
import os
import pathlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, NotRequired, Required, TypeVar, cast, get_args, get_origin

import pydantic
from typing_extensions import ReadOnly, get_type_hints, is_typeddict, override

from ._checks import is_given, is_mapping
from ._compat import is_union

__all__ = ["PropertyInfo", "async_maybe_transform", "async_transform", "maybe_transform", "transform"]

T = TypeVar("T")
PropertyFormat = Literal["iso8601", "base64", "custom"]
_QUALIFIERS = (Required, NotRequired, ReadOnly)


class PropertyInfo:
    """What `Annotated[...]` says of a key: its name on the wire, and how its value is written.

    `format="iso8601"` is for dates, `"base64"` for files, `"custom"` writes dates with `format_template`, a pattern
    of `strftime`. `discriminator` names the property that tells the members of a union apart.
    """

    alias: str | None
    format: PropertyFormat | None
    format_template: str | None
    discriminator: str | None

    def __init__(
        self,
        *,
        alias: str | None = None,
        format: PropertyFormat | None = None,
        format_template: str | None = None,
        discriminator: str | None = None,
    ) -> None:
        self.alias = alias
        self.format = format
        self.format_template = format_template
        self.discriminator = discriminator

    @override
    def __repr__(self) -> str:
        parts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"PropertyInfo({parts})"


def maybe_transform(data: object, expected_type: object) -> Any | None:
    """`transform`, but None stays None."""
    return None if data is None else transform(data, expected_type)


def transform(data: T, expected_type: object) -> T:
    """The data as it is sent when it is meant for `expected_type`, a TypedDict or an annotation that holds some.

    Models are dumped by alias. Keys that the type does not know stay as they are; `omit` and `not_given` are left out.
    """
    return cast("T", _transform(data, cast("Any", expected_type), None))


async def async_maybe_transform(data: object, expected_type: object) -> Any | None:
    """The same as `maybe_transform`, with files read in a worker thread."""
    return None if data is None else await async_transform(data, expected_type)


async def async_transform(data: T, expected_type: object) -> T:
    """The same as `transform`, with files read in a worker thread."""
    from anyio import to_thread

    return await to_thread.run_sync(transform, data, expected_type)


def _transform(data: Any, annotation: Any, info: PropertyInfo | None) -> Any:
    kind, own = _described(annotation)
    info = own or info
    if isinstance(data, pydantic.BaseModel):
        return data.model_dump(mode="json", by_alias=True, exclude_unset=True)
    origin, args = get_origin(kind), get_args(kind)
    if is_typeddict(kind) and is_mapping(data):
        return _transform_keys(data, kind)
    if is_union(origin):
        for member in args:
            data = _transform(data, member, info)
        return data
    if is_mapping(data):
        is_map = isinstance(origin, type) and issubclass(origin, Mapping) and len(args) == 2
        return {key: _transform(value, args[1], info) for key, value in data.items()} if is_map else data
    if _holds_items(origin) and args and _is_items(data):
        return [_transform(item, args[0], info) for item in cast("Iterable[object]", data)]
    return _formatted(data, info)


def _transform_keys(data: Mapping[str, object], kind: type) -> dict[str, object]:
    hints = _hints(kind)
    result: dict[str, object] = {}
    for key, value in data.items():
        if not is_given(value):
            continue
        if key in hints:
            info = _described(hints[key])[1]
            result[(info and info.alias) or key] = _transform(value, hints[key], None)
        else:
            result[key] = value
    return result


@functools.lru_cache(maxsize=4096)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)


def _described(annotation: Any) -> tuple[Any, PropertyInfo | None]:
    """The annotation without what stands around it, and the information found there, the outermost first."""
    info: PropertyInfo | None = None
    while True:
        origin, args = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            info = info or next((each for each in args[1:] if isinstance(each, PropertyInfo)), None)
        elif origin not in _QUALIFIERS:
            return annotation, info
        annotation = args[0]


def _holds_items(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Iterable) and not issubclass(origin, Mapping)


def _is_items(data: object) -> bool:
    return isinstance(data, Iterable) and not isinstance(data, (str, bytes, bytearray, io.IOBase, os.PathLike))


def _formatted(data: object, info: PropertyInfo | None) -> object:
    if info is None or info.format is None:
        return data
    if isinstance(data, (date, datetime)):
        if info.format == "iso8601":
            return data.isoformat()
        if info.format == "custom" and info.format_template is not None:
            return data.strftime(info.format_template)
    if info.format == "base64" and isinstance(data, (io.IOBase, os.PathLike)):
        path = cast("os.PathLike[str]", data)
        content = cast("Any", data).read() if isinstance(data, io.IOBase) else pathlib.Path(path).read_bytes()
        return base64.b64encode(content.encode() if isinstance(content, str) else content).decode("ascii")
    return data
