"""Read a package with griffe, by parsing alone: no code of it runs, and nothing of it is imported."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import griffe

from sdkwright.surface.locate import Located, Unreadable
from sdkwright.surface.model import Unread


@dataclass(slots=True)
class Notes:
    """What griffe's objects do not keep: imports in the form `import X as X`, and whether a TypedDict is total."""

    reexports: set[str] = field(default_factory=set[str])
    partial: set[str] = field(default_factory=set[str])


@dataclass(frozen=True, slots=True)
class Loaded:
    """A parsed package. `partial` and `reexports` are absolute paths."""

    located: Located
    module: griffe.Module
    notes: Notes
    unread: tuple[Unread, ...]


class _Watch(griffe.Extension):
    def __init__(self, notes: Notes) -> None:
        super().__init__()
        self._notes = notes

    def on_alias_instance(self, *, node: ast.AST | Any, alias: griffe.Alias, agent: Any, **kwargs: Any) -> None:
        names: list[ast.alias] = getattr(node, "names", [])
        if any(name.asname == alias.name and name.asname == name.name.split(".")[-1] for name in names):
            self._notes.reexports.add(f"{agent.current.path}.{alias.name}")

    def on_class_instance(self, *, node: ast.AST | Any, cls: griffe.Class, **kwargs: Any) -> None:
        keywords: list[ast.keyword] = getattr(node, "keywords", [])
        for keyword in keywords:
            if keyword.arg == "total" and isinstance(keyword.value, ast.Constant) and keyword.value.value is False:
                self._notes.partial.add(cls.path)


def load(located: Located) -> Loaded:
    """Parse every module of a package. A module that does not parse is listed in `unread`.

    Raises `Unreadable` if the package itself does not parse.
    """
    files = list(_files(located.folder))
    notes = Notes()
    loader = griffe.GriffeLoader(
        extensions=griffe.load_extensions(_Watch(notes)),
        search_paths=[located.parent],
        allow_inspection=False,
        store_source=False,
    )
    try:
        with griffe.logger.disable():  # what it would say is in `unread`
            module = loader.load(located.name, try_relative_path=False)
            loader.resolve_aliases(implicit=False, external=False)
    except (ImportError, griffe.GriffeError) as error:
        raise Unreadable(f"{located.folder} cannot be read: {error}") from error
    if not isinstance(module, griffe.Module):
        raise Unreadable(f"{located.folder} is not a package")
    read = {os.path.realpath(path) for path in _read(module)}
    unread = [_unread(path, located.parent) for path in files if os.path.realpath(path) not in read]
    return Loaded(located, module, notes, tuple(item for item in unread if item is not None))


def _files(folder: Path) -> Iterator[Path]:
    """The modules below a folder, sorted; a folder without `__init__` is no part of the package."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and entry.name.isidentifier() and entry.name != "__pycache__":
            if entry.is_symlink() and folder.resolve().is_relative_to(entry.resolve()):
                raise Unreadable(f"{entry} leads back to a folder above it")
            if (entry / "__init__.py").is_file():
                yield from _files(entry)
        elif entry.suffix == ".py" and entry.stem.isidentifier():
            yield entry


def _read(module: griffe.Module) -> Iterator[Path]:
    if isinstance(module.filepath, Path):
        yield module.filepath
    for member in module.members.values():
        if isinstance(member, griffe.Module):
            yield from _read(member)


def _unread(path: Path, parent: Path) -> Unread | None:
    """Why a file is not among the modules; None for one that a stub or another module of its name stands for."""
    file = path.relative_to(parent).as_posix()
    try:
        ast.parse(path.read_bytes())
    except SyntaxError as error:
        return Unread(file, error.lineno or 0, error.msg)
    except (OSError, ValueError) as error:
        return Unread(file, 0, str(error))
    except (RecursionError, MemoryError):
        return Unread(file, 0, "its code is nested too deeply")
    return None
