"""Two small packages made of the sources of a test."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

from sdkwright.surface import Comparison

Sources = str | Mapping[str, str]
Compare = Callable[[Sources, Sources], Comparison]


def write_package(folder: Path, sources: Sources, name: str = "shop") -> Path:
    """A package from the sources of its modules by file; a plain string is its only module."""
    files = {"__init__.py": sources} if isinstance(sources, str) else {"__init__.py": "", **sources}
    for file, source in files.items():
        path = folder / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(source), "utf-8")
    return folder / name


def broken(comparison: Comparison) -> list[tuple[str, str]]:
    """Rule and name of each finding that breaks users."""
    return [(finding.rule.id, finding.name) for finding in comparison.breaking]


def harmless(comparison: Comparison) -> list[tuple[str, str]]:
    """Rule and name of each finding that breaks nobody."""
    return [(finding.rule.id, finding.name) for finding in comparison.compatible]
