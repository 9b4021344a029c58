"""A kill, a fault or a signal before every single change on the disk, in both ways of publishing."""

from __future__ import annotations

import errno
import os
import shutil
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.write import Terminated, recover

from .support import (
    NEW,
    OLD,
    USERS,
    CountingDisk,
    OneByOneDisk,
    contents,
    in_child,
    kill,
    leftovers,
    prepare,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BEFORE = {**OLD, **USERS}
AFTER = {**NEW, **USERS}
WAYS = pytest.mark.parametrize("way", [CountingDisk, OneByOneDisk])


def changes(way: type[CountingDisk], place: Path, *, fresh: bool = False) -> int:
    """How many changes an undisturbed run makes."""
    target = place / "counted" / "pkg"
    if not fresh:
        prepare(target)
    disk = way()
    write(target, NEW, disk)
    assert contents(target) == (NEW if fresh else AFTER)
    shutil.rmtree(target.parent)
    return disk.count


def test_a_kill_anywhere_leaves_the_old_or_the_new_package_even_before_the_next_run(
    tmp_path: Path,
) -> None:
    outcomes: list[bool] = []
    for step in range(changes(CountingDisk, tmp_path)):
        target = tmp_path / str(step) / "pkg"
        prepare(target)
        status = in_child(partial(write, target, NEW, CountingDisk(step, kill)))
        assert status == signal.SIGKILL
        found = contents(target)
        assert found in (BEFORE, AFTER), step
        recover(target, diagnostics=Diagnostics())
        assert contents(target) == found, step
        assert leftovers(target) == []
        outcomes.append(found == AFTER)
    assert outcomes == sorted(outcomes)
    assert {*outcomes} == {False, True}


@WAYS
def test_the_run_after_a_kill_completes_the_new_package(tmp_path: Path, way: type[CountingDisk]) -> None:
    for step in range(changes(way, tmp_path)):
        target = tmp_path / str(step) / "pkg"
        prepare(target)
        assert in_child(partial(write, target, NEW, way(step, kill))) == signal.SIGKILL
        write(target, NEW)
        assert contents(target) == AFTER, step
        assert leftovers(target) == []


def test_where_directories_cannot_be_exchanged_recovery_ends_with_one_of_the_two(
    tmp_path: Path,
) -> None:
    outcomes: list[bool] = []
    for step in range(changes(OneByOneDisk, tmp_path)):
        target = tmp_path / str(step) / "pkg"
        prepare(target)
        assert in_child(partial(write, target, NEW, OneByOneDisk(step, kill))) == signal.SIGKILL
        recover(target, diagnostics=Diagnostics())
        assert contents(target) in (BEFORE, AFTER), step
        assert leftovers(target) == []
        outcomes.append(contents(target) == AFTER)
    assert outcomes == sorted(outcomes)
    assert {*outcomes} == {False, True}


def test_a_kill_during_the_first_write_leaves_no_package_or_a_whole_one(tmp_path: Path) -> None:
    for step in range(changes(CountingDisk, tmp_path, fresh=True)):
        target = tmp_path / str(step) / "deep" / "pkg"
        assert in_child(partial(write, target, NEW, CountingDisk(step, kill))) == signal.SIGKILL
        assert contents(target) in ({}, NEW), step
        write(target, NEW)
        assert contents(target) == NEW
        assert leftovers(target) == []


@WAYS
def test_a_kill_of_the_recovery_is_recovered_too(tmp_path: Path, way: type[CountingDisk]) -> None:
    total = changes(way, tmp_path)
    for step in range(total // 2, total):
        for second in range(0, 8, 3):
            target = tmp_path / f"{step}-{second}" / "pkg"
            prepare(target)
            in_child(partial(write, target, NEW, way(step, kill)))
            in_child(partial(recover, target, diagnostics=Diagnostics(), disk=way(second, kill)))
            recover(target, diagnostics=Diagnostics())
            assert contents(target) in (BEFORE, AFTER), (step, second)
            assert leftovers(target) == []


def full() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture(autouse=True)
def heeded() -> Iterator[None]:
    """SIGINT as Python takes it: a job in the background of a shell without job control starts with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


@WAYS
@pytest.mark.parametrize(
    ("fault", "raised"), [(full, Refusal), (interrupt, KeyboardInterrupt), (terminate, Terminated)]
)
def test_a_fault_or_signal_rolls_back_at_once_or_comes_after_the_end(
    tmp_path: Path, way: type[CountingDisk], fault: Callable[[], None], raised: type[BaseException]
) -> None:
    outcomes: list[bool] = []
    for step in range(changes(way, tmp_path)):
        target = tmp_path / str(step) / "pkg"
        prepare(target)
        stopped = False
        try:
            write(target, NEW, way(step, fault))
        except raised:
            stopped = True
        assert contents(target) in ((BEFORE, AFTER) if stopped else (AFTER,)), step
        if not stopped:  # a fault when the outcome stands is none of the run's; the next clears what this one could not
            assert fault is full, step
            recover(target, diagnostics=Diagnostics())
        assert leftovers(target) == [], step
        outcomes.append(contents(target) == AFTER)
    assert outcomes == sorted(outcomes)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_signal_between_two_replaced_files_puts_the_first_back(tmp_path: Path) -> None:
    class StopAtSecond(OneByOneDisk):
        def about_to(self, operation: str, path: Path) -> None:
            if operation == "replace" and path == tmp_path / "pkg/src/pets/__init__.py":
                assert (tmp_path / "pkg/pyproject.toml").read_bytes() == NEW["pyproject.toml"]
                interrupt()

    prepare(tmp_path / "pkg")
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "pkg", NEW, StopAtSecond())
    assert contents(tmp_path / "pkg") == BEFORE
