"""Timing by turns: each thing in each round, so that a slow second of the machine falls on all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from math import nan
from statistics import median

from benchmarks.runtime.subjects import BARE, Subject, Task

__all__ = ["measure"]

_SAMPLE = 0.03
"""Seconds of CPU time that one sample should take."""
_MOST = 10_000
_SLOW = 0.3
"""Seconds of a single turn above which three rounds are enough: a second more or less does not change the picture."""
_FEW_ROUNDS = 3


def measure(subjects: Sequence[Subject], task: str, rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds for one turn and the ratio to the bare client of the same HTTP library, by subject.

    Both are medians; the ratio is that of the ratios of each round, nan where the bare client has no such task.
    """
    chosen = [subject for subject in subjects if task in subject.tasks]
    turns = {subject.name: _turns(subject.tasks[task]) for subject in chosen}
    times: dict[str, list[float]] = {subject.name: [] for subject in chosen}
    for number in range(rounds):
        for subject in chosen if number % 2 == 0 else reversed(chosen):
            taken = times[subject.name]
            if len(taken) < _FEW_ROUNDS or taken[-1] < _SLOW:
                taken.append(_sample(subject.tasks[task], turns[subject.name]))
    found: dict[str, tuple[float, float]] = {}
    for subject in chosen:
        own = times[subject.name]
        reference = times.get(f"{BARE} {subject.http}", [])
        ratios = [one / other for one, other in zip(own, reference, strict=False)]  # slow ones have fewer rounds
        found[subject.name] = median(own), median(ratios or [nan])
    return found


def _turns(task: Task) -> int:
    """How often the task runs in one sample. Also its first run, which may compile validators and open files."""
    task()
    once = _sample(task, 1)
    return max(1, min(_MOST, round(_SAMPLE / max(once, 1e-7))))


def _sample(task: Task, turns: int) -> float:
    """Seconds of CPU time for one turn."""
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        for _ in range(turns):
            task()
        return (time.process_time() - started) / turns
    finally:
        gc.enable()
