"""Runs that are stopped at a random moment from outside, at any stage, with the import check as users have it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

from hostile.crash.matrix import Row, judge
from hostile.crash.sandbox import Sandbox
from hostile.crash.shim import INTERRUPT, KILL, TERMINATE, Fault
from hostile.crash.works import Work, command, finish, start

_SHARES = ((KILL, 5), (INTERRUPT, 1), (TERMINATE, 1))
"""Of so many trials with a kill, so many with each signal."""


def run(
    works: dict[str, Work], root: Path, kills: int, seed: int, say: Callable[[str], None] = lambda text: None
) -> list[Row]:
    """Stop so many runs by `kill -9`, a fifth as many by each signal: half while publishing, half over a whole run."""
    dice = random.Random(seed)
    rows: list[Row] = []
    for name, work in works.items():
        action = _checked if name.startswith("generate") else work.run
        longest = _seconds(action, work, root)
        for fault, share in _SHARES:
            row = Row(name, f"{fault.name}, any moment")
            for number in range(-(-kills * share // (5 * len(works)))):
                _stop(work, action, fault, dice.uniform(0, longest), root / f"moment-{len(rows)}-{number}", row)
            rows.append(row)
            say("\n".join([*row.failures, row.text]))
    return rows


def _checked(box: Sandbox) -> None:
    """`sdkwright generate` with its import check."""
    command(box, 2)


def _seconds(action: Callable[[Sandbox], None], work: Work, root: Path) -> float:
    """How long the work takes, undisturbed."""
    box = work.start.copy(root / "timed")
    began = time.monotonic()
    assert finish(start(action, box)) == 0
    shutil.rmtree(box.root)
    return time.monotonic() - began


def _stop(work: Work, action: Callable[[Sandbox], None], fault: Fault, after: float, root: Path, row: Row) -> None:
    box = work.start.copy(root)
    ready, told = os.pipe()
    child = start(action, box, before=lambda: os.write(told, b"."))
    os.read(ready, 1)
    for handle in (ready, told):
        os.close(handle)
    time.sleep(after)
    os.kill(child, fault.signal)
    status = finish(child)
    untouched = box.found() in (work.before, work.after) and not box.leftovers()
    outside = fault is TERMINATE and status == -signal.SIGTERM and untouched  # before the work began, or after its end
    ended = status == 0 and box.found() == work.after  # it was quicker than the signal
    expected = -fault.signal if fault is KILL else 128 + fault.signal
    if problems := judge(work, box, row, expected if outside or ended else status, fault):
        row.failures.append(f"{work.name}, {fault.name} after {after:.4f} s: {'; '.join(problems)} [{root}]")
    else:
        shutil.rmtree(root)
