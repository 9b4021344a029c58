"""`python -m tests.surface SURFACE_JSON PACKAGE`: how much of a published surface a generated package has.

Exit code 1 if less than it takes: all public symbols and parameters, 98 % of bases and of what is semi-public, and at
most 1 % of symbols that nobody asked for.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, cast

import typer
import yaml
from rich.console import Console
from rich.table import Table
from sdkwright.surface.load import load
from sdkwright.surface.locate import Unreadable, locate

from tests.surface.inventory import Inventory
from tests.surface.measure import HAND_WRITTEN, Expected, Score, measure


def main(
    surface: Annotated[Path, typer.Argument(help="A surface.json.", exists=True, dir_okay=False)],
    package: Annotated[str, typer.Argument(help="The package: its folder, a src or distribution folder.")],
    exclude: Annotated[
        list[str] | None, typer.Option(help=f"A hand-written module; by default {', '.join(HAND_WRITTEN)}.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="The config of the published package; by default `stainless.yml` beside it.")
    ] = None,
    misses: Annotated[int, typer.Option(help="How many misses to show of each kind; -1 for all.")] = 20,
) -> None:
    """Hold a package against the surface of a published one."""
    console = Console(width=None if Console().is_terminal else 200, highlight=False, markup=False)
    expected = cast(Expected, json.loads(surface.read_text("utf-8")))
    try:
        inventory = Inventory(load(locate(package)))
        options = _options(config or surface.with_name("stainless.yml"))
        scores = measure(expected, inventory, tuple(exclude or HAND_WRITTEN), options)
    except Unreadable as error:
        console.print(f"error: {error}")
        raise typer.Exit(2) from error
    for score in scores:
        shown = score.misses if misses < 0 else score.misses[:misses]
        for miss in shown:
            console.print(f"{score.what}: {miss}")
        if len(score.misses) > len(shown):
            console.print(f"{score.what}: {len(score.misses) - len(shown)} more")
    console.print(_table(scores))
    raise typer.Exit(0 if all(score.good for score in scores) else 1)


def _options(config: Path) -> Collection[str] | None:
    """The options of the client that a config names, None without a config."""
    if not config.is_file():
        return None
    settings = yaml.safe_load(config.read_text("utf-8")).get("client_settings", {})
    return cast("Collection[str]", settings.get("opts", {}).keys())


def _table(scores: list[Score]) -> Table:
    table = Table("what", "expected", "misses", "share", "at least", "")
    for score in scores:
        verdict = "ok" if score.good else "short"
        figures = (str(score.total), str(len(score.misses)), f"{score.share:.2%}", f"{score.least:.0%}", verdict)
        table.add_row(score.what, *figures)
    return table


if __name__ == "__main__":
    typer.run(main)
