"""A slice: the golden documents and the five APIs of this repository; the rest is `python -m tests.values FOLDER`."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdkwright.pipeline import Options
from support.golden import REPOSITORY, Case, cases

from values.equal import differences
from values.package import package
from values.survive import survive

GOLDEN = [case for case in cases() if not case.name.startswith("bad_")]
IMPOSSIBLE = {"allof_cycle", "contradictory_schemas"}
"""Documents with schemas that no value fits, by the letter."""
SPECS = sorted(path.parent for path in REPOSITORY.glob("specs/*/openapi.*"))


@pytest.mark.slow
@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.name)
def test_values_of_a_golden_document_come_back_as_they_were(case: Case, tmp_path: Path) -> None:
    with package(case.spec, case.options, tmp_path) as made:
        outcome = survive(made, 20)
    assert not outcome.failures, "\n".join(outcome.failures[:10])
    assert not outcome.unmade or case.name in IMPOSSIBLE, outcome.unmade


@pytest.mark.slow
@pytest.mark.parametrize("directory", SPECS, ids=lambda directory: directory.name)
def test_values_of_an_api_of_this_repository_come_back_as_they_were(directory: Path, tmp_path: Path) -> None:
    (spec,) = directory.glob("openapi.*")
    options = Options(config=directory / "sdk.yaml", overlays=tuple(sorted(directory.glob("overlay*"))))
    with package(spec, options, tmp_path) as made:
        outcome = survive(made, 5)
    assert not outcome.failures, "\n".join(outcome.failures[:10])
    assert outcome.values > outcome.schemas


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (3, 3.0),
        (2**70, 2**70),
        ("2026-05-01T08:00:00Z", "2026-05-01T08:00:00+00:00"),
        ("2026-05-01T08:00:00.5Z", "2026-05-01T10:00:00.500000+02:00"),
        ({"a": [None, {"b": 1}]}, {"a": [None, {"b": 1}]}),
    ],
)
def test_equal_json(before: object, after: object) -> None:
    assert list(differences(before, after)) == []


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        (1, True, ""),
        (2**53 + 1, 2**53, ""),
        ("1", 1, ""),
        ("2026-05-01T08:00:00", "2026-05-01T08:00:00Z", ""),
        ({"a": 1}, {}, "/a"),
        ({"a": None}, {"a": None, "b": None}, "/b"),
        ([1, 2], [2, 1], "/0"),
        ([1], [1, 1], ""),
    ],
)
def test_different_json(before: object, after: object, where: str) -> None:
    assert next(differences(before, after)).partition(":")[0] == where
