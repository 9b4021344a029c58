"""How long the import of a package takes, against the libraries that it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.importing import Probe, model_modules, probe

_ALLOWANCE = 0.015
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Imported:
    """The least CPU time of some imports, each in a process of its own, in seconds."""

    package: float
    """`import package`."""
    client: float
    """`from package import Client, AsyncClient`, which a program needs before its first call."""
    allowed: float
    """The budget: `import httpx2, pydantic` and 15 ms."""
    models: int
    """How many modules of types `import package` loads."""

    @property
    def good(self) -> bool:
        """Whether the budget is kept and no type is loaded before it is needed."""
        return self.package <= self.allowed and self.models == 0


def imported(source: Path) -> Imported:
    """The figures of the package under a folder `src`."""
    name = next(path.parent.name for path in source.glob("*/py.typed"))
    statements = (f"import {name}", f"from {name} import Client, AsyncClient", "import httpx2, pydantic")
    probes = [_quickest(statement, source) for statement in statements]
    package, client, base = (found.timing.cpu for found in probes)
    return Imported(package, client, base + _ALLOWANCE, len(model_modules(name, probes[0].modules)))


def _quickest(statement: str, source: Path) -> Probe:
    probe(statement, source)  # writes the bytecode, which is not what users wait for
    return min((probe(statement, source) for _ in range(_RUNS)), key=lambda found: found.timing.cpu)
