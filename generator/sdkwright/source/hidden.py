"""Characters that only escapes can smuggle past the decoder: NUL, and halves of surrogate pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from sdkwright.pointers import escape
from sdkwright.source.faults import Fault

_HIDDEN = re.compile("[\x00\ud800-\udfff]")
_NAMED = frozenset(
    {"$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "headers", "links", "mapping"}
    | {"parameters", "pathItems", "paths", "patternProperties", "properties", "requestBodies", "responses", "schemas"}
    | {"securityDefinitions", "securitySchemes", "variables", "webhooks"}
)
"""Keys whose members have names: an `example` among those is no example."""


def drop_hidden(data: object) -> list[str]:
    """Take out the examples with such characters, and return their pointers.

    An example serves nobody but readers; raises `Fault` for such a character anywhere else.
    """
    return list(_drop(data, "", ""))


def _drop(node: object, pointer: str, key: str) -> Iterator[str]:
    """Drop the examples below the value of a key."""
    if isinstance(node, dict):
        members = cast("dict[str, object]", node)
        for name in list(members):
            below = f"{pointer}/{escape(name)}"
            if _HIDDEN.search(name):
                raise _fault("a key", pointer)
            if name == "example" and key not in _NAMED and _hides(members[name]):
                del members[name]
                yield below
            elif name == "examples" and key not in _NAMED:
                yield from _drop_some(members[name], below)
            else:
                yield from _drop(members[name], below, name)
    elif isinstance(node, list):
        for number, item in enumerate(cast("list[object]", node)):
            yield from _drop(item, f"{pointer}/{number}", "")
    elif _hides(node):
        raise _fault("the text", pointer)


def _drop_some(examples: object, pointer: str) -> Iterator[str]:
    """Drop from a list of examples, or from a map of them; what refers to one of a map finds an empty one."""
    if isinstance(examples, dict):
        named = cast("dict[str, object]", examples)
        for name, example in named.items():
            if _HIDDEN.search(name):
                raise _fault("a key", pointer)
            if _hides(example):
                named[name] = {}
                yield f"{pointer}/{escape(name)}"
    elif isinstance(examples, list):
        listed = cast("list[object]", examples)
        for number in reversed([number for number, example in enumerate(listed) if _hides(example)]):
            del listed[number]
            yield f"{pointer}/{number}"
    elif _hides(examples):
        raise _fault("the text", pointer)


def _hides(value: object) -> bool:
    match value:
        case str():
            return _HIDDEN.search(value) is not None
        case dict():
            return any(_hides(item) for pair in cast("dict[str, object]", value).items() for item in pair)
        case list():
            return any(map(_hides, cast("list[object]", value)))
        case _:
            return False


def _fault(what: str, pointer: str) -> Fault:
    message = f"{what} holds a NUL or half of a surrogate pair"
    return Fault("source/character", message, pointer=pointer, hint="remove the \\u0000 or \\ud8xx escape")
