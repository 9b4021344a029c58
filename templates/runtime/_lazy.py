"""Names that are imported when they are first used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from sys import modules


def lazy_exports(
    package: str, exports: Mapping[str, str]
) -> tuple[list[str], Callable[[str], object], Callable[[], list[str]]]:
    """`__all__`, `__getattr__` and `__dir__` of a package whose names live in other modules.

    `exports` maps each name to its module, relative to the package; a submodule to the empty string.
    """

    def load(name: str) -> object:
        module = exports.get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(module, package), name) if module else import_module(f".{name}", package)
        setattr(modules[package], name, value)
        return value

    names = sorted(exports)
    return names, load, lambda: sorted({*vars(modules[package]), *names})
