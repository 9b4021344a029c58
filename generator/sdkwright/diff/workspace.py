"""The reviews of a workspace: every API whose document, config or package changed since the merge base."""

from __future__ import annotations

import fnmatch
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from sdkwright import workspace
from sdkwright.diagnostics import Location
from sdkwright.diff.git import GitError, run_git
from sdkwright.diff.job import Input, Job
from sdkwright.diff.removed import removed

if TYPE_CHECKING:
    import datetime

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.diff.review import Review
    from sdkwright.diff.settings import Settings
    from sdkwright.limits import Limits
    from sdkwright.source import SourceText

_BRANCHES: Final = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Where a branch is merged into, if nobody says so; the first that there is."""
_SHOWN: Final = 10
"""Digits of a commit."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The reviews by name, and what else there is to say, a line each."""

    reviews: tuple[Review, ...]
    remarks: tuple[str, ...]


def review_changes(
    root: Path, names: tuple[str, ...], base: str, settings: Settings, limits: Limits, today: datetime.date,
    diagnostics: Diagnostics, texts: dict[str, SourceText],
) -> Changes:  # fmt: skip
    """Review what changed between the merge base with `base` and the working tree, of all APIs or of some.

    Raises `Refusal` if git cannot tell, or for what cannot be read.
    """
    try:
        tree = _Tree.of(root, base)
        changed = tree.changed()
    except GitError as fault:
        message = f"the merge base with {base or 'the main branch'} cannot be found: {fault}"
        hint = "name the branch with --base; a shallow clone has to fetch its history first (fetch-depth: 0)"
        raise diagnostics.refuse("source/git", message, Location(str(root)), hint) from None
    reviews: list[Review] = []
    remarks: list[str] = []
    for name in sorted(changed if not names else changed & set(names)):
        before, after = tree.before(name), tree.after(name)
        if before is None:
            remarks.append(f"{name}: new, so there is nothing to compare it with")
        elif after is None:
            valid = [entry for entry in settings.accept if entry.expires is None or entry.expires >= today]
            reviews.append(removed(name, before.document, valid))
        else:
            package = f"{tree.commit}:{tree.prefix}generated/{name}"
            job = Job(before, after, settings, limits, today, cwd=root, name=name, package=package)
            reviews.append(job.run(diagnostics, texts))
    if not reviews and not remarks:
        remarks.append(f"no API changed since {tree.commit}")
    return Changes(tuple(reviews), tuple(remarks))


@dataclass(frozen=True, slots=True)
class _Tree:
    """A workspace in a repository: `prefix` is its folder there, `files` those of `specs/` at the merge base."""

    root: Path
    prefix: str
    commit: str
    files: frozenset[str]

    @classmethod
    def of(cls, root: Path, base: str) -> _Tree:
        prefix = run_git(root, "rev-parse", "--show-prefix").decode().strip()
        found = run_git(root, "merge-base", "--", base or _branch(root), "HEAD").decode().strip()
        listed = run_git(root, "ls-tree", "-r", "-z", "--name-only", found, "--", "specs")
        return cls(root, prefix, found[:_SHOWN], frozenset(filter(None, listed.decode(errors="replace").split("\0"))))

    def changed(self) -> set[str]:
        """The APIs with a file that is not as it was, committed or not."""
        places = ("specs", "generated")
        listed = run_git(self.root, "diff", "--name-only", "--relative", "-z", self.commit, "--", *places)
        listed += run_git(self.root, "ls-files", "--others", "--exclude-standard", "-z", "--", "specs")
        paths = (PurePosixPath(name) for name in filter(None, listed.decode(errors="replace").split("\0")))
        return {path.parts[1] for path in paths if len(path.parts) > 2}

    def before(self, name: str) -> Input | None:
        """An API at the merge base."""
        mine = sorted(file.removeprefix(f"specs/{name}/") for file in self.files if file.startswith(f"specs/{name}/"))
        document = next((each for each in workspace.DOCUMENTS if each in mine), None)
        start = f"{self.commit}:{self.prefix}specs/{name}/"
        overlays = tuple(f"{start}{each}" for each in mine if fnmatch.fnmatch(each, "overlay*.y*ml"))
        config = f"{start}sdk.yaml" if "sdk.yaml" in mine else ""
        return Input(f"{start}{document}", config, overlays) if document else None

    def after(self, name: str) -> Input | None:
        """An API in the working tree."""
        job = workspace.job(
            self.root / "specs" / name, self.root, check=True, force=False, verify_import=False
        )  # fmt: skip
        options = job.options
        if not job.spec.is_file():
            return None
        return Input(str(job.spec), str(options.config or ""), tuple(map(str, options.overlays)))


def _branch(root: Path) -> str:
    asked = os.environ.get("GITHUB_BASE_REF")
    for name in (*([f"origin/{asked}"] if asked else []), *_BRANCHES):
        try:
            run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except GitError:
            continue
        return name
    raise GitError("there is no branch to compare with")
