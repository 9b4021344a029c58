"""The surface of two packages compared: what breaks people who use them, and who (docs/surface.md).

Packages are read with griffe, by parsing alone; no code of theirs runs.
"""

from __future__ import annotations

from sdkwright.surface.build import build
from sdkwright.surface.compare import compare
from sdkwright.surface.findings import Bump, Comparison, Finding
from sdkwright.surface.load import load
from sdkwright.surface.locate import Unreadable, locate
from sdkwright.surface.model import Surface
from sdkwright.surface.rules import Rule, Who, all_rules

__all__ = [
    "Bump",
    "Comparison",
    "Finding",
    "Rule",
    "Surface",
    "Unreadable",
    "Who",
    "all_rules",
    "compare",
    "read",
]


def read(source: str) -> Surface:
    """The surface of the package that `source` names: the folder of an import package, a src or distribution folder
    with one package in it, or a name on `sys.path`.

    Raises `Unreadable`, with a message for the user, if there is no such package.
    """
    located = locate(source)
    try:
        return build(load(located))
    except (RecursionError, MemoryError) as error:
        raise Unreadable(f"{located.folder} cannot be read: its code is nested too deeply") from error
