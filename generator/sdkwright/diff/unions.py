"""Compares unions: which variant became which, which are new and which are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.facts import Spot, is_component
from sdkwright.diff.keywords import describe
from sdkwright.diff.pairing import similar
from sdkwright.diff.peel import UNIONS, is_null, peel, structure, types_of
from sdkwright.diff.view import everything

if TYPE_CHECKING:
    from sdkwright.diff.facts import Node
    from sdkwright.diff.view import View
    from sdkwright.diff.walk import Here

_BESIDE: Final = frozenset({*UNIONS, "discriminator", "type"})
"""Keywords that stand beside a union without making it more than one."""
_PAIR: Final = 0.5
_MOST: Final = 40
"""How many unpaired variants on a side are compared with each other."""


def compare_unions(here: Here, base: View, revision: View) -> bool:
    """Compare unions and discriminators; whether a side without one was taken as a union of one variant."""
    old, new = _variants(base), _variants(revision)
    if old and new:
        _kinds(here, base, revision)
        _pair(here, old, new)
    elif new and not old and _is_only_union(revision) and structure(base.keywords):
        _pair(here, [here.base], new)
        if _values(here.base) and not any(_values(peel(here.walk.revision, spot).spot) for spot in new):
            here.fact("enum-lost-in-union", before=values.words(texts_of(here.base)))
        if "oneOf" in revision.keywords and "discriminator" not in revision.keywords and _overlap(here, new):
            here.fact("wrapped-in-one-of", after=values.words(variant_name(here, spot, new=True) for spot in new))
    elif old and not new and _is_only_union(base) and structure(revision.keywords):
        _pair(here, old, [here.revision])
    elif old or new:
        rule = "union-added" if new else "union-removed"
        shown = values.words(variant_name(here, spot, new=bool(new)) for spot in old or new)
        here.fact(rule, before=shown if old else None, after=shown if new else None)
        return False
    _discriminator(here, base, revision, (_references(old), _references(new)))
    return bool(old) != bool(new)


def _overlap(here: Here, variants: list[Spot]) -> bool:
    """Whether a value might fit two variants, which oneOf refuses: none differ in type or in a fixed property."""
    nodes = [everything(here.walk.revision, spot) for spot in variants[:_MOST]]
    return any(
        not _disjoint(one, other) for number, one in enumerate(nodes) for other in nodes[number + 1 :]
    )  # fmt: skip


def _disjoint(one: View, other: View) -> bool:
    types = types_of(one.keywords), types_of(other.keywords)
    if types[0] and types[1] and not types[0] & types[1] and not {"integer", "number"} <= types[0] | types[1]:
        return True
    return any(
        name in one.required and name in other.required and _values(spot) and _values(other.properties[name])
        and not _values(spot) & _values(other.properties[name])
        for name, spot in one.properties.items()
        if name in other.properties
    )  # fmt: skip


def texts_of(spot: Spot) -> list[str]:
    """The values that a schema lists."""
    return sorted(_values(spot))


def _values(spot: Spot) -> set[str]:
    found = [spot.node["const"]] if "const" in spot.node else spot.node.get("enum")
    return {values.key(value) for value in found} if pointers.is_array(found) else set()


def _variants(view: View) -> list[Spot]:
    for key in UNIONS:
        members = view.keywords.get(key)
        if pointers.is_array(members):
            spots = [Spot(item, f"{view.where[key]}/{n}") for n, item in enumerate(members) if pointers.is_object(item)]
            return [spot for spot in spots if not is_null(spot.node)]
    return []


def _is_only_union(view: View) -> bool:
    return structure(view.keywords) <= _BESIDE and not view.properties and not view.required


def _kinds(here: Here, base: View, revision: View) -> None:
    """oneOf and anyOf differ only for values that fit two variants."""
    if "oneOf" in base.keywords and "oneOf" not in revision.keywords:
        here.fact("union-loosened", base=base.pointer("oneOf"), revision=revision.pointer("anyOf"))
    elif "oneOf" in revision.keywords and "oneOf" not in base.keywords:
        here.fact("union-tightened", base=base.pointer("anyOf"), revision=revision.pointer("oneOf"))


def _pair(here: Here, old: list[Spot], new: list[Spot]) -> None:
    pairs = _pairs(here, old, new)
    for one, other in pairs:
        child = here.at(old[one], new[other])
        if old[one].at == here.base.at or new[other].at == here.revision.at:
            _compare_alone(child)
        else:
            child.use()
    if [one for one, _ in pairs] != sorted(one for one, _ in pairs):
        here.folded("order")
    paired = {one for one, _ in pairs}, {other for _, other in pairs}
    for number, spot in enumerate(old):
        if number not in paired[0]:
            name = variant_name(here, spot, new=False)
            here.fact("variant-removed", before=name, base=spot.at)
    for number, spot in enumerate(new):
        if number not in paired[1]:
            name = variant_name(here, spot, new=True)
            here.fact("variant-added", after=name, revision=spot.at)


def _compare_alone(here: Here) -> None:
    """A schema against the variant that it became: the schema is where we are, so only its inside is left."""
    base, revision = peel(here.walk.base, here.base).spot, peel(here.walk.revision, here.revision).spot
    if base.at != revision.at:
        here.at(base, revision).edge("schemaPart", here.scope)
    else:
        here.at(base, revision).edge("schema", here.scope)


def _pairs(here: Here, old: list[Spot], new: list[Spot]) -> list[tuple[int, int]]:
    """Pairs of variants: the same component, then the same meaning, then what is most alike; in the new order."""
    pairs: dict[int, int] = {}
    for keys in (_targets, _meanings):
        left = {key: one for one, key in reversed(keys(here, old, new=False)) if one not in pairs}
        for other, key in keys(here, new, new=True):
            if other not in pairs.values() and (one := left.pop(key, None)) is not None:
                pairs[one] = other
    ones = [one for one in range(len(old)) if one not in pairs]
    others = [other for other in range(len(new)) if other not in pairs.values()]
    if len(ones) <= _MOST and len(others) <= _MOST:
        scored = [
            (similar(here.walk.base, here.walk.revision, old[one], new[other]), one, other)
            for one in ones
            for other in others
        ]
        for score, one, other in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
            if score >= _PAIR and one not in pairs and other not in pairs.values():
                pairs[one] = other
    return sorted(pairs.items(), key=lambda pair: pair[1])


def _targets(here: Here, spots: list[Spot], *, new: bool) -> list[tuple[int, str]]:
    document = here.walk.revision if new else here.walk.base
    found = [(number, peel(document, spot)) for number, spot in enumerate(spots)]
    return [(number, peeled.spot.at) for number, peeled in found if peeled.crossed or is_component(peeled.spot.at)]


def _meanings(here: Here, spots: list[Spot], *, new: bool) -> list[tuple[int, str]]:
    document = here.walk.revision if new else here.walk.base
    return [(number, values.meaning(peel(document, spot).spot.node)) for number, spot in enumerate(spots)]


def variant_name(here: Here, spot: Spot, *, new: bool) -> str:
    """A variant in words: its component, its title, or its type."""
    end = peel(here.walk.revision if new else here.walk.base, spot).spot
    if is_component(end.at):
        return pointers.split(end.at)[-1]
    title = end.node.get("title")
    return title if isinstance(title, str) else describe(end.node)


def _references(variants: list[Spot]) -> set[object]:
    return {spot.node.get("$ref") for spot in variants}


def _discriminator(here: Here, base: View, revision: View, variants: tuple[set[object], set[object]]) -> None:
    """Compare discriminators; a tag that comes or goes with its variant is no change of its own."""
    old, new = _parts(base.keywords), _parts(revision.keywords)

    def fact(rule: str, before: str | None, after: str | None) -> None:
        at = base.pointer("discriminator"), revision.pointer("discriminator")
        here.fact(rule, before=before, after=after, base=at[0], revision=at[1])

    if old is None or new is None:
        if old is not new:
            rule = "discriminator-added" if new else "discriminator-removed"
            fact(rule, old[0] if old else None, new[0] if new else None)
        return
    if old[0] != new[0]:
        fact("discriminator-changed", old[0], new[0])
    came = [tag for tag, to in new[1].items() if tag not in old[1] and to not in variants[1] - variants[0]]
    gone = [tag for tag, to in old[1].items() if tag not in new[1] and to not in variants[0] - variants[1]]
    if came:
        fact("mapping-added", None, values.words(came))
    if gone:
        fact("mapping-removed", values.words(gone), None)
    for tag in [tag for tag in old[1] if tag in new[1] and not _same_target(here, old[1][tag], new[1][tag])]:
        fact("mapping-changed", f"{tag}: {old[1][tag]}", f"{tag}: {new[1][tag]}")


def _same_target(here: Here, old: str, new: str) -> bool:
    """Whether two targets are one schema, which may have got another name."""
    here_and_there = (
        here.walk.base.component(new.removeprefix("#")),
        here.walk.revision.component(old.removeprefix("#")),
    )
    return old == new or here_and_there == (False, False)


def _parts(node: Node) -> tuple[str, dict[str, str]] | None:
    found = node.get("discriminator")
    if not pointers.is_object(found):
        return None
    mapping = found.get("mapping")
    tags = {tag: str(target) for tag, target in mapping.items()} if pointers.is_object(mapping) else {}
    return str(found.get("propertyName")), tags
