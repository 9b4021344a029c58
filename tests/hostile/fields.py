"""The places of a document that hold text, and documents with a payload in some of them.

The words `qx_...` of a template are its fields. Every other value is a *structural* field (`type: string`): it is
replaced on its own, since a document in which all of them are wrong says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DOCUMENTS = Path(__file__).with_name("documents")
_WORD = re.compile(r"qx_[a-z]+(?:_[a-z]+)*")
_REFERENCE = re.compile(r"#/\w+/")


@dataclass(frozen=True)
class Template:
    """A document with fields: the names of its words, and the pointers of one structural value of each kind."""

    name: str
    data: Any
    words: tuple[str, ...]
    structural: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields by name; those that start with `/` are structural."""
        return (*self.words, *self.structural)

    def fill(self, names: frozenset[str], payload: str) -> Filled:
        """The document with the payload in these fields; the others keep their words."""
        texts = _texts(self.data, [name for name in self.words if name in names], payload)
        filled = Filled({}, {name: [name] for name in names if name.startswith("/")})
        filled.data = _filled(self.data, "", texts, filled.places)
        for pointer in sorted(name for name in names if name.startswith("/")):
            _put(filled.data, pointer, payload)
        return filled


@dataclass
class Filled:
    """A document, and where the fields that were filled stand in it (JSON pointers)."""

    data: Any
    places: dict[str, list[str]]


@cache
def template(name: str) -> Template:
    """The template of `documents/<name>.yaml`."""
    data = yaml.safe_load((DOCUMENTS / f"{name}.yaml").read_text("utf-8"))
    words: dict[str, None] = {}
    for _, text in _values(data, ""):
        for word in _WORD.findall(text) if isinstance(text, str) else ():
            words[word] = None
    for text in _keys(data):
        for word in _WORD.findall(text):
            words[word] = None
    kinds: dict[tuple[str, str], str] = {}
    for pointer, value in _values(data, ""):
        if not (isinstance(value, str) and _WORD.search(value)):
            steps = [step for step in pointer.split("/") if not step.isdecimal()]
            kinds.setdefault((steps[-1], repr(value)), pointer)
    return Template(name, data, tuple(words), tuple(kinds.values()))


def escape(step: str) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return step.replace("~", "~0").replace("/", "~1")


def _values(node: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _values(value, f"{pointer}/{escape(key)}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _values(value, f"{pointer}/{number}")
    else:
        yield pointer, node


def _maps(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _maps(value)


def _keys(node: Any) -> Iterator[str]:
    for found in _maps(node):
        yield from found


def _texts(data: Any, names: list[str], payload: str) -> dict[str, str]:
    """What stands for each field: the payload, with a number where two of them would be keys of one map."""
    neighbours: dict[str, set[str]] = {}
    for found in _maps(data):
        inside = {word for key in found for word in _WORD.findall(key)}
        for word in inside:
            neighbours.setdefault(word, set()).update(inside)
    texts: dict[str, str] = {}
    for number, name in enumerate(names):
        taken = any(texts.get(other) == payload for other in neighbours.get(name, ()))
        texts[name] = f"{payload}{number}" if taken else payload
    return texts


def _filled(node: Any, pointer: str, texts: Mapping[str, str], places: dict[str, list[str]]) -> Any:
    if isinstance(node, dict):
        found: dict[str, Any] = {}
        for key, value in node.items():
            new = _replaced(key, texts)
            below = f"{pointer}/{escape(new)}"
            for word in _WORD.findall(key):
                places.setdefault(word, []).append(below)
            found[new] = _filled(value, below, texts, places)
        return found
    if isinstance(node, list):
        return [_filled(item, f"{pointer}/{number}", texts, places) for number, item in enumerate(node)]
    if isinstance(node, str):
        for word in _WORD.findall(node):
            places.setdefault(word, []).append(pointer)
        return _replaced(node, texts)
    return node


def _replaced(text: str, texts: Mapping[str, str]) -> str:
    encode = escape if _REFERENCE.match(text) else str
    return _WORD.sub(lambda match: encode(texts.get(match[0], match[0])), text)


def _put(data: Any, pointer: str, value: str) -> None:
    """Set a value, unless a field above it has taken the place away."""
    *above, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in above:
        data = data[int(step)] if isinstance(data, list) else data.get(step) if isinstance(data, dict) else None
    if isinstance(data, list):
        data[int(last)] = value
    elif isinstance(data, dict):
        data[last] = value
