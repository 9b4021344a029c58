"""Brings what changed in the package to the cards of its causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.cards import Card
    from sdkwright.diff.consequence import Consequence

Attached = dict[str, tuple["Consequence", ...]]


def attach(consequences: Iterable[Consequence], cards: Iterable[Card]) -> tuple[Attached, tuple[Consequence, ...]]:
    """Each consequence to the card of its cause: the nearest definition around it that has one; and the rest."""
    by_pointer: dict[tuple[int, str], str] = {}
    for card in cards:
        for side, pointer in enumerate((card.base, card.revision)):
            if pointer is not None:
                by_pointer.setdefault((side, pointer), card.id)
        for side in (0, 1):
            by_pointer.setdefault((side, card.pointer), card.id)
    found: Attached = {}
    loose: list[Consequence] = []
    for each in consequences:
        owner = _owner(by_pointer, each)
        if owner is None:
            loose.append(each)
        else:
            found[owner] = (*found.get(owner, ()), each)
    return found, tuple(loose)


def _owner(by_pointer: Mapping[tuple[int, str], str], consequence: Consequence) -> str | None:
    best: tuple[int, str] | None = None
    for side, pointer in enumerate((consequence.base, consequence.revision)):
        at = pointer
        while at:
            if (side, at) in by_pointer and (best is None or len(at) > best[0]):
                best = (len(at), by_pointer[side, at])
            at = at.rpartition("/")[0]
    return best[1] if best else None
