"""What a write changes, what it leaves alone, and what it says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from sdkwright.diagnostics import Diagnostics, Refusal
from sdkwright.write import MANIFEST, WriteResult, publish

from .support import (
    NEW,
    OLD,
    USERS,
    CountingDisk,
    OneByOneDisk,
    contents,
    leftovers,
    prepare,
    put,
    write,
)

WAYS = pytest.mark.parametrize("way", [CountingDisk, OneByOneDisk])


def codes(diagnostics: Diagnostics) -> list[str]:
    return [item.code for item in diagnostics.items]


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Modification time and inode of all that is below `root`, and of `root`."""
    places = [root, *root.rglob("*")]
    return {str(place): (place.lstat().st_mtime_ns, place.lstat().st_ino) for place in places}


@WAYS
def test_a_new_version_replaces_adds_and_removes_only_generated_files(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    result = write(target, NEW, way())
    assert contents(target) == {**NEW, **USERS}
    assert result == WriteResult(
        written=(
            "pyproject.toml",
            "src/pets/__init__.py",
            "src/pets/resources/cats.py",
            "src/pets/resources/dogs/__init__.py",
        ),
        unchanged=("src/pets/_client.py",),
        removed=("src/pets/resources/gone/__init__.py",),
        kept=(),
    )
    assert leftovers(target) == []


def test_a_script_can_be_run_and_other_files_cannot(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    target.mkdir()
    write(target, {"scripts/test": b"#!/usr/bin/env bash\n", "setup.cfg": b"[x]\n"})
    assert os.access(target / "scripts/test", os.X_OK)
    assert not (target / "setup.cfg").stat().st_mode & 0o111


def test_an_unchanged_run_touches_nothing_not_even_a_directory_time(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    before = stamps(tmp_path)
    disk = CountingDisk()
    result = write(target, OLD, disk)
    assert disk.count == 0
    assert stamps(tmp_path) == before
    assert result.unchanged == tuple(sorted(OLD))
    assert result.written == result.removed == result.kept == ()


@WAYS
def test_unchanged_and_user_files_keep_their_times_when_others_change(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    before = stamps(target)
    write(target, NEW, way())
    after = stamps(target)
    for path in ("src/pets/_client.py", *USERS):
        assert after[str(target / path)] == before[str(target / path)]


@WAYS
def test_an_edited_file_is_reported_and_kept_until_forced(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    edited = target / "src/pets/__init__.py"
    edited.write_bytes(b"VERSION = 'mine'\n")
    for _ in range(2):
        diagnostics = Diagnostics()
        result = publish(NEW, target, diagnostics=diagnostics, disk=way())
        assert edited.read_bytes() == b"VERSION = 'mine'\n"
        assert result.kept == ("src/pets/__init__.py",)
        assert codes(diagnostics) == ["write/edited"]
        assert diagnostics.items[0].location.file == edited.as_posix()
    assert write(target, NEW, way(), force=True).written == ("src/pets/__init__.py",)
    assert contents(target) == {**NEW, **USERS}


@WAYS
def test_a_stale_file_that_was_edited_stays_and_becomes_the_users(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    edited = target / "src/pets/resources/gone/__init__.py"
    edited.write_bytes(b"still = 'needed'\n")
    diagnostics = Diagnostics()
    result = publish(NEW, target, diagnostics=diagnostics, force=True, disk=way())
    assert result.removed == ()
    assert codes(diagnostics) == ["write/edited"]
    assert edited.read_bytes() == b"still = 'needed'\n"
    again = Diagnostics()
    publish(NEW, target, diagnostics=again)
    assert again.items == []


@WAYS
def test_a_directory_with_nothing_but_stale_files_and_bytecode_goes(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    put(
        target / "src/pets/resources",
        {"gone/__pycache__/__init__.pyc": b"x", "__pycache__/cats.pyc": b"y"},
    )
    write(target, NEW, way())
    assert not (target / "src/pets/resources/gone").exists()
    assert (target / "src/pets/resources/__pycache__/cats.pyc").exists()


@WAYS
def test_a_file_of_ours_in_a_place_of_the_users_is_written_once(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    write(target, {**OLD, "examples/start.py": b"one\n"}, way())
    (target / "examples/start.py").write_bytes(b"mine\n")
    diagnostics = Diagnostics()
    result = publish({**NEW, "examples/start.py": b"two\n"}, target, diagnostics=diagnostics, force=True)
    assert result.kept == ("examples/start.py",)
    assert diagnostics.items == []
    write(target, OLD, way())
    assert (target / "examples/start.py").read_bytes() == b"mine\n"


def test_a_foreign_module_stops_the_write_and_another_foreign_file_only_stays(
    tmp_path: Path,
) -> None:
    target = tmp_path / "pkg"
    put(target, {"pyproject.toml": b"mine\n"})
    diagnostics = Diagnostics()
    assert publish(OLD, target, diagnostics=diagnostics).kept == ("pyproject.toml",)
    assert codes(diagnostics) == ["write/foreign"]
    other = tmp_path / "other"
    put(other, {"src/pets/__init__.py": b"mine\n"})
    with pytest.raises(Refusal):
        publish(OLD, other, diagnostics=diagnostics)
    assert contents(other) == {"src/pets/__init__.py": b"mine\n"}
    assert leftovers(other) == []
    write(other, OLD, force=True)
    assert contents(other) == OLD


@pytest.mark.parametrize("link", ["src", "src/pets", "src/pets/_client.py", MANIFEST])
def test_a_link_where_a_file_of_ours_belongs_is_refused_and_not_followed(tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    put(outside, {"_client.py": b"outside\n", "pets/_client.py": b"outside\n"})
    target = tmp_path / "pkg"
    (target / link).parent.mkdir(parents=True)
    (target / link).symlink_to(outside)
    before = contents(outside)
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish(NEW, target, diagnostics=diagnostics)
    assert {*codes(diagnostics)} == {"write/manifest" if link == MANIFEST else "write/symlink"}
    assert contents(outside) == before
    assert (target / link).is_symlink()


@WAYS
def test_links_among_the_users_files_stay_links(tmp_path: Path, way: type[CountingDisk]) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    (target / "examples/there").symlink_to("/nonexistent/place")
    (target / "data").symlink_to(tmp_path)
    write(target, NEW, way())
    assert (target / "examples/there").readlink() == Path("/nonexistent/place")
    assert (target / "data").readlink() == tmp_path


def test_a_stale_file_behind_a_link_is_not_deleted(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    write(target, OLD)
    moved = tmp_path / "moved"
    (target / "src/pets/resources/gone").rename(moved)
    (target / "src/pets/resources/gone").symlink_to(moved)
    write(target, NEW)
    assert (moved / "__init__.py").exists()


def test_a_directory_in_the_place_of_a_file_and_a_file_as_target_are_refused(
    tmp_path: Path,
) -> None:
    put(tmp_path, {"pkg/pyproject.toml/inner": b"", "file": b""})
    for target in (tmp_path / "pkg", tmp_path / "file"):
        diagnostics = Diagnostics()
        with pytest.raises(Refusal):
            publish(NEW, target, diagnostics=diagnostics)
        assert codes(diagnostics) == ["write/blocked"]


def test_permissions_of_replaced_files_and_directories_stay(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    (target / "pyproject.toml").chmod(0o640)
    (target / "src").chmod(0o750)
    (target / "empty").mkdir(0o700)
    target.chmod(0o711)
    write(target, NEW)
    assert [(target / path).stat().st_mode & 0o777 for path in ("pyproject.toml", "src", "empty", ".")] == [
        0o640,
        0o750,
        0o700,
        0o711,
    ]


def test_the_check_sees_the_whole_new_tree_and_its_refusal_leaves_all_as_it_was(
    tmp_path: Path,
) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    before = stamps(target)
    seen: list[dict[str, bytes]] = []

    def check(tree: Path) -> None:
        seen.append(contents(tree))
        assert tree.parent.parent == target.parent
        raise Refusal("it does not import")

    with pytest.raises(Refusal):
        publish(NEW, target, diagnostics=Diagnostics(), before_publish=check)
    assert seen == [{**NEW, **USERS}]
    assert stamps(target) == before
    assert leftovers(target) == []


def test_a_failed_first_write_leaves_no_directory_behind(tmp_path: Path) -> None:
    def check(tree: Path) -> None:
        raise Refusal(str(tree))

    with pytest.raises(Refusal):
        publish(NEW, tmp_path / "a/b/pkg", diagnostics=Diagnostics(), before_publish=check)
    assert list(tmp_path.iterdir()) == []


def test_what_the_user_does_while_the_package_is_checked_survives(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)

    def work(_tree: Path) -> None:
        put(target, {"src/pets/lib/late.py": b"late\n", "notes.txt": b"changed in place\n"})
        (target / "examples/demo.py").unlink()
        (target / "examples/demo2.py").write_bytes(b"instead\n")
        saved = target / "saved"
        saved.write_bytes(b"saved by renaming\n")
        saved.replace(target / "src/pets/resources/helper.txt")

    publish(NEW, target, diagnostics=Diagnostics(), before_publish=work)
    assert (
        contents(target)
        == {
            **NEW,
            **USERS,
            "src/pets/lib/late.py": b"late\n",
            "notes.txt": b"changed in place\n",
            "examples/demo2.py": b"instead\n",
            "src/pets/resources/helper.txt": b"saved by renaming\n",
        }
        - {"examples/demo.py"}
        if False
        else True
    )
    found = contents(target)
    assert "examples/demo.py" not in found
    assert found["examples/demo2.py"] == b"instead\n"
    assert found["src/pets/lib/late.py"] == b"late\n"
    assert found["notes.txt"] == b"changed in place\n"
    assert found["src/pets/resources/helper.txt"] == b"saved by renaming\n"


def test_what_the_user_writes_in_the_moment_of_the_exchange_is_brought_over(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)

    class Late(CountingDisk):
        def exchange(self, one: Path, other: Path) -> None:
            put(target, {"examples/last.py": b"in the last moment\n"})
            super().exchange(one, other)

    write(target, NEW, Late())
    assert contents(target) == {**NEW, **USERS, "examples/last.py": b"in the last moment\n"}


def test_a_generated_file_edited_while_the_package_is_checked_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    calls: list[Path] = []

    def edit_once(tree: Path) -> None:
        calls.append(tree)
        (target / "src/pets/__init__.py").write_bytes(b"mine\n")

    result = publish(NEW, target, diagnostics=Diagnostics(), before_publish=edit_once)
    assert len(calls) == 2
    assert result.kept == ("src/pets/__init__.py",)
    assert contents(target)["src/pets/__init__.py"] == b"mine\n"


def test_files_that_never_stop_changing_are_given_up_on(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    calls: list[Path] = []

    def edit(tree: Path) -> None:
        calls.append(tree)
        place = target / sorted(NEW)[len(calls) % 3]
        place.write_bytes(b"%d" % len(calls)) if place.read_bytes() in {*OLD.values()} else place.unlink()

    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish(NEW, target, diagnostics=diagnostics, before_publish=edit)
    assert codes(diagnostics) == ["write/busy"]
    assert leftovers(target) == []


def test_a_repository_and_the_working_directory_are_never_swapped_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "repository"
    prepare(repository)
    (repository / ".git").mkdir()
    here = tmp_path / "here"
    prepare(here)
    monkeypatch.chdir(here / "src")
    for target in (repository, here):
        inode = target.stat().st_ino
        write(target, NEW)
        assert target.stat().st_ino == inode
        assert (target / "src/pets/__init__.py").read_bytes() == NEW["src/pets/__init__.py"]
        assert leftovers(target) == []
    assert Path.cwd() == here / "src"


def test_a_relative_target_and_a_target_behind_a_link_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(Path("link/pkg"), OLD)
    (tmp_path / "alias").symlink_to("real/pkg")
    write(Path("alias"), NEW)
    assert contents(tmp_path / "real/pkg") == NEW
    assert (tmp_path / "alias").is_symlink()


def test_the_manifest_depends_on_the_files_alone(tmp_path: Path) -> None:
    write(tmp_path / "one", NEW)
    write(tmp_path / "two", OLD)
    write(tmp_path / "two", dict(reversed(NEW.items())))
    one = (tmp_path / "one" / MANIFEST).read_bytes()
    assert one == (tmp_path / "two" / MANIFEST).read_bytes()
    listed = json.loads(one)["files"]
    assert list(listed) == sorted(NEW)
    assert MANIFEST not in listed


@pytest.mark.parametrize(
    "text",
    [
        b"<<<<<<< HEAD\n",
        b"[]",
        b'{"format": 99, "files": {}}',
        b'{"format": 1, "files": {"../../victim": "00"}}',
        b'{"format": 1, "files": {"/etc/passwd": "00"}}',
        b'{"format": 1, "files": {"a": 1}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_or_hostile_manifest_is_refused_with_a_way_out(tmp_path: Path, text: bytes) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    (target / MANIFEST).write_bytes(text)
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish(NEW, target, diagnostics=diagnostics)
    assert codes(diagnostics) == ["write/manifest"]
    assert "--force" in diagnostics.items[0].hint
    write(target, NEW, force=True)
    assert contents(target).items() >= {**NEW, **USERS}.items()


def test_a_staging_directory_that_is_not_ours_is_not_deleted(tmp_path: Path) -> None:
    target = tmp_path / "pkg"
    prepare(target)
    put(tmp_path / ".pkg.sdkwright", {"precious": b"data"})
    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish(NEW, target, diagnostics=diagnostics)
    assert codes(diagnostics) == ["write/leftover"]
    assert contents(tmp_path / ".pkg.sdkwright") == {"precious": b"data"}
    assert contents(target) == {**OLD, **USERS}


def test_a_directory_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    class ReadOnly(CountingDisk):
        def mkdir(self, path: Path, mode: int = 0o777) -> None:
            raise PermissionError(13, "Permission denied", str(path))

    diagnostics = Diagnostics()
    with pytest.raises(Refusal):
        publish(NEW, tmp_path / "pkg", diagnostics=diagnostics, disk=ReadOnly())
    assert codes(diagnostics) == ["write/failed"]
    assert "Permission denied" in diagnostics.items[0].message


def test_a_target_with_too_many_other_files_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sdkwright.write.carry._LIMIT", 3)
    target = tmp_path / "pkg"
    prepare(target)
    inode = target.stat().st_ino
    write(target, NEW)
    assert target.stat().st_ino == inode
    assert contents(target) == {**NEW, **USERS}
    assert leftovers(target) == []


def test_a_file_that_cannot_be_linked_makes_the_write_go_in_place(tmp_path: Path) -> None:
    class NoLinks(CountingDisk):
        def link(self, source: Path, place: Path) -> None:
            raise OSError(1, "Operation not permitted", str(place))

    target = tmp_path / "pkg"
    prepare(target)
    seen: list[dict[str, bytes]] = []
    publish(
        NEW,
        target,
        diagnostics=Diagnostics(),
        disk=NoLinks(),
        before_publish=lambda tree: seen.append(contents(tree)),
    )
    assert seen == [NEW]
    assert contents(target) == {**NEW, **USERS}
    assert leftovers(target) == []


def test_a_file_that_vanishes_while_it_is_carried_over_is_no_fault(tmp_path: Path) -> None:
    class Vanishing(CountingDisk):
        def about_to(self, operation: str, path: Path) -> None:
            if operation == "link" and path.name == "notes.txt":
                (target / "notes.txt").unlink(missing_ok=True)

    target = tmp_path / "pkg"
    prepare(target)
    write(target, NEW, Vanishing())
    assert contents(target) == {
        **NEW,
        **{path: USERS[path] for path in USERS if path != "notes.txt"},
    }
