"""`sdkwright diff`: what a change of a document does on the wire and to people who import the package."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from sdkwright.cli_shared import EXIT_FINDINGS, EXIT_USAGE, Limit, set_limits, usage
from sdkwright.diagnostics import Diagnostics, Severity
from sdkwright.source import SourceText

FAIL_ON = ("breaking", "warning", "none")
_SUFFIXES = {
    "text": ".txt", "json": ".json", "markdown": ".md", "html": ".html", "changelog": ".changelog.md",
    "github": ".github.txt", "sarif": ".sarif", "junit": ".junit.xml",
}  # fmt: skip

ReviewFormat = Annotated[
    str,
    typer.Option(
        help="Of a review: text, json, markdown, html, changelog, github, sarif or junit; several with commas "
        "between them go to files that begin like --output."
    ),
]
ReviewOutput = Annotated[Path | None, typer.Option("-o", "--output", help="Write a review to a file.")]
ReviewPolicy = Annotated[
    Path | None, typer.Option(help="Severities, grace periods and accepted changes (docs/diff-policy.md).")
]
ReviewFailOn = Annotated[str, typer.Option(help="Exit 1 if a review finds: breaking, warning or none.")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a review is shown, and what makes it fail. `format` may be several with commas between them."""

    format: str
    output: Path | None
    policy: Path | None
    fail_on: str

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that were asked for."""
        return tuple(self.format.split(","))

    def check(self) -> None:
        """End with a message if a choice is unknown."""
        from sdkwright.diff.report import FORMATS

        for each in self.formats:
            if each not in FORMATS:
                usage(f"--format is one of {', '.join(FORMATS)}")
        if self.fail_on not in FAIL_ON:
            usage(f"--fail-on is one of {', '.join(FAIL_ON)}")
        if len(self.formats) > 1 and self.output is None:
            usage("several formats need --output: how their files begin")

    def write(self, texts: Sequence[str]) -> None:
        """Write the reports, one for each format, to where they belong."""
        if self.output is None:
            from sdkwright.diff.report.text import wrapped

            fit = self.format == "text" and sys.stdout.isatty()
            sys.stdout.write(wrapped(texts[0], shutil.get_terminal_size().columns) if fit else texts[0])
            return
        for name, text in zip(self.formats, texts, strict=True):
            path = self.output if len(texts) == 1 else self.output.with_name(f"{self.output.name}{_SUFFIXES[name]}")
            try:
                path.write_text(text, "utf-8")
            except OSError as error:
                usage(f"{path} cannot be written: {error.strerror}")


def diff(
    base: Annotated[str, typer.Argument(help="The older document: a path, or GITREF:path.")],
    revision: Annotated[str, typer.Argument(help="The newer document: a path, or GITREF:path.")],
    config: Annotated[
        str,
        typer.Option(metavar="FILE", help="The config (sdk.yaml), a path or GITREF:path, for the verdict on Python."),
    ] = "",
    base_config: Annotated[
        str,
        typer.Option(
            metavar="FILE",
            help="The config of the older document; --config as it was at GITREF, else --config itself.",
        ),
    ] = "",
    policy: ReviewPolicy = None,
    format: ReviewFormat = "text",
    output: ReviewOutput = None,
    fail_on: ReviewFailOn = "breaking",
    root: Annotated[
        list[Path] | None, typer.Option("--root", help="A further directory that $refs may lead into.")
    ] = None,
    python: Annotated[bool, typer.Option(help="Compare the generated packages too.")] = True,
    limit: Limit = None,
) -> None:
    """Compare two versions of a document: who breaks, and why."""
    from sdkwright.diagnostics import Refusal
    from sdkwright.diff.git import as_of
    from sdkwright.diff.guarded import guarded
    from sdkwright.diff.job import Input, Job
    from sdkwright.diff.report import FORMATS
    from sdkwright.diff.review import fails
    from sdkwright.diff.settings import Settings, load_settings

    wanted = Wanted(format, output, policy, fail_on)
    wanted.check()
    limits = set_limits(limit)
    diagnostics, texts = Diagnostics(), dict[str, SourceText]()
    try:
        with guarded(limits, diagnostics, revision):
            settings = load_settings(policy, limits, diagnostics) if policy else Settings()
            sides = Input(base, base_config or as_of(config, base, Path())), Input(revision, config)
            job = Job(*sides, settings, limits, today(), tuple(root or ()), python)
            result = job.run(diagnostics, texts)
            written = [FORMATS[name](result) for name in wanted.formats]
    except Refusal:
        refuse(diagnostics, texts)
    wanted.write(written)
    raise typer.Exit(EXIT_FINDINGS if fails(result, fail_on) else 0)


def today() -> datetime.date:
    """The day that sunsets and expiry dates are compared with, in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def refuse(diagnostics: Diagnostics, texts: dict[str, SourceText]) -> NoReturn:
    """Show the errors and end."""
    from sdkwright.report.console import print_diagnostics

    errors = [item for item in diagnostics.items if item.severity is Severity.ERROR]
    print_diagnostics(errors, texts, Console(stderr=True, highlight=False))
    raise typer.Exit(EXIT_USAGE)
