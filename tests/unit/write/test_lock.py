"""One writer at a time, however the last one ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.write import MANIFEST, publish
from sdkwright.write.lock import HeldError, locked

from .support import (
    NEW,
    OLD,
    USERS,
    CountingDisk,
    contents,
    in_child,
    kill,
    leftovers,
    prepare,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_waiting_one_is_told_who_holds_the_lock_and_nothing_changes(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    diagnostics = Diagnostics()
    with locked(tmp_path / ".pkg.sdkwright.lock", 0), pytest.raises(Refusal):
        publish(NEW, target, diagnostics=diagnostics, wait=0.1)
    assert [item.code for item in diagnostics.items] == ["write/locked"]
    assert str(os.getpid()) in diagnostics.items[0].message
    assert contents(target) == {**OLD, **USERS}
    write(target, NEW)
    assert leftovers(target) == []


@pytest.mark.parametrize("holder", ["", "1", "999999999", "not a number\n\x00"])
def test_a_lock_file_that_no_process_holds_is_taken_over(tmp_path: Path, holder: str) -> None:
    (tmp_path / ".pkg.sdkwright.lock").write_text(holder)
    write(tmp_path / "pkg", NEW)
    assert contents(tmp_path / "pkg") == NEW
    assert leftovers(tmp_path / "pkg") == []


def test_the_lock_of_a_killed_process_is_free_at_once(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    assert in_child(partial(write, target, OLD, CountingDisk(6, kill))) == signal.SIGKILL
    assert (tmp_path / ".pkg.sdkwright.lock").exists()
    publish(NEW, target, diagnostics=Diagnostics(), wait=0)
    assert contents(target) == NEW
    assert leftovers(target) == []


def test_the_lock_is_not_a_way_to_another_file(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / "lock").symlink_to(victim)
    with pytest.raises(OSError, match="symbolic link"), locked(tmp_path / "lock", 0):
        pass
    assert victim.read_text() == "precious"


def test_a_second_holder_in_the_same_process_waits_too(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", 0), pytest.raises(HeldError), locked(tmp_path / "lock", 0):
        pass
    assert list(tmp_path.iterdir()) == []


def test_four_writers_at_once_leave_one_whole_package(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    script = (
        "import sys, pathlib\n"
        "from sdkwright.diagnostics import Diagnostics\n"
        "from sdkwright.write import publish\n"
        "for turn in range(5):\n"
        "    mark = f'{sys.argv[2]}-{turn}'.encode()\n"
        "    names = [*range(12), f'only{sys.argv[2]}']\n"
        "    files = {f'src/pets/m{name}.py': mark for name in names}\n"
        "    publish(files, pathlib.Path(sys.argv[1]), diagnostics=Diagnostics())\n"
    )
    path = os.pathsep.join(entry for entry in sys.path if entry)
    writers = [
        subprocess.Popen([sys.executable, "-c", script, target, str(n)], env={"PYTHONPATH": path}) for n in range(4)
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    found = {path: content for path, content in contents(target).items() if path not in USERS}
    assert len(found) == 13
    assert len({*found.values()}) == 1
    assert (target / MANIFEST).exists()
    assert leftovers(target) == []
