"""What has another place in the new document, as the comparison of the documents paired it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright.diff.cards import RENAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.cards import Card


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pointers of the older document to those of the newer one, where they differ."""

    moved: Mapping[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, cards: Iterable[Card]) -> Pairs:
        """The renames that the cards state."""
        found = (each for card in cards for each in card.findings if each.rule in RENAMES)
        return cls({each.base: each.revision for each in found if each.base and each.revision})

    def new(self, pointer: str) -> str:
        """Where something that stood at `pointer` stands now, alone or with what is around it."""
        at = pointer
        while at:
            if at in self.moved:
                return self.moved[at] + pointer[len(at) :]
            at = at.rpartition("/")[0]
        return pointer
