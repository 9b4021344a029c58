"""References whose meaning depends on where they stand: dynamic ones, and those written too short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.bundle.files import File, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdkwright.bundle.resolve import Resolver, Target


def dynamic_target(reference: str, file: File, pointer: str, resolver: Resolver) -> Target | Problem:
    """What a `$dynamicRef` (JSON Schema 2020-12, 8.2.3.2) or `$recursiveRef` (2019-09) at `pointer` means.

    No other schema extends the one it stands in, so the dynamic scope is that schema: the outermost ancestor
    that carries the anchor, else the named schema around it.
    """
    name = reference.partition("#")[2]
    ancestors = list(_ancestors(file, pointer))
    for way, schema in ancestors:
        carries = schema.get("$dynamicAnchor") == name if name else schema.get("$recursiveAnchor") is True
        if carries:
            return resolver.resolve("#" + way, file)
    if name:
        return resolver.resolve(reference, file)
    return resolver.resolve("#" + _named_schema(pointer), file)


def relative_target(reference: str, file: File, pointer: str, resolver: Resolver) -> Target | None:
    """A likely target of an internal reference that has none: below an enclosing schema, or in the root.

    Schemas pasted from elsewhere keep `#/$defs/X`; files cut out of a document keep `#/components/schemas/X`.
    """
    if not reference.startswith("#/"):
        return None
    tail = reference[1:]
    candidates = [(file, way + tail) for way, _ in reversed(list(_ancestors(file, pointer)))]
    root = resolver.files.root
    if not file.is_root:
        candidates.append((root, tail))
    way = pointers.split(tail)
    if len(way) == 2 and way[0] in {"definitions", "$defs"}:
        candidates.append((root, f"/components/schemas/{pointers.escape(way[1])}"))
    if len(way) == 3 and way[:2] == ["components", "schemas"]:
        candidates.append((root, f"/definitions/{pointers.escape(way[2])}"))
    for owner, candidate in candidates:
        if pointers.follow(owner.data, candidate) is not pointers.MISSING:
            target = resolver.resolve("#" + candidate, owner)
            if not isinstance(target, Problem):
                return target
    return None


def looks_like_reference(value: str) -> bool:
    """Whether a value of a discriminator's mapping is a reference and not a component's name."""
    return "#" in value or "/" in value or value.endswith((".json", ".yaml", ".yml"))


def _ancestors(file: File, pointer: str) -> Iterator[tuple[str, dict[str, object]]]:
    """The objects on the way to a node, outermost first, with their pointers; the document is not one."""
    node: object = file.data
    way = ""
    for step in pointers.split(pointer):
        node = pointers.step_into(node, step)
        way += "/" + pointers.escape(step)
        if pointers.is_object(node):
            yield way, node


def _named_schema(pointer: str) -> str:
    way = pointers.split(pointer)
    length = 3 if way[:2] == ["components", "schemas"] else 2 if way[:1] == ["definitions"] else 0
    return pointers.join(way[:length])
