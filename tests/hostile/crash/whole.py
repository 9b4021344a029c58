"""All of it: the table that `python -m tests.hostile crash` prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hostile.crash import crowd, matrix, moments
from hostile.crash.matrix import Row
from hostile.crash.works import works

KILLS = 500
ROUNDS = 100
EVERY = 23
"""Of the changes of a whole run, most of which are alike, each so manieth is struck unless all are asked for."""


def run(root: Path, say: Callable[[str], None], *, names: Sequence[str], all_: bool, seed: int) -> list[Row]:
    """Every fault at the changes of every work, closed directories, several writers, random moments; or some of it."""
    made = works(root / "works")
    for work in made.values():
        say(f"{work.name}: {len(work.operations)} changes on the disk")
    say(matrix.HEAD)

    def struck(kind: str, every: int) -> list[Row]:
        return matrix.run([work for name, work in made.items() if name.startswith(kind)], root, say, every=every)

    parts: dict[str, Callable[[], list[Row]]] = {
        "publish": lambda: struck("publish", 1),
        "generate": lambda: struck("generate", 1 if all_ else EVERY),
        "closed": lambda: crowd.read_only(made, root, say),
        "writers": lambda: crowd.writers(root, ROUNDS, seed, say),
        "moments": lambda: moments.run(made, root, KILLS, seed, say),
    }
    return [row for name in (names or parts) for row in parts[name]()]


def summary(rows: list[Row]) -> str:
    """One line for all."""
    trials, failures = sum(row.trials for row in rows), sum(len(row.failures) for row in rows)
    return f"{trials} trials, {sum(row.mixed for row in rows)} mixed until the next run, {failures} failures"
