"""What the commands do to plain data: find nodes, replace, remove, merge."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, cast

from sdkwright import pointers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sdkwright.transforms.paths import Steps


def unshared(node: object) -> object:
    """A copy in which no part stands in two places, as YAML aliases make them."""
    if pointers.is_object(node):
        return {key: unshared(value) for key, value in node.items()}
    if pointers.is_array(node):
        return [unshared(value) for value in node]
    return node


def at(document: object, steps: Steps) -> object:
    """The node at the end of the way, or `pointers.MISSING`."""
    return pointers.follow(document, pointers.join(steps))


def put(document: object, steps: Steps, value: object) -> None:
    """Set the node at the end of a way of at least one step, whose parent exists."""
    cast("dict[str | int, object]", at(document, steps[:-1]))[steps[-1]] = value


def drop(document: object, ways: Iterable[Steps]) -> None:
    """Remove nodes, the later items of an array first, so that the positions of the others stay true."""
    for steps in sorted(ways, key=lambda way: [(isinstance(step, str), step) for step in way], reverse=True):
        parent = at(document, steps[:-1])
        if pointers.is_object(parent):
            parent.pop(str(steps[-1]), None)
        elif pointers.is_array(parent):
            del parent[cast("int", steps[-1])]


def merge(target: dict[str, object], value: dict[str, object]) -> None:
    """Merge objects at every depth; anything else, arrays too, takes the place of what was there."""
    for key, new in value.items():
        present = target.get(key)
        if pointers.is_object(present) and pointers.is_object(new):
            merge(present, new)
        else:
            target[key] = copy.deepcopy(new)


def rekey(target: dict[str, object], old: str, new: str) -> None:
    """Change one key of an object and keep its place among the others; a member that has the new key gives way."""
    members = [(new if key == old else key, value) for key, value in target.items() if key == old or key != new]
    target.clear()
    target.update(members)
