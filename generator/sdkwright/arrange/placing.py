"""Placements: each operation with its resource and the names it could have there, and the tree made of them."""

from __future__ import annotations

import keyword
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import CLIENT_MEMBERS, CRUD_ORDER, RESOURCE_MEMBERS
from sdkwright.config.values import DEVICE_NAMES, MAX_NAME_BYTES
from sdkwright.ir.tree import MethodNode, ResourceNode

if TYPE_CHECKING:
    from sdkwright.arrange.head import OperationHead
    from sdkwright.words import Casing

MAX_DEPTH = 3
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """An operation in a resource, with candidates for its name, the best first."""

    resource: Path
    names: tuple[str, ...]
    head: OperationHead
    said: str = ""
    """The operationId in snake_case: who is called so already comes first."""
    surplus: int = 0
    """How many words of the operationId its place does not explain: the fewer, the better its claim to a name."""


def build(placements: Iterable[Placement], casing: Casing, taken: frozenset[str]) -> ResourceNode:
    """The tree. Names are legal, unique and the same whatever the order; `taken` are names the client uses itself."""
    placements = list(placements)
    paths = {placement.head.key: _resource_path(placement.resource, casing, taken) for placement in placements}
    resources = {path[:depth] for path in paths.values() for depth in range(len(path) + 1)}
    methods: dict[Path, list[Placement]] = defaultdict(list)
    for placement in placements:
        path = paths[placement.head.key]
        inside = (*path, placement.names[0])
        if inside in resources:
            placement, path = _moved(placement), inside
        methods[path].append(placement)
    children: dict[Path, set[str]] = defaultdict(set)
    for path in methods:
        for depth in range(len(path)):
            children[path[:depth]].add(path[depth])
    return _node((), methods, children, taken)


def _node(
    path: Path,
    methods: Mapping[Path, list[Placement]],
    children: Mapping[Path, set[str]],
    taken: frozenset[str],
) -> ResourceNode:
    below = children.get(path, set())
    reserved = RESOURCE_MEMBERS if path else CLIENT_MEMBERS | taken
    named = _assign(methods.get(path, []), reserved, below)
    return ResourceNode(
        name=path[-1] if path else "",
        methods=tuple(
            MethodNode(name, placement.head.key)
            for name, placement in sorted(named.items(), key=lambda item: _order(item[0]))
        ),
        children=tuple(_node((*path, child), methods, children, taken) for child in sorted(below)),
    )


def _moved(placement: Placement) -> Placement:
    """A method that bears the name of a resource beside it, as a method of that resource (`diff` and `diff.raw`)."""
    usual = {
        "get": "list" if placement.head.returns_list else "retrieve",
        "post": "create",
        "delete": "delete",
    }
    name = usual.get(placement.head.method, "update")
    return replace(placement, names=(name, f"{name}_{placement.names[0]}"), said="")


def _order(name: str) -> tuple[int, str]:
    return (CRUD_ORDER.index(name) if name in CRUD_ORDER else len(CRUD_ORDER), name)


def _resource_path(path: Path, casing: Casing, taken: frozenset[str]) -> Path:
    """At most three levels: what is deeper joins the third (`messages`, `receipts`: `message_receipts`)."""
    if len(path) > MAX_DEPTH:
        joined = [casing.singular(name) for name in path[MAX_DEPTH - 1 : -1]]
        path = (*path[: MAX_DEPTH - 1], "_".join((*joined, path[-1])))
    return tuple(legal(name, RESOURCE_MEMBERS if depth else CLIENT_MEMBERS | taken) for depth, name in enumerate(path))


def legal(name: str, reserved: frozenset[str]) -> str:
    """An inferred name as one that Python takes: keywords and reserved names get an underscore, digits a prefix."""
    while len(name.encode()) > MAX_NAME_BYTES:
        name = name.rpartition("_")[0] or name[:30]
    if name[:1].isdigit():
        name = f"n{name}"
    if keyword.iskeyword(name) or name in reserved or name in DEVICE_NAMES:
        name += "_"
    return name


def _assign(placements: list[Placement], reserved: frozenset[str], children: set[str]) -> dict[str, Placement]:
    """A name for each operation: everyone asks for the best candidate left, and the best claim holds it.

    A claim is better if the operationId is the very name, then if the operation is not deprecated, then by
    the shorter path. So the outcome depends on no order.
    """
    wishes = {p.head.key: iter(_candidates(p, reserved, children)) for p in placements}
    holders: dict[str, Placement] = {}
    waiting = sorted(placements, key=lambda p: p.head.key)
    while waiting:
        placement = waiting.pop()
        name = next(wishes[placement.head.key])
        holder = holders.get(name)
        if holder is None or _claim(placement, name) < _claim(holder, name):
            holders[name] = placement
            waiting += [holder] if holder else []
        else:
            waiting.append(placement)
    return holders


def _claim(placement: Placement, name: str) -> tuple[bool, int, int, bool, int, str]:
    head = placement.head
    rank = placement.names.index(name) if name in placement.names else len(placement.names)
    return (
        placement.said != name,
        rank,
        placement.surplus,
        head.deprecated,
        len(head.path),
        head.key,
    )


def _candidates(placement: Placement, reserved: frozenset[str], children: set[str]) -> Iterable[str]:
    """The candidates in legal form, then names made of everything that is known, at last certainly a unique one."""
    whole = "_".join((placement.head.method, *_path_words(placement.head.path)))
    seen: set[str] = set()
    for name in (*placement.names, placement.said, whole):
        fine = legal(name, reserved)
        if name and fine not in children and fine not in seen:
            seen.add(fine)
            yield fine
    number = 1
    while True:
        number += 1
        yield f"{whole}_{number}"


def _path_words(path: str) -> list[str]:
    return "".join(char.lower() if char.isalnum() and char.isascii() else " " for char in path).split()
