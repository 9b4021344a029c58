"""Whether a directory still is what would be generated, and the difference as a unified diff."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .write import MANIFEST, USER_PLACES, manifest
from .write.survey import survey, with_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LARGE = 1 << 20  # bytes; comparing longer files line by line takes minutes and nobody reads it
_UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, slots=True)
class Drift:
    """How a directory differs from the planned files; all paths are relative and sorted."""

    missing: tuple[str, ...]
    """Planned and not there."""
    changed: tuple[str, ...]
    """As the last run wrote them, which is no longer what would be written."""
    edited: tuple[str, ...]
    """Changed by somebody since they were generated, or never generated; a run would leave them alone."""
    extra: tuple[str, ...]
    """Written by the last run and no longer planned."""
    blocked: tuple[str, ...]
    """A symbolic link or a directory stands in the way."""
    files: Mapping[str, bytes] = field(repr=False)
    target: Path

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return any((self.missing, self.changed, self.edited, self.extra, self.blocked))

    def text(self, limit: int = 400) -> str:
        """A unified diff from the directory to the plan, at most `limit` lines and a last one that says so.

        Characters that a terminal would act on, or that change how a line reads, are shown as escapes.
        """
        lines: list[str] = []
        for line in self._lines():
            if len(lines) == limit:
                lines.append(f"... cut after {limit} lines")
                break
            lines.append(line)
        return "".join(f"{line}\n" for line in lines)

    def _lines(self) -> Iterator[str]:
        yield from (f"In the way: {_visible(path)}" for path in self.blocked)
        for path in sorted({*self.missing, *self.changed, *self.edited, *self.extra}):
            before = None if path in self.missing else (self.target / path).read_bytes()
            after = None if path in self.extra else self.files[path]
            if path == MANIFEST:
                yield f"The list of generated files differs: {path}"
            else:
                yield from _diff(path, before, after)


def compare(files: Mapping[str, bytes], target: Path, keep: tuple[str, ...] = USER_PLACES) -> Drift:
    """Compare the planned `files` with what is in `target`; reads only. `keep` is that of `write.publish`."""
    try:
        known = manifest.read(target)
    except manifest.BadManifestError:
        known = {}
    planned = with_manifest(files, keep)
    found = survey(planned, known, target, keep)
    return Drift(
        missing=tuple(sorted(found.absent)),
        changed=tuple(sorted(found.outdated)),
        edited=tuple(sorted([*found.edited, *found.foreign])),
        extra=tuple(sorted([*found.stale, *(path for path in found.stale_edited if _plain(target / path))])),
        blocked=tuple(sorted([*found.links, *found.blocked])),
        files=planned,
        target=target,
    )


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _diff(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    label = _visible(path)
    if max(len(before or b""), len(after or b"")) > _LARGE:
        yield f"Large files differ: {label}"
        return
    try:
        old, new = _split(before), _split(after)
    except UnicodeDecodeError:
        yield f"Binary files differ: {label}"
        return
    names = (
        "/dev/null" if before is None else f"a/{label}",
        "/dev/null" if after is None else f"b/{label}",
    )
    for line in difflib.unified_diff(old, new, *names, lineterm=""):
        for part in line.split("\n"):
            yield _visible(part)


def _split(content: bytes | None) -> list[str]:
    lines = (content or b"").decode("utf-8").split("\n")
    last = lines.pop()
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines


def _visible(text: str) -> str:
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode("ascii"), text)
