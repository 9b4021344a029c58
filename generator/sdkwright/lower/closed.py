"""Which properties a value can have where parts of an `allOf` rule out each other's."""

from __future__ import annotations

from functools import reduce

from sdkwright.lower.nodes import NOTHING, Raw, Tree, as_list, as_mapping, as_schema

_DEPTH = 20


def allowed(schema: Raw, tree: Tree) -> frozenset[str] | None:
    """The names that every closed part of an `allOf` knows; None where no part is closed.

    `additionalProperties: false` looks at the properties beside it alone (JSON Schema, 10.3.2.3), so that what another
    part adds is ruled out. Documents say so by mistake, and the API takes the property; a mock server does not.
    """
    return _allowed(schema, tree, 0) if "allOf" in schema else None


def _allowed(schema: Raw, tree: Tree, depth: int) -> frozenset[str] | None:
    target, _ = tree.follow(schema, "")
    found = (
        [_allowed(as_mapping(part), tree, depth + 1) for part in as_list(target.get("allOf"))] if depth < _DEPTH else []
    )
    if as_schema(target.get("additionalProperties")) == NOTHING and "patternProperties" not in target:
        found.append(frozenset(map(str, as_mapping(target.get("properties")))))
    return (
        reduce(frozenset[str].intersection, closed)
        if (closed := [names for names in found if names is not None])
        else None
    )
