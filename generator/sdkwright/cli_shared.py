"""What commands have in common: budgets, and how wrong usage ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from sdkwright import guard
from sdkwright.limits import Limits

EXIT_FINDINGS = 1
EXIT_USAGE = 2

Limit = Annotated[
    list[str] | None,
    typer.Option("--limit", metavar="NAME=VALUE", help="A budget of the run; may be repeated."),
]


def set_limits(texts: Sequence[str] | None) -> Limits:
    """The limits with those that a user sets; that of memory holds from now on."""
    limits = Limits()
    for text in texts or ():
        try:
            limits = limits.with_text(text)
        except ValueError as error:
            usage(str(error))
    guard.limit_memory(limits.memory_bytes)
    return limits


def usage(message: str) -> NoReturn:
    """End with a message about wrong usage."""
    Console(stderr=True, highlight=False, markup=False).print(f"error: {message}")
    raise typer.Exit(EXIT_USAGE)
