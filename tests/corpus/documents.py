"""The documents of a folder: a `ROOTS.csv` with the columns `name` and `root`, or one document a subfolder."""

from __future__ import annotations

import csv
from pathlib import Path

_SUFFIXES = {".json", ".yaml", ".yml"}


def documents(folder: Path) -> dict[str, Path]:
    """The root documents of a folder, by name."""
    index = folder / "ROOTS.csv"
    if index.is_file():
        with index.open(encoding="utf-8", newline="") as rows:
            return {row["name"]: folder / row["root"] for row in csv.DictReader(rows)}
    found = {
        path.name: sorted(item for item in path.iterdir() if item.suffix in _SUFFIXES) for path in folder.iterdir()
    }
    return {name: files[0] for name, files in sorted(found.items()) if files}
