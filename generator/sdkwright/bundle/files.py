"""The files that references may open: local, below the document's directory or one that the user names."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sdkwright import source
from sdkwright.diagnostics import Location, Refusal

if TYPE_CHECKING:
    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits
    from sdkwright.source import SourceDocument, SourceText

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a reference has no target. A `soft` one leaves a schema untyped; any other is an error."""

    code: str
    message: str
    hint: str = ""
    soft: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class File:
    """One file of the document; compared by identity."""

    path: Path
    name: str
    data: object
    text: str
    relative: str
    """The path seen from the root document's directory; unlike `name` the same for every user."""
    is_root: bool = False


@dataclass(slots=True)
class Files:
    """Opens files for references, each once, and refuses everything outside the allowed directories."""

    root: File
    allowed: tuple[Path, ...]
    limits: Limits
    diagnostics: Diagnostics
    texts: dict[str, SourceText]
    _open: dict[Path, File | Problem] = field(default_factory=dict[Path, "File | Problem"])
    _bytes: int = 0

    @classmethod
    def of(
        cls, document: SourceDocument, roots: tuple[Path, ...], limits: Limits, diagnostics: Diagnostics,
        texts: dict[str, SourceText],
    ) -> Files:  # fmt: skip
        """The files reachable from a root document."""
        path = Path(os.path.realpath(document.path))
        root = File(path, document.name, document.data, document.text, path.name, is_root=True)
        allowed = (path.parent, *(Path(os.path.realpath(directory)) for directory in roots))
        texts[document.name] = document.source
        return cls(root, allowed, limits, diagnostics, texts, {path: root}, len(document.text))

    def find(self, reference: str, base: File) -> File | Problem:
        """The file that the path part of a `$ref` in `base` names."""
        problem = _forbidden(reference)
        if problem:
            return problem
        relative = unquote(reference)
        if _CONTROL.search(relative):
            return Problem("ref/path", "the reference holds a control character")
        target = Path(os.path.realpath(base.path.parent / relative))
        known = self._open.get(target)
        if known is not None:
            return known
        if not any(target.is_relative_to(directory) for directory in self.allowed):
            return Problem(
                "ref/outside",
                f"the reference {reference} leaves the document's directory",
                "name the directory that holds all files with --root",
            )
        return self._open.setdefault(target, self._load(target, reference))

    def _load(self, path: Path, reference: str) -> File | Problem:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                return Problem("ref/missing-file", f"{reference} is not a file")
        except OSError:
            return Problem(
                "ref/missing-file",
                f"there is no file {reference}",
                "correct the path of the reference",
            )
        relative = os.path.relpath(path, self.root.path.parent).replace(os.sep, "/")
        name = os.path.normpath(Path(self.root.name).parent / relative).replace(os.sep, "/")
        try:
            data, text = source.load(path, name, self.limits, self.diagnostics, self.texts)
        except Refusal:
            return Problem("ref/unreadable", f"the file {reference} cannot be used", "see the error about it")
        self._bytes += len(text.text)
        if self._bytes > self.limits.bundle_bytes:
            size = self.limits.bundle_bytes / (1024 * 1024)
            raise self.diagnostics.refuse(
                "limit/bundle-size",
                f"the document's files exceed {size:g} MiB together",
                Location(self.root.name),
                "raise the limit if this is meant",
            )
        return File(path, name, data, text.text, relative)


def _forbidden(reference: str) -> Problem | None:
    scheme = _SCHEME.match(reference)
    if reference.startswith("//") or (scheme and scheme.group().lower() in {"http:", "https:"}):
        return Problem(
            "ref/remote",
            f"the reference {reference} is on the network, which is never read",
            "save the file beside the document and refer to it by path",
        )
    if scheme:
        return Problem(
            "ref/scheme",
            f"the reference {reference} is not a path",
            "refer to files by relative path",
        )
    if reference.startswith(("/", "\\")) or "\\" in reference:
        return Problem(
            "ref/absolute",
            f"the reference {reference} is not a relative path with forward slashes",
            "write the path relative to the file that the reference stands in",
        )
    return None
