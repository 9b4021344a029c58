"""The names of older versions, for packages whose config was inherited: `templates/compat` beside the runtime.

Its modules are copied as they are. The runtime's own modules get a few lines at their end, so that
`from package._models import construct_type` works: the name is looked up when it is asked for, and a program that
asks for none loads none of it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

from sdkwright.render.environment import templates_root

_ERROR = re.compile(r"\bSDKError\b")
_ADDED = {
    "_base_client.py": ("_legacy.client",),
    "_compat.py": ("_legacy.pydantic",),
    "_constants.py": ("_legacy.constants",),
    "_exceptions.py": ("_legacy.exceptions",),
    "_files.py": ("_legacy.files",),
    "_models.py": ("_legacy.models",),
    "_qs.py": ("_legacy.qs",),
    "_response.py": ("_legacy.response",),
    "_streaming.py": ("_legacy.streaming",),
    "_types.py": ("_legacy.types",),
    "_utils/__init__.py": (
        "_compat", "_proxy", "_reflection", "_streams", "_sync", "_transform", "_typing", "_utils",
    ),
}  # fmt: skip
"""For each module of the runtime, the modules beside it whose names it takes on; the first that has a name wins."""


def compat_files(runtime: Mapping[str, str], error: str) -> dict[str, str]:
    """The files to add to a package, and the runtime's files to replace, by their path below the import package.

    `runtime` has the package's runtime as it would be written without this, `error` is the name of its base error.
    """
    sources = {path: _ERROR.sub(error, text) for path, text in _sources().items()}
    changed = {path: _importing(runtime[path]).rstrip("\n") + "\n" + _lookup(path, runtime, sources) for path in _ADDED}
    return sources | changed


@cache
def _sources() -> dict[str, str]:
    """The texts of `templates/compat`."""
    root = templates_root() / "compat"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*.py"))
        if "__pycache__" not in path.parts
    }


def _importing(text: str) -> str:
    """The module with the import that `_lookup` needs, above its own, which the formatter sorts."""
    start = 0
    for node in ast.parse(text).body:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.ImportFrom(module="__future__"):
                start = node.end_lineno or start
            case _:
                break
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:start], "\nfrom typing import TYPE_CHECKING\n", *lines[start:]])


def _lookup(path: str, runtime: Mapping[str, str], sources: Mapping[str, str]) -> str:
    """The end of a module: its further names for type checkers, and how they are found at run time."""
    taken = set(_defined(ast.parse(runtime[path])))
    folder = path.rpartition("/")[0]
    imports: list[str] = []
    entries: list[str] = []
    for module in _ADDED[path]:
        file = "/".join(filter(None, (folder, f"{module.replace('.', '/')}.py")))
        names = sorted(set(_exported(sources[file])) - taken)
        taken.update(names)
        imports += [f"    from .{module} import {name} as {name}\n" for name in names]
        entries += [f'        "{name}": ".{module}",\n' for name in names]
    return (
        "\n# Names of older versions, each loaded when it is asked for.\n"
        f"if TYPE_CHECKING:\n{''.join(imports)}else:\n"
        f"    _OLDER = {{\n{''.join(entries)}    }}\n\n"
        "    def __getattr__(name: str) -> object:\n"
        "        if name not in _OLDER:\n"
        '            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")\n'
        "        from importlib import import_module\n\n"
        "        return getattr(import_module(_OLDER[name], __package__), name)\n"
    )


def _exported(text: str) -> list[str]:
    """The names in `__all__`."""
    for node in ast.parse(text).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                names: list[str] = ast.literal_eval(value)
                return names
            case _:
                continue
    return []


def _defined(module: ast.Module) -> Iterator[str]:
    """The names that a module defines or imports at its top level."""
    for node in module.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                yield from (alias.asname or alias.name for alias in aliases)
            case _:
                continue
