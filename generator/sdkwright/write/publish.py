"""The write as a whole: plan, build beside the target, check, swap (docs/decisions/0002-atomic-write.md)."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.signals import interruptible, shielded

from . import recovery
from .disk import Disk
from .job import Job
from .journal import Workspace
from .lock import HeldError, locked
from .manifest import NAME
from .plan import Plan, check_paths
from .survey import USER_PLACES, with_manifest
from .swap import swap

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from pathlib import Path

_WAIT = 60.0  # seconds for another run on the same target


@dataclass(frozen=True, slots=True)
class WriteResult:
    """What a write did, as sorted relative paths without the manifest.

    `kept` were there, differ from what was generated and stay as they are.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def publish(
    files: Mapping[str, bytes],
    target: Path,
    *,
    keep: tuple[str, ...] = USER_PLACES,
    force: bool = False,
    diagnostics: Diagnostics,
    before_publish: Callable[[Path], None] | None = None,
    wait: float = _WAIT,
    disk: Disk | None = None,
) -> WriteResult:
    """Make the directory `target` hold the package `files`: all of it, or nothing changes.

    Other files in `target` stay, and so do generated ones that somebody edited (`write/edited`) unless
    `force`. Below the `keep` patterns a file is written only if it is absent. `before_publish` is called with
    the complete new tree and stops the write by raising. If there is nothing to do, nothing is touched.
    `wait` is the longest time in seconds to wait for another run on the same target.

    Raises `Refusal` with the reason in `diagnostics`; then, and after `KeyboardInterrupt`, `Terminated`
    (SIGTERM) or whatever `before_publish` raised, the target is what it was.
    """
    check_paths(files, target, diagnostics)
    with _refusing(target, diagnostics):
        space = Workspace.of(target.resolve())
        job = Job(with_manifest(files, keep), target, keep, force, diagnostics, disk or Disk(), space)
        if space.idle and space.target.exists() and (plan := job.plan()).empty:
            return _result(job, plan)
        with interruptible(), _parents(job), locked(space.lock, wait):
            recovery.recover(space, job.disk, diagnostics)
            return _write(job, before_publish)


def recover(target: Path, *, diagnostics: Diagnostics, wait: float = _WAIT, disk: Disk | None = None) -> None:
    """End what a killed run left at `target`: the old package or the new one. `publish` does so itself."""
    with _refusing(target, diagnostics):
        space = Workspace.of(target.resolve())
        if not space.idle:
            with locked(space.lock, wait), shielded():
                recovery.recover(space, disk or Disk(), diagnostics)


def _write(job: Job, before_publish: Callable[[Path], None] | None) -> WriteResult:
    plan = job.plan()
    if plan.empty:
        return _result(job, plan)
    try:
        plan, late = swap(job, plan, before_publish)
    except BaseException:
        with shielded():
            recovery.roll_back(job.space, job.disk)
        raise
    return _result(job, plan, late)


def _result(job: Job, plan: Plan, late: tuple[str, ...] = ()) -> WriteResult:
    """Tell the user about `plan`; `late` files were changed by somebody when about to be replaced."""
    job.diagnostics.items.extend(plan.notices)

    def listed(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(path for path in paths if path != NAME and path not in late))

    return WriteResult(
        listed(plan.write),
        listed(plan.unchanged),
        listed(plan.remove),
        tuple(sorted({*plan.kept, *late})),
    )


@contextmanager
def _parents(job: Job) -> Generator[None]:
    """Make the directories above the target; if the block fails, those made here go again."""
    missing = [path for path in (job.space.lock.parent, *job.space.lock.parent.parents) if not path.is_dir()]
    made: list[Path] = []
    try:
        for path in reversed(missing):
            made.append(path)
            with suppress(FileExistsError):  # another run made it a moment ago
                job.disk.mkdir(path)
        yield
    except BaseException:
        with shielded(), suppress(OSError):
            for path in reversed(made):
                path.rmdir()
        raise


@contextmanager
def _refusing(target: Path, diagnostics: Diagnostics) -> Generator[None]:
    """Say what the system refused in words for people."""
    try:
        yield
    except HeldError as held:
        holder = f" (process {held.holder})" if held.holder else ""
        raise diagnostics.refuse(
            "write/locked",
            f"Another run of sdkwright{holder} is writing here and did not end in time.",
            Location(target.as_posix()),
            "Wait for it or stop it, then run again.",
        ) from held
    except OSError as fault:
        place = fault.filename if isinstance(fault.filename, str) else target.as_posix()
        raise diagnostics.refuse(
            "write/failed",
            f"The package could not be written: {fault.strerror or fault} ({place}).",
            Location(target.as_posix()),
            "The directory is as it was before; make room or give permission, then run again.",
        ) from fault
