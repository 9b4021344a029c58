"""The rows of the result and how they are shown."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rich.table import Table
from sdkwright import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SHOWN_VERSIONS = ("httpx2", "pydantic", "openai", "openapi-generator-cli", "openapi-python-client")


@dataclass(frozen=True, slots=True)
class Budget:
    """What a row promises, in words, and whether it kept it."""

    text: str
    met: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `cpu` is empty where only the clock matters; no `budget`: the row is there to compare with."""

    section: str
    what: str
    wall: str
    cpu: str = ""
    ratio: str = ""
    kept: str = ""
    budget: Budget | None = None


def seconds(value: float) -> str:
    """A time as people read it: seconds, and milliseconds below one second."""
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"


def missed(rows: Iterable[Row]) -> list[Row]:
    """The rows that did not keep their budget."""
    return [row for row in rows if row.budget is not None and not row.budget.met]


def table(rows: Sequence[Row], *, title: str) -> Table:
    """All rows in one table, with the versions under it."""
    shown = Table(title=title, caption=_versions(), caption_justify="left")
    for heading in ("what", "wall", "cpu", "ratio", "operations", "budget", ""):
        shown.add_column(heading, justify="left" if heading in ("what", "budget") else "right")
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            shown.add_section()
            shown.add_row(f"[bold]{section}[/bold]")
        budget = row.budget
        verdict = "" if budget is None else "[green]met[/green]" if budget.met else "[red]missed[/red]"
        text = "" if budget is None else budget.text
        shown.add_row(f"  {row.what}", row.wall, row.cpu, row.ratio, row.kept, text, verdict)
    return shown


def _versions() -> str:
    found = [f"Python {platform.python_version()}", f"sdkwright {__version__}"]
    for name in _SHOWN_VERSIONS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return "Medians of alternating runs. " + ", ".join(found)
