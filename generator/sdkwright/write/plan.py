"""From what was found to what will be done, and what the user has to hear about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Diagnostic, Diagnostics, Location, Refusal
from sdkwright.paths import problems

from . import manifest
from .manifest import BadManifestError
from .survey import Survey, survey

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MODULES = (".py", ".pyi")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a write does. `write` and `remove` map a path to the SHA-256 of what is there (None: nothing)."""

    write: Mapping[str, str | None]
    remove: Mapping[str, str]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    notices: tuple[Diagnostic, ...]
    """What the user has to hear if this plan is the one carried out."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.write and not self.remove


def check_paths(files: Mapping[str, bytes], shown: Path, diagnostics: Diagnostics) -> None:
    """Refuse a package with a path that some system could not hold or that leads out of the target."""
    found = list(problems([*sorted(files), manifest.NAME]))
    for path, reason in found:
        diagnostics.error(
            "write/path",
            f"The file {path!r} cannot be written: {reason}.",
            Location(shown.as_posix()),
            "Rename in the config what this file is named after.",
        )
    if found:
        raise Refusal("the package has unusable file names")


def make_plan(
    files: Mapping[str, bytes],
    target: Path,
    shown: Path,
    *,
    keep: tuple[str, ...],
    force: bool,
    diagnostics: Diagnostics,
) -> Plan:
    """Decide per file. If something stands in the way, reports it and raises `Refusal`."""
    try:
        known = manifest.read(target)
    except BadManifestError as fault:
        if not force:
            raise diagnostics.refuse(
                "write/manifest",
                f"The list of generated files cannot be used: {fault}.",
                Location((shown / manifest.NAME).as_posix()),
                "Restore it from version control, or write anyway with --force.",
            ) from fault
        known = {}
    found = survey(files, known, target, keep)
    _refuse_obstacles(found, shown, force, diagnostics)
    notices = Diagnostics()
    if not force:
        _report_kept(found, shown, notices)
    _report_stale(found, shown, notices)
    taken = {**found.edited, **found.foreign}
    return Plan(
        write={**dict.fromkeys(found.absent), **found.outdated, **(taken if force else {})},
        remove=found.stale,
        unchanged=tuple(found.same),
        kept=tuple(sorted([*found.settled, *found.stale_edited, *({} if force else taken)])),
        notices=tuple(notices.items),
    )


def _refuse_obstacles(found: Survey, shown: Path, force: bool, diagnostics: Diagnostics) -> None:
    for path in found.links:
        diagnostics.error(
            "write/symlink",
            "A symbolic link stands where a generated file belongs, or above it; links are not followed.",
            Location((shown / path).as_posix()),
            "Remove the link, or generate into another directory.",
        )
    for path in found.blocked:
        diagnostics.error(
            "write/blocked",
            "Something other than a file stands where a generated file belongs, or a file above it.",
            Location((shown / path).as_posix()),
            "Move it away, or generate into another directory.",
        )
    modules = [] if force else [path for path in found.foreign if path.endswith(_MODULES)]
    for path in modules:
        diagnostics.error(
            "write/foreign",
            "This module was not written by sdkwright, or the list of what it wrote is lost; "
            "a package that mixes the two cannot work.",
            Location((shown / path).as_posix()),
            "Generate into another directory, or replace the file with --force.",
        )
    if found.links or found.blocked or modules:
        raise Refusal("something stands in the way of the generated files")


def _report_kept(found: Survey, shown: Path, diagnostics: Diagnostics) -> None:
    for path in sorted(found.edited):
        diagnostics.warning(
            "write/edited",
            "This generated file was edited, so it stays as it is and the new version is not written.",
            Location((shown / path).as_posix()),
            "Undo the edit and move it to lib/, or replace the file with --force.",
        )
    for path in sorted(found.foreign):
        diagnostics.warning(
            "write/foreign",
            "This file was not written by sdkwright, so it stays and the generated one is not written.",
            Location((shown / path).as_posix()),
            "Rename it, or replace it with --force.",
        )


def _report_stale(found: Survey, shown: Path, diagnostics: Diagnostics) -> None:
    for path in found.stale_edited:
        diagnostics.warning(
            "write/edited",
            "This file is no longer generated, but it was edited, so it stays and is yours from now on.",
            Location((shown / path).as_posix()),
            "Delete it if nothing needs it.",
        )
