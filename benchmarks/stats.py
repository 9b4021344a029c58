"""The arithmetic: medians, and ratios of medians."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Timing:
    """How long something took, in seconds: `wall` by the clock, `cpu` on all cores together."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Sample:
    """Repeated timings of one thing, at least one."""

    timings: tuple[Timing, ...]

    def __post_init__(self) -> None:
        if not self.timings:
            raise ValueError("a sample needs at least one timing")

    @property
    def wall(self) -> float:
        """The median of the wall times."""
        return median(each.wall for each in self.timings)

    @property
    def cpu(self) -> float:
        """The median of the CPU times."""
        return median(each.cpu for each in self.timings)


def ratio(value: float, reference: float) -> float:
    """How many times `reference` goes into `value`. Errors: ValueError if `reference` is not positive."""
    if reference <= 0:
        raise ValueError(f"the reference of a ratio must be positive, not {reference}")
    return value / reference


def alternate(runs: int, measured: Mapping[K, Callable[[], Timing]]) -> dict[K, Sample]:
    """Measure each thing `runs` times, by turns, so that a slow minute of the machine falls on all of them.

    The order is reversed in every second turn, so that none always comes after the same other one.
    """
    found: dict[K, list[Timing]] = {key: [] for key in measured}
    for turn in range(runs):
        keys: Sequence[K] = list(measured) if turn % 2 == 0 else list(reversed(list(measured)))
        for key in keys:
            found[key].append(measured[key]())
    return {key: Sample(tuple(timings)) for key, timings in found.items()}
