"""What a property or parameter is told of: its description, and what the server takes in its absence."""

from __future__ import annotations

import re
from typing import Any

from sdkwright.lower.nodes import Raw, Tree, allows_null, as_list, as_mapping, as_text

_LONGEST_VALUE = 80
"""Characters of a default that is worth showing."""
_LONGEST_BORROWED = 300
"""Characters of a type's description that are repeated where the type is used."""
_ANNOTATIONS = ("default", "deprecated", "readOnly", "writeOnly")
_SAID = re.compile(r"\bdefaults?\b", re.IGNORECASE)


def in_short(operation: Raw) -> str:
    """What a webhook or a callback is told to be, where it is one of several in a list."""
    return as_text(operation.get("summary")) or as_text(operation.get("description"))


def remarks(schema: Raw, tree: Tree) -> dict[str, Any]:
    """What a schema says of its value beside the type: by itself, else through what it refers to or is made of."""
    said: dict[str, Any] = {}
    for part in _parts(schema):
        target, _ = tree.follow(part, "")
        said |= {key: value for key, value in target.items() if key in _ANNOTATIONS}
        if len(text := as_text(target.get("description"))) <= _LONGEST_BORROWED:
            said |= {"description": text} if text else {}
        said |= {key: part[key] for key in ("description", *_ANNOTATIONS) if key in part}
    return {**said, **schema}


def _parts(schema: Raw) -> list[Raw]:
    """Those of whose annotations a schema has a share: its target or `allOf`, or its only alternative to null."""
    if "$ref" in schema:
        return [schema]
    alternatives = [as_mapping(part) for key in ("anyOf", "oneOf") for part in as_list(schema.get(key))]
    real = [part for part in alternatives if not allows_null(part)]
    return [as_mapping(part) for part in as_list(schema.get("allOf"))] + (real if len(real) == 1 else [])


def described(text: str, default: object) -> str:
    """A description with the default, unless it speaks of one itself.

    A default is never filled in: it is the server's, and whoever reads a response wants to know what was sent.
    """
    shown = repr(default)
    if default is None or "`" in shown or len(shown) > _LONGEST_VALUE or _SAID.search(text):
        return text
    told = f"Default: `{shown}`."
    text = text.rstrip()
    if "\n" in text:
        return f"{text}\n\n{told}"
    return f"{text}{'.' if text[-1:].isalnum() else ''} {told}".lstrip()
