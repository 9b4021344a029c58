"""Compares who may call: security schemes, and what operations ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.levels import Scope

if TYPE_CHECKING:
    from sdkwright.diff.facts import Spot
    from sdkwright.diff.walk import Here, Walk

Alternative = frozenset[tuple[str, str]]
"""What has to be shown together: schemes, each with "" and with the scopes that are asked of it."""

_REQUESTS: Final = Scope(response=False)
_URLS: Final = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def compare_requirements(here: Here) -> None:
    """Compare what an operation asks for: all that was accepted must be, and what is accepted beyond it is news."""
    walk = here.walk
    names = _aliases(walk)
    old, before = _effective(here.base, walk.base.root)
    new, after = _effective(here.revision, walk.revision.root)
    ours, theirs = _alternatives(old, {}), _alternatives(new, names)
    refused = [one for one in ours if not any(other <= one for other in theirs)]
    gained = [other for other in theirs if not any(one <= other for one in ours)]
    if refused or gained:
        shared = before == after == "/security"
        here.fact(
            "security-tightened" if refused else "security-loosened",
            name="the document" if shared else here.name,
            before=_words(ours), after=_words(theirs), base=before, revision=after,
            site="/security" if shared else f"{here.base.at}/security", scope=_REQUESTS,
        )  # fmt: skip


def _effective(operation: Spot, root: dict[str, object]) -> tuple[object, str]:
    if "security" in operation.node:
        return operation.node["security"], f"{operation.at}/security"
    return root.get("security"), "/security"


def _alternatives(security: object, names: dict[str, str]) -> list[Alternative]:
    """The alternatives that a requirement lists; none mean that everybody may call."""
    entries = [entry for entry in security if pointers.is_object(entry)] if pointers.is_array(security) else []
    return [
        frozenset(
            (names.get(name, name), scope) for name, scopes in entry.items() for scope in ("", *values.texts(scopes))
        )
        for entry in entries
    ] or [frozenset()]


def _words(alternatives: list[Alternative]) -> str:
    return " or ".join(
        " and ".join(sorted(f"{name}:{scope}" if scope else name for name, scope in each)) or "nothing"
        for each in alternatives
    )


def _schemes(root: dict[str, object]) -> dict[str, dict[str, object]]:
    found = pointers.follow(root, "/components/securitySchemes")
    return {n: node for n, node in found.items() if pointers.is_object(node)} if pointers.is_object(found) else {}


def _aliases(walk: Walk) -> dict[str, str]:
    """New names of schemes that only got another name, to the old ones: the name of a scheme does not travel."""
    old, new = _schemes(walk.base.root), _schemes(walk.revision.root)
    gone = {_identity(node): name for name, node in old.items() if name not in new}
    came = {name: _identity(node) for name, node in new.items() if name not in old}
    return {name: gone[meaning] for name, meaning in came.items() if meaning in gone}


def _identity(node: dict[str, object]) -> str:
    return values.meaning({key: _lower(value, key) for key, value in node.items() if key != "bearerFormat"})


def compare_schemes(here: Here) -> None:
    """Compare the declared schemes by name; they belong to the client, whatever operation uses them."""
    ours, theirs = here.base.child("components"), here.revision.child("components")
    old, new = ours.objects("securitySchemes"), theirs.objects("securitySchemes")
    aliases = _aliases(here.walk)
    renamed = set(aliases.values())
    for name, spot in old.items():
        if name in new:
            _scheme(here, name, spot, new[name])
        elif name in renamed:
            here.folded("renamed component")
        else:
            here.fact("scheme-removed", name=name, base=spot.at, revision=None, site=spot.at, scope=_REQUESTS)
    for name, spot in new.items():
        if name not in old and name not in aliases:
            here.fact("scheme-added", name=name, base=None, revision=spot.at, site=f"+{spot.at}", scope=_REQUESTS)


def _scheme(here: Here, name: str, old: Spot, new: Spot) -> None:
    child = here.at(old, new, name=name, site=old.at, scope=_REQUESTS)
    child.prose("description", "bearerFormat")
    before, after = _described(old.node), _described(new.node)
    if before != after:
        child.fact("scheme-changed", before=before, after=after)
    if old.node.get("openIdConnectUrl") != new.node.get("openIdConnectUrl"):
        _url(child, "openIdConnectUrl", old, new)
    flows = old.objects("flows"), new.objects("flows")
    for flow in sorted(flows[0].keys() ^ flows[1].keys()):
        declared = tuple("declared" if flow in side else None for side in flows)
        rule = "scheme-changed" if flow in flows[0] else "scheme-scope-added"
        child.fact(rule, name=f"{name} for the flow {flow}", before=declared[0], after=declared[1])
    for flow in [flow for flow in flows[0] if flow in flows[1]]:
        _flow(child, flows[0][flow], flows[1][flow])


def _described(node: dict[str, object]) -> str:
    """A scheme in words, by all that decides where and how credentials are sent."""
    found = [str(_lower(node[key], key)) for key in ("type", "scheme", "name") if key in node]
    return " ".join([*found, *([f"in {_lower(node['in'], 'in')}"] if "in" in node else [])])


def _lower(value: object, key: str) -> object:
    """Header names and HTTP schemes compare without case."""
    return value.lower() if isinstance(value, str) and key in {"scheme", "in"} else value


def _flow(here: Here, old: Spot, new: Spot) -> None:
    for key in _URLS:
        if old.node.get(key) != new.node.get(key):
            _url(here, key, old, new)
    before, after = old.node.get("scopes"), new.node.get("scopes")
    ours = before if pointers.is_object(before) else {}
    theirs = after if pointers.is_object(after) else {}
    for scope in [scope for scope in ours if scope not in theirs]:
        here.fact("scheme-scope-removed", name=scope, base=f"{old.at}/scopes/{pointers.escape(scope)}")
    for scope in [scope for scope in theirs if scope not in ours]:
        here.fact("scheme-scope-added", name=scope, revision=f"{new.at}/scopes/{pointers.escape(scope)}")
    if any(ours[scope] != theirs[scope] for scope in ours.keys() & theirs.keys()):
        here.folded("documentation")


def _url(here: Here, key: str, old: Spot, new: Spot) -> None:
    here.fact(
        "scheme-url-changed", name=key, before=old.node.get(key), after=new.node.get(key), base=f"{old.at}/{key}",
        revision=f"{new.at}/{key}",
    )  # fmt: skip
