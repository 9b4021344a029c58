"""R4: cancellation at any moment leaves a pool that serves.

On httpx2 that is a pool of five connections. httpcore 1.0.9, below httpx 0.28.1, loses a connection when a call is
cancelled between being given a new one and opening it, and nothing above can tell; there the pool is the package's own.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import anyio
import pytest

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("mode", ["asyncio", "trio"])]

ROUNDS = 20
TASKS = 10


def small(kit: Kit) -> Any:
    """A client with few connections, where the HTTP library loses none."""
    http = kit.package.http
    limits = {"limits": http.Limits(max_connections=5)} if http.__name__ == "httpx2" else {}
    return kit.client(http_client=kit.top.DefaultAsyncHttpxClient(timeout=4.0, **limits), max_retries=0)


async def abandon(call: Any, seconds: float, steps: int) -> None:
    """Start a call and cancel it, after some steps of the loop and some time."""

    async def run() -> None:
        await call()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run)
        for _ in range(steps):
            await anyio.lowlevel.checkpoint()
        if seconds:
            await anyio.sleep(seconds)
        tasks.cancel_scope.cancel()


async def read(client: Any) -> None:
    """A stream without end."""
    async with await client.radar.watch() as stream:
        async for _ in stream:
            pass


async def serves(client: Any, calls: int = 100) -> int:
    """How many of a hundred calls at once are answered."""
    answered: list[str] = []

    async def one() -> None:
        answered.append(await client.anthem.get())

    with anyio.move_on_after(6):
        async with anyio.create_task_group() as tasks:
            for _ in range(calls):
                tasks.start_soon(one)
    return len(answered)


KINDS = ["call", "upload", "page", "stream", "token", "download"]


@pytest.mark.parametrize("kind", KINDS)
async def test_r4_a_hundred_of_a_hundred_calls_are_served_after_cancellations(kit: Kit, kind: str) -> None:
    kit.harbor.streams.endless = True
    client = small(kit).with_options(client_id="id", client_secret="secret-0123456789")

    async def download() -> None:
        async with client.charts.with_streaming_response.get("c1") as response:
            async for _ in response.iter_bytes(100):
                await anyio.lowlevel.checkpoint()

    async def page() -> None:
        async for _ in client.ships.list():
            pass

    async def token() -> None:
        client._token_cache._tokens.clear()
        await client.gates.service()

    calls: dict[str, Any] = {
        "call": client.anthem.get,
        "upload": lambda: client.cargo.load(manifest=b"x" * 20_000, title="t"),
        "page": page,
        "stream": lambda: read(client),
        "token": token,
        "download": download,
    }
    chance = random.Random(kind)
    for _ in range(ROUNDS):
        async with anyio.create_task_group() as tasks:
            for _ in range(TASKS):
                tasks.start_soon(abandon, calls[kind], chance.choice([0, 0, 0.001, 0.004]), chance.randrange(30))
    assert await serves(client) == 100


async def test_r4_a_call_that_is_cancelled_while_it_waits_for_the_next_attempt_sends_no_more(kit: Kit) -> None:
    kit.harbor.fail(503, headers={"retry-after": "5"})
    client = kit.client()
    with anyio.move_on_after(0.1) as scope:
        await client.anthem.get()
    assert scope.cancelled_caught and len(kit.harbor.heard) == 1
    assert await serves(client, 10) == 10


async def test_r4_cancelling_one_waits_for_the_token_of_no_other(kit: Kit) -> None:
    client = kit.client(client_id="id", client_secret="secret-0123456789")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(abandon, client.gates.service, 0, 5)
        for _ in range(10):
            tasks.start_soon(client.gates.service)
    assert len([heard for heard in kit.harbor.heard if heard.path == "/gates/service"]) >= 10
