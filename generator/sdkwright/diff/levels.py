"""How much a change matters: to a version number, to a person, and in which direction it travels."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Level(enum.IntEnum):
    """What a change asks of the next version, ordered.

    `WARNING` stands between minor and major: no well-behaved peer breaks, but some real ones will. It counts as
    minor in a version and fails a run under `--fail-on warning`.
    """

    NONE = 0
    PATCH = 1
    MINOR = 2
    WARNING = 3
    MAJOR = 4

    @property
    def verdict(self) -> str:
        """The word of the reports: none, patch, minor or major."""
        return "minor" if self is Level.WARNING else self.name.lower()


@dataclass(frozen=True, slots=True)
class Scope:
    """The directions in which something below a definition travels, seen from that definition.

    `flip` swaps them: below `not` and in what a server sends (callbacks, webhooks), what is asked of one side
    is promised by the other. A `readOnly` property is in no request, a `writeOnly` one in no response.
    """

    flip: bool = False
    request: bool = True
    response: bool = True

    def flipped(self) -> Scope:
        """The same with the directions of this point swapped."""
        return Scope(not self.flip, self.response, self.request)

    def only(self, *, request: bool = True, response: bool = True) -> Scope:
        """The same with a direction, as it is here, closed."""
        return Scope(self.flip, self.request and request, self.response and response)


EVERYWHERE = Scope()
