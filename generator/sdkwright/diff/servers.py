"""Compares the addresses at which an API is served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff import values
from sdkwright.diff.levels import Scope

if TYPE_CHECKING:
    from sdkwright.diff.facts import Spot
    from sdkwright.diff.walk import Here

_REQUESTS = Scope(response=False)


def compare_servers(here: Here) -> None:
    """Compare the `servers` of two objects, by URL; one that goes where one comes was changed."""
    old, new = _servers(here.base), _servers(here.revision)
    gone = [spot for url, spot in old.items() if url not in new]
    came = [spot for url, spot in new.items() if url not in old]
    if len(gone) == len(came) == 1:
        _fact(here, "server-changed", gone[0], came[0])
    else:
        for spot in gone:
            _fact(here, "server-removed", spot, None)
        for spot in came:
            _fact(here, "server-added", None, spot)
    for url in [url for url in old if url in new]:
        _variables(here, old[url], new[url])
    if [url for url in old if url in new] != [url for url in new if url in old]:
        here.folded("order")


def _servers(holder: Spot) -> dict[str, Spot]:
    return {str(spot.node.get("url")).rstrip("/"): spot for spot in holder.array("servers")}


def _fact(here: Here, rule: str, old: Spot | None, new: Spot | None) -> None:
    before, after = (spot.node.get("url") if spot else None for spot in (old, new))
    here.fact(
        rule, name=str(before or after), before=before, after=after, scope=_REQUESTS,
        base=old.at if old else None, revision=new.at if new else None,
        site=old.at if old else f"+{new.at}" if new else None,
    )  # fmt: skip


def _variables(here: Here, old: Spot, new: Spot) -> None:
    before, after = old.objects("variables"), new.objects("variables")
    for name in sorted(before.keys() & after.keys()):
        one, other = before[name], after[name]
        gone = set(values.texts(one.node.get("enum"))) - set(values.texts(other.node.get("enum")))
        narrowed = bool("enum" in other.node and (gone or "enum" not in one.node))
        if narrowed or one.node.get("default") != other.node.get("default"):
            here.fact(
                "server-variable-changed", name=name, before=one.node, after=other.node, base=one.at,
                revision=other.at, site=one.at, scope=_REQUESTS,
            )  # fmt: skip
