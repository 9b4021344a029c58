"""The command line. What it prints for people goes to stderr, results go to stdout; see `--help` for exit codes."""

from __future__ import annotations

import os
import sys
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from sdkwright import __version__, signals
from sdkwright.cli_diff import ReviewFailOn, ReviewFormat, ReviewOutput, ReviewPolicy, Wanted, diff
from sdkwright.cli_review import review_workspace
from sdkwright.cli_shared import EXIT_FINDINGS, EXIT_USAGE, Limit, set_limits, usage
from sdkwright.cli_surface import surface

_EXIT_SIGINT = 130

app = typer.Typer(
    name="sdkwright",
    help="Turn OpenAPI documents into Python SDKs.",
    epilog="Exit codes: 0 fine; 1 findings (drift, errors in the input); 2 wrong usage or unreadable input.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show every diagnostic and every stage.")]
VerifyImport = Annotated[
    bool,
    typer.Option(help="Import the finished package in a child process before it is published."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite generated files that somebody edited.")]


def main() -> None:
    """The entry point: runs a command and turns interruptions into exit codes, never into tracebacks."""
    try:
        with signals.interruptible():
            app()
    except KeyboardInterrupt:
        _stop(_EXIT_SIGINT)
    except signals.Terminated:
        _stop(signals.Terminated.status)
    except BrokenProcessPool:
        Console(stderr=True, highlight=False).print(
            "error: a process that wrote a package was killed, by the system if memory ran out; packages that are not "
            "named above are the old ones. Run it again, with `--jobs 1` if memory is short."
        )
        sys.exit(EXIT_FINDINGS)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FINDINGS)
    except OSError as fault:  # of a file that a user named: its directory is missing, its name too long
        place = str(fault.filename)[:200] if fault.filename else "the system"
        Console(stderr=True, highlight=False, markup=False).print(f"error: {place}: {fault.strerror or fault}")
        sys.exit(EXIT_USAGE)


def _stop(code: int) -> None:
    Console(stderr=True).print("Stopped; every package is the old one or the new one, none is half written.")
    sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sdkwright {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Turn OpenAPI documents into Python SDKs."""


@app.command()
def regenerate(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Packages; all by default.")] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; show a diff and exit 1 if out of date.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Packages at a time; 0: one per core.")] = 0,
    workspace_dir: Annotated[
        Path, typer.Option("--workspace", help="The directory that holds specs/ and generated/.")
    ] = Path(),
    verify_import: VerifyImport = True,
    force: Force = False,
    verbose: Verbose = False,
    review: Annotated[
        bool, typer.Option("--review", help="Write nothing; say what changes since the merge base mean.")
    ] = False,
    base: Annotated[str, typer.Option(metavar="REF", help="With --review: the branch to merge into.")] = "",
    format: ReviewFormat = "text",
    output: ReviewOutput = None,
    policy: ReviewPolicy = None,
    fail_on: ReviewFailOn = "breaking",
    limit: Limit = None,
) -> None:
    """Generate every specs/NAME into generated/NAME."""
    from sdkwright import workspace
    from sdkwright.run import run_jobs

    limits = set_limits(limit)
    if review:
        review_workspace(workspace_dir, tuple(names or ()), base, limits, Wanted(format, output, policy, fail_on))
    try:
        todo = workspace.jobs(workspace_dir, tuple(names or ()), check=check, force=force, verify_import=verify_import)
    except LookupError as error:
        usage(f"there is no {Path(error.args[0]).name or error.args[0]!r} in {workspace_dir / 'specs'}")
    todo = [replace(job, options=replace(job.options, limits=limits)) for job in todo]
    outcomes = run_jobs(todo, jobs or os.cpu_count() or 1, verbose=verbose)
    for outcome in outcomes:
        sys.stdout.write(outcome.diff)
    raise typer.Exit(EXIT_FINDINGS if any(outcome.failed for outcome in outcomes) else 0)


@app.command()
def generate(
    spec: Annotated[Path, typer.Argument(help="An OpenAPI document, YAML or JSON.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The directory of the distribution.")],
    config: Annotated[Path | None, typer.Option(help="The config (sdk.yaml).")] = None,
    overlay: Annotated[list[Path] | None, typer.Option(help="An OpenAPI Overlay; may be repeated.")] = None,
    root: Annotated[
        list[Path] | None, typer.Option("--root", help="A further directory that $refs may lead into.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write a report of the run as JSON.")] = None,
    limit: Limit = None,
    verify_import: VerifyImport = True,
    force: Force = False,
    verbose: Verbose = False,
) -> None:
    """Generate the package of one document."""
    from sdkwright import workspace
    from sdkwright.pipeline import Options
    from sdkwright.run import run_jobs, write_report

    for path in (spec, *([config] if config else []), *(overlay or [])):
        if not path.is_file():
            usage(f"{path} is not a file")
    options = Options(config, tuple(overlay or ()), tuple(root or ()), set_limits(limit))
    job = workspace.Job(spec.stem, spec, output, options, strict=strict, force=force, verify_import=verify_import)
    (outcome,) = run_jobs([job], 1, verbose=verbose)
    if report is not None:
        write_report(outcome, report)
    if outcome.unreadable:
        raise typer.Exit(EXIT_USAGE)
    raise typer.Exit(EXIT_FINDINGS if outcome.failed else 0)


@app.command()
def lint(
    spec: Annotated[Path, typer.Argument(help="An OpenAPI document, YAML or JSON.")],
    config: Annotated[Path | None, typer.Option(help="The config (sdk.yaml).")] = None,
    format: Annotated[str, typer.Option(help="text, json or github.")] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
) -> None:
    """Show what a generation would say about a document, without writing anything."""
    from sdkwright.run import FORMATS, lint_document

    if format not in FORMATS:
        usage(f"--format is one of {', '.join(FORMATS)}")
    for path in (spec, *([config] if config else [])):
        if not path.is_file():
            usage(f"{path} is not a file")
    set_limits(())
    failed = lint_document(spec, config, format, strict=strict)
    raise typer.Exit(EXIT_FINDINGS if failed else 0)


@app.command()
def init(
    spec: Annotated[Path | None, typer.Argument(help="An OpenAPI document, YAML or JSON.")] = None,
    inherited: Annotated[
        Path | None, typer.Option("--from", help="The config of the hosted generator (stainless.yml) to take over.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The directory to write sdk.yaml into; stdout by default.")
    ] = None,
) -> None:
    """Write a config: what would be inferred from a document, or one that is taken over, with what will differ."""
    from sdkwright.run import initial_config, taken_over

    source = inherited or spec
    if source is None or not source.is_file():
        usage("name an OpenAPI document, or a config with --from" if source is None else f"{source} is not a file")
    set_limits(())
    target = output / "sdk.yaml" if output else None
    if target is not None and target.exists():
        usage(f"{target} is there already; move it away first")
    text = taken_over(inherited, spec) if inherited else initial_config(source)
    if text is None:
        raise typer.Exit(EXIT_FINDINGS)
    if target is None:
        sys.stdout.write(text)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"wrote {target}")


app.command()(surface)
app.command()(diff)
