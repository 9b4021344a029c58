"""The rules as data: what a change is called, what it means, and its level in a request and in a response.

Nearly all follow from one principle. What a request may hold can widen and what a response may hold can narrow;
the opposite breaks somebody. The exceptions carry their own levels, and docs/diff-policy.md gives the reasons.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright.diff.levels import Level
from sdkwright.diff.rules_http import HTTP_RULES
from sdkwright.diff.rules_schema import SCHEMA_RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

Levels = tuple[Level, Level]

NARROWS: Final[Levels] = (Level.MAJOR, Level.PATCH)
WIDENS: Final[Levels] = (Level.MINOR, Level.MAJOR)
CHANGES: Final[Levels] = (Level.MAJOR, Level.MAJOR)

_LEVELS: Final[Mapping[str, Levels]] = MappingProxyType({
    "narrows": NARROWS,
    "widens": WIDENS,
    "changes": CHANGES,
    **{f"{request} {response}": (Level[request.upper()], Level[response.upper()])
       for request in ("none", "patch", "minor", "warning", "major")
       for response in ("none", "patch", "minor", "warning", "major")},
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of change.

    `title` is a sentence about `{name}`, `{before}` and `{after}`. `request` and `response` are the levels where
    the changed thing is part of a request or of a response, `wire` is what it means there, in this order.
    """

    id: str
    title: str
    request: Level
    response: Level
    wire: tuple[str, str]
    python: str

    @property
    def meaning(self) -> str:
        """What it means on the wire, in both directions."""
        sent, received = self.wire
        return sent if sent == received else f"in a request: {sent}; in a response: {received}"


def _rules() -> dict[str, Rule]:
    found: dict[str, Rule] = {}
    for identifier, levels, title, wire, python in (*HTTP_RULES, *SCHEMA_RULES):
        request, response = _LEVELS[levels]
        if identifier in found:
            raise ValueError(f"the rule {identifier} stands twice")
        sent, _, received = wire.partition(" | ")
        found[identifier] = Rule(identifier, title, request, response, (sent, received or sent), python)
    return found


RULES: Final[Mapping[str, Rule]] = MappingProxyType(_rules())
"""Every rule by its id."""
