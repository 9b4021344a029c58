"""References inside the document: those that follow a node which moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sdkwright import pointers

if TYPE_CHECKING:
    from collections.abc import Iterator


def containers(node: object) -> Iterator[dict[str, object] | list[object]]:
    """Every object and array at or below a node."""
    stack = [node]
    while stack:
        item = stack.pop()
        if pointers.is_object(item):
            yield item
            stack.extend(item.values())
        elif pointers.is_array(item):
            yield item
            stack.extend(item)


def follow(document: object, old: str, new: str) -> None:
    """Change every `$ref` and discriminator mapping that leads to the node at pointer `old`, or below it, to `new`."""
    for node in containers(document):
        if not pointers.is_object(node):
            continue
        ref = node.get("$ref")
        if isinstance(ref, str):
            node["$ref"] = _moved(ref, old, new)
        discriminator = node.get("discriminator")
        mapping = cast("dict[str, object]", discriminator).get("mapping") if isinstance(discriminator, dict) else None
        if pointers.is_object(mapping):
            for key, target in mapping.items():
                if isinstance(target, str):
                    mapping[key] = _moved(target, old, new)


def _moved(ref: str, old: str, new: str) -> str:
    """A reference after the move; `#/a/b` is the pointer `/a/b`."""
    pointer = ref[1:] if ref.startswith("#/") else ""
    if pointer == old or pointer.startswith(f"{old}/"):
        return f"#{new}{pointer[len(old) :]}"
    return ref
