"""The walk over both documents at once: which definition is compared with which, each pair once."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.diff import values
from sdkwright.diff.facts import Edge, Fact, Node, OperationKey, Spot, Unit, is_component
from sdkwright.diff.levels import EVERYWHERE, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sdkwright.diff.pairing import Renaming
    from sdkwright.diff.policy import Policy


def _all_written(_pointer: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Document:
    """One side in canonical shape. `written` tells what its author wrote from what was made explicit."""

    root: Node
    written: Callable[[str], bool] = _all_written

    def resolve(self, spot: Spot) -> Spot:
        """The end of a chain of references; the spot itself if it is none or leads nowhere."""
        seen: set[str] = set()
        while isinstance(reference := spot.node.get("$ref"), str) and reference not in seen:
            seen.add(reference)
            found = pointers.follow(self.root, reference.removeprefix("#"))
            if not pointers.is_object(found):
                break
            spot = Spot(found, reference.removeprefix("#"))
        return spot

    def component(self, pointer: str) -> bool:
        """Whether there is a component at a pointer."""
        return is_component(pointer) and pointers.is_object(pointers.follow(self.root, pointer))


@dataclass(slots=True)
class Walk:
    """The state of one comparison. `compare` has the function for each kind of pair."""

    base: Document
    revision: Document
    policy: Policy
    compare: Mapping[str, Callable[[Here], None]]
    units: list[Unit] = field(default_factory=list[Unit])
    operations: list[OperationKey] = field(default_factory=list[OperationKey])
    folded: Counter[str] = field(default_factory=Counter[str])
    paired: dict[tuple[str, str, str], int] = field(default_factory=dict[tuple[str, str, str], int])
    used: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    _queue: deque[Unit] = field(default_factory=deque[Unit])

    def unit(
        self, kind: str, base: Spot, revision: Spot, name: str, *, swap: bool = False, site: str = ""
    ) -> Unit:  # fmt: skip
        """The pair of two definitions, which is queued when it is new; its site is its place if none is given."""
        key = (kind, base.at, revision.at)
        number = self.paired.get(key)
        if number is None:
            number = self.paired[key] = len(self.units)
            found = Unit(number, kind, base, revision, site or base.at, name, swap)
            self.units.append(found)
            self._queue.append(found)
            self.used[0].add(base.at)
            self.used[1].add(revision.at)
        return self.units[number]

    def operation(self, key: OperationKey) -> int:
        """The number of an operation, for reach."""
        self.operations.append(key)
        return len(self.operations) - 1

    def run(self) -> None:
        """Compare all pairs that are queued, and those that they lead to."""
        while self._queue:
            unit = self._queue.popleft()
            self.compare[unit.kind](self.here(unit))

    def here(self, unit: Unit) -> Here:
        """The start of the comparison of a unit."""
        return Here(self, unit, unit.base, unit.revision, unit.site, unit.name, EVERYWHERE)


@dataclass(frozen=True, slots=True)
class Here:
    """Where a comparison is: the unit, a node of each side in it, and the named thing that both belong to.

    `text` says that the value travels as text (in a URL or a header), where 1 and "1" are the same.
    """

    walk: Walk
    unit: Unit
    base: Spot
    revision: Spot
    site: str
    name: str
    scope: Scope
    text: bool = False

    def fact(
        self, rule: str, *, name: str | None = None, before: object = None, after: object = None,
        base: str | None = "", revision: str | None = "", site: str | None = None, scope: Scope | None = None,
        confidence: float = 0.0,
    ) -> None:  # fmt: skip
        """Note a change here. A pointer that is "" means this node's, None that the side has nothing."""
        self.unit.facts.append(Fact(
            rule, self.site if site is None or self.unit.swap else site,
            self.base.at if base == "" else base, self.revision.at if revision == "" else revision,
            self.name if name is None else name, before, after, self.scope if scope is None else scope,
            confidence,
        ))  # fmt: skip

    def renamed(self, rule: str, pair: Renaming, site: str) -> None:
        """Note that two names mean one thing."""
        self.fact(
            rule, name=pair.new, before=pair.old, after=pair.new, base=pair.base.at, revision=pair.revision.at,
            site=site, confidence=pair.confidence,
        )  # fmt: skip

    def folded(self, kind: str) -> None:
        """Count something without effect."""
        self.walk.folded[kind] += 1

    def prose(self, *keys: str) -> None:
        """Count texts that are only there to be read."""
        for key in keys:
            if self.base.node.get(key) != self.revision.node.get(key):
                self.folded("documentation")

    def at(
        self, base: Spot, revision: Spot, *, name: str | None = None, site: str | None = None,
        scope: Scope | None = None, text: bool | None = None,
    ) -> Here:  # fmt: skip
        """The same for two nodes below."""
        return Here(
            self.walk, self.unit, base, revision,
            self.site if site is None or self.unit.swap else site,
            self.name if name is None else name,
            self.scope if scope is None else scope,
            self.text if text is None else text,
        )  # fmt: skip

    def use(self) -> None:
        """Compare two schemas that stand here."""
        self.walk.compare["use"](self)

    def refer(self, kind: str, scope: Scope) -> None:
        """Compare two definitions, other than schemas, that stand here or that references here lead to."""
        base, revision = self.walk.base.resolve(self.base), self.walk.revision.resolve(self.revision)
        if (base.at != self.base.at) != (revision.at != self.revision.at):
            self.folded("inlined" if base.at != self.base.at else "extracted")
        self.at(base, revision).edge(kind, scope, (self.base.at, self.revision.at))

    def edge(self, kind: str, scope: Scope, use: tuple[str, str] | None = None) -> None:
        """Say that this unit uses the pair of definitions here, which is compared once however often it is used.

        `use` are the places of the references that lead here, if there are any.
        """
        swap = self._is_swap()
        at = self.base.at
        name = last_step(at) if is_component(at) and kind.startswith("schema") else self.name
        site = self.site if swap else ""
        unit = self.walk.unit(kind, self.base, self.revision, name, swap=swap, site=site)
        if swap and not self.unit.swap:
            base, revision = use or (at, self.revision.at)
            unit.facts.append(Fact(
                "reference-changed", unit.site, base, revision, self.name, last_step(at), last_step(self.revision.at),
            ))  # fmt: skip
        self.unit.edges.append(Edge(unit.number, scope))

    def _is_swap(self) -> bool:
        """Whether two components that differ both stand on the other side too, so that none was renamed."""
        base, revision = self.base, self.revision
        if base.at == revision.at or not is_component(base.at) or not is_component(revision.at):
            return False
        if values.meaning(base.node) == values.meaning(revision.node):
            return False
        return self.walk.revision.component(base.at) or self.walk.base.component(revision.at)


def last_step(pointer: str) -> str:
    """The name at the end of a pointer."""
    return pointers.split(pointer)[-1] if pointer else ""
