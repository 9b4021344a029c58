"""`python -m tests.values FOLDER`: values of every schema of every document of a folder, through their packages."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from sdkwright.pipeline import Options

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus.documents import documents

from values.package import package
from values.survive import survive


def main(
    folder: Annotated[Path, typer.Argument(help="The folder of documents.", exists=True, file_okay=False)],
    only: Annotated[list[str] | None, typer.Option(help="A document by name; may be repeated.")] = None,
    values: Annotated[int, typer.Option(help="How many values of each schema.")] = 100,
    show: Annotated[int, typer.Option(help="How many failures to show for each document.")] = 20,
) -> None:
    """Send values through the packages of documents and say which came out changed."""
    failed = False
    for name, spec in documents(folder).items():
        if only and name not in only:
            continue
        start = time.perf_counter()
        root = folder / spec.relative_to(folder).parts[0]
        with (
            tempfile.TemporaryDirectory(prefix="sdkwright-values-") as scratch,
            package(spec, Options(roots=(root,)), Path(scratch)) as made,
        ):
            outcome = survive(made, values)
        failed |= bool(outcome.failures)
        seconds = time.perf_counter() - start
        typer.echo(
            f"{name}: {outcome.schemas} schemas, {outcome.values} values, {outcome.strange} strange ones, "
            f"{len(outcome.unmade)} schemas without a value, {len(outcome.failures)} failures, {seconds:.1f} s"
        )
        for text, times in Counter(outcome.failures).most_common(show):
            typer.echo(f"  {text}" + (f" ({times} times)" if times > 1 else ""))
        if outcome.unmade:
            typer.echo(f"  no value for {', '.join(outcome.unmade[:show])}")
    raise typer.Exit(int(failed))


typer.run(main)
