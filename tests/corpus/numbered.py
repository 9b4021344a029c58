"""Class names that were told apart by a number: those with a number that the document does not write itself."""

from __future__ import annotations

import re
from pathlib import Path

_DEFINED = re.compile(r"^(?:class (\w+)\(|(\w+): TypeAlias = |(\w+) = TypeAliasType\()", re.MULTILINE)
_COUNTED = re.compile(r"[A-Z]*[a-z]*\d+")
_NEUTRAL = re.compile(
    r"(?<=Response)[2-5](?:\d\d|XX)(?!\d)|(?<!\d)[2-5](?:\d\d|XX)(?=Error)|^(?:Error|Field|Model|Resource)(?=\d)"
)
"""Status codes, which tell answers apart, and what stands before a name that starts with a digit."""
_IN_TEXT = re.compile(r"[\w.$/ +-]*\d")
_SUFFIXES = {".json", ".yaml", ".yml"}


def numbered(package: Path, documents: Path) -> list[str]:
    """The names of classes and aliases under `types/` whose numbers are nowhere in the files of the documents."""
    written = " ".join(
        sorted({_plain(text) for path in documents.rglob("*") if path.suffix in _SUFFIXES for text in _texts(path)})
    )
    found = {
        next(name for name in match.groups() if name)
        for path in package.glob("src/*/types/**/*.py")
        for match in _DEFINED.finditer(path.read_text("utf-8"))
    }
    return sorted(name for name in found if not all(_is_own(part, written) for part in _parts(name)))


def _texts(path: Path) -> list[str]:
    return _IN_TEXT.findall(path.read_text("utf-8", "replace"))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _parts(name: str) -> list[str]:
    """The words of a name that end in a number."""
    return [part.lower() for part in _COUNTED.findall(_NEUTRAL.sub("", name))]


def _is_own(part: str, written: str) -> bool:
    """Whether a document writes such a word."""
    return re.search(rf"{part}(?!\d)", written) is not None
