"""One generation of a hostile input, in this process and in memory, judged by the oracles."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sdkwright.diagnostics import Diagnostic, Diagnostics, Severity
from sdkwright.limits import Limits
from sdkwright.pipeline import Options, Run, generate

from hostile import oracles

_CODE = re.compile(r"[a-z]+/[a-z0-9-]+")


@dataclass(frozen=True)
class Verdict:
    """What came of an input: a package, or errors. `problems` are faults of the tool; there must be none."""

    package: str = ""
    files: Mapping[str, bytes] | None = None
    errors: tuple[Diagnostic, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """One digest of all files."""
        whole = hashlib.sha256()
        for path, content in sorted((self.files or {}).items()):
            whole.update(f"{path}\0{len(content)}\0".encode() + content)
        return whole.hexdigest()


def judge(spec: Path, options: Options | None = None) -> Verdict:
    """Generate a document and look at what came out."""
    run = Run(Diagnostics())
    try:
        generated = generate(spec, options or Options(limits=Limits()), run)
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        return Verdict(problems=(f"raised {type(fault).__name__}: {fault}"[:300],))
    errors = tuple(item for item in run.diagnostics.items if item.severity is Severity.ERROR)
    problems = [f"{item.code}: {item.message}"[:400] for item in errors if _is_fault(item)]
    problems += [f"an error without a place: {item.code}" for item in errors if not item.location.file]
    if generated is None:
        if not errors:
            problems.append("no package, and no error that says why")
        return Verdict(errors=errors, problems=tuple(problems))
    if errors:
        problems.append("a package in spite of errors")
    problems += oracles.problems(generated.files, generated.package)
    return Verdict(generated.package, generated.files, errors, tuple(problems))


def _is_fault(item: Diagnostic) -> bool:
    """Whether an error blames the tool, not the document; everything that `verify` says does."""
    return item.code.startswith(("internal/", "verify/")) or not _CODE.fullmatch(item.code)


@dataclass
class Bench:
    """A directory to work in, and a child that imports. `imported` remembers digests that have been imported."""

    directory: Path
    importer: oracles.Importer = field(init=False)
    imported: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    generations: int = 0
    _number: int = 0

    def __post_init__(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        self.importer = oracles.Importer(self.directory)

    def judge(self, data: Any, name: str = "openapi.json", options: Options | None = None) -> Verdict:
        """Judge a document given as data, written as JSON or YAML by the name's suffix."""
        spec = self.write(name, data)
        self.generations += 1
        return judge(spec, options)

    def write(self, name: str, data: Any) -> Path:
        """Write data to a file of the directory."""
        path = self.directory / name
        if name.endswith(".json"):
            path.write_text(json.dumps(data), "utf-8")
        else:
            path.write_text(
                yaml.dump(data, allow_unicode=False, sort_keys=False, Dumper=_Dumper), "utf-8", errors="surrogatepass"
            )
        return path

    def imports(self, verdict: Verdict) -> tuple[str, ...]:
        """What goes wrong when the package is imported; the same files are imported once."""
        assert verdict.files is not None
        digest = verdict.digest
        if digest not in self.imported:
            self._number += 1
            tree = self.directory / f"tree{self._number}"
            for path, content in verdict.files.items():
                target = tree / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            found = (*self.importer.problems(tree, verdict.package), *oracles.tree_problems(tree))
            found += tuple(oracles.marker_problems(Path.cwd(), self.directory))
            self.imported[digest] = found
            _remove(tree)
        return self.imported[digest]

    def close(self) -> None:
        """End the child process."""
        self.importer.close()


class _Dumper(yaml.SafeDumper):
    """YAML without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _remove(tree: Path) -> None:
    for directory, folders, names in os.walk(tree, topdown=False):
        for name in names:
            Path(directory, name).unlink()
        for name in folders:
            Path(directory, name).rmdir()
    tree.rmdir()
