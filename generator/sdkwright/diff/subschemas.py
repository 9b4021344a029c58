"""Compares the schemas below keywords: items, other properties, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.facts import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.diff.levels import Scope
    from sdkwright.diff.view import View
    from sdkwright.diff.walk import Here

_SINGLE: Final = {
    "contains": "contains", "propertyNames": "property-names", "unevaluatedProperties": "unevaluated-properties",
    "unevaluatedItems": "unevaluated-items", "contentSchema": "content-schema", "if": "if", "then": "then",
    "else": "else", "not": "not",
}  # fmt: skip
_MAPS: Final = {"patternProperties": "pattern-property", "dependentSchemas": "dependent-schema"}
_OPPOSITE: Final = frozenset({"not", "if"})
"""Where a schema that takes more makes the whole take less."""
_CLOSED: Final[Mapping[str, object]] = {"not": {}}


def compare_subschemas(here: Here, base: View, revision: View) -> None:
    """Compare what stands below keywords, as part of the thing that has them."""
    for keyword, stem in _SINGLE.items():
        old, new = base.spot(keyword), revision.spot(keyword)
        if old and new:
            scope = here.scope.flipped() if keyword in _OPPOSITE else here.scope
            _descend(here, old, new, here.name, scope=scope)
        elif old or new:
            _appeared(here, f"{stem}-added" if new else f"{stem}-removed", old, new)
    for keyword, stem in _MAPS.items():
        _map(here, base, revision, keyword, stem)
    _items(here, base, revision)
    _tuple(here, base, revision)
    _extras(here, base, revision)
    _dependent(here, base, revision)


def _descend(here: Here, old: Spot, new: Spot, name: str, *, scope: Scope | None = None) -> None:
    here.at(old, new, name=name, scope=scope).use()


def _appeared(here: Here, rule: str, old: Spot | None, new: Spot | None) -> None:
    here.fact(
        rule,
        before=values.show(old.node) if old else None, after=values.show(new.node) if new else None,
        base=old.at if old else "", revision=new.at if new else "",
    )  # fmt: skip


def _map(here: Here, base: View, revision: View, keyword: str, stem: str) -> None:
    old, new = _members(base, keyword), _members(revision, keyword)
    for name in old:
        if name in new:
            _descend(here, old[name], new[name], f"{here.name} {name}")
        else:
            _appeared(here, f"{stem}-removed", old[name], None)
    for name in new:
        if name not in old:
            _appeared(here, f"{stem}-added", None, new[name])


def _members(view: View, keyword: str) -> dict[str, Spot]:
    if not pointers.is_object(view.keywords.get(keyword)):
        return {}
    at = view.where[keyword].rpartition("/")[0]
    return Spot({keyword: view.keywords[keyword]}, at).objects(keyword)


def _items(here: Here, base: View, revision: View) -> None:
    old, new = base.spot("items"), revision.spot("items")
    if old and new:
        _descend(here, old, new, f"an item of {here.name}")
    elif (found := old or new) and values.meaning(found.node) != "{}" and _is_array(base) and _is_array(revision):
        _appeared(here, "items-untyped" if old else "items-typed", old, new)


def _is_array(view: View) -> bool:
    return view.keywords.get("type") in ("array", ["array", "null"]) or bool(view.keywords.keys() & {"items"})


def _tuple(here: Here, base: View, revision: View) -> None:
    old, new = _positions(base), _positions(revision)
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        _descend(here, one, other, f"item {number} of {here.name}")
    for spot in old[len(new) :]:
        _appeared(here, "tuple-item-removed", spot, None)
    for spot in new[len(old) :]:
        _appeared(here, "tuple-item-added", None, spot)


def _positions(view: View) -> list[Spot]:
    if "prefixItems" not in view.keywords:
        return []
    at = view.where["prefixItems"].rpartition("/")[0]
    return Spot({"prefixItems": view.keywords["prefixItems"]}, at).array("prefixItems")


def _extras(here: Here, base: View, revision: View) -> None:
    """`additionalProperties`: closed, open (also when absent) or with a schema."""
    old, new = _extra(base), _extra(revision)
    states = _state(old), _state(new)
    if states == ("typed", "typed") and old and new:
        _descend(here, old, new, f"other properties of {here.name}")
    elif states[0] != states[1]:
        rule = {
            ("open", "typed"): "extra-properties-narrowed", ("typed", "open"): "extra-properties-widened",
        }.get(states, "object-closed" if states[1] == "closed" else "object-opened")  # fmt: skip
        _appeared(here, rule, old, new)


def _extra(view: View) -> Spot | None:
    return view.spot("additionalProperties")


def _state(spot: Spot | None) -> str:
    if spot is None or values.meaning(spot.node) == "{}":
        return "open"
    return "closed" if spot.node == _CLOSED else "typed"


def _dependent(here: Here, base: View, revision: View) -> None:
    old, new = _required(base), _required(revision)
    for name in old:
        if name not in new:
            here.fact("dependent-required-removed", before=f"{name}: {values.words(sorted(old[name]))}")
        elif old[name] != new[name]:
            rule = "dependent-required-changed"
            if old[name] < new[name]:
                rule = "dependent-required-added"
            elif new[name] < old[name]:
                rule = "dependent-required-removed"
            here.fact(rule, before=values.words(sorted(old[name])), after=values.words(sorted(new[name])))
    for name in new:
        if name not in old:
            here.fact("dependent-required-added", after=f"{name}: {values.words(sorted(new[name]))}")


def _required(view: View) -> dict[str, set[str]]:
    found = view.keywords.get("dependentRequired")
    return {name: set(values.texts(names)) for name, names in found.items()} if pointers.is_object(found) else {}
