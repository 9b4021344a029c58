"""Compares parameters and headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff.content import compare_content
from sdkwright.diff.facts import Spot
from sdkwright.diff.lifecycle import lifecycle
from sdkwright.diff.pairing import renamings
from sdkwright.diff.peel import peel, types_of

if TYPE_CHECKING:
    from sdkwright.diff.facts import Node
    from sdkwright.diff.levels import Scope
    from sdkwright.diff.walk import Document, Here

_BRACES = re.compile(r"\{([^}]*)\}")
_FORM: Final = frozenset({"query", "cookie"})

Key = tuple[str, str]
"""Where a parameter stands and its name, without case in headers; in a path its position counts instead."""


def compare_parameters(here: Here, item: Here, scope: Scope) -> None:
    """Compare the parameters that two operations really have: their own and those of their path items."""
    old = _effective(here.walk.base, item.base, here.base)
    new = _effective(here.walk.revision, item.revision, here.revision)
    if here.unit.kind == "moved":
        both = {name for place, name in _written_names(old) & _written_names(new) if place == "path"}
        old, new = _by_name(old, both), _by_name(new, both)
    here = here.at(here.base, here.revision, scope=scope)
    for key, spot in old.items():
        if key in new:
            other = new[key]
            here.at(spot, other, name=_name(spot.node)).edge("parameter", scope)
            if key[0] == "path" and spot.node.get("name") != other.node.get("name"):
                here.fact("path-parameter-renamed", before=spot.node.get("name"), after=other.node.get("name"),
                          name=_name(other.node), base=spot.at, revision=other.at, site=spot.at,
                          confidence=1.0)  # fmt: skip
    gone = {key: spot for key, spot in old.items() if key not in new}
    came = {key: spot for key, spot in new.items() if key not in old}
    for key, now in [(key, now) for key in gone for now in came if _same_name(gone[key], came[now])]:
        if key in gone and now in came:
            one, two = gone.pop(key), came.pop(now)
            here.fact("parameter-moved", before=_name(one.node), after=_name(two.node), base=one.at,
                      revision=two.at, site=one.at)  # fmt: skip
    sites = _renamed(here, gone, came)
    for spot in gone.values():
        _removed(here, spot)
    for spot in came.values():
        rule = "required-parameter-added" if spot.node.get("required") is True else "parameter-added"
        here.fact(rule, name=_name(spot.node), base=None, revision=spot.at, site=sites.get(spot.at, f"+{spot.at}"))


def _effective(document: Document, item: Spot, operation: Spot) -> dict[Key, Spot]:
    places = _BRACES.findall(pointers.split(item.at)[-1]) if item.at else []
    found: dict[Key, Spot] = {}
    for holder in (item, operation):
        for spot in holder.array("parameters"):
            end = document.resolve(spot)
            place, name = str(end.node.get("in")), str(end.node.get("name"))
            found[place, name.lower() if place == "header" else name] = end
    declared = [name for place, name in found if place == "path"]
    free = [name for name in places if name not in declared]
    order = {name: str(number) for number, name in enumerate(places)}
    for name in declared:
        template = name if name in order else free.pop(0) if free else ""
        if template:
            found["path", f"{{{order[template]}}}"] = found.pop(("path", name))
    return found


def _written_names(found: dict[Key, Spot]) -> set[Key]:
    return {(place, str(spot.node.get("name"))) for (place, _), spot in found.items()}


def _by_name(found: dict[Key, Spot], both: set[str]) -> dict[Key, Spot]:
    """The same with the names of path parameters that both paths have: what moved is told by its name."""
    result: dict[Key, Spot] = {}
    others = 0
    for (place, name), spot in found.items():
        written = str(spot.node.get("name"))
        if place != "path":
            result[place, name] = spot
        elif written in both:
            result[place, written] = spot
        else:
            result[place, f"{{{others}}}"] = spot
            others += 1
    return result


def _same_name(old: Spot, new: Spot) -> bool:
    return old.node.get("name") == new.node.get("name")


def _name(node: Node) -> str:
    return f"{node.get('in')} parameter {node.get('name')}"


def _removed(here: Here, spot: Spot) -> None:
    rule, policy = "parameter-removed", here.walk.policy
    if policy.may_go(spot.node.get("deprecated")):
        early = policy.before_sunset(spot.node.get("x-sunset"))
        rule = "sunset-parameter-removed" if early else "deprecated-parameter-removed"
    here.fact(rule, name=_name(spot.node), base=spot.at, revision=None, site=spot.at)


def _renamed(here: Here, gone: dict[Key, Spot], came: dict[Key, Spot]) -> dict[str, str]:
    """Note likely renamings; what they make the site of each new parameter."""
    sites: dict[str, str] = {}
    for place in sorted({key[0] for key in gone} & {key[0] for key in came}):
        old = {key[1]: _schema(spot) for key, spot in gone.items() if key[0] == place}
        new = {key[1]: _schema(spot) for key, spot in came.items() if key[0] == place}
        for pair in renamings(here.walk, old, new):
            base, revision = gone[place, pair.old], came[place, pair.new]
            sites[revision.at] = base.at
            here.fact("parameter-renamed", name=_name(revision.node), before=_name(base.node),
                      after=_name(revision.node), base=base.at, revision=revision.at, site=base.at,
                      confidence=pair.confidence)  # fmt: skip
    return sites


def _schema(parameter: Spot) -> Spot:
    """The schema of a parameter, with its description."""
    schema, said = parameter.child("schema"), parameter.node.get("description")
    return Spot({**schema.node, "description": said}, schema.at) if said is not None else schema


def compare_parameter(here: Here) -> None:
    """Two parameters."""
    old, new = here.base.node, here.revision.node
    here.prose("description", "examples")
    lifecycle(here, "parameter", old.get, new.get)
    if (old.get("required") is True) != (new.get("required") is True):
        here.fact("parameter-became-required" if new.get("required") is True else "parameter-became-optional")
    _style(here)
    for key, stem in (("allowReserved", "reserved"), ("allowEmptyValue", "empty")):
        before, after = old.get(key) is True, new.get(key) is True
        if before != after:
            here.fact(f"{stem}-allowed" if after else f"{stem}-refused")
    _described(here)


def compare_header(here: Here) -> None:
    """Two headers of responses."""
    here.prose("description", "examples")
    old, new = here.base.node.get("required") is True, here.revision.node.get("required") is True
    if old != new:
        here.fact("header-became-required" if new else "header-became-optional")
    _described(here)


def _described(here: Here) -> None:
    """The schema, or the content, of a parameter or header."""
    if "content" in here.base.node or "content" in here.revision.node:
        if ("content" in here.base.node) != ("content" in here.revision.node):
            here.fact("parameter-style-changed", before=_written(here.base.node), after=_written(here.revision.node))
        else:
            compare_content(here, here.name)
        return
    here.at(here.base.child("schema"), here.revision.child("schema"), text=True).use()


def _written(node: Node) -> str:
    return "content" if "content" in node else "schema"


def _style(here: Here) -> None:
    old, new = _serialisation(here.base.node), _serialisation(here.revision.node)
    if old == new:
        return
    documents = (here.walk.base, here.base), (here.walk.revision, here.revision)
    types = [types_of(peel(document, spot.child("schema")).spot.node) for document, spot in documents]
    if all(each is not None and not each & {"array", "object"} for each in types):
        here.folded("style of a plain value")
        return
    here.fact("parameter-style-changed", before=" ".join(old), after=" ".join(new))


def _serialisation(node: Node) -> tuple[str, str]:
    """Style and explode with their defaults (3.1, 4.8.12.2)."""
    style = str(node.get("style") or ("form" if node.get("in") in _FORM else "simple"))
    explode = node.get("explode")
    exploded = explode if isinstance(explode, bool) else style in {"form", "cookie"}
    return style, "exploded" if exploded else "joined"
