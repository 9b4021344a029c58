"""Parts of a multipart body that have a media type of their own (OpenAPI 3.1, section 4.8.15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from pydantic import BaseModel

from ._types import FileTypes, NotGiven, Omit, SequenceNotStr, omit
from ._utils._checks import is_mapping
from ._wire import dump_json

__all__ = ["file_part", "part"]


def part(value: object, content_type: str) -> FileTypes | list[FileTypes] | Omit:
    """A field as a part of the media type: text as it is, everything else as JSON; each item of a list is a part."""
    if isinstance(value, (Omit, NotGiven)):
        return omit
    if is_mapping(value) or isinstance(value, (str, bytes, BaseModel)) or not isinstance(value, Iterable):
        return _part(value, content_type)
    return [_part(item, content_type) for item in cast("Iterable[object]", value)]


def file_part(
    value: FileTypes | SequenceNotStr[FileTypes] | Omit | None, content_type: str
) -> FileTypes | list[FileTypes] | Omit | None:
    """A file, or several, with the media type that the document names, unless its name or the caller says more."""
    if isinstance(value, bytes):
        return ("upload", value, content_type)
    if isinstance(value, list):
        files = cast("list[FileTypes]", value)
        return [("upload", file, content_type) if isinstance(file, bytes) else file for file in files]
    return cast("FileTypes | Omit | None", value)


def _part(value: object, content_type: str) -> FileTypes:
    if "json" not in content_type and isinstance(value, str):
        return (None, value.encode(), content_type)
    return (None, value if isinstance(value, bytes) else dump_json(value), content_type)
