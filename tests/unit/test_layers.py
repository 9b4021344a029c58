"""Layers import downwards only (DESIGN.md, "The pipeline")."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "generator" / "sdkwright"

BOTTOM = {
    "diagnostics": set[str](),
    "guard": set[str](),
    "limits": set[str](),
    "inflection": set[str](),
    "words": {"inflection"},
    "paths": set[str](),
    "pointers": set[str](),
    "prose": set[str](),
    "scratch": {"signals"},
    "signals": set[str](),
    "ir": {"diagnostics"},
    "text": {"ir", "prose"},
}
"""What everybody may import, and what that may import itself."""

STAGES = (
    ("source",),
    ("config",),
    ("overlay",),
    ("transforms",),
    ("bundle",),
    ("upgrade",),
    ("arrange",),
    ("lower",),
    ("pages",),
    ("name",),
    ("plan",),
    ("render",),
    ("formatting",),
    ("verify", "verify_child"),
    ("write",),
    ("report",),
    ("pipeline",),
    ("cache", "drift", "starter", "inheritance"),
    ("workspace",),
    ("run",),
    ("surface",),
    ("diff",),
    ("cli_shared",),
    ("cli_diff", "cli_surface"),
    ("cli_review",),
    ("cli",),
)
"""From the first to the last; one may import itself and those before it."""

RANK = {name: rank for rank, names in enumerate(STAGES) for name in names}


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The layers that a module imports, under `TYPE_CHECKING` and in functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            here = ("sdkwright", *path.relative_to(PACKAGE).parts)
            start = here[: len(here) - node.level] if node.level else ()
            module = (*start, *(node.module or "").split(".")) if node.module else start
            if module[0] == "sdkwright":
                found |= {module[1]} if len(module) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("sdkwright.")}
    return found - {layer(path), "__version__"}


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__main__.py" and path.parent != PACKAGE)
MODULES += sorted(path for path in PACKAGE.glob("*.py") if path.stem not in {"__init__", "__main__"})


def test_every_layer_has_its_place() -> None:
    assert {layer(path) for path in MODULES} - RANK.keys() - BOTTOM.keys() == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downwards(path: Path) -> None:
    here = layer(path)
    allowed = BOTTOM[here] if here in BOTTOM else BOTTOM.keys() | {name for name in RANK if RANK[name] < RANK[here]}
    assert imported(path) - allowed == set()
