"""What the tool has to say about a document: one type for every loss, guess and refusal.

Stages collect diagnostics instead of printing or raising, so that one run reports everything at once.
Only a fault that makes going on pointless is raised, as `Refusal`, and it carries diagnostics too.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Severity(enum.StrEnum):
    """How much a diagnostic matters: an error writes nothing, a warning emits a weaker form, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Location:
    """A node of a source document: its file as the user named it and the JSON pointer (RFC 6901) inside it.

    Line and column cost a second parse, so they are looked up only when a diagnostic is shown
    (`source.positions`).
    """

    file: str
    pointer: str = ""

    def child(self, *steps: str | int) -> Location:
        """The location below this one, each step escaped as RFC 6901 asks."""
        tail = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
        return Location(self.file, self.pointer + tail)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable and documented, `hint` says what the user can do.

    `line` and `column` count from 1; 0 means not looked up yet.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    line: int = 0
    column: int = 0


@dataclass(slots=True)
class Diagnostics:
    """The collector that a run hands from stage to stage."""

    items: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def error(self, code: str, message: str, location: Location, hint: str = "") -> None:
        """Report something that leaves no correct output; nothing will be written."""
        self._add(code, Severity.ERROR, message, location, hint)

    def warning(self, code: str, message: str, location: Location, hint: str = "") -> None:
        """Report something that is emitted in a weaker form or repaired."""
        self._add(code, Severity.WARNING, message, location, hint)

    def note(self, code: str, message: str, location: Location, hint: str = "") -> None:
        """Report something worth knowing that needs no action."""
        self._add(code, Severity.NOTE, message, location, hint)

    def refuse(self, code: str, message: str, location: Location, hint: str = "") -> Refusal:
        """Report an error after which no stage can go on; the caller raises what this returns."""
        self.error(code, message, location, hint)
        return Refusal(message)

    @property
    def failed(self) -> bool:
        """Whether an error has been reported."""
        return any(item.severity is Severity.ERROR for item in self.items)

    def _add(self, code: str, severity: Severity, message: str, location: Location, hint: str) -> None:
        item = Diagnostic(code, severity, message, location, hint)
        if item not in self.items[-64:]:
            self.items.append(item)


class Refusal(Exception):  # noqa: N818  (it is no fault of the program)
    """The run cannot go on; what to tell the user is already in the run's `Diagnostics`."""
