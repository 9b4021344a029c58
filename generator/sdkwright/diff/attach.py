"""Brings what changed in the package to the cards of its causes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.diff.cards import subject
from sdkwright.diff.company import LONE
from sdkwright.diff.consequence import Change, Thing
from sdkwright.diff.members import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.cards import Card
    from sdkwright.diff.consequence import Consequence

Attached = dict[str, tuple["Consequence", ...]]


def attach(
    consequences: Iterable[Consequence], cards: Iterable[Card], uses: Mapping[str, set[str]]
) -> tuple[Attached, tuple[Consequence, ...]]:
    """Each consequence to the card of its cause, and the rest.

    That is the nearest definition around it that has a card; else the only card below it, or the only one that
    reaches the operation which it is about. A class that comes or goes belongs to the only card that mentions it;
    `uses` are the names that each class mentions itself, by its symbol.
    """
    known = _Known({}, {}, {})
    for card in cards:
        known.add(card)
    found: Attached = {}
    loose: list[Consequence] = []
    for each in consequences:
        owner = _owner(known.by_pointer, each) or known.only(each)
        if owner is None:
            loose.append(each)
        else:
            found[owner] = (*found.get(owner, ()), each)
    return found, tuple(_unmentioned(loose, found, uses))


def _unmentioned(loose: list[Consequence], found: Attached, uses: Mapping[str, set[str]]) -> list[Consequence]:
    """Bring loose classes to the cards that mention them, and what those mention in turn; the rest is left."""
    classes = [each for each in loose if each.thing is Thing.CLASS and each.change in {Change.GONE, Change.NEW}]
    taken: list[Consequence] = []
    waiting: dict[str, tuple[set[str], set[str]]] = {owner: _mentioned(group) for owner, group in found.items()}
    while waiting:
        reached, waiting = waiting, {}
        for each in [each for each in classes if each not in taken]:
            symbol = each.owner or each.target
            owners = [owner for owner, names in reached.items() if symbol.rpartition(".")[2] in names[not each.owner]]
            if len(owners) == 1:
                taken.append(each)
                found[owners[0]] = (*found[owners[0]], each)
                further = waiting.setdefault(owners[0], (set(), set()))
                further[not each.owner].update(uses.get(symbol, ()))
    return [each for each in loose if each not in taken]


def _mentioned(group: Iterable[Consequence]) -> tuple[set[str], set[str]]:
    """The names in the code of some consequences, before and after."""
    group = list(group)
    return (
        {name for each in group for name in names_in(each.before)},
        {name for each in group for name in names_in(each.after)},
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Where cards are found: by the side and place of what they are about, by places around it, by operations."""

    by_pointer: dict[tuple[int, str], str]
    around: dict[tuple[int, str], set[str]]
    by_operation: dict[str, set[str]]

    def add(self, card: Card) -> None:
        places = [(card.base, card.revision), (card.pointer, card.pointer)]
        places += [(each.base, each.revision) for each in card.findings if each.rule in LONE]
        for pair in places:
            for side, pointer in enumerate(pair):
                if pointer is not None:
                    self.by_pointer.setdefault((side, pointer), card.id)
                    while pointer := pointer.rpartition("/")[0]:
                        self.around.setdefault((side, pointer), set()).add(card.id)
        for name in {*card.requests, *card.responses}:
            self.by_operation.setdefault(name, set()).add(card.id)

    def only(self, consequence: Consequence) -> str | None:
        """The card below a consequence, or that reaches its operation, if there is no other."""
        for side, pointer in enumerate((consequence.base, consequence.revision)):
            if pointer is not None:
                below = self.around.get((side, pointer), set()) or self.by_operation.get(subject(pointer), set())
                if len(below) == 1:
                    return next(iter(below))
        return None


def _owner(by_pointer: Mapping[tuple[int, str], str], consequence: Consequence) -> str | None:
    best: tuple[int, str] | None = None
    for side, pointer in enumerate((consequence.base, consequence.revision)):
        at = pointer
        while at:
            if (side, at) in by_pointer and (best is None or len(at) > best[0]):
                best = (len(at), by_pointer[side, at])
            at = at.rpartition("/")[0]
    return best[1] if best else None
