"""Retries: what is tried again, when, how often, with the same key and the same body."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from runtime.loopback import Server, reply, reset
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from features.kit import Kit, Package

pytestmark = pytest.mark.anyio


@pytest.fixture
def waits(package: Package, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The delays that were decided on, which are then cut short."""
    decided: list[float] = []
    real = package.module("_retry").retry_delay

    def noted(taken: int, response: Any) -> float:
        decided.append(real(taken, response))
        return 0.0

    package.replace(monkeypatch, "retry_delay", noted)
    return decided


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504])
async def test_statuses_that_may_pass_are_tried_twice_more(kit: Kit, status: int) -> None:
    kit.harbor.fail(status, status)
    assert (await kit(kit.client().anthem.get())) == "Over the sea\n"
    assert len(kit.harbor.heard) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 418, 422])
async def test_statuses_that_stay_are_not_tried_again(kit: Kit, status: int) -> None:
    kit.harbor.fail(status)
    with pytest.raises(kit.top.APIStatusError):
        await kit(kit.client().anthem.get())
    assert len(kit.harbor.heard) == 1


async def test_a_broken_connection_is_tried_again(kit: Kit) -> None:
    with Server([reset, reset, reply(b"ahoy", headers=[("Content-Type", "text/plain")])]) as server:
        assert (await kit(kit.client(base_url=server.url).anthem.get())) == "ahoy"
        assert len(server.heard) == 3


async def test_x_should_retry_decides_where_it_is_present(kit: Kit) -> None:
    client = kit.client()
    kit.harbor.fail(400, headers={"x-should-retry": "true"})
    await kit(client.anthem.get())
    assert len(kit.harbor.heard) == 2
    kit.harbor.fail(503, headers={"x-should-retry": "false"})
    with pytest.raises(kit.top.InternalServerError):
        await kit(client.anthem.get())
    assert len(kit.harbor.heard) == 3


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after": "2"}, 2.0),
        ({"retry-after": "0.25"}, 0.25),
        ({"retry-after-ms": "700", "retry-after": "9"}, 0.7),
        ({"retry-after": "86400"}, 60.0),
    ],
)
async def test_the_server_says_how_long_to_wait(
    kit: Kit, waits: list[float], headers: dict[str, str], expected: float
) -> None:
    kit.harbor.fail(429, headers=headers)
    await kit(kit.client().anthem.get())
    assert waits == [pytest.approx(expected)]


async def test_the_server_says_until_when_to_wait(kit: Kit, waits: list[float]) -> None:
    until = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 20))
    kit.harbor.fail(503, headers={"retry-after": until})
    await kit(kit.client().anthem.get())
    assert 15 < waits[0] <= 20


async def test_without_advice_the_configured_delays_double_up_to_the_most(kit: Kit, waits: list[float]) -> None:
    kit.harbor.fail(*[503] * 5)
    await kit(kit.client(max_retries=5).anthem.get())
    for waited, most in zip(waits, [0.01, 0.02, 0.04, 0.04, 0.04], strict=True):
        assert most * 0.75 <= waited <= most


async def test_the_client_really_waits(kit: Kit) -> None:
    kit.harbor.fail(503, headers={"retry-after-ms": "120"})
    start = time.monotonic()
    await kit(kit.client().anthem.get())
    assert 0.12 <= time.monotonic() - start < 2


async def test_the_number_of_retries_is_set_by_client_and_by_call(kit: Kit) -> None:
    kit.harbor.fail(503, 503, 503, 503)
    client = kit.client(max_retries=1)
    with pytest.raises(kit.top.InternalServerError):
        await kit(client.anthem.get())
    assert len(kit.harbor.heard) == 2
    with pytest.raises(kit.top.InternalServerError):
        await kit(client.anthem.get(max_retries=0))
    assert len(kit.harbor.heard) == 3
    await kit(client.with_options(max_retries=4).anthem.get())
    assert len(kit.harbor.heard) == 5
    with pytest.raises(ValueError, match="negative"):
        kit.client(max_retries=-1)


async def test_a_client_whose_budget_is_spent_fails_at_once(kit: Kit) -> None:
    client = kit.client(max_retries=10)
    budget = client._retry_budget
    budget.tokens = budget.cost * 2
    kit.harbor.fail(*[503] * 5)
    with pytest.raises(kit.top.InternalServerError):
        await kit(client.anthem.get())
    assert len(kit.harbor.heard) == 3
    with pytest.raises(kit.top.InternalServerError):
        await kit(client.copy().anthem.get())
    assert len(kit.harbor.heard) == 4


async def test_one_idempotency_key_serves_all_attempts_of_a_call(kit: Kit) -> None:
    client = kit.client()
    kit.harbor.fail(503, 503)
    await kit(client.ships.create(name="Berta"))
    await kit(client.ships.create(name="Cilia"))
    keys = [heard.headers["idempotency-key"] for heard in kit.harbor.heard]
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert {heard.body for heard in kit.harbor.heard[:3]} == {b'{"name":"Berta"}'}


async def test_an_idempotency_key_of_the_caller_is_sent_and_reading_needs_none(kit: Kit) -> None:
    client = kit.client()
    await kit(client.ships.create(name="Berta", idempotency_key="mine"))
    assert kit.harbor.last.headers["idempotency-key"] == "mine"
    await kit(client.ships.get("s1"))
    assert "idempotency-key" not in kit.harbor.last.headers


async def test_a_total_time_ends_the_retries(kit: Kit) -> None:
    kit.harbor.fail(503, headers={"retry-after": "30"})
    start = time.monotonic()
    with pytest.raises(kit.top.InternalServerError):
        await kit(kit.client(total_timeout=1.0).anthem.get())
    assert time.monotonic() - start < 1 and len(kit.harbor.heard) == 1


async def test_a_response_says_how_often_it_was_tried(kit: Kit) -> None:
    kit.harbor.plan(PlainTextResponse("later", 503))
    response = await kit(kit.client().anthem.with_raw_response.get())
    assert (response.retries_taken, response.status_code) == (1, 200)
