"""What a comparison finds: facts, kept with the pair of definitions in which they were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sdkwright import pointers
from sdkwright.diff.levels import EVERYWHERE, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

Node = dict[str, object]


def is_component(pointer: str) -> bool:
    """Whether a pointer is that of a component itself."""
    return pointer.startswith("/components/") and pointer.count("/") == 3


class Spot(NamedTuple):
    """A node of one document and its pointer."""

    node: Node
    at: str

    def child(self, *steps: str | int) -> Spot:
        """The object below; an empty one where there is none."""
        below: object = self.node
        for step in steps:
            below = pointers.step_into(below, str(step))
        return Spot(below if pointers.is_object(below) else {}, self.at + pointers.join(steps))

    def objects(self, key: str) -> dict[str, Spot]:
        """The members of a map that are objects, by name."""
        members = self.node.get(key)
        base = f"{self.at}/{key}"
        if not pointers.is_object(members):
            return {}
        return {
            name: Spot(member, f"{base}/{pointers.escape(name)}")
            for name, member in members.items()
            if pointers.is_object(member)
        }

    def array(self, key: str) -> list[Spot]:
        """The members of an array that are objects."""
        members = self.node.get(key)
        if not pointers.is_array(members):
            return []
        return [
            Spot(member, f"{self.at}/{key}/{number}")
            for number, member in enumerate(members)
            if pointers.is_object(member)
        ]


@dataclass(frozen=True, slots=True)
class Fact:
    """One change: a rule, where it was found on each side (None: not there), and the values.

    `site` is the named thing that changed; facts with one site share a card. `confidence` (0 to 1) is that of
    a pairing, where the fact is that something has another name.
    """

    rule: str
    site: str
    base: str | None
    revision: str | None
    name: str
    before: object = None
    after: object = None
    scope: Scope = EVERYWHERE
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Edge:
    """That one pair of definitions uses another, and in which directions what is below travels."""

    target: int
    scope: Scope


@dataclass(slots=True, eq=False)
class Unit:
    """A pair of definitions that is compared once, however often it is used.

    `kind` is the grammar's. A `swap` is a pair that stands on its own on both sides and was paired only because
    a use changed from one to the other: its facts are consequences of that, and belong to the card of the use.
    """

    number: int
    kind: str
    base: Spot
    revision: Spot
    site: str
    name: str
    swap: bool = False
    operation: int = -1
    facts: list[Fact] = field(default_factory=list[Fact])
    edges: list[Edge] = field(default_factory=list[Edge])


@dataclass(frozen=True, slots=True)
class OperationKey:
    """An operation as people name it. `stability` and `pointer` are those of the older side that has it."""

    method: str
    path: str
    pointer: str
    stability: str = ""
    webhook: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was found. `folded` counts what has no effect, by kind."""

    units: tuple[Unit, ...]
    operations: tuple[OperationKey, ...]
    folded: Mapping[str, int]
