"""Media types: which of several to use, and how a body of it is written or read."""

from __future__ import annotations

import re

from sdkwright.ir.operations import BodyKind, ResponseKind


def essence(media_type: str) -> str:
    """The type without parameters, in lower case (RFC 9110, 8.3.1)."""
    return media_type.split(";", 1)[0].strip().lower()


_NAME = re.compile(r"\*/\*|[\w!#$&^.+-]+/(?:\*|[\w!#$&^.+-]+)", re.ASCII)
OCTETS = "application/octet-stream"
FORM_DATA = "multipart/form-data"


def is_valid(media_type: str) -> bool:
    """Whether a text can be a media type or a range of them (RFC 9110, 8.3.1 and 12.5.1; names: RFC 6838, 4.2)."""
    return _NAME.fullmatch(essence(media_type)) is not None and media_type.isprintable()


def is_structured(media_type: str) -> bool:
    """Whether a media type holds structured values that are not taken apart here: XML or YAML."""
    return essence(media_type).endswith(("xml", "yaml"))


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 6839: the `+json` suffix) and not a sequence of documents."""
    found = essence(media_type)
    return found in {"application/json", "text/json", "*/*", "application/*", ""} or found.endswith("+json")


def is_text(media_type: str) -> bool:
    """Whether a media type is text that is not JSON."""
    found = essence(media_type)
    return found.startswith("text/") or is_structured(media_type)


def body_kind(media_type: str) -> BodyKind:
    """How a request body of a media type is written."""
    if is_json(media_type):
        return BodyKind.JSON
    match essence(media_type):
        case "multipart/form-data" | "multipart/mixed" | "multipart/related":
            return BodyKind.MULTIPART
        case "application/x-www-form-urlencoded":
            return BodyKind.FORM
        case _:
            return BodyKind.RAW


_BODY_ORDER = (BodyKind.JSON, BodyKind.MULTIPART, BodyKind.FORM, BodyKind.RAW)


def choose_body(media_types: tuple[str, ...]) -> str:
    """The media type to send when a document offers several: JSON, multipart, form, anything else."""
    return min(media_types, key=lambda item: (_BODY_ORDER.index(body_kind(item)), item))


_JSON_LINES = frozenset(
    f"application/{subtype}"
    for subtype in (
        "jsonl",
        "jsonlines",
        "x-jsonlines",
        "ndjson",
        "x-ndjson",
        "json-seq",
        "stream+json",
    )
)


def response_kind(media_type: str) -> ResponseKind:
    """How a response of a media type is read."""
    found = essence(media_type)
    if found == "text/event-stream":
        return ResponseKind.SSE
    if found in _JSON_LINES:
        return ResponseKind.JSON_LINES
    if is_json(media_type):
        return ResponseKind.JSON
    if is_text(media_type):
        return ResponseKind.TEXT
    return ResponseKind.BINARY


_RESPONSE_ORDER = (
    ResponseKind.JSON,
    ResponseKind.BINARY,
    ResponseKind.TEXT,
    ResponseKind.SSE,
    ResponseKind.JSON_LINES,
)


def choose_response(media_types: tuple[str, ...]) -> str:
    """The media type to read when a document offers several; a stream only where nothing else is on offer."""
    return min(media_types, key=lambda item: (_RESPONSE_ORDER.index(response_kind(item)), item))
