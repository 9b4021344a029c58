"""The second way to publish: replace files one by one under the journal.

Used where two directories cannot be exchanged. A kill in the middle leaves a mixed package until the next
run, which goes on to the end; a signal or a fault puts everything back at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sdkwright.paths import parents_of

from .disk import UNABLE
from .manifest import NAME, digest

if TYPE_CHECKING:
    from pathlib import Path

    from .disk import Disk
    from .journal import Journal, Workspace


def missing_directories(target: Path, journal: Journal) -> tuple[str, ...]:
    """The directories that the journal's files need and `target` lacks, outermost first."""
    needed = {parent for path in journal.write for parent in parents_of(path)}
    return tuple(sorted(path for path in needed if not (target / path).is_dir()))


def back_up(space: Workspace, journal: Journal, disk: Disk) -> None:
    """Keep what will be replaced or removed under `old/`."""
    changed = [path for path, (before, _) in journal.write.items() if before is not None]
    disk.mkdir(space.old, 0o700)
    for path in (*changed, *journal.remove):
        copy = space.old / path
        disk.mkdirs(copy.parent)
        try:
            disk.link(space.target / path, copy)
        except OSError as fault:
            if fault.errno not in UNABLE:
                raise
            disk.copy(space.target / path, copy)


def go_forward(space: Workspace, journal: Journal, disk: Disk) -> tuple[str, ...]:
    """Put the staged files in place, remove the stale ones, the manifest last; can be repeated after a kill.

    Returns the files that somebody changed meanwhile: they stay as they are.
    """
    kept = [path for path in sorted(journal.write) if path != NAME and not _place(space, path, journal, disk)]
    kept += [path for path in sorted(journal.remove) if not _remove(space, path, journal, disk)]
    if NAME in journal.write and not _place(space, NAME, journal, disk):
        kept.append(NAME)
    _sync_directories(space, journal, disk)
    for path in sorted(journal.remove):  # last, so that going back needs no room for new directories
        if not os.path.lexists(space.target / path):
            _remove_empty(space.target, path, disk)
    return tuple(kept)


def go_back(space: Workspace, journal: Journal, disk: Disk) -> None:
    """Put the replaced and removed files back and remove the new ones; can be called again after a kill."""
    for path, (before, after) in journal.write.items():
        place = space.target / path
        if _digest(space.target, path) != after:
            continue
        if before is None:
            disk.unlink(place)
        else:
            _restore(space, path, disk)
    for path in journal.remove:
        if not os.path.lexists(space.target / path):
            disk.mkdirs((space.target / path).parent)
            _restore(space, path, disk)
    for path in reversed(journal.made):
        place = space.target / path
        if place.is_dir() and not any(place.iterdir()):
            disk.rmdir(place)
    _sync_directories(space, journal, disk)


def _place(space: Workspace, path: str, journal: Journal, disk: Disk) -> bool:
    before, after = journal.write[path]
    found = _digest(space.target, path)
    if found == before and (space.tree / path).exists():
        disk.mkdirs((space.target / path).parent)
        disk.replace(space.tree / path, space.target / path)
        return True
    return found == after


def _remove(space: Workspace, path: str, journal: Journal, disk: Disk) -> bool:
    found = _digest(space.target, path)
    if found == journal.remove[path]:
        disk.unlink(space.target / path)
        found = None
    return found is None


def _remove_empty(target: Path, path: str, disk: Disk) -> None:
    for parent in reversed(parents_of(path)):
        place = target / parent
        cache = place / "__pycache__"
        if not place.is_dir():
            continue
        if any(entry != cache for entry in place.iterdir()):
            return
        disk.remove_tree(cache)
        disk.rmdir(place)


def _restore(space: Workspace, path: str, disk: Disk) -> None:
    if (space.old / path).exists():
        disk.replace(space.old / path, space.target / path)


def _digest(target: Path, path: str) -> str | None:
    """The content's digest; None if nothing is there, "" if it is no plain file or lies behind a link."""
    place = target / path
    if any((target / parent).is_symlink() for parent in parents_of(path)) or place.is_symlink():
        return ""
    if place.is_file():
        return digest(place.read_bytes())
    return "" if place.exists() else None


def _sync_directories(space: Workspace, journal: Journal, disk: Disk) -> None:
    touched = {(space.target / path).parent for path in journal.touched}
    disk.sync(sorted(path for path in touched if path.is_dir()))
