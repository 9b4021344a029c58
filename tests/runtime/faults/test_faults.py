"""Each scenario on both clients and both HTTP libraries."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

import pytest

from faults.actions import Action, World, call
from faults.answers import EVENT_STREAM, then_silence
from faults.harness import complaints, run
from faults.registry import SCENARIOS
from faults.scenario import Scenario

RUNS = [
    pytest.param(scenario, World(package, kind), id=f"{scenario.group}-{scenario.name}-{kind}-{package}")
    for scenario in SCENARIOS
    for kind in scenario.kinds
    for package in scenario.packages
]


@pytest.fixture(autouse=True)
def _quick_retries() -> None:
    """Takes the place of the fixture that shortens waits: here they are part of what is looked at."""


@pytest.mark.parametrize(("scenario", "world"), RUNS)
def test_the_user_gets_what_the_table_says_and_nothing_leaks(scenario: Scenario, world: World) -> None:
    assert complaints(scenario, run(scenario, world)) == []


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [(scenario.group, scenario.name) for scenario in SCENARIOS]
    assert len(set(names)) == len(names) >= 40


def test_the_harness_sees_what_leaks() -> None:
    kept: list[Any] = []

    def keep_stream(client: Any, world: World) -> Any:
        return "kept" if kept.append(client.get("/x", **world.streamed())) is None else None

    def open_socket(client: Any, world: World) -> Any:
        return "kept" if kept.append(socket.socket()) is None else None

    async def start_task(client: Any, world: World) -> Any:
        kept.append(asyncio.ensure_future(asyncio.sleep(9)))
        return "kept"

    def seen(action: Action, kind: Any = "sync") -> list[str]:
        scenario = Scenario("leak", "any", "'kept'", (0, 1), (then_silence(EVENT_STREAM),), action, timeout=0.1)
        return complaints(scenario, run(scenario, World("sdk_runtime", kind)))

    assert seen(call(keep_stream)) == ["the client does not serve the next call"]
    assert seen(call(open_socket)) == ["1 sockets leak"]
    assert seen(Action(open_socket, start_task), "async") == ["1 tasks leak"]
    for each in kept[:2]:
        each.close()
