"""A slice of the crashes; `python -m tests.hostile crash` is the whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs processes that fork")

if sys.platform != "win32":
    from hostile.crash import crowd, matrix, moments, workers
    from hostile.crash.shim import ERRORS, FAULTS, KILL
    from hostile.crash.works import Work, works


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Work]:
    return works(tmp_path_factory.mktemp("works"))


def failures(rows: list[matrix.Row]) -> list[str]:
    assert all(row.trials for row in rows)
    return [failure for row in rows for failure in row.failures]


def test_every_kind_of_change_is_struck(made: dict[str, Work]) -> None:
    found = {operation for work in made.values() for operation in work.operations}
    assert found >= {"open", "write", "fsync", "exchange", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_at_any_change_of_a_write_leaves_the_old_or_the_new_package(
    made: dict[str, Work], tmp_path: Path, fault: matrix.Fault
) -> None:
    publishing = [work for name, work in made.items() if name.startswith("publish")]
    assert failures(matrix.run(publishing, tmp_path, faults=[fault], every=13)) == []


def test_a_kill_or_a_full_disk_at_any_change_of_a_whole_run_leaves_the_old_or_the_new_package(
    made: dict[str, Work], tmp_path: Path
) -> None:
    assert failures(matrix.run([made["generate, exchange"]], tmp_path, faults=[KILL, ERRORS[0]], every=61)) == []


def test_a_kill_or_a_signal_at_any_moment_leaves_the_old_or_the_new_package(
    made: dict[str, Work], tmp_path: Path
) -> None:
    chosen = {name: made[name] for name in ("publish, exchange", "publish, first")}
    assert failures(moments.run(chosen, tmp_path, kills=10, seed=7)) == []


def test_a_directory_that_may_not_be_written_leaves_the_old_or_the_new_package(
    made: dict[str, Work], tmp_path: Path
) -> None:
    tmp_path.chmod(0o755)
    assert failures(crowd.read_only({"publish, first": made["publish, first"]}, tmp_path)) == []


def test_eight_writers_at_once_leave_one_whole_package_even_if_two_are_killed(tmp_path: Path) -> None:
    assert failures(crowd.writers(tmp_path, rounds=4, seed=7)) == []


@pytest.mark.parametrize(("number", "group"), workers.SIGNALS)
def test_a_signal_ends_all_workers_of_a_workspace_and_leaves_nothing(tmp_path: Path, number: int, group: bool) -> None:
    assert workers.interrupted(tmp_path, number, group=group) == []


def test_a_worker_that_was_killed_ends_the_run_with_an_error(tmp_path: Path) -> None:
    assert workers.killed(tmp_path) == []
