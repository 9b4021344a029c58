"""The budgets of a whole run."""

from __future__ import annotations

import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sdkwright import guard
from sdkwright.diagnostics import Diagnostics
from sdkwright.limits import Limits
from sdkwright.pipeline import Options, Run, generate

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs interval timers")
DOCUMENT = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n"


def loop(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


@posix
def test_a_block_that_takes_too_long_is_interrupted() -> None:
    start = time.monotonic()
    with pytest.raises(guard.OutOfTime), guard.deadline(0.05):
        loop(10)
    assert time.monotonic() - start < 5


@posix
def test_an_interruption_that_falls_into_a_destructor_comes_again(capsys: pytest.CaptureFixture[str]) -> None:
    class Slow:
        def __del__(self) -> None:
            loop(0.2)

    with pytest.raises(guard.OutOfTime), guard.deadline(0.05):
        Slow()
        loop(10)
    assert "Traceback" not in capsys.readouterr().err


@posix
def test_after_a_block_nothing_rings_and_everything_is_as_before() -> None:
    before, hook = signal.getsignal(signal.SIGALRM), sys.unraisablehook
    with guard.deadline(0.05):
        pass
    loop(0.1)
    assert (signal.getsignal(signal.SIGALRM), sys.unraisablehook) == (before, hook)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_in_another_thread_the_deadline_is_seen_when_it_is_checked() -> None:
    found: list[str] = []

    def work() -> None:
        with guard.deadline(0.01) as limit:
            time.sleep(0.05)
            try:
                limit.check()
            except guard.OutOfTime:
                found.append("out of time")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["out of time"]


def test_a_generation_without_time_is_an_error_at_the_document(tmp_path: Path) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(DOCUMENT, "utf-8")
    run = Run(Diagnostics())
    assert generate(spec, Options(limits=replace(Limits(), seconds=1e-6)), run) is None
    (found,) = run.diagnostics.items
    assert (found.code, found.location.file) == ("limit/time", str(spec))


def test_limits_are_set_as_text() -> None:
    limits = Limits().with_text("seconds=2.5").with_text("enum_members=10")
    assert (limits.seconds, limits.enum_members, limits.depth) == (2.5, 10, 100)


@pytest.mark.parametrize(
    "text", ["speed=1", "depth", "depth=", "depth=x", "depth=0", "depth=-1", "seconds=nan", "seconds=inf"]
)
def test_a_limit_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="limit"):
        Limits().with_text(text)
