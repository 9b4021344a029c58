"""A slice of the ways to run; `python -m tests.hostile determinism` is the whole."""

from __future__ import annotations

from hostile import determinism
from hostile.determinism import LOCALES, SEEDS, TRIALS, ZONES

SLICE = (f"hash seed {SEEDS[0]}", "locale tr_TR.UTF-8", f"time zone {ZONES[1]}", "BOM and CRLF", "read-only home")


def test_there_are_ways_enough() -> None:
    assert (len(SEEDS), len(LOCALES), len(ZONES)) == (10, 4, 3)
    assert len({trial.name for trial in TRIALS}) == len(TRIALS)


def test_every_way_to_run_gives_the_same_bytes() -> None:
    chosen = [trial for trial in TRIALS if trial.name in ("as it is", "shuffled keys 1", *SLICE)]
    assert len(chosen) == len(SLICE) + 2
    assert determinism.run(chosen).failures == []


def test_keys_are_shuffled() -> None:
    text = "a: 1\nb: 2\nc: {d: 3, e: 4, f: 5}\n"
    assert len({determinism.shuffled(text, seed) for seed in range(10)}) > 1
