"""The stage `verify`: proof that what was rendered is Python, holds what was planned, and imports.

A failure here is a fault of sdkwright and no fault of the document, but it is reported like one, as an error
diagnostic, so that nothing is written. Nothing of the generated package ever runs in this process: it is
compiled here and imported in a child.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import symtable
import sys
import tempfile
import tokenize
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .diagnostics import Diagnostics

_HINT = "This is a fault of sdkwright: please report it with the document."
_SHOWN = 10
_CHILD = Path(__file__).with_name("verify_child.py")
_NEEDED = (
    "SYSTEMROOT",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)  # without these Python itself may not start
_UNPARSABLE = (
    SyntaxError,
    ValueError,
    RecursionError,
    MemoryError,
    OverflowError,
    SyntaxWarning,
    DeprecationWarning,
)


def compile_all(files: Mapping[str, bytes], diagnostics: Diagnostics, *, header: bytes | None) -> None:
    """Compile every `.py` file without running it; warnings of the compiler count as errors.

    Reports `verify/encoding` if Python would read a file as anything but UTF-8, `verify/header` if it does
    not begin with the constant `header` (N1; None: not checked) and `verify/syntax`. One process: 2,000 modules
    of 9 MB take 0.7 s.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", SyntaxWarning)
        warnings.simplefilter("error", DeprecationWarning)
        for path, content in files.items():
            if path.endswith(".py"):
                _compile(path, content, diagnostics, header)


def _compile(path: str, content: bytes, diagnostics: Diagnostics, header: bytes | None) -> None:
    if not _is_utf8(content):
        diagnostics.error("verify/encoding", "A module is not UTF-8.", Location(path), _HINT)
    if header is not None and not content.startswith(header):
        diagnostics.error("verify/header", "A module lacks the constant header.", Location(path), _HINT)
    try:
        compile(content, path, "exec", dont_inherit=True)
    except _UNPARSABLE as fault:
        diagnostics.error("verify/syntax", f"A module is not Python: {_reason(fault)}.", Location(path), _HINT)


def expected_symbols(
    files: Mapping[str, bytes], expected: Mapping[str, frozenset[str]], diagnostics: Diagnostics
) -> None:
    """Compare what each file of `expected` defines at its top level with what was planned.

    Defined is what a class, a function or an assignment binds in the module's own scope, under `if` too;
    imports do not count, nor do names like `__all__` that were not planned. Reports `verify/symbols`.
    """
    for path, names in expected.items():
        try:
            found = _defined(files[path], path) if path in files else frozenset[str]()
        except _UNPARSABLE:
            continue  # `compile_all` has said so
        missing = sorted(names - found)
        surplus = sorted(name for name in found - names if not _is_dunder(name))
        for what, some in (("lacks", missing), ("was not meant to define", surplus)):
            if some:
                message = f"The module {what} {_listed(some)}."
                diagnostics.error("verify/symbols", message, Location(path), _HINT)


def import_check(tree: Path, package: str, timeout: float) -> list[tuple[str, str]]:
    """Import `tree/src/<package>` and every module of it in a child process; returns (module, error) pairs.

    The child has an empty environment, sees only the tree and the installed packages, writes no bytecode and
    may use 4 GiB of memory and `timeout` seconds. Modules under `lib/` are the user's and left out, as is
    `__main__`. An error that many modules share is returned for the first of them.
    """
    source = (tree / "src").resolve()
    modules = _modules(source, package)
    with tempfile.TemporaryFile() as report:
        try:
            child = subprocess.run(
                [sys.executable, "-I", "-B", str(_CHILD), str(source)],
                input=json.dumps(modules).encode(),
                stdout=report,
                stderr=subprocess.DEVNULL,
                cwd=source,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
                timeout=timeout,
                check=False,
            )
            end = f"the process ended with code {child.returncode}"
        except subprocess.TimeoutExpired:
            end = f"not done after {timeout:g} seconds"
        report.seek(0)
        lines = report.read().decode("utf-8", "replace").splitlines()
    return _outcome(modules, lines, end)


def report_imports(found: list[tuple[str, str]], diagnostics: Diagnostics) -> None:
    """Turn what `import_check` found into `verify/import` errors, a chain of types without end into `limit/depth`."""
    for module, error in found:
        if error.startswith("RecursionError"):
            message = "Types refer to each other in a chain that is too long for Python to import."
            hint = "break the chain, for example with an untyped property in its middle"
            diagnostics.error("limit/depth", message, Location(f"{module.replace('.', '/')}.py"), hint)
            continue
        message = f"The module cannot be imported: {error}."
        diagnostics.error("verify/import", message, Location(f"{module.replace('.', '/')}.py"), _HINT)


def _is_utf8(content: bytes) -> bool:
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        content.decode("utf-8")
    except (SyntaxError, UnicodeDecodeError):
        return False
    return encoding == "utf-8"


def _defined(content: bytes, path: str) -> frozenset[str]:
    # A symbol table says it in a quarter of the time of a syntax tree of Python objects.
    symbols = symtable.symtable(content.decode(), path, "exec").get_symbols()
    return frozenset(name.get_name() for name in symbols if name.is_assigned() and not name.is_imported())


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _reason(fault: BaseException) -> str:
    if isinstance(fault, SyntaxError) and fault.lineno:
        return f"{fault.msg} in line {fault.lineno}"
    return f"{fault or type(fault).__name__}"


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown


def _modules(source: Path, package: str) -> list[str]:
    found = [package]
    for directory, inner, names in os.walk(source / package):
        parts = Path(directory).relative_to(source).parts
        inner[:] = [name for name in inner if name.isidentifier() and (*parts, name) != (package, "lib")]
        for name in names:
            stem = name.removesuffix(".py")
            if stem != name and stem.isidentifier() and stem != "__main__":
                found.append(".".join(parts if stem == "__init__" else (*parts, stem)))
    return list(dict.fromkeys([package, *sorted(found)]))


def _outcome(modules: list[str], lines: list[str], end: str) -> list[tuple[str, str]]:
    done = [cast("tuple[str, str | None]", tuple(json.loads(line))) for line in lines if line.endswith("]")]
    failed: dict[str, str] = {}
    for module, error in done:
        if error is not None:
            failed.setdefault(error, module)
    found = [(module, error) for error, module in failed.items()]
    if len(done) < len(modules):
        found.append((modules[len(done)], end))
    return found
