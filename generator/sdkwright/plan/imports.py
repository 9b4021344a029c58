"""The imports of one module: every name asked for once, spelled relative to where the module stands."""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field

from sdkwright.ir.symbols import Symbol

_BUILTINS = frozenset(dir(builtins))


@dataclass(slots=True)
class _Entry:
    exported: str
    local: str
    runtime: bool


@dataclass(slots=True)
class Imports:
    """Collects what a module imports and tells which local name each thing has there.

    `module` is dotted below the package; `reserved` are the names that the module defines itself.
    """

    module: str
    is_package: bool = False
    reserved: frozenset[str] = frozenset()
    _entries: dict[tuple[str, str], _Entry] = field(default_factory=dict[tuple[str, str], _Entry])
    _taken: set[str] = field(default_factory=set[str])

    def add(self, source: str, name: str, *, runtime: bool = True) -> str:
        """Import `name` from an absolute module (`typing`) or one of the package (`._types`); returns its local name.

        With `runtime=False` a type checker sees the import and the interpreter does not.
        """
        entry = self._entries.get((source, name))
        if entry is None:
            entry = _Entry(name, self._free(source, name), runtime)
            self._entries[source, name] = entry
            self._taken.add(entry.local)
        entry.runtime = entry.runtime or runtime
        return entry.local

    def add_module(self, name: str) -> str:
        """Import a module of the standard library as it is (`import builtins`)."""
        self._entries.setdefault((name, ""), _Entry("", name, runtime=True))
        self._taken.add(name)
        return name

    def symbol(self, symbol: Symbol, *, runtime: bool = True) -> str:
        """The local name of a symbol; nothing is imported where it is defined."""
        if symbol.module == self.module:
            return symbol.name
        return self.add("." + symbol.module, symbol.name, runtime=runtime)

    def lines(self, *, runtime: bool) -> tuple[str, ...]:
        """The import statements of one kind, sorted, one per name."""
        found = sorted(
            (self._spell(source), entry.exported, entry.local)
            for (source, _), entry in self._entries.items()
            if entry.runtime is runtime
        )
        return tuple(_statement(source, name, local) for source, name, local in found)

    def _free(self, source: str, name: str) -> str:
        """The name itself; when something else has it here, a class has the words of its module before it."""
        taken = self._taken | self.reserved
        if name not in taken and (name not in _BUILTINS or not source.startswith(".")):
            return name
        if name[:1].islower():
            local = f"{name}_"
        else:
            stem = source.rsplit(".", 1)[-1]
            local = "".join(part[:1].upper() + part[1:] for part in stem.split("_")) + name
        while local in taken:
            local += "_"
        return local

    def _spell(self, source: str) -> str:
        if not source.startswith("."):
            return source
        target = source[1:].split(".") if source != "." else []
        here = self.module.split(".") if self.module else []
        if not self.is_package:
            here = here[:-1]
        shared = 0
        while shared < min(len(here), len(target) - 1) and here[shared] == target[shared]:
            shared += 1
        return "." * (len(here) - shared + 1) + ".".join(target[shared:])


def _statement(source: str, name: str, local: str) -> str:
    if not name:
        return f"import {source}"
    return f"from {source} import {name}" if name == local else f"from {source} import {name} as {local}"
