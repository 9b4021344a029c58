"""What a change of the document, or of the config, does to people who import the generated package."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sdkwright.diff.calls import compare_calls
from sdkwright.diff.classes import compare_classes
from sdkwright.diff.consequence import IMPORTS, Change, Consequence, Origin, Thing
from sdkwright.diff.fitting import Fitting, Known
from sdkwright.diff.levels import Level
from sdkwright.diff.members import names_in
from sdkwright.diff.package import Package, Unplanned, plan_surface

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdkwright.config import Config
    from sdkwright.diff.pairs import Pairs
    from sdkwright.diff.sides import Side
    from sdkwright.limits import Limits


_STALE: Final = "the config still names what the document no longer has, and nothing is generated until it does not"


@dataclass(frozen=True, slots=True)
class Versions:
    """A document on both sides with the config of each.

    Without a change of the config both have the same. Otherwise `crossed` are the older document with the newer
    config, and the newer document with the older config.
    """

    base: Side
    revision: Side
    base_config: Config
    config: Config
    crossed: tuple[Side, Side] | None = None


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages of both sides, or why there is none.

    `same_config` are two packages that differ in their documents alone. `further` is what something else has
    changed (the generator), `notices` what a person has to know beside.
    """

    old: Package | None
    new: Package | None
    reason: str = ""
    same_config: tuple[Package, Package] | None = None
    further: tuple[Consequence, ...] = field(default_factory=tuple["Consequence", ...])
    notices: tuple[str, ...] = ()

    def consequences(self, pairs: Pairs) -> tuple[Consequence, ...]:
        """All that changed, in the order of symbols, each with its origin."""
        if self.old is None or self.new is None:
            return ()
        found = _compare(self.old, self.new, pairs)
        if self.same_config == (self.old, self.new):
            return (*found, *self.further)
        if self.same_config is None:
            return (*(replace(each, origin=Origin.UNDECIDED) for each in found), *self.further)
        known = {(each.symbol, each.change, each.text) for each in _compare(*self.same_config, pairs)}
        return (
            *(each if (each.symbol, each.change, each.text) in known else replace(each, origin=Origin.CONFIG)
              for each in found),
            *self.further,
        )  # fmt: skip

    def uses(self) -> dict[str, set[str]]:
        """The names that each class mentions, by its symbol."""
        classes = [each for package in (self.old, self.new) if package for each in package.classes.values()]
        return {
            each.symbol: {name for text in (each.text, *(m.annotation for m in each.members.values()))
                          for name in names_in(text)}
            for each in classes
        }  # fmt: skip

    def resources(self) -> dict[str, str]:
        """The resource of every operation, `conversations.items` for `GET /items`."""
        found: dict[str, str] = {}
        for package in (self.old, self.new):
            for symbol, call in package.calls.items() if package else ():
                found[call.operation] = symbol.partition(".")[2].rpartition(".")[0] or "client"
        return found


def plan_packages(versions: Versions, limits: Limits) -> Packages:
    """Plan the packages that both documents become; a config may name what only one of them has."""
    base, revision = versions.base, versions.revision
    then, now = Known.of(base), Known.of(revision)
    left_out: list[str] = []
    stem = PurePath(revision.name.rpartition(":")[2]).stem
    crossed = versions.crossed

    def plan(side: Side, config: Config, fitting: Fitting) -> Package:
        return plan_surface(side, stem, fitting.config(config), limits)

    try:
        old = plan(base, versions.base_config, Fitting(then, now, []))
        new = plan(revision, versions.config, Fitting(now, then, left_out))
    except Unplanned as fault:
        return Packages(None, None, str(fault))
    notices = (f"{_STALE}: {', '.join(left_out)}",) if left_out else ()
    if crossed is None:
        return Packages(old, new, same_config=(old, new), notices=notices)
    try:
        same = old, plan(crossed[1], versions.base_config, Fitting(now, then, []))
    except Unplanned:
        try:
            same = plan(crossed[0], versions.config, Fitting(then, now, [])), new
        except Unplanned:
            return Packages(old, new, notices=notices)
    return Packages(old, new, same_config=same, notices=notices)


def _compare(old: Package, new: Package, pairs: Pairs) -> list[Consequence]:
    classes, words = compare_classes(old.classes, new.classes, (old.name, new.name), pairs)
    return [*_client(old, new), *classes, *compare_calls(old.calls, new.calls, words, pairs)]


def _client(old: Package, new: Package) -> Iterator[Consequence]:
    if old.client != new.client:
        package, _, name = old.client.partition(".")
        other, _, now = new.client.partition(".")
        yield Consequence(
            Thing.CLIENT, Change.RENAMED, old.client, Level.MAJOR, f"the client {old.client} is now {new.client}",
            IMPORTS, f"from {package} import {name}", f"from {other} import {now}", "/info/title", "/info/title",
        )  # fmt: skip
