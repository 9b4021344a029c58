"""What a team has decided: which changes it takes lightly, which seriously, and how it retires things."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.diff.levels import Level

STABILITIES: Final = ("draft", "alpha", "beta", "stable")
"""The values of `x-stability-level`, from the least stable; an operation without one is stable."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The settings of a comparison.

    `today` is the day that sunsets are compared with. `grace` has, by stability, the days that must lie between
    an announcement and a sunset; a stability without an entry needs no sunset. Operations whose stability is in
    `unstable` may change as they like: nothing there is more than minor. `severity` replaces the level of a rule
    wherever it is not NONE already.
    """

    today: datetime.date
    grace: Mapping[str, int] = field(default_factory=dict[str, int])
    unstable: frozenset[str] = frozenset({"draft", "alpha"})
    soften_deprecated: bool = True
    severity: Mapping[str, Level] = field(default_factory=dict[str, "Level"])

    def before_sunset(self, sunset: object) -> bool:
        """Whether a sunset was announced and has not come yet; one that cannot be read never comes."""
        if sunset is None:
            return False
        day = read_date(sunset)
        return day is None or day > self.today

    def may_go(self, deprecated: object) -> bool:
        """Whether a thing may be removed because it was deprecated."""
        return deprecated is True and self.soften_deprecated

    def too_soon(self, sunset: datetime.date, stability: str) -> bool:
        """Whether a sunset lies closer than the days of grace."""
        days = self.grace.get(stability, 0)
        return days > 0 and sunset < self.today + datetime.timedelta(days=days)


def read_date(value: object) -> datetime.date | None:
    """The date that an `x-sunset` holds (RFC 3339, with or without a time), or None."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return datetime.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
