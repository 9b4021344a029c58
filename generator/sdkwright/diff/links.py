"""Schemas that are equal on both sides: nothing to compare, but what they refer to may differ."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.bundle.grammar import member_kind
from sdkwright.diff.facts import Spot
from sdkwright.diff.peel import peel

if TYPE_CHECKING:
    from sdkwright.diff.facts import Node
    from sdkwright.diff.levels import Scope
    from sdkwright.diff.walk import Here

_OPPOSITE: Final = frozenset({"not", "if"})


def equal(base: Node, revision: Node) -> bool:
    """Whether two nodes are written alike; unlike `==` this tells 1 from true."""
    return base == revision and json.dumps(base, default=str) == json.dumps(revision, default=str)


def link(here: Here) -> None:
    """Find what an equal schema refers to, and in which directions it travels there."""
    stack: list[tuple[Node, Scope]] = [(here.base.node, here.scope)]
    while stack:
        node, scope = stack.pop()
        if isinstance(reference := node.get("$ref"), str):
            spot = Spot({"$ref": reference}, "")
            base, revision = here.walk.base.resolve(spot), here.walk.revision.resolve(spot)
            if base.at and revision.at:
                here.at(base, revision, scope=scope).edge("schema", scope)
        for key, value in node.items():
            kind = member_kind("schema", key)
            if kind == "schema" and pointers.is_object(value):
                stack.append((value, scope.flipped() if key in _OPPOSITE else scope))
            elif kind == "[schema]" and pointers.is_array(value):
                stack += [(member, scope) for member in value if pointers.is_object(member)]
            elif kind == "{schema}" and pointers.is_object(value):
                is_property = key == "properties"
                stack += [
                    (member, _directions(here, member, scope) if is_property else scope)
                    for member in value.values()
                    if pointers.is_object(member)
                ]


def _directions(here: Here, node: Node, scope: Scope) -> Scope:
    """A property that a side has read-only is in no request, a write-only one in no response."""
    spot = Spot(node, "")
    sides = peel(here.walk.base, spot), peel(here.walk.revision, spot)
    read = any(side.annotation("readOnly", inner=True) is True for side in sides)
    write = any(side.annotation("writeOnly", inner=True) is True for side in sides)
    return scope.only(request=not read, response=not write) if read or write else scope
