"""One thing that goes wrong, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal

from inplace import PACKAGES
from loopback import Answer, Server

from .actions import GET, Action
from .answers import itself

__all__ = ["Observed", "Scenario"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A fault.

    `gets` is a pattern of what the user gets: the text of a result, or `Error: message`. `attempts` is how many
    requests the server reads, a number or its bounds. `answers` is its script. `waits` are the seconds that the
    client decides to wait before each further attempt, None where it is the backoff.
    """

    group: str
    name: str
    gets: str
    attempts: int | tuple[int, int] = 1
    answers: tuple[Answer, ...] = ()
    action: Action = GET
    waits: tuple[float | None, ...] | None = None
    place: Callable[[Server], AbstractContextManager[str]] = itself
    retries: int = 2
    timeout: float = 2.0
    """Seconds for each step of the HTTP library."""
    pool: int = 1
    """Connections that the client may open: with one, a connection that leaks makes the next call fail."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    limits: Mapping[str, int] = field(default_factory=dict[str, int])
    """Constants of `_reading` and `_sse` to change, so that a limit is reached with little data."""
    closes: bool = False
    """Whether the scenario closes the client, so that no further call is possible."""
    within: float = 2.5
    """Seconds after which it must be over."""
    kinds: tuple[Literal["sync", "async"], ...] = ("sync", "async")
    packages: tuple[str, ...] = tuple(PACKAGES)
    """The packages to run it on, where one of the two HTTP libraries cannot do it."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What came of it. `serves`: whether the same client served a call afterwards."""

    gets: str
    attempts: int
    waits: tuple[float, ...]
    serves: bool
    sockets: int
    """Sockets that were left open after the client was closed."""
    tasks: int
    """Tasks of the event loop that were left over."""
    seconds: float
