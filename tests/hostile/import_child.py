"""A child process that imports generated packages while it watches what they do.

Reads lines `[tree, package]` of JSON from standard input and answers each with one line: a JSON list of problems.
Nothing that a package may not do is let through: the audit hook raises (https://peps.python.org/pep-0578/).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path
from typing import ClassVar

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "shutil.",
    "tempfile.",
    "ctypes.",
    "urllib.",
    "http.",
    "ftplib.",
    "smtplib.",
    "poplib.",
    "imaplib.",
    "telnetlib.",
    "webbrowser.",
    "pty.",
    "mmap.",
    "fcntl.",
    "pickle.",
    "cpython.run_",
    "sys.addaudithook",
    "sys.settrace",
    "sys.setprofile",
    "signal.",
    "syslog.",
)
_HARMLESS_OS = {"os.listdir", "os.scandir", "os.walk", "os.fwalk", "os.listxattr", "os.getxattr"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Watch:
    """Whether the hook looks, and what it has seen."""

    on = False
    seen: ClassVar[list[str]] = []


class Forbidden(BaseException):
    """A package did what no import may do."""


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook."""
    if not Watch.on:
        return
    bad = event.startswith(_FORBIDDEN) or (event.startswith("os.") and event not in _HARMLESS_OS)
    if event == "open":
        flags = arguments[2]
        bad = isinstance(flags, int) and bool(flags & _WRITING)
    if bad:
        Watch.seen.append(f"{event} {arguments!r:.200}")
        raise Forbidden(event)


def check(tree: str, package: str) -> list[str]:
    """Import every module of a package, fetch all that it exports, and forget it again."""
    source = str(Path(tree, "src"))
    known = set(sys.modules)
    problems: list[str] = []
    names = _modules(Path(source), package)
    Watch.seen.clear()
    importlib.invalidate_caches()
    sys.path.insert(0, source)
    Watch.on = True
    try:
        for name in names:
            try:
                module = importlib.import_module(name)
                for exported in getattr(module, "__all__", ()):
                    getattr(module, exported)
                if not str(module.__file__).startswith(source):
                    problems.append(f"{name} is another module: {module.__file__}")
            except BaseException as fault:
                problems.append(f"{name}: {type(fault).__name__}: {fault}"[:300])
    finally:
        Watch.on = False
        sys.path.remove(source)
        for name in set(sys.modules) - known:
            if name == package or name.startswith(f"{package}."):
                del sys.modules[name]
    return [*(f"forbidden at import: {event}" for event in Watch.seen), *problems][:5]


def _modules(source: Path, package: str) -> list[str]:
    found: list[str] = []
    for path in sorted((source / package).rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found or [package]


def main() -> None:
    """Answer one line after the other."""
    import asyncio  # what packages import is imported before: a library may look around when it starts
    import ssl

    import anyio
    import httpx
    import httpx2
    import pydantic
    import typing_extensions

    warm = (asyncio, ssl, anyio, httpx, httpx2, pydantic, typing_extensions, pydantic.TypeAdapter)
    sys.addaudithook(watch)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        for line in sys.stdin if warm else ():
            print(json.dumps(check(*json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
