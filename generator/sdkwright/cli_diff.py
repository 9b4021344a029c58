"""`sdkwright diff`: what a change of a document does on the wire and to people who import the package."""

from __future__ import annotations

import datetime
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

_EXIT_FINDINGS = 1
_EXIT_USAGE = 2
_FAIL_ON = ("breaking", "warning", "none")


def diff(
    base: Annotated[str, typer.Argument(help="The older document: a path, or GITREF:path.")],
    revision: Annotated[str, typer.Argument(help="The newer document: a path, or GITREF:path.")],
    config: Annotated[Path | None, typer.Option(help="The config (sdk.yaml), for the verdict on Python.")] = None,
    policy: Annotated[
        Path | None, typer.Option(help="Severities, grace periods and accepted changes (docs/diff-policy.md).")
    ] = None,
    format: Annotated[str, typer.Option(help="text, json, markdown, github, sarif or junit.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.")] = None,
    fail_on: Annotated[str, typer.Option(help="Exit 1 on: breaking, warning or none.")] = "breaking",
    root: Annotated[
        list[Path] | None, typer.Option("--root", help="A further directory that $refs may lead into.")
    ] = None,
    python: Annotated[bool, typer.Option(help="Compare the generated packages too.")] = True,
) -> None:
    """Compare two versions of a document: who breaks, and why."""
    from sdkwright.config import Config
    from sdkwright.config import load as load_config
    from sdkwright.diagnostics import Diagnostics, Refusal, Severity
    from sdkwright.diff.python import compare_packages
    from sdkwright.diff.report import FORMATS
    from sdkwright.diff.review import fails, review
    from sdkwright.diff.settings import Settings, load_settings
    from sdkwright.diff.sides import Reading, open_side
    from sdkwright.limits import Limits
    from sdkwright.report.console import print_diagnostics
    from sdkwright.source import SourceText

    console = Console(stderr=True, highlight=False)
    for name, value, known in (("--format", format, tuple(FORMATS)), ("--fail-on", fail_on, _FAIL_ON)):
        if value not in known:
            console.print(f"error: {name} is one of {', '.join(known)}", markup=False)
            raise typer.Exit(_EXIT_USAGE)
    diagnostics, texts, limits = Diagnostics(), dict[str, SourceText](), Limits()
    today = datetime.datetime.now(datetime.UTC).date()
    try:
        with ExitStack() as stack:
            settings = load_settings(policy, limits, diagnostics) if policy else Settings()
            chosen = load_config(config, limits, diagnostics, texts) if config else Config()
            reading = Reading(chosen, roots=tuple(root or ()), limits=limits)
            sides = [
                stack.enter_context(open_side(name, reading, diagnostics, texts)) for name in (base, revision)
            ]  # fmt: skip
            if diagnostics.failed:
                raise Refusal("a document has errors")
            packages = compare_packages(sides[0], sides[1], reading) if python else None
            result = review(sides[0], sides[1], settings, today, packages)
    except Refusal:
        errors = [item for item in diagnostics.items if item.severity is Severity.ERROR]
        print_diagnostics(errors, texts, console)
        raise typer.Exit(_EXIT_USAGE) from None
    text = FORMATS[format](result)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, "utf-8")
    raise typer.Exit(_EXIT_FINDINGS if fails(result, fail_on) else 0)
