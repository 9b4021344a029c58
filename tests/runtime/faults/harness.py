"""Runs one scenario and looks at everything that it leaves behind."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loopback import Server, reply

from .actions import Interrupted, World
from .scenario import Observed, Scenario

__all__ = ["complaints", "run"]

_LONGEST_WAIT = 0.3
"""Longer waits are noted, and cut short."""
_SETTLING = 3.0
"""Seconds that sockets have to close after the client; the server's thread may not have counted one as its own yet."""


def run(scenario: Scenario, world: World) -> Observed:
    """Let it happen, on a client and a server of its own."""
    answers = list(scenario.answers) or [reply({"ok": 1})]
    with Server(answers) as server, scenario.place(server) as url, _changed(scenario, world) as waits:
        attempt = _Attempt(scenario, world, server, url, waits)
        return asyncio.run(attempt.arun()) if world.kind == "async" else attempt.run()


def complaints(scenario: Scenario, seen: Observed) -> list[str]:
    """What is not as the scenario says; empty when all is well."""
    low, high = scenario.attempts if isinstance(scenario.attempts, tuple) else (scenario.attempts, scenario.attempts)
    found = {
        f"the user gets {seen.gets!r} instead of {scenario.gets!r}": not re.match(scenario.gets, seen.gets, re.DOTALL),
        f"the server saw {seen.attempts} attempts instead of {scenario.attempts}": not low <= seen.attempts <= high,
        f"the client waited {seen.waits} instead of {scenario.waits}": not _waited(scenario, seen),
        "the client does not serve the next call": not seen.serves,
        f"{seen.sockets} sockets leak": seen.sockets > 0,
        f"{seen.tasks} tasks leak": seen.tasks > 0,
        f"it took {seen.seconds:.1f} seconds": seen.seconds > scenario.within,
    }
    return [text for text, wrong in found.items() if wrong]


def _waited(scenario: Scenario, seen: Observed) -> bool:
    if scenario.waits is None:
        return True
    if len(scenario.waits) != len(seen.waits):
        return False
    # Where nothing sensible is asked, the wait is the backoff: 0.5 doubling to 8, less up to a quarter.
    return all(
        0.75 * 0.5 * 2**turn <= got <= 0.5 * 2**turn if asked is None else abs(got - asked) <= 0.1 * asked
        for turn, (asked, got) in enumerate(zip(scenario.waits, seen.waits, strict=True))
    )


class _Attempt:
    """One run; what both worlds have in common."""

    def __init__(self, scenario: Scenario, world: World, server: Server, url: str, waits: list[float]) -> None:
        self.scenario, self.world, self.server, self.url, self.waits = scenario, world, server, url, waits

    def client(self) -> Any:
        base = self.world.module("_base_client")
        http = self.world.module("_http").httpx
        limits = http.Limits(max_connections=self.scenario.pool)
        kind = self.world.kind
        cls = base.AsyncAPIClient if kind == "async" else base.SyncAPIClient
        pooled = base.DefaultAsyncHttpxClient if kind == "async" else base.DefaultHttpxClient
        return cls(
            version="1",
            base_url=self.url,
            http_client=pooled(limits=limits),
            max_retries=self.scenario.retries,
            timeout=self.scenario.timeout,
            **self.scenario.options,
        )

    def run(self) -> Observed:
        before = _sockets()
        client = self.client()
        started = time.monotonic()
        try:
            gets = _shown(self.scenario.action.run(client, self.world))
        except (Exception, Interrupted) as error:
            gets = _shown(error)
        seconds, attempts, waits = time.monotonic() - started, len(self.server.heard), tuple(self.waits)
        serves = self.scenario.closes
        if not serves:
            self.server.answers(reply({"after": True}))
            with contextlib.suppress(self.world.module("_exceptions").APIError):
                serves = client.get(self.after, cast_to=object, options={"timeout": 1}) == {"after": True}
        client.close()
        ends = time.monotonic() + _SETTLING
        while (left := self.left(before)) and time.monotonic() < ends:
            time.sleep(0.01)
        return Observed(gets, attempts, waits, serves, left, 0, seconds)

    async def arun(self) -> Observed:
        before = _sockets()
        client = self.client()
        started = time.monotonic()
        try:
            gets = _shown(await self.scenario.action.arun(client, self.world))
        except (Exception, Interrupted) as error:
            gets = _shown(error)
        seconds, attempts, waits = time.monotonic() - started, len(self.server.heard), tuple(self.waits)
        serves = self.scenario.closes
        if not serves:
            self.server.answers(reply({"after": True}))
            with contextlib.suppress(self.world.module("_exceptions").APIError):
                serves = await client.get(self.after, cast_to=object, options={"timeout": 1}) == {"after": True}
        await client.close()
        ends = time.monotonic() + _SETTLING
        while (left := self.left(before)) and time.monotonic() < ends:
            await asyncio.sleep(0.01)
        tasks = len(asyncio.all_tasks()) - 1
        return Observed(gets, attempts, waits, serves, left, tasks, seconds)

    @property
    def after(self) -> str:
        """Where the next call goes: the scenario's own server, which may not be where the client points to."""
        self.server.tls = None
        return f"{self.server.url}/after"

    def left(self, before: set[int]) -> int:
        """Sockets of the client that are still open."""
        gc.collect()
        return len(_sockets() - before - self.server.inodes)


def _sockets() -> set[int]:
    """The sockets that this process has open."""
    found: set[int] = set()
    for path in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError, ValueError):
            status = os.fstat(int(path.name))
            if stat.S_ISSOCK(status.st_mode):
                found.add(status.st_ino)
    return found


def _shown(outcome: object) -> str:
    """What the user gets in one line."""
    if isinstance(outcome, Interrupted):
        return "interrupted"
    if isinstance(outcome, BaseException):
        return f"{type(outcome).__name__}: {outcome}"
    text = repr(outcome)
    problems = getattr(outcome, "_response_problems", ())
    text += f" with problems: {'; '.join(map(str, problems))}" if problems else ""
    return text if len(text) <= 200 else f"{len(outcome)} bytes" if isinstance(outcome, bytes) else text[:200]


@contextmanager
def _changed(scenario: Scenario, world: World) -> Iterator[list[float]]:
    """Notes each wait and cuts it short, and lowers limits."""
    retry = world.module("_retry")
    decide, real, waits, asked = retry.Retries.delay, retry.retry_delay, [], [0.0]

    def shortened(taken: int, response: Any) -> float:
        asked[0] = real(taken, response)
        return asked[0] if asked[0] <= _LONGEST_WAIT else 0.001

    def noted(self: Any, outcome: Any, taken: int) -> float | None:
        delay = decide(self, outcome, taken)
        if delay is not None:
            waits.append(asked[0])
        return delay

    modules = [world.module("_reading"), world.module("_sse")]
    changes = [(module, name, value) for name, value in scenario.limits.items() for module in modules]
    changes = [
        (retry, "retry_delay", shortened),
        (retry.Retries, "delay", noted),
        *(change for change in changes if hasattr(change[0], change[1])),
    ]
    kept = [(module, name, getattr(module, name)) for module, name, _ in changes]
    for module, name, value in changes:
        setattr(module, name, value)
    try:
        yield waits
    finally:
        for module, name, value in kept:
            setattr(module, name, value)
