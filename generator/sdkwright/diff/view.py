"""A schema with the parts of its `allOf` merged in, and where each part stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.facts import Node, Spot
from sdkwright.diff.peel import peel, structure

if TYPE_CHECKING:
    from sdkwright.diff.walk import Document


@dataclass(slots=True)
class View:
    """The keywords of a schema, its properties, and what is required; `where` has the pointer of each keyword."""

    at: str
    keywords: Node = field(default_factory=dict[str, object])
    where: dict[str, str] = field(default_factory=dict[str, str])
    properties: dict[str, Spot] = field(default_factory=dict[str, Spot])
    required: dict[str, str] = field(default_factory=dict[str, str])

    def spot(self, key: str) -> Spot | None:
        """The schema under a keyword."""
        node = self.keywords.get(key)
        return Spot(node, self.where[key]) if pointers.is_object(node) else None

    def pointer(self, key: str) -> str:
        """Where a keyword stands, or the schema if it has none."""
        return self.where.get(key, self.at)

    def add(self, spot: Spot) -> None:
        """Merge a schema in, without its `allOf` and `$ref`: what was there first stays, sets are intersected."""
        for key, value in spot.node.items():
            at = f"{spot.at}/{pointers.escape(key)}"
            if key == "properties":
                for name, member in spot.objects("properties").items():
                    self.properties.setdefault(name, member)
            elif key == "required":
                for number, name in enumerate(values.texts(value)):
                    self.required.setdefault(name, f"{at}/{number}")
            elif key in self.keywords:
                self._intersect(key, value)
            elif key not in {"allOf", "$ref"}:
                self.keywords[key], self.where[key] = value, at

    def _intersect(self, key: str, value: object) -> None:
        if key not in {"type", "enum"}:
            return
        mine, other = _listed(self.keywords[key]), {values.key(item) for item in _listed(value)}
        common = [item for item in mine if values.key(item) in other]
        if common:
            self.keywords[key] = common[0] if key == "type" and len(common) == 1 else common


def _listed(value: object) -> list[object]:
    return value if pointers.is_array(value) else [value]


class Views(NamedTuple):
    """Both sides, and the references of their `allOf`s that correspond, which are compared as themselves."""

    base: View
    revision: View
    shared: list[tuple[Spot, Spot]]


def views(base: Document, revision: Document, one: Spot, other: Spot) -> Views:
    """The two schemas without what both refer to."""
    mine, theirs = View(one.at), View(other.at)
    left, right = _parts(base, one, mine), _parts(revision, other, theirs)
    shared = [(left.pop(at), right.pop(at)) for at in [at for at in left if at in right]]
    if len(left) == len(right) == 1:
        (old_at, old), (new_at, new) = *left.items(), *right.items()
        if not revision.component(old_at) and not base.component(new_at):
            shared.append((old, new))
            left, right = {}, {}
    for document, view, rest in ((base, mine, left), (revision, theirs, right)):
        for spot in rest.values():
            _flatten(document, spot, view, set())
    return Views(mine, theirs, shared)


def everything(document: Document, spot: Spot) -> View:
    """The schema with all that it inherits."""
    view = View(spot.at)
    _flatten(document, spot, view, set())
    return view


def _parts(document: Document, spot: Spot, view: View) -> dict[str, Spot]:
    """Merge what is inline; what is left are the references, by what they lead to."""
    found: dict[str, Spot] = {}
    if isinstance(spot.node.get("$ref"), str):
        end = document.resolve(spot)
        if end.at != spot.at:
            found[end.at] = Spot({"$ref": spot.node["$ref"]}, spot.at)
    view.add(spot)
    for member in spot.array("allOf"):
        if structure(member.node) == {"$ref"}:
            found[peel(document, member).spot.at] = member
        else:
            found.update(_parts(document, member, view))
    return found


def _flatten(document: Document, spot: Spot, view: View, seen: set[str]) -> None:
    end = document.resolve(spot)
    if end.at != spot.at:
        view.add(spot)
    if end.at in seen:
        return
    seen.add(end.at)
    view.add(end)
    for member in end.array("allOf"):
        _flatten(document, member, view, seen)
