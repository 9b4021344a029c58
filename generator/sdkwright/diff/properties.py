"""Compares the properties of two objects, and what of them is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff import values
from sdkwright.diff.pairing import Renaming, renamings
from sdkwright.diff.peel import peel
from sdkwright.diff.view import everything

if TYPE_CHECKING:
    from sdkwright.diff.facts import Spot
    from sdkwright.diff.levels import Scope
    from sdkwright.diff.view import View
    from sdkwright.diff.walk import Document, Here


def compare_properties(here: Here, base: View, revision: View, *, inherits: bool) -> None:
    """Compare properties by name. `inherits` says that both have more, in what they share."""
    if here.base.node.get("properties") is None and here.revision.node.get("properties") is None and not (
        base.properties or revision.properties or base.required or revision.required
    ):  # fmt: skip
        return
    if inherits:
        _fetch_moved(here, base, revision)
    common = [name for name in base.properties if name in revision.properties]
    if common != [name for name in revision.properties if name in base.properties]:
        here.folded("order")
    for name in common:
        _compare(here, name, base, revision)
    gone = {name: spot for name, spot in base.properties.items() if name not in revision.properties}
    came = {name: spot for name, spot in revision.properties.items() if name not in base.properties}
    renamed = {
        pair.new: pair for pair in renamings(here.walk, gone, came) if pair.old
    } if gone and came else {}  # fmt: skip
    for name, spot in gone.items():
        _removed(here, name, spot, base, revision)
    for name, spot in came.items():
        _added(here, name, spot, revision, renamed.get(name))
    said = {*common, *(base.required.keys() & gone.keys()), *(revision.required.keys() & came.keys())}
    for name in sorted((base.required.keys() ^ revision.required.keys()) - said):
        here.fact(
            _requiredness(name, base, None), name=name,
            base=base.required.get(name, base.pointer("required")),
            revision=revision.required.get(name, revision.pointer("required")),
        )  # fmt: skip


def _fetch_moved(here: Here, base: View, revision: View) -> None:
    """A property that moved between the object and what it inherits is neither gone nor new."""
    for view, other, document, spot in (
        (base, revision, here.walk.revision, here.revision),
        (revision, base, here.walk.base, here.base),
    ):
        missing = [name for name in view.properties if name not in other.properties]
        if not missing:
            continue
        whole = everything(document, spot)
        for name in missing:
            if name in whole.properties:
                here.folded("moved between a schema and what it inherits")
                other.properties[name] = whole.properties[name]
                if name in whole.required:
                    other.required.setdefault(name, whole.required[name])


def _compare(here: Here, name: str, base: View, revision: View) -> None:
    old, new = base.properties[name], revision.properties[name]
    scope = _directions(here, old, new)
    child = here.at(old, new, name=name, site=old.at, scope=scope, text=False)
    if (name in base.required) != (name in revision.required):
        child.fact(_requiredness(name, base, _default(here.walk.revision, new)))
    child.use()


def _requiredness(name: str, base: View, default: object) -> str:
    """The rule for a property whose requiredness changed; `default` is the new one."""
    if name in base.required:
        return "became-optional"
    return "became-required" if default is None else "became-required-with-default"


def _removed(here: Here, name: str, spot: Spot, base: View, revision: View) -> None:
    peeled = peel(here.walk.base, spot)
    required = name in base.required
    rule = "required-property-removed" if required else "property-removed"
    if revision.keywords.get("additionalProperties") == {"not": {}}:
        rule = f"closed-{rule}"
    if here.walk.policy.may_go(peeled.annotation("deprecated", inner=True)):
        early = here.walk.policy.before_sunset(peeled.annotation("x-sunset", inner=True))
        rule = "sunset-property-removed" if early else "deprecated-property-removed"
    here.fact(
        rule, name=name, site=spot.at, base=spot.at, revision=None,
        before=values.show(spot.node), scope=_alone(here, here.walk.base, spot),
    )  # fmt: skip


def _added(here: Here, name: str, spot: Spot, revision: View, renamed: Renaming | None) -> None:
    required = name in revision.required
    default = _default(here.walk.revision, spot)
    rule = "property-added" if not required else "required-property-added"
    if required and default is not None:
        rule = "required-property-with-default-added"
    site = renamed.base.at if renamed else f"+{spot.at}"
    here.fact(
        rule, name=name, site=site, base=None, revision=spot.at, after=values.show(spot.node),
        scope=_alone(here, here.walk.revision, spot),
    )  # fmt: skip
    if renamed:
        here.renamed("property-renamed", renamed, site)


def _default(document: Document, spot: Spot) -> object:
    return peel(document, spot).annotation("default", inner=True)


def _directions(here: Here, old: Spot, new: Spot) -> Scope:
    """A property that a side has read-only was or will be in no request, a write-only one in no response."""
    base, revision = peel(here.walk.base, old), peel(here.walk.revision, new)

    def either(key: str) -> bool:
        return base.annotation(key, inner=True) is True or revision.annotation(key, inner=True) is True

    return here.scope.only(request=not either("readOnly"), response=not either("writeOnly"))


def _alone(here: Here, document: Document, spot: Spot) -> Scope:
    peeled = peel(document, spot)
    return here.scope.only(
        request=peeled.annotation("readOnly", inner=True) is not True,
        response=peeled.annotation("writeOnly", inner=True) is not True,
    )
