"""Medians, ratios and the order of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.stats import Sample, Timing, alternate, ratio

if TYPE_CHECKING:
    from collections.abc import Callable


def sample(*walls: float) -> Sample:
    return Sample(tuple(Timing(wall, wall * 2) for wall in walls))


@pytest.mark.parametrize(
    ("walls", "median"), [((3.0,), 3.0), ((5.0, 1.0, 2.0), 2.0), ((4.0, 1.0), 2.5), ((1.0, 1.0, 100.0), 1.0)]
)
def test_the_median_is_not_moved_by_one_slow_run(walls: tuple[float, ...], median: float) -> None:
    assert sample(*walls).wall == median
    assert sample(*walls).cpu == median * 2


def test_wall_and_cpu_have_medians_of_their_own() -> None:
    both = Sample((Timing(1.0, 9.0), Timing(2.0, 1.0), Timing(3.0, 5.0)))
    assert (both.wall, both.cpu) == (2.0, 5.0)


def test_a_sample_without_timings_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Sample(())


def test_a_ratio_says_how_many_times_the_reference_fits() -> None:
    assert ratio(6.0, 1.5) == 4.0
    assert ratio(0.5, 2.0) == 0.25
    assert ratio(0.0, 2.0) == 0.0


@pytest.mark.parametrize("reference", [0.0, -1.0])
def test_a_ratio_needs_a_positive_reference(reference: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        ratio(1.0, reference)


def test_runs_alternate_and_no_one_is_always_second() -> None:
    order: list[str] = []

    def noting(name: str, wall: float) -> Callable[[], Timing]:
        def run() -> Timing:
            order.append(name)
            return Timing(wall, 0.0)

        return run

    found = alternate(3, {"a": noting("a", 1.0), "b": noting("b", 2.0)})
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert {name: len(each.timings) for name, each in found.items()} == {"a": 3, "b": 3}
    assert (found["a"].wall, found["b"].wall) == (1.0, 2.0)
