"""One review from beginning to end: both sides are read, their packages planned, everything compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sdkwright.config import Config
from sdkwright.config import load as load_config
from sdkwright.diagnostics import Refusal
from sdkwright.diff.files import Files
from sdkwright.diff.review import Review, review
from sdkwright.diff.sides import Reading, Side, read_side

if TYPE_CHECKING:
    import datetime

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.diff.consequence import Consequence
    from sdkwright.diff.python import Packages
    from sdkwright.diff.settings import Settings
    from sdkwright.limits import Limits
    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Input:
    """A side as the user names it: each a path, or `GITREF:path`. `config` is "" without one."""

    document: str
    config: str = ""
    overlays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What to compare and how. With `python` the packages are compared too; `roots` are directories for references."""

    base: Input
    revision: Input
    settings: Settings
    limits: Limits
    today: datetime.date
    roots: tuple[Path, ...] = ()
    python: bool = True
    cwd: Path = field(default_factory=Path)
    name: str = ""
    """How a review of several APIs calls this one."""
    package: str = ""
    """The folder of a generated package, `GITREF:path`, that the base was made into."""

    def run(self, diagnostics: Diagnostics, texts: dict[str, SourceText]) -> Review:
        """The review. Raises `Refusal` for what cannot be read, with the errors in `diagnostics`."""
        with Files(diagnostics, texts, self.limits, self.cwd) as files:
            read = _Reader(self, files, diagnostics, texts)
            old, new = read.config(self.base.config), read.config(self.revision.config)
            base, revision = read.side(self.base, new), read.side(self.revision, new)
            if diagnostics.failed:
                raise Refusal("a document has errors")
            packages = read.packages(base, revision, old, new) if self.python else None
            result = review(base, revision, self.settings, self.today, packages)
        return replace(result, name=self.name)


@dataclass(frozen=True, slots=True)
class _Reader:
    job: Job
    files: Files
    diagnostics: Diagnostics
    texts: dict[str, SourceText]

    def config(self, name: str) -> Config:
        if not name:
            return Config()
        return load_config(self.files.find(name).path, self.job.limits, self.diagnostics, self.texts)

    def side(self, item: Input, config: Config) -> Side:
        overlays = tuple(self.files.find(name).path for name in item.overlays)
        reading = Reading(config, overlays, self.job.roots, self.job.limits)
        return read_side(self.files.find(item.document), reading, self.diagnostics, self.texts)

    def packages(self, base: Side, revision: Side, old: Config, new: Config) -> Packages:
        """The packages of both sides. What plans and compares them is imported only here, since it takes its time."""
        from sdkwright.diff.python import Versions, plan_packages

        versions = Versions(base, revision, old, new, self._crossed(base, revision, old, new))
        if versions.crossed and old.openapi != new.openapi:
            versions = replace(versions, base=self.side(self.job.base, old))
        found = plan_packages(versions, self.job.limits)
        return replace(found, further=self._generator()) if self.job.package else found

    def _crossed(self, base: Side, revision: Side, old: Config, new: Config) -> tuple[Side, Side] | None:
        """Each document with the other's config, which changes how it is read by transforms only."""
        if old == new:
            return None
        return base, revision if old.openapi == new.openapi else self.side(self.job.revision, old)

    def _generator(self) -> tuple[Consequence, ...]:
        """What this generator makes of the base that the one before did not."""
        from sdkwright.diff.generator import generator_changes
        from sdkwright.pipeline import Options

        job = self.job
        overlays = tuple(self.files.find(name).path for name in job.base.overlays)
        config = self.files.find(job.base.config).path if job.base.config else None
        options = Options(config, overlays, job.roots, job.limits)
        return generator_changes(self.files.find(job.base.document).path, options, job.package, job.cwd)
