"""Running jobs for a person who watches: progress, diagnostics, one line a package."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sdkwright import signals, source, workspace
from sdkwright.config import parse
from sdkwright.diagnostics import Diagnostics, Refusal, Severity
from sdkwright.inheritance import differences, inherited_config
from sdkwright.limits import Limits
from sdkwright.pipeline import Options, Run, generate, outline
from sdkwright.report import github, json, located, sanitise
from sdkwright.report.console import print_diagnostics
from sdkwright.starter import starter_config
from sdkwright.workspace import Job, Outcome

FORMATS = ("text", "json", "github")


def run_jobs(jobs: Sequence[Job], workers: int, *, verbose: bool) -> list[Outcome]:
    """Run jobs, several at a time, and say what came of each; the outcomes are in the order of the jobs."""
    console = Console(stderr=True, highlight=False)
    found: dict[Path, Outcome] = {}
    with _progress(console, len(jobs)) as advance:
        for outcome in _outcomes(jobs, min(workers, len(jobs))):
            found[outcome.job.target] = outcome
            advance()
            _say(outcome, console, verbose=verbose)
    return [found[job.target] for job in jobs]


def _outcomes(jobs: Sequence[Job], workers: int) -> Iterator[Outcome]:
    if workers <= 1:
        yield from map(workspace.run, jobs)
        return
    done: SimpleQueue[Future[Outcome]] = SimpleQueue()  # unlike `as_completed` it holds no lock when a signal comes
    with ProcessPoolExecutor(workers, initializer=signals.by_default) as pool:
        try:
            with signals.shielded():
                for job in jobs:
                    pool.submit(_work, job).add_done_callback(done.put)
            for _ in jobs:
                yield done.get().result()
        except BaseException:
            for worker in multiprocessing.active_children():
                worker.terminate()  # it rolls back what it is at; `shutdown` waits for that
            pool.shutdown(cancel_futures=True)
            raise


def _work(job: Job) -> Outcome:
    return signals.end_quietly(lambda: workspace.run(job))


@contextmanager
def _progress(console: Console, total: int) -> Generator[Callable[[], None]]:
    """A bar on a terminal, nothing elsewhere (the lines that are printed tell the progress there)."""
    columns = (TextColumn("generating"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def _say(outcome: Outcome, console: Console, *, verbose: bool) -> None:
    job = outcome.job
    shown = (
        outcome.diagnostics if verbose else [item for item in outcome.diagnostics if item.severity is not Severity.NOTE]
    )
    print_diagnostics(shown, outcome.texts, console, verbose=verbose)
    console.print(f"{sanitise(job.name)}: {_result(outcome)}", markup=False, soft_wrap=True)
    if verbose and outcome.summary is not None:
        stages = ", ".join(f"{stage} {spent:.2f} s" for stage, spent in outcome.summary.seconds.items())
        console.print(f"  {stages}", markup=False, soft_wrap=True)


def _result(outcome: Outcome) -> str:
    """One line: what was done, how much of it, how long it took."""
    took = f"{outcome.seconds:.1f} s"
    if outcome.from_cache or (outcome.job.check and not outcome.failed):
        return f"up to date ({took})"
    if outcome.diff:
        return f"out of date ({took})"
    if outcome.failed or outcome.summary is None:
        return f"failed, nothing was written ({took})"
    summary = outcome.summary
    kept = "" if not summary.excluded else f" ({summary.excluded} left out by the config)"
    counts = f"{summary.generated} operations{kept}, {summary.models} types, {summary.files} files"
    return f"{counts}, {outcome.changed or 'none'} changed ({took})"


def write_report(outcome: Outcome, path: Path) -> None:
    """Write the report of a run as JSON."""
    summary = outcome.summary or json.Summary(str(outcome.job.spec), "")
    path.write_text(json.render(summary, outcome.diagnostics, outcome.texts), "utf-8")


def lint_document(spec: Path, config: Path | None, format_: str, *, strict: bool) -> bool:
    """Print the diagnostics of a document; returns whether it would fail."""
    state = Run(Diagnostics())
    generated = generate(spec, Options(config), state)
    warned = any(item.severity is Severity.WARNING for item in state.diagnostics.items)
    match format_:
        case "json":
            summary = generated.summary if generated else json.Summary(str(spec), "")
            sys.stdout.write(json.render(summary, state.diagnostics.items, state.texts))
        case "github":
            sys.stdout.write(github.commands(state.diagnostics.items, state.texts))
        case _:
            console = Console(
                highlight=False,
                width=None if sys.stdout.isatty() else 200,
                no_color="NO_COLOR" in os.environ,
            )
            print_diagnostics(state.diagnostics.items, state.texts, console, verbose=True)
    return generated is None or (strict and warned)


def initial_config(spec: Path) -> str | None:
    """The config to start from; None if the document has errors, which are shown."""
    state = Run(Diagnostics())
    planned = outline(spec, Options(), state)
    errors = [item for item in state.diagnostics.items if item.severity is Severity.ERROR]
    print_diagnostics(errors, state.texts, Console(stderr=True, highlight=False), verbose=False)
    return starter_config(planned, spec) if planned else None


def taken_over(config: Path, spec: Path | None) -> str | None:
    """The `sdk.yaml` of an inherited config; None if it has errors, or none against the document."""
    state = Run(Diagnostics())
    console = Console(stderr=True, highlight=False)
    try:
        data, text = source.load(config, str(config), Limits(), state.diagnostics, state.texts)
        if spec is None:
            parse(data, str(config), state.diagnostics, text.text)
    except Refusal:
        print_diagnostics(state.diagnostics.items, state.texts, console, verbose=False)
        return None
    if spec is not None:
        state = Run(Diagnostics())
        outline(spec, Options(config), state)
        print_diagnostics(state.diagnostics.items, state.texts, console, verbose=False)
        if state.diagnostics.failed:
            return None
    console.print("What will differ from the package that is published:")
    for line in differences(located(state.diagnostics.items, state.texts)):
        console.print(f"  - {sanitise(line)}", markup=False, soft_wrap=True)
    return inherited_config(data, text.text)
