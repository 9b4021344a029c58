"""JSON pointers (RFC 6901): the one place that escapes, splits and follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_object(node: object) -> TypeGuard[dict[str, object]]:
    """Whether a node is an object; the keys of parsed documents are always text."""
    return isinstance(node, dict)


def is_array(node: object) -> TypeGuard[list[object]]:
    """Whether a node is an array."""
    return isinstance(node, list)


MISSING: object = object()
"""What `follow` returns when there is nothing at the pointer; None is a value that documents have."""


def escape(step: str | int) -> str:
    """One step as it is written inside a pointer."""
    return str(step).replace("~", "~0").replace("/", "~1")


def join(steps: Iterable[str | int]) -> str:
    """The pointer made of these steps; no steps give "", the whole document."""
    return "".join("/" + escape(step) for step in steps)


def split(pointer: str) -> list[str]:
    """The steps of a pointer, unescaped. What stands before the first slash is ignored."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def last(pointer: str) -> str:
    """The last step, unescaped; empty for the whole document."""
    return next(reversed(split(pointer)), "")


def step_into(node: object, step: str) -> object:
    """The member of an object or array, or `MISSING`."""
    if is_object(node):
        return node.get(step, MISSING)
    if is_array(node) and step.isdecimal() and (step == "0" or step[0] != "0"):
        return node[int(step)] if len(step) < 10 and int(step) < len(node) else MISSING
    return MISSING


def follow(node: object, pointer: str) -> object:
    """The node at `pointer` below `node`, or `MISSING`. A non-empty pointer must start with a slash."""
    if pointer and not pointer.startswith("/"):
        return MISSING
    for step in split(pointer):
        node = step_into(node, step)
        if node is MISSING:
            return MISSING
    return node
