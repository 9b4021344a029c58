"""Components that came or went together with something else: they are no change of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright import pointers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdkwright.diff.facts import Fact, Node, Spot, Unit

LONE: Final = ("schema-added", "schema-removed", "component-added", "component-removed")
"""The rules for components that one side alone has."""


def company(root: Node, units: list[Unit], lone: Mapping[str, Spot], *, new: bool) -> dict[str, str]:
    """The site of the only change that brought (with `new`) or took each lone component, by the component's pointer.

    `root` is the document that has them. What several changes share, or none, is left out.
    """
    found: dict[str, set[str]] = {at: set() for at in lone}
    for fact in (fact for unit in units for fact in unit.facts) if lone else ():
        at = fact.revision if new else fact.base
        if at is not None and fact.rule not in LONE and _comes(fact, new=new):
            for target in _reached(pointers.follow(root, at), lone):
                found[target].add(fact.site)
    return {at: next(iter(sites)) for at, sites in found.items() if len(sites) == 1}


def _comes(fact: Fact, *, new: bool) -> bool:
    """Whether something of that side is in the fact: it came or went, or it is another thing than before."""
    gone = fact.base is None if new else fact.revision is None
    return gone or fact.rule in {"variant-added" if new else "variant-removed", "type-changed", "reference-changed"}


def _reached(node: object, lone: Mapping[str, Spot]) -> set[str]:
    """The lone components that a node refers to, itself or through each other."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        for target in _references(waiting.pop()):
            if target in lone and target not in found:
                found.add(target)
                waiting.append(lone[target].node)
    return found


def _references(node: object) -> Iterator[str]:
    stack = [node]
    while stack:
        item = stack.pop()
        if pointers.is_object(item):
            if isinstance(reference := item.get("$ref"), str):
                yield reference.removeprefix("#")
            stack += item.values()
        elif pointers.is_array(item):
            stack += item
