"""Each scenario on both clients and both HTTP libraries."""

from __future__ import annotations

import pytest
from faults.actions import World
from faults.harness import complaints, run
from faults.registry import SCENARIOS
from faults.scenario import Scenario
from inplace import PACKAGES

RUNS = [
    pytest.param(scenario, World(package, kind), id=f"{scenario.group}-{scenario.name}-{kind}-{package}")
    for scenario in SCENARIOS
    for kind in scenario.kinds
    for package in PACKAGES
]


@pytest.mark.parametrize(("scenario", "world"), RUNS)
def test_the_user_gets_what_the_table_says_and_nothing_leaks(scenario: Scenario, world: World) -> None:
    assert complaints(scenario, run(scenario, world)) == []


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [(scenario.group, scenario.name) for scenario in SCENARIOS]
    assert len(set(names)) == len(names) >= 40
