"""Compares two documents: pairs their paths and operations, and looks at what no operation uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.bundle.grammar import METHODS
from sdkwright.diff import values
from sdkwright.diff.company import company
from sdkwright.diff.facts import OperationKey, Spot, is_component
from sdkwright.diff.levels import EVERYWHERE
from sdkwright.diff.pairing import alike, property_names, renamings
from sdkwright.diff.security import compare_schemes
from sdkwright.diff.servers import compare_servers
from sdkwright.diff.walk import last_step

if TYPE_CHECKING:
    from sdkwright.diff.facts import Unit
    from sdkwright.diff.walk import Here, Walk

_BRACES = re.compile(r"\{[^}]*\}")
_KINDS: Final = {
    "schemas": "schema", "responses": "response", "parameters": "parameter", "requestBodies": "requestBody",
    "headers": "header", "callbacks": "callback",
}  # fmt: skip

Operation = tuple[str, str, Spot]
"""Method, path and node of an operation."""


def compare_documents(walk: Walk) -> None:
    """Compare everything: what all operations share, the operations, and the components that none uses."""
    root = walk.unit("document", Spot(walk.base.root, ""), Spot(walk.revision.root, ""), "the document")
    root.operation = walk.operation(OperationKey("", "", ""))
    here = walk.here(root)
    _paths(here)
    _webhooks(here)
    walk.run()
    _components(here)
    walk.run()


def compare_shared(here: Here) -> None:
    """What stands at the root beside paths and components."""
    compare_servers(here)
    compare_schemes(here)
    here.at(here.base.child("info"), here.revision.child("info")).prose("title", "description", "version", "contact")
    here.prose("tags", "externalDocs")


def operations(item: Spot, path: str) -> list[Operation]:
    """The operations of a path item."""
    fixed = [
        (method.upper(), path, item.child(method)) for method in METHODS if pointers.is_object(item.node.get(method))
    ]
    others = item.objects("additionalOperations")
    return fixed + [(method, path, spot) for method, spot in others.items()]


def _paths(here: Here) -> None:
    old, new = _by_shape(here.base), _by_shape(here.revision)
    gone: list[Operation] = []
    came: list[Operation] = []
    for shape in [shape for shape in old if shape in new]:
        (path, base), (new_path, revision) = old[shape], new[shape]
        ours = {method: (path, spot) for method, _, spot in operations(base, path)}
        theirs = {method: (new_path, spot) for method, _, spot in operations(revision, new_path)}
        for method, (_, spot) in ours.items():
            if method in theirs:
                _operation(here.walk, method, path, spot, theirs[method][1])
            else:
                gone.append((method, path, spot))
        came += [(method, new_path, spot) for method, (_, spot) in theirs.items() if method not in ours]
    gone += [each for shape in old if shape not in new for each in operations(old[shape][1], old[shape][0])]
    came += [each for shape in new if shape not in old for each in operations(new[shape][1], new[shape][0])]
    lost = {old[shape][0] for shape in old if shape not in new}
    moved = _moved(gone, came)
    whole = _whole_paths(gone, came, moved, lost)
    for number, each in enumerate(gone):
        _removed(here, each, lost, came[moved[number]] if number in moved else None, whole=each[1] in whole)
    taken = set(moved.values())
    for number, (method, path, spot) in enumerate(came):
        if number not in taken:
            _lone(here.walk, method, path, spot, new=True)


def _whole_paths(gone: list[Operation], came: list[Operation], moved: dict[int, int], lost: set[str]) -> set[str]:
    """The paths all of whose operations, and more than one, went to one other path."""
    targets: dict[str, list[str]] = {}
    for number, (_, path, _) in enumerate(gone):
        targets.setdefault(path, []).append(came[moved[number]][1] if number in moved else "")
    return {path for path, to in targets.items() if path in lost and len(to) > 1 and {*to} == {to[0]} != {""}}


def _by_shape(document: Spot) -> dict[str, tuple[str, Spot]]:
    """Path items by their path without the names of its parameters, which do not travel."""
    items = document.child("paths")
    found: dict[str, tuple[str, Spot]] = {}
    for path, node in items.node.items():
        if path.startswith("/") and pointers.is_object(node):
            shape = _BRACES.sub("{}", path)
            found[path if shape in found else shape] = (path, Spot(node, f"{items.at}/{pointers.escape(path)}"))
    return found


def _operation(walk: Walk, method: str, path: str, base: Spot, revision: Spot, kind: str = "operation") -> Unit:
    unit = walk.unit(kind, base, revision, f"{method} {path}")
    stability = base.node.get("x-stability-level")
    unit.operation = walk.operation(
        OperationKey(method, path, base.at, stability if isinstance(stability, str) else "", kind != "operation")
    )
    return unit


def _lone(walk: Walk, method: str, path: str, spot: Spot, *, new: bool, rule: str = "", site: str = "") -> None:
    """An operation that only one side has, as a unit with one fact."""
    empty = Spot({}, "")
    unit = _operation(walk, method, path, spot if not new else empty, spot if new else empty, "lone")
    if new:
        walk.operations[-1] = OperationKey(method, path, spot.at)
    walk.here(unit).fact(
        rule or "operation-added",
        name=path if rule == "path-removed" else unit.name,
        base=None if new else spot.at, revision=spot.at if new else None,
        site=site or (f"+{spot.at}" if new else spot.at),
    )  # fmt: skip


def _removed(here: Here, gone: Operation, lost: set[str], now: Operation | None, *, whole: bool) -> None:
    method, path, spot = gone
    policy, walk = here.walk.policy, here.walk
    if now is not None:
        unit = _operation(walk, method, path, spot, Spot(now[2].node, now[2].at), "moved")
        confidence = round(0.5 + alike(path, now[1]) / 2, 2)
        if whole:
            places = spot.at.rpartition("/")[0], now[2].at.rpartition("/")[0]
            walk.here(unit).fact(
                "path-moved", before=path, after=now[1], base=places[0], revision=places[1], site=places[0],
                confidence=confidence,
            )  # fmt: skip
        else:
            walk.here(unit).fact(
                "operation-moved", before=f"{method} {path}", after=f"{now[0]} {now[1]}", confidence=confidence
            )
        return
    if policy.may_go(spot.node.get("deprecated")):
        early = policy.before_sunset(spot.node.get("x-sunset"))
        rule = "sunset-operation-removed" if early else "deprecated-operation-removed"
        _lone(walk, method, path, spot, new=False, rule=rule)
    elif path in lost:
        item = spot.at.rpartition("/")[0]
        _lone(walk, method, path, spot, new=False, rule="path-removed", site=item)
    else:
        _lone(walk, method, path, spot, new=False, rule="operation-removed")


def _moved(gone: list[Operation], came: list[Operation]) -> dict[int, int]:
    """Which operation went where: the same operationId, or else the same meaning, and no other has it."""
    found: dict[int, int] = {}
    for key in (_operation_id, _meaning):
        left = _unique([(number, key(each[2])) for number, each in enumerate(gone) if number not in found])
        right = _unique([(n, key(each[2])) for n, each in enumerate(came) if n not in found.values()])
        for name, number in left.items():
            if name in right and gone[number][0] == came[right[name]][0]:
                found[number] = right[name]
    return found


def _operation_id(spot: Spot) -> object:
    return spot.node.get("operationId")


def _meaning(spot: Spot) -> object:
    return values.meaning(spot.node)


def _unique(items: list[tuple[int, object]]) -> dict[object, int]:
    names = [name for _, name in items]
    return {name: number for number, name in items if name is not None and names.count(name) == 1}


def _webhooks(here: Here) -> None:
    old, new = here.base.objects("webhooks"), here.revision.objects("webhooks")
    for name, spot in old.items():
        if name not in new:
            for method, _, each in operations(spot, name):
                _lone(here.walk, method, name, each, new=False, rule="webhook-removed", site=spot.at)
            continue
        ours = {method: each for method, _, each in operations(spot, name)}
        theirs = {method: each for method, _, each in operations(new[name], name)}
        for method, each in ours.items():
            if method in theirs:
                _operation(here.walk, method, name, each, theirs[method], "incoming")
            else:
                _lone(here.walk, method, name, each, new=False, rule="webhook-removed")
        for method, each in theirs.items():
            if method not in ours:
                _lone(here.walk, method, name, each, new=True, rule="webhook-added")
    for name, spot in new.items():
        if name not in old:
            for method, _, each in operations(spot, name):
                _lone(here.walk, method, name, each, new=True, rule="webhook-added", site=f"+{spot.at}")


def _components(here: Here) -> None:
    """Components that nothing pairs by use: they are paired by name, then by meaning."""
    ours, theirs = here.base.child("components"), here.revision.child("components")
    partners = {
        (unit.base.at, unit.revision.at): unit
        for unit in here.walk.units
        if not unit.swap and is_component(unit.base.at) and is_component(unit.revision.at)
    }
    renamed = {old: unit for (old, new), unit in partners.items() if old != new}
    lone: list[tuple[str, dict[str, Spot], dict[str, Spot]]] = []
    for section, kind in _KINDS.items():
        old, new = ours.objects(section), theirs.objects(section)
        for name in [name for name in old if name in new]:
            if old[name].at not in here.walk.used[0] or new[name].at not in here.walk.used[1]:
                here.walk.unit(kind, old[name], new[name], name)
        gone = {name: spot for name, spot in old.items() if name not in new}
        came = {name: spot for name, spot in new.items() if name not in old}
        for unit in [renamed[spot.at] for spot in gone.values() if spot.at in renamed]:
            name = last_step(unit.revision.at)
            if name in came:
                _renamed(here.walk.here(unit), kind, unit.base, unit.revision, _confidence(unit))
                gone.pop(last_step(unit.base.at))
                came.pop(name)
        for pair in renamings(here.walk, gone, came):
            _renamed(here, kind, pair.base, pair.revision, pair.confidence)
            gone.pop(pair.old)
            came.pop(pair.new)
        lone.append((kind, gone, came))
    here.walk.run()
    _lonely(here, lone)


def _confidence(unit: Unit) -> float:
    """How sure a renaming is that a use shows: the more of the definition stayed, the surer."""
    if values.meaning(unit.base.node) == values.meaning(unit.revision.node):
        return 1.0
    old, new = property_names(unit.base.node), property_names(unit.revision.node)
    return round(0.5 + 0.45 * len(old & new) / len(old | new), 2) if old | new else 0.7


def _renamed(here: Here, kind: str, base: Spot, revision: Spot, confidence: float) -> None:
    if kind == "schema":
        here.fact(
            "schema-renamed", name=last_step(revision.at), before=last_step(base.at), after=last_step(revision.at),
            base=base.at, revision=revision.at, site=base.at, confidence=confidence, scope=EVERYWHERE,
        )  # fmt: skip
    else:
        here.folded("renamed component")


def _lonely(here: Here, lone: list[tuple[str, dict[str, Spot], dict[str, Spot]]]) -> None:
    """Components that one side alone has, on the card of what they came or went with."""
    walk = here.walk
    went = company(walk.base.root, walk.units, {s.at: s for _, gone, _ in lone for s in gone.values()}, new=False)
    came_with = company(
        walk.revision.root, walk.units, {s.at: s for _, _, came in lone for s in came.values()}, new=True
    )
    for kind, gone, came in lone:
        stem = "schema" if kind == "schema" else "component"
        for name, spot in gone.items():
            shown = name if kind == "schema" else f"{kind} {name}"
            here.fact(f"{stem}-removed", name=shown, base=spot.at, revision=None, site=went.get(spot.at, spot.at))
        for name, spot in came.items():
            shown = name if kind == "schema" else f"{kind} {name}"
            site = came_with.get(spot.at, f"+{spot.at}")
            here.fact(f"{stem}-added", name=shown, base=None, revision=spot.at, site=site)
