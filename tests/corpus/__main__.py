"""`python -m tests.corpus FOLDER`: every document of a folder, as a table.

The folder holds a `ROOTS.csv` with the columns `name` and `root` (the path of each root document), or one document a
subfolder. Exit code 1 if a document loses an operation, does not import or has type errors.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tests.corpus.documents import documents
from tests.corpus.measure import Measured, measure


def main(
    folder: Annotated[Path, typer.Argument(help="The folder of documents.", exists=True, file_okay=False)],
    only: Annotated[list[str] | None, typer.Option(help="A document by name; may be repeated.")] = None,
    types: Annotated[bool, typer.Option(help="Run pyright and mypy over each package.")] = True,
    seconds: Annotated[float, typer.Option(help="The longest that one generation may take.")] = 120.0,
    keep: Annotated[Path | None, typer.Option(help="Where the packages are left for a look.")] = None,
) -> None:
    """Generate, import and type-check every document of a folder."""
    console = Console(width=None if sys.stdout.isatty() else 200)
    chosen = {name: path for name, path in documents(folder).items() if not only or name in only}
    found: list[Measured] = []
    with tempfile.TemporaryDirectory(prefix="sdkwright-corpus-") as scratch:
        for name, spec in chosen.items():
            root = folder / spec.relative_to(folder).parts[0]
            target = (keep or Path(scratch)) / name
            found.append(measure(name, spec, target, roots=(root,), types=types, limit=seconds))
            console.print(_line(found[-1]), highlight=False)
    console.print(_table(found))
    for item in found:
        for line in _details(item):
            console.print(f"{item.name}: {line}", highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(0 if found and all(item.good for item in found) else 1)


def _line(item: Measured) -> str:
    return f"{item.name}: {item.fault or f'{item.operations} operations, {item.seconds:.1f} s'}"


def _details(item: Measured) -> Iterator[str]:
    if item.fault:
        yield item.fault
    if item.diagnostics:
        yield "diagnostics: " + ", ".join(f"{code} {count}" for code, count in sorted(item.diagnostics.items()))
    yield from item.findings[:5]
    if item.numbered:
        yield f"numbered: {', '.join(item.numbered)}"


def _table(found: list[Measured]) -> Table:
    table = Table(
        *("document", "operations", "skipped", "models", "modules", "s", "CPU s", "op/CPU s", "MiB"),
        *("import ms", "client ms", "type errors", "numbered"),
    )
    for item in found:
        times = (item.imported.package, item.imported.client) if item.imported else ()
        table.add_row(
            item.name,
            *(str(number) for number in (item.operations, item.skipped, item.models, item.modules)),
            f"{item.seconds:.2f}",
            f"{item.cpu:.2f}",
            f"{item.operations / item.cpu:.0f}" if item.cpu else "",
            str(item.mib),
            *([f"{1000 * each:.1f}" for each in times] or ["", ""]),
            "" if item.type_errors < 0 else str(item.type_errors),
            str(len(item.numbered)),
        )
    return table


typer.run(main)
