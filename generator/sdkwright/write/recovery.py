"""Ending a write that did not end itself: after a kill by the next run, after a signal or a fault at once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostics, Location

from . import inplace
from .carry import Carrier
from .journal import Journal, State, Workspace

if TYPE_CHECKING:
    from .disk import Disk


def recover(space: Workspace, disk: Disk, diagnostics: Diagnostics) -> None:
    """Bring what a killed run left to one of its two ends, remove its staging directory. Needs the lock."""
    if not os.path.lexists(space.staging):
        return
    try:
        journal = space.load()
    except ValueError as fault:
        raise diagnostics.refuse(
            "write/leftover",
            f"A directory with the name that sdkwright uses for unfinished work is in the way: {fault}.",
            Location(space.staging.as_posix()),
            "Look into it, then remove it.",
        ) from fault
    if journal is not None:
        _settle(space, journal, disk)
    space.clear(disk)


def roll_back(space: Workspace, disk: Disk) -> None:
    """Bring the target back to what it was before this run, unless its outcome stands. Needs the lock."""
    if not os.path.lexists(space.staging):
        return
    journal = space.load()
    if journal is not None and journal.state is State.EXCHANGING and exchanged(space, journal):
        _undo_exchange(space, journal, disk)
    elif journal is not None and journal.state is State.REPLACING:
        space.undo(disk)
        inplace.go_back(space, journal, disk)
    space.clear(disk)


def exchanged(space: Workspace, journal: Journal) -> bool:
    """Whether the new directory has left the staging directory, so that the target is the new one."""
    return not space.tree.is_dir() or space.tree.stat().st_ino != journal.inode


def _settle(space: Workspace, journal: Journal, disk: Disk) -> None:
    if journal.state is State.EXCHANGING and space.tree.is_dir() and exchanged(space, journal):
        Carrier(disk, space.tree, space.target, journal.touched).sweep()
    elif journal.state is State.REPLACING:
        inplace.go_forward(space, journal, disk)
    elif journal.state is State.UNDOING:
        inplace.go_back(space, journal, disk)
    else:
        return
    space.save(journal.at(State.DONE), disk)


def _undo_exchange(space: Workspace, journal: Journal, disk: Disk) -> None:
    if space.tree.is_dir():
        disk.exchange(space.tree, space.target)
        Carrier(disk, space.tree, space.target, journal.touched).sweep()
    else:  # there was no target before
        disk.replace(space.target, space.tree)
    disk.sync([space.target.parent])
