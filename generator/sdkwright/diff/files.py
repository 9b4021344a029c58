"""Files as users name them: by a path, or by a git revision and a path (`main:apis/api.yaml`)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Location
from sdkwright.diff.git import GitFile

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits
    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and how the user named it. `folder` holds the files of a git revision for a moment, "" for a path."""

    name: str
    path: Path
    folder: str = ""
    reference: str = ""

    def shown(self, file: str) -> str:
        """The name of a file beside this one as the user knows it."""
        if not self.folder or not file.startswith(self.folder):
            return file
        return f"{self.reference}:{file.removeprefix(self.folder).lstrip('/')}"


@dataclass(slots=True)
class Files:
    """Finds files; those of git revisions live in temporary folders until the block ends.

    A path that exists wins over a revision of that name. git runs in `cwd`. At the end diagnostics name files as the
    user does.
    """

    diagnostics: Diagnostics
    texts: dict[str, SourceText]
    limits: Limits
    cwd: Path = field(default_factory=Path)
    _folders: dict[tuple[str, PurePosixPath], tempfile.TemporaryDirectory[str]] = field(
        default_factory=dict[tuple[str, PurePosixPath], "tempfile.TemporaryDirectory[str]"]
    )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        for (reference, _), folder in self._folders.items():
            self._rename(Found("", Path(), folder.name, reference))
            folder.cleanup()

    def find(self, name: str) -> Found:
        """The file of a name; whether a plain path exists is for the reader to say. Raises `Refusal`."""
        reference, _, path = name.partition(":")
        if Path(name).exists() or not path or not reference:
            return Found(name, Path(name))
        key = reference, PurePosixPath(path).parent
        if key not in self._folders:
            self._folders[key] = tempfile.TemporaryDirectory(prefix="sdkwright-")
        folder = Path(self._folders[key].name)
        if not (folder / path).is_file():
            GitFile(reference, path, self.diagnostics, self.cwd).materialise(folder, self.limits)
        return Found(name, folder / path, str(folder), reference)

    def _rename(self, found: Found) -> None:
        for file in [file for file in self.texts if file.startswith(found.folder)]:
            self.texts[found.shown(file)] = self.texts[file]
        for number, item in enumerate(self.diagnostics.items):
            shown = Location(found.shown(item.location.file), item.location.pointer)
            message = item.message.replace(f"{found.folder}/", f"{found.reference}:")
            self.diagnostics.items[number] = replace(item, location=shown, message=message)
