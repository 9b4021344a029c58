"""Path templates, taken apart (OpenAPI 3.1, 4.8.8.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sdkwright.arrange.lexicon import VERBS

_VERSION = re.compile(r"v\d+([.-]\d+)*(p\d+)?((alpha|beta|rc|preview)\d*)?|\d+(\.\d+)+|\d{4}-\d\d-\d\d", re.IGNORECASE)
_FILE = re.compile(r"\.(json|ya?ml|xml|html|txt|csv|png|jpe?g|svg|pdf|zip|gz|md)$", re.IGNORECASE)
_DOTTED = re.compile(r"[A-Za-z][\w-]*(\.[A-Za-z][\w-]*)+")
_STEM = re.compile(r"([A-Za-z][A-Za-z_-]{2,})[.(]\{")
_PARAMETER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a path: fixed text, or a parameter, whose `text` is its name."""

    text: str
    is_parameter: bool = False

    @property
    def is_version(self) -> bool:
        """Whether it is a version (`v1`, `v2beta1`, `2.0`, `2010-04-01`)."""
        return not self.is_parameter and is_version(self.text)


def is_version(text: str) -> bool:
    """Whether a word is a version."""
    return _VERSION.fullmatch(text) is not None


def segments(path: str) -> tuple[Segment, ...]:
    """The segments of a path template, in order.

    A dot or a colon between words separates actions (`/chat.postMessage`, `/{name}:cancel`), a fragment names
    one (`/files/{id}#lock`), `Users({id})` and `thumbnail.{ext}` are a word and a parameter. A fixed query makes a
    variant: `?beta=true` comes first as `beta`, `?do=send` last as `send`.
    """
    path, _, fragment = path.partition("#")
    path, _, query = path.partition("?")
    leading: list[Segment] = []
    trailing = [Segment(fragment)] if fragment else []
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        if value.lower() in ("", "true", "1") and not leading:
            leading.append(Segment(name))
        elif "{" not in value:
            trailing.append(Segment(value))
    texts = [text for text in path.split("/") if text]
    middle = [part for text in texts for part in _parts(text, alone=len(texts) == 1)]
    return (*leading, *middle, *trailing)


def shape(path: str) -> str:
    """The path with the names of its parameters taken out: what two spellings of one path share."""
    return _PARAMETER.sub("{}", path.rstrip("/") or "/").lower()


def _parts(text: str, *, alone: bool) -> list[Segment]:
    """One segment of the path: usually itself; `Users({id})` and `{name}:cancel` are two."""
    parts: list[Segment] = []
    for piece in text.split(":"):
        names = _PARAMETER.findall(piece)
        if not names:
            parts += [Segment(word) for word in _words(piece, alone=alone)]
            continue
        if stem := _STEM.match(piece):
            parts.append(Segment(stem[1]))
        parts += [Segment(name, is_parameter=True) for name in names]
    return parts


def _words(piece: str, *, alone: bool) -> list[str]:
    """Fixed text. Dots are steps where they lead to a verb or are all there is (`chat.postMessage`); they are none
    in the name of a file or a host (`apps.example.io`)."""
    if not _DOTTED.fullmatch(piece) or _FILE.search(piece):
        return [piece]
    words = piece.split(".")
    verb = re.match(r"[a-z]*", words[-1])
    return words if alone or (verb and verb[0] in VERBS) else [piece]
