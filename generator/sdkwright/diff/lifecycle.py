"""Deprecation, sunset and stability: what an API says about the future of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdkwright.diff.policy import STABILITIES, read_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdkwright.diff.walk import Here

    Get = Callable[[str], object]


def lifecycle(here: Here, kind: str, base: Get, revision: Get) -> None:
    """Compare `deprecated`, `x-sunset` and `x-stability-level`, which `base` and `revision` look up.

    `kind` ("operation", "parameter" or "") begins the names of the rules.
    """
    prefix = f"{kind}-" if kind else ""
    before, after = base("deprecated") is True, revision("deprecated") is True
    if after and not before:
        here.fact(f"{prefix}deprecated")
    elif before and not after:
        here.fact(f"{prefix}undeprecated")
    if after:
        _sunset(here, base("x-sunset") if before else None, revision("x-sunset"), revision, announced=not before)
    _stability(here, base("x-stability-level"), revision("x-stability-level"))


def _sunset(here: Here, old: object, new: object, revision: Get, *, announced: bool) -> None:
    policy = here.walk.policy
    stability = revision("x-stability-level")
    level = stability if isinstance(stability, str) else STABILITIES[-1]
    if new is None:
        if old is not None:
            here.fact("sunset-withdrawn", before=old)
        elif announced and policy.grace.get(level, 0) > 0:
            here.fact("sunset-missing")
        return
    day = read_date(new)
    if day is None:
        if announced or old != new:
            here.fact("sunset-unreadable", after=new)
    elif policy.too_soon(day, level) and (announced or _earlier(old, new)):
        here.fact("sunset-too-soon", after=str(day))


def _earlier(old: object, new: object) -> bool:
    before, after = read_date(old), read_date(new)
    return before is None or (after is not None and after < before)


def _stability(here: Here, old: object, new: object) -> None:
    if old == new:
        return
    before, after = (STABILITIES[-1] if value is None else value for value in (old, new))
    if after not in STABILITIES:
        here.fact("stability-unknown", before=old, after=new)
    elif before in STABILITIES and before != after:
        lowered = STABILITIES.index(str(after)) < STABILITIES.index(str(before))
        here.fact("stability-lowered" if lowered else "stability-raised", before=before, after=after)
