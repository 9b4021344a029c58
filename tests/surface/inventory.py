"""The symbols of a package as a `surface.json` lists them, and the lookup of one by its path.

A `surface.json` has two parts, `public` and `semi` (modules with an underscore that users import), each with
`symbol` (kind, path), `param` (path of the function, name, kind, required) and `base` (path of the class, bases).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import griffe
from sdkwright.surface.load import Loaded
from sdkwright.surface.names import Names

_MODELS = {"pydantic.BaseModel", "pydantic.main.BaseModel"}
_SPECIAL = {"__all__", "__init__", "__title__", "__version__"}


class Inventory:
    """What a parsed package has, by absolute path."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._names = Names(loaded.module)

    def has(self, path: str) -> bool:
        """Whether something is reached by a path: defined, imported for others, or inherited."""
        owner, _, name = path.rpartition(".")
        if name == "__all__":
            return isinstance(self._names.objects.get(owner), griffe.Module) and self._lists(owner)
        return self._found(path) is not None

    def parameters(self, path: str) -> dict[str, tuple[str, bool]]:
        """Kind and requiredness of each parameter of a function, by name."""
        item = self._found(path)
        if not isinstance(item, griffe.Function):
            return {}
        return {
            one.name.lstrip("*"): (one.kind.value if one.kind else "", one.default is None) for one in item.parameters
        }

    def bases(self, path: str) -> list[str] | None:
        """The bases of a class as they are written, without spaces; None if it is no class."""
        item = self._found(path)
        return [str(base).replace(" ", "") for base in item.bases] if isinstance(item, griffe.Class) else None

    def ancestors(self, path: str) -> set[str]:
        """Bare names of all ancestors of a class that the package itself tells of."""
        item = self._found(path)
        found: set[str] = set()
        for base in self._line(item) if isinstance(item, griffe.Class) else ():
            found |= {bare(str(written)) for written in base.bases}
        return found

    def public(self) -> Iterator[str]:
        """The paths that a `surface.json` of this package would list as public."""
        yield from self._public(self._loaded.module)

    def _public(self, owner: griffe.Module | griffe.Class) -> Iterator[str]:
        if isinstance(owner, griffe.Module):
            if owner is not self._loaded.module:
                yield owner.path
            if self._lists(owner.path):
                yield f"{owner.path}.__all__"
        for name, member in owner.members.items():
            path = f"{owner.path}.{name}"
            if (name.startswith("_") and name not in _SPECIAL) or name == "__all__":
                continue
            if isinstance(member, griffe.Alias):
                if self._offered(owner, name):
                    yield path
            elif isinstance(member, griffe.Module | griffe.Class):
                if isinstance(member, griffe.Class):
                    yield path
                yield from self._public(member)
            elif not _is_type_variable(member):
                yield path

    def _offered(self, owner: griffe.Module | griffe.Class, name: str) -> bool:
        listed = isinstance(owner, griffe.Module) and owner.exports is not None and name in map(str, owner.exports)
        return listed or f"{owner.path}.{name}" in self._loaded.notes.reexports

    def _lists(self, module: str) -> bool:
        """Whether a module says what it exports, in whatever way."""
        item = self._names.objects[module]
        return not isinstance(item.filepath, list) and "__all__" in item.filepath.read_text("utf-8")

    def _found(self, path: str) -> griffe.Object | str | None:
        """What a path leads to; the path itself for something of another package."""
        path = self._names.canonical(path)
        if path in self._names.objects:
            return self._names.objects[path]
        if not self._names.inside(path):
            return path
        head, _, name = path.rpartition(".")
        owner = self._found(head) if head else None
        for line in self._line(owner) if isinstance(owner, griffe.Class) else ():
            if name in line.members:
                member = line.members[name]
                # What pydantic's models have is no part of the package, and found in pydantic's own source.
                return member if line is _model() and isinstance(member, griffe.Object) else self._found(member.path)
        return None

    def _line(self, item: griffe.Class) -> Iterator[griffe.Class]:
        yield item
        for base in item.bases:
            written = base.left if isinstance(base, griffe.ExprSubscript) else base
            if isinstance(written, griffe.Expr):
                path = self._names.canonical(written.canonical_path)
                found = _model() if path in _MODELS else self._names.objects.get(path)
                if isinstance(found, griffe.Class) and found is not item:
                    yield from self._line(found)


@cache
def _model() -> griffe.Class:
    """`pydantic.BaseModel` as its source says, without running any of it."""
    spec = importlib.util.find_spec("pydantic")
    assert spec is not None and spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "main.py"
    found = griffe.visit("pydantic.main", path, path.read_text("utf-8")).members["BaseModel"]
    assert isinstance(found, griffe.Class)
    return found


def bare(base: str) -> str:
    """The name of a base without its module and its type arguments."""
    return base.partition("[")[0].rpartition(".")[2]


def _is_type_variable(item: griffe.Object) -> bool:
    return (
        isinstance(item, griffe.Attribute)
        and isinstance(item.value, griffe.ExprCall)
        and item.value.canonical_path.rpartition(".")[2] in {"TypeVar", "ParamSpec"}
    )
