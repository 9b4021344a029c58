"""All of it: the table that `python -m tests.hostile crash` prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hostile.crash import crowd, matrix, moments
from hostile.crash.matrix import Row
from hostile.crash.works import works

KILLS = 500
ROUNDS = 100
EVERY = 23
"""Of the changes of a whole run, most of which are alike, each so manieth is struck unless all are asked for."""


def run(root: Path, say: Callable[[str], None], *, all_: bool, seed: int) -> list[Row]:
    """Every fault at the changes of every work, random moments, closed directories, several writers."""
    made = works(root / "works")
    publishing = [work for name, work in made.items() if name.startswith("publish")]
    generating = [work for name, work in made.items() if name.startswith("generate")]
    for work in made.values():
        say(f"{work.name}: {len(work.operations)} changes on the disk")
    say(matrix.HEAD)
    return [
        *matrix.run(publishing, root, say),
        *matrix.run(generating, root, say, every=1 if all_ else EVERY),
        *crowd.read_only(made, root, say),
        *crowd.writers(root, ROUNDS, seed, say),
        *moments.run(made, root, KILLS, seed, say),
    ]


def summary(rows: list[Row]) -> str:
    """One line for all."""
    trials, failures = sum(row.trials for row in rows), sum(len(row.failures) for row in rows)
    return f"{trials} trials, {sum(row.mixed for row in rows)} mixed until the next run, {failures} failures"
