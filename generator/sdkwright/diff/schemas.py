"""Compares two schemas: what is said of them where they are used, then what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff import values
from sdkwright.diff.facts import is_component
from sdkwright.diff.keywords import compare_keywords, compare_types, describe, unlike
from sdkwright.diff.lifecycle import lifecycle
from sdkwright.diff.links import equal, link
from sdkwright.diff.peel import allows_null, peel
from sdkwright.diff.properties import compare_properties
from sdkwright.diff.subschemas import compare_subschemas
from sdkwright.diff.unions import compare_unions
from sdkwright.diff.view import views
from sdkwright.diff.walk import last_step

if TYPE_CHECKING:
    from sdkwright.diff.facts import Spot
    from sdkwright.diff.peel import Peeled
    from sdkwright.diff.walk import Here


def compare_use(here: Here) -> None:
    """Two schemas where they are used: annotations and null of the use, then the schemas themselves."""
    if equal(here.base.node, here.revision.node):
        link(here)
        return
    base, revision = peel(here.walk.base, here.base), peel(here.walk.revision, here.revision)
    both = base.crossed and revision.crossed
    compare_annotations(here, base, revision, inner=not both)
    if not both or base.null != revision.null:
        before = base.null or allows_null(here.walk.base, base.spot.node)
        after = revision.null or allows_null(here.walk.revision, revision.spot.node)
        _null(here, before, after)
    inner = here.at(base.spot, revision.spot)
    if base.crossed != revision.crossed and unlike(inner):
        here.fact("type-changed", before=_called(base.spot), after=_called(revision.spot))
    elif base.crossed or revision.crossed:
        if not both:
            here.folded("inlined" if base.crossed else "extracted")
        inner.edge("schema" if both else "schemaPart", here.scope, (here.base.at, here.revision.at))
    else:
        compare_part(inner)


def _called(spot: Spot) -> str:
    """A schema in words: its type, with the name of a component."""
    words = describe(spot.node)
    return f"{last_step(spot.at)} ({words})" if is_component(spot.at) else words


def _null(here: Here, before: bool | None, after: bool | None) -> None:
    if before is not None and after is not None and before != after:
        here.fact("null-added" if after else "null-removed")


def compare_definition(here: Here) -> None:
    """Two components: with the annotations and the null that they carry themselves."""
    if equal(here.base.node, here.revision.node):
        link(here)
        return
    base, revision = peel(here.walk.base, here.base), peel(here.walk.revision, here.revision)
    if base.crossed or revision.crossed or base.outer or revision.outer:
        compare_use(here)
        return
    compare_annotations(here, base, revision, inner=True)
    before, after = allows_null(here.walk.base, here.base.node), allows_null(here.walk.revision, here.revision.node)
    _null(here, before, after)
    compare_part(here)


def compare_part(here: Here) -> None:
    """Two schemas without what their use says of them."""
    if equal(here.base.node, here.revision.node):
        link(here)
        return
    base, revision, shared = views(here.walk.base, here.walk.revision, here.base, here.revision)
    for old, new in shared:
        compare_use(here.at(old, new))
    if compare_unions(here, base, revision):
        return
    compare_types(here, base, revision)
    if unlike(here):
        return
    compare_keywords(here, base, revision)
    compare_properties(here, base, revision, inherits=bool(shared))
    compare_subschemas(here, base, revision)


def compare_annotations(here: Here, base: Peeled, revision: Peeled, *, inner: bool) -> None:
    """What a schema says about its use beside its values."""

    def flag(key: str) -> tuple[bool, bool]:
        return base.annotation(key, inner=inner) is True, revision.annotation(key, inner=inner) is True

    before, after = flag("readOnly")
    if before != after:
        here.fact("became-read-only" if after else "became-writable")
    before, after = flag("writeOnly")
    if before != after:
        here.fact("became-write-only" if after else "became-readable")
    lifecycle(
        here, "", lambda key: base.annotation(key, inner=inner), lambda key: revision.annotation(key, inner=inner)
    )
    old, new = base.annotation("default", inner=inner), revision.annotation("default", inner=inner)
    if values.key(old) != values.key(new):
        here.fact(_default_rule(old, new), before=old, after=new)
    for key in ("title", "description", "examples", "externalDocs"):
        if base.annotation(key, inner=inner) != revision.annotation(key, inner=inner):
            here.folded("documentation")


def _default_rule(old: object, new: object) -> str:
    return "default-added" if old is None else "default-removed" if new is None else "default-changed"
