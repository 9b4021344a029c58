"""The command `surface`: two packages compared, breaking or not."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

_EXIT_FINDINGS = 1
_EXIT_USAGE = 2
_PACKAGE = "The folder of an import package, a src or distribution folder that holds one, or a name on sys.path."


def surface(
    pkg_a: Annotated[str, typer.Argument(metavar="PKG_A", help=f"The package before. {_PACKAGE}")],
    pkg_b: Annotated[str, typer.Argument(metavar="PKG_B", help="The package after, in the same forms.")],
    format: Annotated[str, typer.Option(help="text or json.")] = "text",
) -> None:
    """Compare what two packages offer to their users; exit 1 if something breaks or a module does not
    parse. No code of either package is run."""
    from sdkwright.surface import Unreadable, compare, read
    from sdkwright.surface.report import FORMATS, render

    if format not in FORMATS:
        _usage(f"--format is one of {', '.join(FORMATS)}")
    try:
        comparison = compare(read(pkg_a), read(pkg_b))
    except Unreadable as error:
        _usage(str(error))
    else:
        sys.stdout.write(render(comparison, format))
        unread = comparison.unread_old or comparison.unread_new
        raise typer.Exit(_EXIT_FINDINGS if comparison.breaking or unread else 0)


def _usage(message: str) -> None:
    Console(stderr=True, highlight=False, markup=False, soft_wrap=True).print(f"error: {message}")
    raise typer.Exit(_EXIT_USAGE)
