"""Building the new package beside the old one and making it the one that counts."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Location
from sdkwright.signals import shielded

from . import inplace
from .carry import Carrier, TooManyFilesError
from .disk import UNABLE
from .journal import Journal, State
from .manifest import digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from .job import Job
    from .plan import Plan

_ATTEMPTS = 3  # builds, if somebody keeps changing generated files meanwhile


def swap(job: Job, plan: Plan, before_publish: Callable[[Path], None] | None) -> tuple[Plan, tuple[str, ...]]:
    """Carry out `plan`; returns the plan carried out (newer if the disk changed) and files changed too late.

    After an exception the staging directory and its journal say what has to be rolled back.
    """
    for _ in range(_ATTEMPTS):
        carrier = _build(job, plan)
        if before_publish is not None:
            before_publish(job.space.tree)
        latest = job.plan()
        if latest == plan:
            return plan, _commit(job, plan, carrier)
        job.space.clear(job.disk)
        plan = latest
    raise job.diagnostics.refuse(
        "write/busy",
        "Generated files kept changing while they were about to be replaced.",
        Location(job.shown.as_posix()),
        "Stop the program that changes them, then run again.",
    )


def _build(job: Job, plan: Plan) -> Carrier | None:
    """Make the complete new tree; returns what keeps it current, if the two trees can be exchanged."""
    space, disk = job.space, job.disk
    disk.mkdir(space.staging, 0o700)
    space.save(Journal(), disk)
    disk.mkdir(space.tree)
    for path, before in plan.write.items():
        place = space.tree / path
        disk.mkdirs(place.parent)
        disk.write(place, job.files[path], None if before is None else (space.target / path).lstat())
    if not space.target.exists():
        return None
    carrier = Carrier(disk, space.target, space.tree, {*plan.write, *plan.remove})
    if _may_exchange(job) and _carried(carrier):
        return carrier
    _complete(job, plan)
    return None


def _may_exchange(job: Job) -> bool:
    """Whether another directory can take the target's place without pulling it away under somebody.

    A repository is the live state of another program; a directory that the user's shell is in would be gone
    for that shell.
    """
    try:
        here = Path.cwd()
    except FileNotFoundError:
        here = Path("/")
    target = job.space.target
    return job.space.beside and not os.path.lexists(target / ".git") and target not in (here, *here.parents)


def _carried(carrier: Carrier) -> bool:
    try:
        carrier.carry()
    except TooManyFilesError:
        return False
    except OSError as fault:
        if fault.errno not in UNABLE:
            raise
        return False
    return True


def _complete(job: Job, plan: Plan) -> None:
    """Put the generated files that stay as they are into the tree too: it is checked as a whole."""
    for path in (*plan.unchanged, *plan.kept):
        place, source = job.space.tree / path, job.space.target / path
        if path in job.files and not place.exists():
            job.disk.mkdirs(place.parent)
            job.disk.copy(source, place)


def _commit(job: Job, plan: Plan, carrier: Carrier | None) -> tuple[str, ...]:
    space, disk = job.space, job.disk
    write = {path: (before, digest(job.files[path])) for path, before in plan.write.items()}
    journal = Journal(State.EXCHANGING, space.tree.stat().st_ino, write, plan.remove)
    disk.sync(_staged(space.tree, plan))
    late: tuple[str, ...] = ()
    if not space.target.exists():
        space.save(journal, disk)
        disk.replace(space.tree, space.target)
        disk.sync([space.target.parent])
    elif carrier is None or not _exchanged(job, journal, carrier):
        made = inplace.missing_directories(space.target, journal)
        journal = Journal(State.REPLACING, journal.inode, write, plan.remove, made)
        inplace.back_up(space, journal, disk)
        space.prepare_undo(journal, disk)
        space.save(journal, disk)
        late = inplace.go_forward(space, journal, disk)
    with shielded():
        if journal.state is State.EXCHANGING and space.tree.is_dir():
            Carrier(disk, space.tree, space.target, journal.touched).sweep()
        # The outcome stands, so no fault is one of the run any more: the next clears away what cannot be now.
        with suppress(OSError):
            space.save(journal.at(State.DONE), disk)
        with suppress(OSError):
            space.clear(disk)
    return late


def _exchanged(job: Job, journal: Journal, carrier: Carrier) -> bool:
    space, disk = job.space, job.disk
    space.save(journal, disk)
    if not _carried(carrier):
        return False
    carrier.prune()
    carrier.dress()
    try:
        disk.exchange(space.tree, space.target)
    except OSError as fault:
        if fault.errno not in UNABLE:
            raise
        return False
    disk.sync([space.target.parent])
    return True


def _staged(tree: Path, plan: Plan) -> list[Path]:
    """What has to be on the medium before the swap: the new files and every directory."""
    directories = [Path(path) for path, _, _ in os.walk(tree)]
    return [*(tree / path for path in plan.write), *directories]
