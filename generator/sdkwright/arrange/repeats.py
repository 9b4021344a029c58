"""Forms of one operation: a document that repeats an operation numbers its ids (`search`, `search-1`, `list_2`)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sdkwright.arrange.template import segments

if TYPE_CHECKING:
    from sdkwright.arrange.head import OperationHead
    from sdkwright.arrange.placing import Placement
    from sdkwright.words import Casing

_COUNTED = re.compile(r"(.+?)[-_.](\d{1,6})", re.ASCII)
_USUAL = re.compile(r"(?:create|retrieve|update|list|delete)(?=_|$)")
_METHODS = ("get", "put", "patch", "post")


def without_counters(heads: tuple[OperationHead, ...]) -> tuple[OperationHead, ...]:
    """The heads, with counters taken off their operationIds.

    A number is a counter if another operation has the id without it, or if the ids are counted from 0, or from 1 up.
    """
    ids = {head.operation_id for head in heads}
    numbers: dict[str, set[int]] = defaultdict(set)
    for match in filter(None, map(_COUNTED.fullmatch, ids)):
        numbers[match[1]].add(int(match[2]))
    stems = {stem for stem, found in numbers.items() if stem in ids or _is_count(found)}
    return tuple(
        replace(head, operation_id=counted[1])
        if (counted := _COUNTED.fullmatch(head.operation_id)) and counted[1] in stems
        else head
        for head in heads
    )


def _is_count(numbers: set[int]) -> bool:
    return min(numbers) < min(len(numbers), 2) and max(numbers) - min(numbers) == len(numbers) - 1


def told_apart(placements: tuple[Placement, ...], casing: Casing) -> tuple[Placement, ...]:
    """The placements; forms of one operation are named by what their paths add (`count_for_index`).

    Forms on one path are named by their methods: the POST beside a GET is `post`, for it does the same with a body.
    """
    repeated = Counter(placement.head.operation_id for placement in placements)
    leading: dict[tuple[str, str], Placement] = {}
    for placement in sorted(placements, key=lambda placement: _rank(placement.head.method)):
        leading.setdefault((placement.head.operation_id, placement.head.path), placement)
    return tuple(
        _form(placement, leading[placement.head.operation_id, placement.head.path], casing)
        if placement.head.operation_id and repeated[placement.head.operation_id] > 1
        else placement
        for placement in placements
    )


def _rank(method: str) -> tuple[int, str]:
    return (_METHODS.index(method) if method in _METHODS else len(_METHODS), method)


def _form(placement: Placement, leader: Placement, casing: Casing) -> Placement:
    """One of several forms; `leader` is the one of its path that is named as if it were alone."""
    head = placement.head
    alike = placement is not leader and (leader.head.method == "get" or leader.names[0] == placement.names[0])
    first, *others = leader.names if alike else placement.names
    names = (first, *_longer(first, head, casing), *others)
    if not alike:
        return replace(placement, names=names, said="")
    marked = (f"{head.method}{_USUAL.sub('', name) if _USUAL.match(name) else f'_{name}'}" for name in names)
    return replace(placement, resource=leader.resource, names=tuple(marked), said="")


def _longer(name: str, head: OperationHead, casing: Casing) -> Iterator[str]:
    """The name with the parameters of the path: those at its end, those before, and all of them."""
    parts = segments(head.path)
    fixed = max((at for at, part in enumerate(parts) if not part.is_parameter), default=-1)
    ids = [casing.snake(part.text) if part.is_parameter else "" for part in parts]
    inner, last = [id for id in ids[:fixed] if id], [id for id in ids[fixed:] if id]
    by, of = f"_by_{last[-1]}" if last else "", f"_for_{'_and_'.join(inner)}" if inner else ""
    if by and not name.endswith(by):
        yield f"{name}{by}"
    if of:
        yield f"{name}{of}"
    if by and of:
        yield f"{name}{by}{of}"
