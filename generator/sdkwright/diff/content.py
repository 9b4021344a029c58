"""Compares what bodies hold, by media type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff import values
from sdkwright.diff.facts import Spot

if TYPE_CHECKING:
    from sdkwright.diff.walk import Here


def compare_content(here: Here, name: str) -> None:
    """Compare two `content` maps. A media type that goes where a kindred one comes was renamed."""
    old, new = _media_types(here.base), _media_types(here.revision)
    for key in [key for key in old if key in new]:
        _compare(here.at(old[key], new[key], name=name), key)
    gone = [key for key in old if key not in new]
    came = [key for key in new if key not in old]
    for key in list(gone):
        kin = next((other for other in came if _relation(key, other)), None)
        if kin is not None:
            gone.remove(key)
            came.remove(kin)
            here.fact(_relation(key, kin), before=key, after=kin, base=old[key].at, revision=new[kin].at,
                      site=old[key].at)  # fmt: skip
            _compare(here.at(old[key], new[kin], name=name), key)
    for key in gone:
        here.fact("media-type-removed", name=key, base=old[key].at, revision=None, site=old[key].at)
    for key in came:
        site = old[gone[0]].at if len(gone) == len(came) == 1 else f"+{new[key].at}"
        here.fact("media-type-added", name=key, base=None, revision=new[key].at, site=site)


def _media_types(holder: Spot) -> dict[str, Spot]:
    """Media types without case and without spaces before parameters."""
    return {
        ";".join(part.strip() for part in name.lower().split(";")): spot
        for name, spot in holder.objects("content").items()
    }


def _relation(old: str, new: str) -> str:
    """The rule for one media type in the place of another; "" if they have nothing to do with each other."""
    (kind, _, _), (new_kind, _, _) = old.partition(";"), new.partition(";")
    if kind == new_kind:
        ours, theirs = set(old.split(";")[1:]), set(new.split(";")[1:])
        return (
            "media-type-narrowed" if ours < theirs else "media-type-widened" if theirs < ours else "media-type-renamed"
        )
    if _contains(new_kind, kind):
        return "media-type-widened"
    if _contains(kind, new_kind):
        return "media-type-narrowed"
    return "media-type-renamed" if _suffix(kind) == _suffix(new_kind) != "" else ""


def _contains(wide: str, narrow: str) -> bool:
    """Whether every body of `narrow` is one of `wide`: `*/*`, `text/*`, and `application/json` for `+json`."""
    if wide == "*/*":
        return True
    main, _, sub = wide.partition("/")
    other, _, name = narrow.partition("/")
    return main == other and (sub == "*" or name.endswith(f"+{sub}"))


def _suffix(kind: str) -> str:
    return kind.rpartition("+")[2] if "+" in kind else ""


def _compare(here: Here, media_type: str) -> None:
    here.prose("examples")
    for key in ("schema", "itemSchema"):
        before, after = key in here.base.node, key in here.revision.node
        if before and after:
            here.at(here.base.child(key), here.revision.child(key)).use()
        elif before or after:
            here.fact("content-described" if after else "content-undescribed", name=media_type)
    old, new = here.base.objects("encoding"), here.revision.objects("encoding")
    for name in sorted(old.keys() | new.keys()):
        one, other = old.get(name, Spot({}, here.base.at)), new.get(name, Spot({}, here.revision.at))
        if values.meaning(one.node) != values.meaning(other.node):
            here.fact("encoding-changed", name=name, before=one.node, after=other.node, base=one.at,
                      revision=other.at)  # fmt: skip
