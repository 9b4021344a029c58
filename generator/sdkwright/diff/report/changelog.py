"""The entry of a changelog with its migration notes, in Markdown, ready to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sdkwright.diff.notes import changelog, notes, sections
from sdkwright.diff.report.escaping import code, fenced, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdkwright.diff.notes import Note
    from sdkwright.diff.review import Review

_NO_VERSION: Final = "Unreleased"


def render(result: Review) -> str:
    """The entry of the suggested version; migration notes follow where something breaks."""
    return "\n".join(_lines(result)) + "\n"


def join(results: Sequence[Review]) -> str:
    """The entries of several packages, each under its name."""
    return "\n".join(f"# {plain(result.name)}\n\n{render(result)}" for result in results)


def _lines(result: Review) -> Iterator[str]:
    yield f"## {plain(result.suggested_version) or _NO_VERSION}"
    entries = list(sections(changelog(result)))
    if not entries:
        yield from ("", "No changes for users of the package.")
    for section, lines in entries:
        yield from ("", f"### {section}", "")
        yield from (f"- {plain(line, code=True)}" for line in lines)
    found = [note for card in result.cards for note in notes(card)]
    if found:
        yield from ("", "### Migration")
        for note in found:
            yield from _note(note)


def _note(note: Note) -> Iterator[str]:
    yield from ("", f"#### {code(note.symbol)}", "", f"{plain(note.advice, code=True)}.")
    lines = [*(f"-{line}" for line in note.before.splitlines()), *(f"+{line}" for line in note.after.splitlines())]
    if lines:
        yield from ("", *fenced(lines, "diff"))
    if note.shim:
        yield from ("", f"To keep the old name for a while: {code(note.shim)}")
