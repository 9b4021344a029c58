"""A slice of the mutants, of small documents; `python -m tests.hostile mutants` is the whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hostile.mutants import SPECS, Mutants, documents, mutate
from hostile.trial import Bench

GOLDEN = SPECS.parent / "tests" / "golden"
COUNT = 300


def test_a_mutant_is_a_package_or_a_located_error(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    run = Mutants(bench, seed=7, import_every=30)
    run.run(documents((GOLDEN,), largest=20_000), COUNT)
    bench.close()
    assert run.failures == []
    assert run.packages + run.refused.total() == COUNT
    assert run.packages > COUNT // 3


@pytest.mark.parametrize("seed", range(5))
def test_a_seed_always_gives_the_same_mutant(seed: int) -> None:
    data = {"a": {"b": [1, 2, {"c": "text"}]}, "d": "e"}
    assert mutate(data, random.Random(seed)) == mutate(data, random.Random(seed))
    assert data == {"a": {"b": [1, 2, {"c": "text"}]}, "d": "e"}
