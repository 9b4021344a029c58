"""Scratch directories go with the run that made them, even if it was killed."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest
from sdkwright.scratch import scratch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs processes that fork")


def test_a_scratch_directory_is_gone_after_its_block_however_it_ends(tmp_path: Path) -> None:
    with pytest.raises(KeyError), scratch(str(tmp_path)) as place:
        (place / "a").mkdir()
        (place / "a" / "file").write_text("x", "utf-8")
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_goes_with_the_next_and_that_of_a_live_one_stays(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with scratch(str(tmp_path)) as place:
            (place / "file").write_text("x", "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    (left,) = tmp_path.iterdir()
    with scratch(str(tmp_path)) as first, scratch(str(tmp_path)) as second:
        assert sorted(tmp_path.iterdir()) == sorted([first, second])
        assert left not in (first, second)
    assert list(tmp_path.iterdir()) == []


def test_a_link_with_such_a_name_leads_nowhere(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").write_text("x", "utf-8")
    place = tmp_path / "tmp"
    place.mkdir()
    (place / "sdkwright-scratch-link").symlink_to(precious)
    with scratch(str(place)):
        pass
    assert (precious / "file").read_text("utf-8") == "x"
