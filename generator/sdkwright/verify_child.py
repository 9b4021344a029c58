"""What the child process of `verify.import_check` runs: a script that uses nothing of sdkwright.

Reads a JSON list of module names from standard input and writes one JSON line `[module, error or null]` for
each. What the modules themselves print goes to standard error.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

_MEMORY = 4 << 30  # bytes (N11)
_LONGEST = 500  # characters of an error


def main(source: str) -> None:
    """Import the modules with `source` first on the path."""
    modules: list[str] = json.load(sys.stdin)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as report:
        os.dup2(2, 1)
        _limit_memory()
        sys.path.insert(0, source)
        for module in modules:
            print(json.dumps([module, _import(module, source)]), file=report, flush=True)


def _import(module: str, source: str) -> str | None:
    try:
        found = importlib.import_module(module).__file__
    except BaseException as fault:  # a module that raises SystemExit does not import either
        return f"{type(fault).__name__}: {fault}"[:_LONGEST]
    if found is None or not found.startswith(source):
        return f"another module of this name was found: {found}"
    return None


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > _MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))


if __name__ == "__main__":
    main(sys.argv[1])
