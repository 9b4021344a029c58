"""What `--check` sees: every difference between the plan and the directory, shown safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics
from sdkwright.drift import compare
from sdkwright.write import MANIFEST, publish

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "README.md": b"# pets\n",
    "src/pets/a.py": b"x = 1\ny = 2\n",
    "src/pets/gone.py": b"z = 3\n",
}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    place = tmp_path / "pkg"
    publish(FILES, place, diagnostics=Diagnostics())
    (place / "src/pets/lib").mkdir()
    (place / "src/pets/lib/mine.py").write_text("mine = 1\n")
    return place


def test_what_was_just_written_has_no_drift(target: Path) -> None:
    drift = compare(FILES, target)
    assert not drift
    assert drift.text() == ""


def test_every_kind_of_difference_is_listed_and_shown(target: Path) -> None:
    (target / "README.md").write_text("# mine\n")
    drift = compare(
        {
            "README.md": b"# pets\n",
            "src/pets/a.py": b"x = 1\ny = 3\n",
            "src/pets/new.py": b"n = 1\n",
        },
        target,
    )
    assert drift
    assert drift.missing == ("src/pets/new.py",)
    assert drift.changed == (MANIFEST, "src/pets/a.py")
    assert drift.edited == ("README.md",)
    assert drift.extra == ("src/pets/gone.py",)
    assert drift.text() == (
        f"The list of generated files differs: {MANIFEST}\n"
        "--- a/README.md\n+++ b/README.md\n@@ -1 +1 @@\n-# mine\n+# pets\n"
        "--- a/src/pets/a.py\n+++ b/src/pets/a.py\n@@ -1,2 +1,2 @@\n x = 1\n-y = 2\n+y = 3\n"
        "--- a/src/pets/gone.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-z = 3\n"
        "--- /dev/null\n+++ b/src/pets/new.py\n@@ -0,0 +1 @@\n+n = 1\n"
    )


def test_a_package_that_was_never_written_is_missing_as_a_whole(tmp_path: Path) -> None:
    assert compare(FILES, tmp_path / "none").missing == (MANIFEST, *FILES)


def test_the_text_is_cut_at_the_limit(target: Path) -> None:
    text = compare({**FILES, "src/pets/a.py": b"x\n" * 1000}, target).text(10)
    assert text.count("\n") == 11
    assert text.endswith("... cut after 10 lines\n")


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\x9b31m", "\r", "\u202e", "\u2028", "\x07", "\u200b", "\U000e0041"])
def test_nothing_that_a_terminal_acts_on_reaches_the_text(target: Path, hostile: str) -> None:
    (target / "README.md").write_bytes(f"old{hostile}\n".encode())
    text = compare({**FILES, "README.md": f"new{hostile}\n".encode()}, target).text()
    assert hostile not in text
    assert text.count(hostile.encode("unicode_escape").decode()) == 2


def test_a_missing_last_line_end_is_a_visible_difference(target: Path) -> None:
    text = compare({**FILES, "README.md": b"# pets"}, target).text()
    assert "-# pets\n+# pets\n\\ No newline at end of file\n" in text


def test_files_that_are_no_text_or_too_long_are_named_only(target: Path) -> None:
    text = compare({**FILES, "README.md": b"\xff", "src/pets/a.py": b"x = 1\n" * 500_000}, target).text()
    assert "Binary files differ: README.md\nLarge files differ: src/pets/a.py\n" in text


def test_a_link_in_the_way_is_reported_and_its_end_never_read(target: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password\n")
    (target / "README.md").unlink()
    (target / "README.md").symlink_to(secret)
    drift = compare(FILES, target)
    assert drift.blocked == ("README.md",)
    assert drift.text() == "In the way: README.md\n"


def test_a_damaged_manifest_is_a_difference(target: Path) -> None:
    (target / MANIFEST).write_text("<<<<<<< HEAD\n")
    assert compare(FILES, target).changed == (MANIFEST,)


def test_a_file_in_a_place_of_the_users_is_no_difference_once_it_is_there(target: Path) -> None:
    planned = {**FILES, "examples/start.py": b"one\n"}
    assert compare(planned, target).missing == ("examples/start.py",)
    (target / "examples").mkdir()
    (target / "examples/start.py").write_text("mine\n")
    assert not compare(planned, target)
