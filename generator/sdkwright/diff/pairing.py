"""Which of what is gone and of what is new are one thing under another name, and how sure that is."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.peel import peel, structure, types_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.diff.facts import Node, Spot
    from sdkwright.diff.walk import Document, Walk

_MOST: Final = 64
"""How many names on a side are compared with each other; more are paired by equality alone."""
_SURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Renaming:
    """A pair of names, with the definitions, and a confidence from 0 to 1."""

    old: str
    new: str
    base: Spot
    revision: Spot
    confidence: float


def renamings(walk: Walk, gone: Mapping[str, Spot], came: Mapping[str, Spot]) -> list[Renaming]:
    """Pairs of equal definitions under different names, best names first, each name once.

    The confidence is half for the definition, half for the likeness of the names; a bare scalar says so little
    that only a name, or the same description, can support it.
    """
    candidates: list[tuple[float, str, str]] = []
    if len(gone) > _MOST or len(came) > _MOST:
        return []
    new_meanings = {name: values.meaning(peel(walk.revision, spot).spot.node) for name, spot in came.items()}
    said = {name: peel(walk.revision, spot).annotation("description", inner=True) for name, spot in came.items()}
    for old, spot in gone.items():
        peeled = peel(walk.base, spot)
        node, description = peeled.spot.node, peeled.annotation("description", inner=True)
        written = values.meaning(node)
        for new, other in new_meanings.items():
            if written == other:
                names = alike(old, new)
                described = description is not None and description == said[new]
                telling = 0.5 if len(structure(node)) > 1 else 0.4 if described else 0.2
                candidates.append((round(telling + names / 2, 2), old, new))
    found: list[Renaming] = []
    taken: tuple[set[str], set[str]] = (set(), set())
    for confidence, old, new in sorted(candidates, key=lambda item: (-item[0], item[1], item[2])):
        if confidence >= _SURE and old not in taken[0] and new not in taken[1]:
            taken[0].add(old)
            taken[1].add(new)
            found.append(Renaming(old, new, gone[old], came[new], confidence))
    return found


def alike(old: str, new: str) -> float:
    """How alike two names are, from 0 to 1, whatever their casing and separators."""
    one, other = ("".join(letter for letter in name.lower() if letter.isalnum()) for name in (old, new))
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def similar(base: Document, revision: Document, old: Spot, new: Spot) -> float:
    """How alike two variants of a union are, from 0 to 1."""
    one, other = peel(base, old).spot, peel(revision, new).spot
    if one.at == other.at and one.at != old.at:
        return 1.0
    if values.meaning(one.node) == values.meaning(other.node):
        return 0.99
    if "$ref" in old.node and "$ref" in new.node and (revision.component(one.at) or base.component(other.at)):
        return 0.0
    return _kinship(one.node, other.node)


def _kinship(one: Node, other: Node) -> float:
    types = types_of(one), types_of(other)
    if not structure(one) or not structure(other):
        return 0.6
    if types[0] is None or types[1] is None or not types[0] & types[1]:
        names = property_names(one), property_names(other)
        return 0.0 if not (names[0] and names[1]) else _overlap(*names)
    if "object" not in types[0]:
        return 0.9
    if "title" in one and one.get("title") == other.get("title"):
        return 0.95
    names = property_names(one), property_names(other)
    return 0.9 if names == (set(), set()) else _overlap(*names)


def property_names(node: Node) -> set[str]:
    """The names of the properties that a schema has itself."""
    properties = node.get("properties")
    return set(properties) if pointers.is_object(properties) else set()


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
