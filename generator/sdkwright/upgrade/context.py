"""What every rule of the upgrade shares: how to report, and how to say that a node has moved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sdkwright import pointers
from sdkwright.bundle.grammar import steps

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.bundle.origins import Origins
    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits

Node = dict[str, object]

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Control characters, line separators and bidirectional controls: not for names and patterns."""


@dataclass(slots=True)
class Context:
    """One upgrade. `minor` is the document's version as 3.x counts it; Swagger 2.0 arrives here as 3.0."""

    origins: Origins
    diagnostics: Diagnostics
    limits: Limits
    minor: int
    moves: dict[str, str] = field(default_factory=dict[str, str])
    unions: list[Node] = field(default_factory=list["Node"])
    """Schemas with alternatives and a discriminator."""
    composed: list[Node] = field(default_factory=list["Node"])
    """Schemas with `allOf`."""

    def warn(self, code: str, message: str, where: Where | None, hint: str = "") -> None:
        """Report a repair or a loss at a node."""
        self.diagnostics.warning(code, message, self.origins.locate(pointer_of(where)), hint)

    def error(self, code: str, message: str, where: Where | None, hint: str = "") -> None:
        """Report what cannot be repaired."""
        self.diagnostics.error(code, message, self.origins.locate(pointer_of(where)), hint)

    def move(self, new: Where, old: Where) -> None:
        """Remember that the node now at `new` stood at `old`."""
        self.moves[pointer_of(new)] = pointer_of(old)


def pointer_of(where: Where | None) -> str:
    """The pointer of a way."""
    return pointers.join(str(step) for step in steps(where))
