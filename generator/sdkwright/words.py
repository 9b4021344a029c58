"""Words and casings: how a name of a document is taken apart and put together again.

SURFACE.md, "Types", rule 7. Nothing here knows of keywords or collisions; the naming stage does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sdkwright.inflection import pluralize, singularize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _table(text: str) -> frozenset[str]:
    return frozenset(text.split())


INITIALISMS = _table(
    """
    3ds ach acl ai api ats cpu crm db dns e2e eeoc gb gpu hd hris html http https id ip iso jsonl kb kyb kyc lfs
    mb mp3 mp4 nft saml sdk sku sms ss ssh sso url
    """
)

# One alternative per kind of word, tried in this order. `IDs`, `IPv4`, `OAuth2` and `3D` are one word each, although
# their capitals look like humps.
_WORD = re.compile(
    r"OAuth\d*(?![a-z])"
    r"|[A-Z]{2,}s(?![a-z])"
    r"|[A-Z]{2,}v\d+(?![a-z])"
    r"|[0-9]+[A-Z]+(?=[A-Z][a-z])"
    r"|[0-9]+[A-Z]+(?![A-Za-z])"
    r"|[A-Z]+[0-9]*(?=[A-Z][a-z])"
    r"|[A-Z]+[0-9]*(?![a-z])"
    r"|[A-Z]?[a-z0-9]+"
)
_FIXED = re.compile(r"OAuth\d*|[A-Z]{2,}v\d+|\d+[A-Z]{1,3}")
_SIGNS = {"+": "plus ", "-": "minus "}
_SIGN = re.compile(r"[+-](?=\d)")
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one term of `custom_casings` is written; None where the config is silent."""

    pascal: str | None = None
    snake: str | None = None


@dataclass(frozen=True, slots=True)
class Casing:
    """Splits names into words and joins them, with the terms that a config spells in its own way.

    `spellings` and `initialisms` are keyed by the term in lower case without separators (`openai`).
    """

    spellings: Mapping[str, Spelling]
    initialisms: frozenset[str] = INITIALISMS

    def words(self, text: str) -> tuple[str, ...]:
        """The words of a name in lower case: `sessionID` is `("session", "id")`, `HTTPResponse2` is
        `("http", "response2")`."""
        return tuple(self._lower(word) for word in self._split(text))

    def snake(self, text: str, fallback: str = "") -> str:
        """The name in snake_case. What would be empty is `fallback`; what would start with a digit is put behind it."""
        return _lead("_".join(self.words(text)), fallback, "_")

    def pascal(self, text: str, fallback: str = "") -> str:
        """The name in PascalCase, initialisms in capitals (`UserIDs`). `fallback` as in `snake`."""
        return _lead("".join(self._capital(word) for word in self._split(text)), fallback, "")

    def singular(self, text: str) -> str:
        """The text with its last word in the singular (`output_items`, `OutputItems`, `user IDs`)."""
        return self._inflect(text, plural=False)

    def plural(self, text: str) -> str:
        """The text with its last word in the plural."""
        return self._inflect(text, plural=True)

    def is_plural(self, text: str) -> bool:
        """Whether the last word is a plural that has a singular of its own (`items`, not `status`)."""
        return self.singular(text) != text

    def forms(self, words: Iterable[str]) -> frozenset[str]:
        """Words with their singulars and plurals."""
        return frozenset(form for word in words for form in (word, self.singular(word), self.plural(word)))

    def _inflect(self, text: str, *, plural: bool) -> str:
        parts = _split(text)
        if not parts:
            return text
        last = parts[-1]
        start = text.rindex(last) if last in text else 0
        changed = pluralize(last) if plural else singularize(last)
        return text[:start] + changed + text[start + len(last) :]

    def _split(self, text: str) -> list[str]:
        parts = _split(_SIGN.sub(_spelled_sign, text) if text[:1] in _SIGNS else text)
        if not self.spellings or len(parts) < 2:
            return parts
        return self._joined(parts)

    def _joined(self, parts: list[str]) -> list[str]:
        """The words with each run that is one term of the config (`Open`, `AI`) made one word."""
        joined: list[str] = []
        at = 0
        while at < len(parts):
            for length in range(min(_LONGEST_PHRASE, len(parts) - at), 0, -1):
                run = "".join(parts[at : at + length])
                if length == 1 or run.lower() in self.spellings:
                    joined.append(run)
                    at += length
                    break
        return joined

    def _lower(self, word: str) -> str:
        spelling = self.spellings.get(word.lower())
        return spelling.snake if spelling and spelling.snake else word.lower()

    def _capital(self, word: str) -> str:
        lower = word.lower()
        spelling = self.spellings.get(lower)
        if spelling and spelling.pascal:
            return spelling.pascal
        if lower in self.initialisms:
            return lower.upper()
        if lower.endswith("s") and lower[:-1] in self.initialisms:
            return lower[:-1].upper() + "s"
        return word if _FIXED.fullmatch(word) else word[:1].upper() + lower[1:]


def casing(terms: Mapping[str, Spelling] | None = None, initialisms: Mapping[str, bool] | None = None) -> Casing:
    """The casing for the terms of a config.

    `initialisms` adds terms (True) to the usual ones or takes them away (False).
    """
    listed = {_key(term): wanted for term, wanted in (initialisms or {}).items()}
    usual = INITIALISMS - {term for term, wanted in listed.items() if not wanted}
    added = {term for term, wanted in listed.items() if wanted}
    return Casing({_key(term): _complete(term, spelling) for term, spelling in (terms or {}).items()}, usual | added)


def _complete(term: str, spelling: Spelling) -> Spelling:
    """The spelling of a term; one that is written in words stays so where the config is silent on snake_case."""
    if spelling.snake is None and not term.isalnum():
        return replace(spelling, snake="_".join(_split(term)).lower())
    return spelling


def _key(term: str) -> str:
    return "".join(_split(term)).lower()


def _split(text: str) -> list[str]:
    """The words with the capitals they had. What cannot stand in an identifier separates words and is dropped."""
    if text.isascii():
        return _WORD.findall(text)
    text = unicodedata.normalize("NFKC", text)
    shadow = "".join(map(_shape, text))
    return [text[match.start() : match.end()] for match in _WORD.finditer(shadow)]


def _spelled_sign(match: re.Match[str]) -> str:
    """The word for a sign that starts a name; nothing else tells `+1` from `-1`."""
    return _SIGNS[match[0]] if match.start() == 0 else match[0]


def _shape(char: str) -> str:
    """An ASCII stand-in of the same class, so that one expression splits every script."""
    if char.isascii():
        return char
    if char.isupper() or char.istitle():
        return "A"
    return "a" if ("_" + char).isidentifier() else " "


def _lead(name: str, fallback: str, separator: str) -> str:
    if not name:
        return fallback
    if not fallback or not name[0].isdigit():
        return name
    # `3DModel` is `Model3D`, not `Model3DModel`.
    return f"{fallback}{separator}{name.removesuffix(separator + fallback)}"
