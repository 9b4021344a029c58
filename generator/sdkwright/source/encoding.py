"""Bytes of a file to text: size, encoding and everything that can be refused before parsing."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Location

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits


def decode(path: Path, name: str, limits: Limits, diagnostics: Diagnostics) -> str:
    """The text of a file in UTF-8, or in UTF-16 with a byte order mark; the mark is dropped.

    Raises `Refusal` for what is unreadable, too large, binary or in another encoding.
    """
    location = Location(name)
    data = _bytes(path, location, limits, diagnostics)
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the file is not valid {encoding.removesuffix('-sig').upper()} text (line {line})"
        raise diagnostics.refuse("source/encoding", message, location, "save it as UTF-8") from None
    if "\0" in text:
        raise diagnostics.refuse(
            "source/binary",
            "the file holds NUL characters: it is not text in UTF-8",
            location,
            "save it as UTF-8",
        )
    return text


def _bytes(path: Path, location: Location, limits: Limits, diagnostics: Diagnostics) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise diagnostics.refuse("source/unreadable", "there is no such file", location, "check the path") from None
    except IsADirectoryError:
        raise diagnostics.refuse(
            "source/unreadable",
            "this is a directory, not a file",
            location,
            "name the document inside it",
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not valid"
        raise diagnostics.refuse("source/unreadable", f"the file cannot be read: {reason}", location) from None
    if len(data) > limits.file_bytes:
        size = limits.file_bytes / (1024 * 1024)
        raise diagnostics.refuse(
            "limit/file-size",
            f"the file is larger than {size:g} MiB",
            location,
            "raise the limit if this is meant",
        )
    return data
