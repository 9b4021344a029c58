"""A workspace: `specs/<api>/` in, `generated/<api>/` out, each package on its own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from sdkwright import cache, drift, verify, write
from sdkwright.diagnostics import Diagnostic, Diagnostics, Location, Refusal, Severity
from sdkwright.pipeline import Generated, Options, Run, exhausted, generate
from sdkwright.report import located
from sdkwright.report.json import Summary
from sdkwright.source import SourceText

DOCUMENTS = ("openapi.yaml", "openapi.yml", "openapi.json", "swagger.yaml", "swagger.json")
"""What a document of a workspace may be called, the first that is there."""
_LEAST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """One package to make: its document, what goes with it, and the directory of its distribution."""

    name: str
    spec: Path
    target: Path
    options: Options
    check: bool = False
    force: bool = False
    strict: bool = False
    verify_import: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job. `diff` is what `--check` found; `changed` counts files written or removed.

    `lines` are the source lines that the diagnostics point at, so that an outcome can travel between processes.
    """

    job: Job
    failed: bool
    diagnostics: tuple[Diagnostic, ...]
    texts: dict[str, SourceText] = field(default_factory=dict[str, SourceText])
    summary: Summary | None = None
    changed: int = 0
    diff: str = ""
    seconds: float = 0.0
    from_cache: bool = False

    @property
    def unreadable(self) -> bool:
        """Whether the input could not even be read as a document."""
        return any(item.severity is Severity.ERROR and item.code.startswith("source/") for item in self.diagnostics)


def jobs(root: Path, names: tuple[str, ...], *, check: bool, force: bool, verify_import: bool) -> list[Job]:
    """The jobs of a workspace, by name; raises LookupError for a name that has no `specs/<name>/`."""
    specs = root / "specs"
    found = {path.name: path for path in sorted(specs.iterdir()) if path.is_dir()} if specs.is_dir() else {}
    unknown = [name for name in names if name not in found]
    if unknown or not found:
        raise LookupError(unknown[0] if unknown else str(specs))
    return [
        job(
            found[name],
            root / "generated" / name,
            check=check,
            force=force,
            verify_import=verify_import,
        )
        for name in (names or tuple(found))
    ]


def job(folder: Path, target: Path, *, check: bool, force: bool, verify_import: bool) -> Job:
    """The job of one folder: its document, `sdk.yaml` if there is one, and `overlay*.yaml` in the order of names."""
    spec = next((folder / name for name in DOCUMENTS if (folder / name).is_file()), folder / DOCUMENTS[0])
    config = folder / "sdk.yaml"
    options = Options(
        config=config if config.is_file() else None,
        overlays=tuple(sorted(path for path in folder.glob("overlay*.y*ml"))),
    )
    return Job(folder.name, spec, target, options, check=check, force=force, verify_import=verify_import)


def run(job: Job) -> Outcome:
    """Generate one package and publish it, or compare it with what is there."""
    start = time.perf_counter()
    state = Run(Diagnostics())
    if job.check and cache.is_current(job.spec, job.options, job.target):
        return Outcome(job, failed=False, diagnostics=(), seconds=time.perf_counter() - start, from_cache=True)
    generated = generate(job.spec, job.options, state)
    if job.strict and generated is not None:
        generated = _strict(generated, job, state)
    changed, diff = 0, ""
    if generated is not None and job.check:
        diff = drift.compare(generated.files, job.target).text()
    elif generated is not None:
        changed = _publish(job, generated, state, start + job.options.limits.seconds)
    failed = generated is None or state.diagnostics.failed or bool(diff)
    if generated is not None and not failed:
        cache.remember(job.spec, job.options, generated.files, state.texts)
    return Outcome(
        job,
        failed=failed,
        diagnostics=tuple(located(state.diagnostics.items, state.texts)),
        texts=_shown(state),
        summary=generated.summary if generated else None,
        changed=changed,
        diff=diff,
        seconds=time.perf_counter() - start,
    )


def _strict(generated: Generated, job: Job, state: Run) -> Generated | None:
    """The package, unless there is a warning."""
    warnings = sum(item.severity is Severity.WARNING for item in state.diagnostics.items)
    if not warnings:
        return generated
    what = "a warning" if warnings == 1 else f"{warnings} warnings"
    state.diagnostics.error("run/strict", f"there is {what}, and --strict allows none", Location(str(job.spec)))
    return None


def _publish(job: Job, generated: Generated, state: Run, moment: float) -> int:
    """Write the package; the import check sees the finished tree before anything changes, and ends at `moment`."""

    def check(tree: Path) -> None:
        with state.stage("import check"):
            found = verify.import_check(tree, generated.package, max(moment - time.perf_counter(), _LEAST_SECONDS))
            if found and time.perf_counter() >= moment:
                exhausted("limit/time", f"the run was not done after {limits.seconds:g} seconds", job.spec, state)
                raise Refusal("the time is up")
        if found:
            verify.report_imports(found, state.diagnostics)
            raise Refusal("the package cannot be imported")

    limits = job.options.limits

    try:
        with state.stage("write"):
            result = write.publish(
                generated.files,
                job.target,
                force=job.force,
                diagnostics=state.diagnostics,
                before_publish=check if job.verify_import else None,
            )
    except Refusal:
        return 0
    return len(result.written) + len(result.removed)


def _shown(state: Run) -> dict[str, SourceText]:
    """The texts that the diagnostics need."""
    files = {item.location.file for item in state.diagnostics.items}
    return {name: text for name, text in state.texts.items() if name in files}
