"""What is made to fail: publishing a few files, and whole runs of the command line, over every way of writing."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdkwright import cli
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.write import publish

from hostile.crash.sandbox import Found, Sandbox
from hostile.crash.shim import Shim

OLD = {
    "pyproject.toml": b'name = "pets"\nversion = "1"\n',
    "src/pets/__init__.py": b"VERSION = 1\n",
    "src/pets/_client.py": b"class Pets: ...\n",
    "src/pets/resources/cats.py": b"class Cats: ...\n",
    "src/pets/resources/gone/__init__.py": b"",
}
NEW = {
    "pyproject.toml": b'name = "pets"\nversion = "2"\n',
    "src/pets/__init__.py": b"VERSION = 2\n",
    "src/pets/_client.py": b"class Pets: ...\n",
    "src/pets/resources/cats.py": b"class Cats:\n    lives = 9\n",
    "src/pets/resources/dogs/__init__.py": b"class Dogs: ...\n",
}
Action = Callable[[Sandbox], None]


@dataclass(frozen=True, slots=True)
class Work:
    """A run over a package: what it starts from, what it ends with, and whether no moment may show anything else."""

    name: str
    start: Sandbox
    run: Action
    before: Found
    after: Found
    atomic: bool
    operations: tuple[str, ...]
    """The changes that it makes on the disk."""


def works(root: Path) -> dict[str, Work]:
    """All of them, by name; `root` is a new directory to prepare them in."""
    made: dict[str, Work] = {}
    root.mkdir(parents=True, exist_ok=True)
    _import_before(Sandbox(root / "before"))
    for kind, old, new in (("publish", _publish(OLD), _publish(NEW)), ("generate", _generate(1), _generate(2))):
        for way in ("exchange", "in place", "first"):
            name = f"{kind}, {way}"
            made[name] = _prepared(name, root / f"{kind}-{way}", None if way == "first" else old, new, way)
    return made


def _import_before(box: Sandbox) -> None:
    """Import what a run imports, once for all: some go on as a user who may not read where Python is."""
    box.make()
    (box.root / "v1.json").write_text(json.dumps(document(1)), "utf-8")
    names = box.root / "modules"

    def run(box: Sandbox) -> None:
        try:
            command(box, 1, "--no-verify-import")
        finally:
            names.write_text("\n".join(sys.modules), "utf-8")

    assert finish(start(run, box)) == 0, (box.root / "said").read_text("utf-8")
    for name in names.read_text("utf-8").splitlines():
        with contextlib.suppress(ImportError):  # some are made while others run
            importlib.import_module(name)


def start(work: Action, box: Sandbox, shim: Shim | None = None, before: Callable[[], None] = lambda: None) -> int:
    """Begin work in a process of its own; returns its id. What it says goes to `said` in the sandbox."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        said = os.open(box.root / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout = sys.stderr = os.fdopen(said, "w", encoding="utf-8", errors="replace")
        os.chdir(box.root)
        places = {"TMPDIR": box.temporary, "XDG_CACHE_HOME": box.cache, "HOME": box.root}
        os.environ.update({name: str(place) for name, place in places.items()})
        tempfile.tempdir = str(box.temporary)  # else the standard library tries the place with a file of its own
        sys.dont_write_bytecode = True
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where a shell started us in the background
        before()
        if shim is not None:
            shim.install()
        code = _exit_code(work, box)
    finally:
        os._exit(code)
    return 0


def _exit_code(work: Action, box: Sandbox) -> int:
    try:
        work(box)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1 if end.code else 0
    except BaseException:
        with contextlib.suppress(BaseException):
            os.write(2, traceback.format_exc().encode())
        return 70
    return 0


def finish(child: int) -> int:
    """Wait for a process; returns its exit code, or the signal that ended it below zero."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _prepared(name: str, root: Path, old: Action | None, new: Action, way: str) -> Work:
    begin, end = Sandbox(root / "before"), root / "after"
    begin.make()
    for version in (1, 2):
        (begin.root / f"v{version}.json").write_text(json.dumps(document(version)), "utf-8")
    if old is not None:
        assert finish(start(old, begin)) == 0, (begin.root / "said").read_text()
        begin.add_users()
        if way == "in place":  # a repository is never exchanged
            (begin.target / ".git").mkdir()
        (begin.root / "said").unlink()
    done = begin.copy(end)
    names = done.root / "operations"
    shim = Shim()

    def counted(box: Sandbox) -> None:
        try:
            new(box)
        finally:
            names.write_text(json.dumps(shim.operations))

    assert finish(start(counted, done, shim)) == 0, (done.root / "said").read_text()
    operations = tuple(json.loads(names.read_text()))
    assert not done.leftovers(), done.leftovers()
    return Work(name, begin, new, begin.found(), done.found(), way != "in place", operations)


def _publish(files: Mapping[str, bytes]) -> Action:
    def run(box: Sandbox) -> None:
        diagnostics = Diagnostics()
        try:
            publish(files, box.target, diagnostics=diagnostics)
        except Refusal:
            print(*(f"{item.code}: {item.message}" for item in diagnostics.items), flush=True)
            sys.exit(1)
        except KeyboardInterrupt:
            sys.exit(130)

    return run


def _generate(version: int) -> Action:
    """`sdkwright generate` without the import check, which is a child that writes nothing."""

    def run(box: Sandbox) -> None:
        command(box, version, "--no-verify-import")

    return run


def command(box: Sandbox, version: int, *more: str) -> None:
    """The command line over version 1 or 2 of the document."""
    spec = box.root / f"v{version}.json"
    sys.argv = ["sdkwright", "generate", str(spec), "-o", str(box.target), *more]
    cli.main()


def document(version: int) -> dict[str, Any]:
    """A small API; its second version gains one resource, loses another and changes a model."""
    pet: dict[str, Any] = {"type": "object", "properties": {"id": {"type": "string"}}}
    if version == 2:
        pet["properties"]["name"] = {"type": "string"}
    other = "dogs" if version == 2 else "cats"
    paths = {
        f"/{name}": {"get": {"operationId": f"list_{name}", "tags": [name], "responses": {"200": _answer(pet)}}}
        for name in ("pets", other)
    }
    return {"openapi": "3.1.0", "info": {"title": "Pets", "version": str(version)}, "paths": paths}


def _answer(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema}}}
