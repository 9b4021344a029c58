"""Values of documents as keys that compare by meaning, and as words for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sdkwright import pointers

if TYPE_CHECKING:
    from collections.abc import Iterable

_PROSE: Final = frozenset({
    "title", "description", "summary", "example", "examples", "externalDocs", "$comment", "xml",
})  # fmt: skip
_SHOWN: Final = 120
_MAPS: Final = frozenset({
    "properties", "patternProperties", "$defs", "dependentSchemas", "content", "headers", "responses", "mapping",
})  # fmt: skip


def key(value: object) -> str:
    """A text that is equal for equal JSON values: 1 and 1.0 are, 1 and true are not."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=str)


def meaning(value: object) -> str:
    """The same without what is only there to be read: two definitions with one meaning travel alike."""
    return json.dumps(_without_prose(value, names=False), sort_keys=True, ensure_ascii=False, default=str)


def show(value: object) -> str:
    """A value in a sentence, cut when it is long."""
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def words(values: Iterable[object]) -> str:
    """Several values in a sentence."""
    return ", ".join(show(value) for value in values) or "nothing"


def number(value: object) -> int | float | None:
    """The number that a keyword holds, or None."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def texts(value: object) -> list[str]:
    """The texts of an array, in their order."""
    return [item for item in value if isinstance(item, str)] if pointers.is_array(value) else []


def _plain(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if pointers.is_object(value):
        return {name: _plain(member) for name, member in value.items()}
    if pointers.is_array(value):
        return [_plain(member) for member in value]
    return value


def _without_prose(value: object, *, names: bool) -> object:
    """`names` says that the keys are names which the document gives, so that none of them is prose."""
    if pointers.is_object(value):
        return {
            name: _without_prose(member, names=not names and name in _MAPS)
            for name, member in value.items()
            if names or (name not in _PROSE and not name.startswith("x-"))
        }
    if pointers.is_array(value):
        return [_without_prose(member, names=False) for member in value]
    return _plain(value)
