"""What a comparison found."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sdkwright.surface.model import Place, Unread
from sdkwright.surface.rules import Rule


class Bump(enum.StrEnum):
    """The part of a version that a set of changes asks for (semantic versioning)."""

    NONE = "none"
    MINOR = "minor"
    MAJOR = "major"


@dataclass(frozen=True, slots=True)
class Finding:
    """One change at its root cause.

    `symbol` is the path that users know, `parameter` the parameter or field in it; `also` are further paths to the
    same thing. `before` and `after` are source text, empty where there was or is nothing. `hint` says what to use
    instead, or what the change is made of.
    """

    rule: Rule
    symbol: str
    parameter: str = ""
    before: str = ""
    after: str = ""
    old: Place | None = None
    new: Place | None = None
    also: tuple[str, ...] = ()
    semi_public: bool = False
    hint: str = ""

    @property
    def name(self) -> str:
        """The symbol with its parameter: `pkg.Client.list(limit)`."""
        return f"{self.symbol}({self.parameter})" if self.parameter else self.symbol


@dataclass(frozen=True, slots=True)
class Comparison:
    """All findings about two packages, those that break users first."""

    old: str
    new: str
    findings: tuple[Finding, ...]
    unread_old: tuple[Unread, ...] = ()
    unread_new: tuple[Unread, ...] = ()

    @property
    def breaking(self) -> tuple[Finding, ...]:
        """The findings that break somebody."""
        return tuple(item for item in self.findings if item.rule.breaking)

    @property
    def compatible(self) -> tuple[Finding, ...]:
        """The findings that break nobody."""
        return tuple(item for item in self.findings if not item.rule.breaking)

    @property
    def bump(self) -> Bump:
        """What the next version has to be, as far as the surface decides it."""
        if self.breaking:
            return Bump.MAJOR
        return Bump.MINOR if self.findings else Bump.NONE
