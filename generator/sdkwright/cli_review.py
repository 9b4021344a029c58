"""`sdkwright regenerate --review`: every API that changed since the merge base, in one review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

from sdkwright.cli_diff import Wanted, refuse, today
from sdkwright.cli_shared import EXIT_FINDINGS
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.source import SourceText

if TYPE_CHECKING:
    from sdkwright.limits import Limits


def review_workspace(root: Path, names: tuple[str, ...], base: str, limits: Limits, wanted: Wanted) -> NoReturn:
    """Review what changed, and end with the exit code of the gravest review."""
    from sdkwright.diff.guarded import guarded
    from sdkwright.diff.report import JOINED
    from sdkwright.diff.review import fails
    from sdkwright.diff.settings import Settings, load_settings
    from sdkwright.diff.workspace import review_changes

    wanted.check()
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    diagnostics, texts = Diagnostics(), dict[str, SourceText]()
    try:
        with guarded(limits, diagnostics, str(root)):
            settings = load_settings(wanted.policy, limits, diagnostics) if wanted.policy else Settings()
            found = review_changes(root, names, base, settings, limits, today(), diagnostics, texts)
            written = [JOINED[name](found.reviews) for name in wanted.formats]
    except Refusal:
        refuse(diagnostics, texts)
    for line in found.remarks:
        console.print(line)
    wanted.write(written)
    raise typer.Exit(EXIT_FINDINGS if any(fails(each, wanted.fail_on) for each in found.reviews) else 0)
