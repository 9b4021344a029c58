"""The fixed facts of one write, handed from step to step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostics, Location

from .plan import Plan, make_plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .disk import Disk
    from .journal import Workspace


@dataclass(frozen=True, slots=True)
class Job:
    """`files` include the manifest; `shown` is the target as the user named it."""

    files: Mapping[str, bytes]
    shown: Path
    keep: tuple[str, ...]
    force: bool
    diagnostics: Diagnostics
    disk: Disk
    space: Workspace

    def plan(self) -> Plan:
        """Compare with the disk as it is now."""
        target = self.space.target
        if target.exists() and not target.is_dir():
            raise self.diagnostics.refuse(
                "write/blocked",
                "The output must be a directory and this is a file.",
                Location(self.shown.as_posix()),
                "Name another directory.",
            )
        return make_plan(
            self.files,
            target,
            self.shown,
            keep=self.keep,
            force=self.force,
            diagnostics=self.diagnostics,
        )
