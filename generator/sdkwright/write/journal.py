"""What a write is about to do, on the disk before it is done, so that the next run can end what a kill left.

All of a run's own things lie in one staging directory beside the target: `journal.json`, `tree/` (the new
package) and `old/` (replaced files, only when files are replaced one by one).
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .disk import Disk

_NAME = "journal.json"
_NEXT = f"{_NAME}.new"
_UNDO = f"{_NAME}.undo"


class State(StrEnum):
    """How far a write has come; what recovery does about it stands behind each."""

    BUILDING = "building"
    """The target is untouched: drop the staging directory."""
    EXCHANGING = "exchanging"
    """The target is either the old or the new directory, and `tree/` is the other one."""
    REPLACING = "replacing"
    """Files are being replaced one by one: go on to the end."""
    UNDOING = "undoing"
    """Files are being put back: go on to the end."""
    DONE = "done"
    """The outcome stands: drop the staging directory."""


@dataclass(frozen=True, slots=True)
class Journal:
    """One write. `write` maps a path to the SHA-256 before (None: no file) and after, `remove` to the one
    before.

    `inode` is that of the new directory; `made` are the directories that replacing makes, outermost first.
    """

    state: State = State.BUILDING
    inode: int = 0
    write: Mapping[str, tuple[str | None, str]] = field(default_factory=dict[str, tuple[str | None, str]])
    remove: Mapping[str, str] = field(default_factory=dict[str, str])
    made: tuple[str, ...] = ()

    def at(self, state: State) -> Journal:
        """The same write in another state."""
        return replace(self, state=state)

    @property
    def touched(self) -> frozenset[str]:
        """Every path that is not simply carried from the old directory to the new one."""
        return frozenset((*self.write, *self.remove))


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where a write to `target` keeps its own things."""

    target: Path
    staging: Path
    lock: Path
    beside: bool
    """Whether staging lies beside the target, so that the two can be exchanged; else it lies inside."""

    @classmethod
    def of(cls, target: Path) -> Workspace:
        """Beside the target, or inside it where it is a mount point or its parent cannot be written."""
        parent = target.parent
        if target.is_dir() and (os.path.ismount(target) or not os.access(parent, os.W_OK | os.X_OK)):
            return cls(target, target / ".sdkwright.staging", target / ".sdkwright.lock", beside=False)
        hidden = f".{target.name}.sdkwright"
        return cls(target, parent / hidden, parent / f"{hidden}.lock", beside=True)

    @property
    def tree(self) -> Path:
        """The new package, and after an exchange the old one."""
        return self.staging / "tree"

    @property
    def old(self) -> Path:
        """The files that replacing one by one displaced."""
        return self.staging / "old"

    @property
    def idle(self) -> bool:
        """Whether no other run is at work here and none was killed here."""
        return not os.path.lexists(self.lock) and not os.path.lexists(self.staging)

    def save(self, journal: Journal, disk: Disk) -> None:
        """Make `journal` the one that counts, durably, in one step."""
        self._draft(_NEXT, journal, disk)
        disk.replace(self.staging / _NEXT, self.staging / _NAME)
        disk.sync([self.staging])

    def prepare_undo(self, journal: Journal, disk: Disk) -> None:
        """Lay by the journal that `undo` needs: when the disk is full it could not be written any more."""
        self._draft(_UNDO, journal.at(State.UNDOING), disk)

    def undo(self, disk: Disk) -> None:
        """Make the journal that was laid by the one that counts. That the disk cannot flush it is no reason to stop."""
        disk.replace(self.staging / _UNDO, self.staging / _NAME)
        with suppress(OSError):
            disk.sync([self.staging])

    def _draft(self, name: str, journal: Journal, disk: Disk) -> None:
        draft = self.staging / name
        if draft.exists():
            disk.unlink(draft)
        disk.write(draft, json.dumps(asdict(journal)).encode())
        disk.sync([draft])

    def load(self) -> Journal | None:
        """The journal of an unfinished run; None if that run had not come so far.

        Raises `ValueError` if the staging directory is not one of ours or its journal is damaged.
        """
        if self.staging.is_symlink():
            raise ValueError("it is a symbolic link")
        try:
            data = cast("dict[str, Any]", json.loads((self.staging / _NAME).read_bytes()))
        except FileNotFoundError:
            if {entry.name for entry in self.staging.iterdir()} <= {_NEXT}:
                return None
            raise ValueError("it has no journal") from None
        except NotADirectoryError:
            raise ValueError("it is a file") from None
        try:
            write = {path: (before, after) for path, (before, after) in data["write"].items()}
            return Journal(State(data["state"]), data["inode"], write, data["remove"], tuple(data["made"]))
        except (TypeError, KeyError, AttributeError, ValueError) as fault:
            raise ValueError("its journal is damaged") from fault

    def clear(self, disk: Disk) -> None:
        """Remove the staging directory, the journal last: until then it is known to be ours."""
        disk.remove_tree(self.tree)
        disk.remove_tree(self.old)
        for name in (_NEXT, _UNDO, _NAME):
            if (self.staging / name).exists():
                disk.unlink(self.staging / name)
        disk.rmdir(self.staging)
