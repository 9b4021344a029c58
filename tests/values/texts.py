"""Texts that match a pattern: enough of regular expressions for the patterns that documents have."""

from __future__ import annotations

import random
import re
from re import _parser as parser  # type: ignore[attr-defined]  # the module has no public name
from typing import Any

_CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_WORD": "aZ09_",
    "CATEGORY_SPACE": " ",
    "CATEGORY_NOT_SPACE": "x",
}


def matching(pattern: str, choices: random.Random) -> str:
    """A text that matches. Raises ValueError for what is not understood, re.error for what is no pattern."""
    text = "".join(_write(item, choices) for item in parser.parse(pattern))
    if not re.search(pattern, text):
        raise ValueError(pattern)
    return text


def _write(item: tuple[Any, Any], choices: random.Random) -> str:
    name, value = str(item[0]), item[1]
    match name:
        case "LITERAL":
            return chr(value)
        case "NOT_LITERAL":
            return "a" if value != ord("a") else "b"
        case "ANY":
            return choices.choice("aZ 9-")
        case "AT":
            return ""
        case "IN":
            return _one_of(value, choices)
        case "BRANCH":
            return "".join(_write(each, choices) for each in choices.choice(value[1]))
        case "SUBPATTERN":
            return "".join(_write(each, choices) for each in value[-1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, inner = value
            count = choices.randint(least, max(least, min(int(most), least + 3)))
            if count > 10_000:
                raise ValueError(name)
            return "".join(_write(each, choices) for _ in range(count) for each in inner)
        case _:
            raise ValueError(name)


def _one_of(items: list[tuple[Any, Any]], choices: random.Random) -> str:
    if str(items[0][0]) == "NEGATE":
        allowed = [char for char in "axZ09-_ ~/." if not any(_has(each, char) for each in items[1:])]
        return choices.choice(allowed or ["\u2603"])
    name, value = choices.choice(items)
    match str(name):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(choices.randint(*value))
        case "CATEGORY":
            return choices.choice(_CATEGORIES.get(str(value), "a"))
        case _:
            raise ValueError(str(name))


def _has(item: tuple[Any, Any], char: str) -> bool:
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return ord(char) == value
    if name == "RANGE":
        return bool(value[0] <= ord(char) <= value[1])
    return char in _CATEGORIES.get(str(value), "")
