"""Several writers of one package at once, some of them killed; and directories that may not be written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import stat
import time
from collections.abc import Callable
from pathlib import Path

from sdkwright.diagnostics import Diagnostics
from sdkwright.write import publish, recover

from hostile.crash.matrix import Row, judge
from hostile.crash.sandbox import USERS, Sandbox
from hostile.crash.shim import ERRORS
from hostile.crash.works import Work, finish, start

WRITERS = 8
_NOBODY = 65534
_DENIED = next(fault for fault in ERRORS if fault.name == "EACCES")


def writers(root: Path, rounds: int, seed: int, say: Callable[[str], None] = lambda text: None) -> list[Row]:
    """Rounds of eight writers, each with a package of its own; in every second round two of them are killed."""
    dice = random.Random(seed)
    row = Row("publish, 8 at once", "none, or 2 x kill -9")
    for number in range(rounds):
        box = Sandbox(root / f"round-{number}")
        box.make()
        if number % 3:  # else they make the directory too
            _version(box, WRITERS)
            box.add_users()
        before = box.found()
        victims = dice.sample(range(WRITERS), 2) if number % 2 else []
        problems = _round(box, victims, dice)
        row.trials += 1
        row.old += box.found() == before
        row.new += box.found() != before
        if problems:
            row.failures.append(f"round {number}, killed {victims}: {'; '.join(problems)} [{box.root}]")
        else:
            shutil.rmtree(box.root)
    say("\n".join([*row.failures, row.text]))
    return [row]


def _round(box: Sandbox, victims: list[int], dice: random.Random) -> list[str]:
    users = {path for path in USERS if (box.target / path).exists()}
    children = [start(lambda box, mark=mark: _version(box, mark), box) for mark in range(WRITERS)]
    for victim in victims:
        time.sleep(dice.uniform(0, 0.05))
        os.kill(children[victim], signal.SIGKILL)
    ends = [finish(child) for child in children]
    problems = [
        f"writer {number} ended with {end}"
        for number, end in enumerate(ends)
        if end != 0 and not (number in victims and end == -signal.SIGKILL)
    ]
    recover(box.target, diagnostics=Diagnostics())
    if box.leftovers():
        problems.append(f"left behind {box.leftovers()}")
    marks = {found[2] for path, found in box.found().items() if path.startswith("src/pets/m")}
    names = [path for path in box.found() if path.startswith("src/pets/m")]
    if len(marks) != 1 or len(names) != 13:
        problems.append(f"{len(names)} files of {len(marks)} versions")
    if lost := [path for path in users if (box.target / path).read_bytes() != USERS[path]]:
        problems.append(f"changed the user's {lost}")
    return problems


def _version(box: Sandbox, mark: int) -> None:
    """A package of twelve files that all versions have and one that only this one has."""
    names = [*range(12), f"only{mark}"]
    publish({f"src/pets/m{name}.py": b"%d" % mark for name in names}, box.target, diagnostics=Diagnostics())


def read_only(works: dict[str, Work], root: Path, say: Callable[[str], None] = lambda text: None) -> list[Row]:
    """Each directory in turn closed to writing, for a user who is not root."""
    rows: list[Row] = []
    for name, work in works.items():
        row = Row(name, "read-only directory")
        folders = [path for path in (work.start.root / "work").rglob("*") if path.is_dir() and not path.is_symlink()]
        for number, folder in enumerate([work.start.root / "work", work.start.temporary, work.start.cache, *folders]):
            box = work.start.copy(root / f"closed-{len(rows)}-{number}")
            place = box.root / folder.relative_to(work.start.root)
            problems = _closed(work, box, place, row)
            if problems:
                row.failures.append(f"{name}, {place} read-only: {'; '.join(problems)}")
            else:
                shutil.rmtree(box.root)
        rows.append(row)
        say("\n".join([*row.failures, row.text]))
    return rows


def _closed(work: Work, box: Sandbox, place: Path, row: Row) -> list[str]:
    mode = stat.S_IMODE(place.stat().st_mode)
    if os.geteuid() == 0:  # root may write everywhere
        for path in (box.root, *box.root.rglob("*")):
            os.lchown(path, _NOBODY, _NOBODY)
    place.chmod(0o555)
    status = finish(start(work.run, box, before=_drop))
    if place.is_dir():
        place.chmod(mode)
    return judge(work, box, row, status, _DENIED)


def _drop() -> None:
    """Go on as a user without rights, if this is root."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
