"""What a changed generator does to a package whose document stayed as it was."""

from __future__ import annotations

import io
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright import surface
from sdkwright.diagnostics import Diagnostics
from sdkwright.diff.consequence import Change, Consequence, Origin, Thing
from sdkwright.diff.git import GitError, run_git
from sdkwright.diff.levels import Level
from sdkwright.pipeline import Options, Run, generate

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Final[tuple[tuple[str, Thing], ...]] = (
    ("parameter", Thing.ARGUMENT), ("method", Thing.METHOD), ("field", Thing.FIELD), ("attribute", Thing.FIELD),
    ("property", Thing.FIELD), ("key", Thing.KEY),
)  # fmt: skip
"""What a rule of the surface is about, by how its name begins; the rest are classes and modules."""
_CHANGES: Final[Mapping[str, Change]] = MappingProxyType({
    "added": Change.NEW, "removed": Change.GONE, "renamed": Change.RENAMED, "required": Change.REQUIRED,
    "optional": Change.OPTIONAL, "deprecated": Change.DEPRECATED, "moved": Change.REORDERED,
})  # fmt: skip


def generator_changes(spec: Path, options: Options, package: str, cwd: Path) -> tuple[Consequence, ...]:
    """Compare the package at `GITREF:folder` with what its document becomes now; nothing if either is not there."""
    reference, _, folder = package.partition(":")
    with tempfile.TemporaryDirectory(prefix="sdkwright-") as holder:
        before, after = Path(holder, "before"), Path(holder, "after")
        try:
            content = run_git(cwd, "archive", "--format=tar", reference, "--", f":/{folder}/src")
        except GitError:
            return ()
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extractall(before, filter="data")
        made = generate(spec, options, Run(Diagnostics()))
        if made is None:
            return ()
        for name, text in made.files.items():
            if name.startswith("src/"):
                path = after / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text)
        old, new = before / folder / "src", after / "src"
        with suppress(surface.Unreadable):
            if _content(old) != _content(new):
                return tuple(
                    map(_consequence, surface.compare(surface.read(str(old)), surface.read(str(new))).findings)
                )
    return ()


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.py")}


def _consequence(finding: surface.Finding) -> Consequence:
    rule = finding.rule
    thing = next((thing for start, thing in _KINDS if rule.id.startswith(start)), Thing.CLASS)
    last = rule.id.rpartition("-")[2]
    level = Level.MAJOR if rule.breaking else Level.MINOR
    hint = f" ({finding.hint})" if finding.hint else ""
    meets = tuple("runtime" if who is surface.Who.RUNTIME else str(who) for who in rule.who)
    return Consequence(
        thing, _CHANGES.get(last, Change.RETYPED), finding.name, level, f"{finding.name}: {rule.says}{hint}", meets,
        finding.before, finding.after, None, None, origin=Origin.GENERATOR,
    )  # fmt: skip
