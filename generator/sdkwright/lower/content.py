"""The media types under `content`: which of them count, and what is said of the others."""

from __future__ import annotations

from typing import Any

from sdkwright.lower import media
from sdkwright.lower.nodes import Raw, as_mapping
from sdkwright.lower.schemas import Schemas
from sdkwright.pointers import escape


def media_types(raw: Raw, pointer: str, schemas: Schemas) -> dict[str, Any]:
    """The entries of a body or a response whose names are media types.

    One whose name is none stands for raw bytes, unless there are others; it would be sent as a header.
    """
    content = {str(key): value for key, value in as_mapping(raw.get("content")).items()}
    found = {key: value for key, value in content.items() if media.is_valid(key)}
    for key in content.keys() - found.keys():
        at = f"{pointer}/content/{escape(key)}"
        what = "is left out" if found else f"is treated as {media.OCTETS}"
        schemas.warn("media/type", f"{key[:80]!r} is not a media type; it {what}", at, "write it as `type/subtype`")
    return found or ({media.OCTETS: {}} if content else {})


def warn_of_structure(media_type: str, what: str, pointer: str, schemas: Schemas) -> None:
    """Say that a body or response in XML or YAML is text to the package, whatever its schema."""
    if media.is_structured(media_type):
        schemas.warn(
            "media/structured",
            f"{what} in {media_type[:80]} is passed as text; its schema is not used",
            f"{pointer}/content/{escape(media_type)}",
            "offer application/json as well",
        )
