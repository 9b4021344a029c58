"""Targets that nothing can be put beside: mount points and read-only parents."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics
from sdkwright.write import publish, recover

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


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A target that claims to be a mount point, as the volume of a container is."""
    target = tmp_path / "pkg"
    prepare(target)

    def ismount(path: Path) -> bool:
        return path == target

    monkeypatch.setattr(os.path, "ismount", ismount)
    return target


def test_a_mount_point_is_written_without_touching_its_parent(mounted: Path) -> None:
    before = mounted.parent.stat().st_mtime_ns
    inode = mounted.stat().st_ino
    write(mounted, NEW)
    assert contents(mounted) == {**NEW, **USERS}
    assert mounted.parent.stat().st_mtime_ns == before
    assert mounted.stat().st_ino == inode
    assert leftovers(mounted) == []


def test_a_kill_while_writing_a_mount_point_is_recovered(mounted: Path) -> None:
    for step in range(0, 60, 7):
        in_child(partial(write, mounted, NEW, CountingDisk(step, kill)))
        recover(mounted, diagnostics=Diagnostics())
        assert contents(mounted) in ({**OLD, **USERS}, {**NEW, **USERS}), step
        assert leftovers(mounted) == []
        write(mounted, OLD)


def test_a_user_who_edits_a_file_between_the_kill_and_the_recovery_keeps_the_edit(
    mounted: Path,
) -> None:
    class KillAtFirst(CountingDisk):
        def about_to(self, operation: str, path: Path) -> None:
            if operation == "replace" and path == mounted / "src/pets/__init__.py":
                kill()

    assert in_child(partial(write, mounted, NEW, KillAtFirst())) == signal.SIGKILL
    (mounted / "src/pets/__init__.py").write_bytes(b"mine\n")
    diagnostics = Diagnostics()
    result = publish(NEW, mounted, diagnostics=diagnostics)
    assert contents(mounted) == {**NEW, **USERS, "src/pets/__init__.py": b"mine\n"}
    assert result.kept == ("src/pets/__init__.py",)
    assert [item.code for item in diagnostics.items] == ["write/edited"]


def test_recovery_does_not_follow_a_link_that_took_the_place_of_a_directory(mounted: Path) -> None:
    class KillAtFirst(CountingDisk):
        def about_to(self, operation: str, path: Path) -> None:
            if operation == "replace" and path == mounted / "pyproject.toml":
                kill()

    assert in_child(partial(write, mounted, NEW, KillAtFirst())) == signal.SIGKILL
    outside = mounted.parent / "outside"
    (mounted / "src").rename(outside)
    (mounted / "src").symlink_to(outside)
    before = contents(outside)
    recover(mounted, diagnostics=Diagnostics())
    assert contents(outside) == before
    assert leftovers(mounted) == []
