"""In which directions aliases travel: one name may stand in what callers write and in what they get."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sdkwright.diff.members import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sdkwright.diff.package import Call, Class


def with_directions(classes: Mapping[str, Class], calls: Mapping[str, Call]) -> dict[str, Class]:
    """The same classes; each alias that something uses says whether it is sent, read, or both."""
    aliases = {each.name: each.text for each in classes.values() if each.text}
    sent = _closure(
        aliases,
        (
            *(member.annotation for each in classes.values() if each.sent for member in each.members.values()),
            *(argument.annotation for call in calls.values() for argument in call.arguments.values()),
        ),
    )
    read = _closure(
        aliases,
        (
            *(member.annotation for each in classes.values() if each.read for member in each.members.values()),
            *(call.returns for call in calls.values()),
        ),
    )
    return {
        symbol: replace(each, sent=each.name in sent, read=each.name in read)
        if each.text and each.name in sent | read
        else each
        for symbol, each in classes.items()
    }


def _closure(aliases: Mapping[str, str], annotations: Iterable[str]) -> set[str]:
    """The aliases that annotations mention, and those that these mention."""
    found: set[str] = set()
    waiting = {name for text in annotations for name in names_in(text)}
    while waiting:
        name = waiting.pop()
        if name in aliases and name not in found:
            found.add(name)
            waiting |= names_in(aliases[name])
    return found
