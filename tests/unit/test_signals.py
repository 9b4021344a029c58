"""Signals to a process of the tool: exceptions where it can clean up, its end where there is nothing to clean."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

LOST = """
import os, signal, sys, time, weakref
from sdkwright import signals

class Thing: pass

def busy():
    thing = Thing()
    reference = weakref.ref(thing, lambda _: os.kill(os.getpid(), NUMBER))
    del thing  # what the signal raises in the callback, Python throws away
    time.sleep(30)

"""
MAIN = """
with signals.interruptible():
    try:
        busy()
    except KeyboardInterrupt:
        sys.exit(130)
"""
WORKER = """
signals.by_default()
signals.end_quietly(busy)
"""


@pytest.mark.parametrize(
    ("process", "number", "status"),
    [
        (MAIN, signal.SIGTERM, 143),
        (MAIN, signal.SIGINT, 130),
        (WORKER, signal.SIGTERM, 143),
        (WORKER, signal.SIGINT, 143),
    ],
)
def test_a_signal_in_a_callback_that_swallows_exceptions_comes_again(process: str, number: int, status: int) -> None:
    start = time.monotonic()
    ended = _run(LOST.replace("NUMBER", str(int(number))) + process)
    assert (ended.returncode, ended.stderr) == (status, "")
    assert time.monotonic() - start < 20


def test_a_worker_without_work_ends_at_once_and_without_a_word() -> None:
    code = "import os, signal; from sdkwright import signals; signals.by_default(); signals.end_quietly(lambda: 3)"
    ended = _run(f"{code}; os.kill(os.getpid(), signal.SIGTERM)")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGTERM, "", "")


def test_the_result_of_work_that_no_signal_disturbed_is_its_own() -> None:
    ended = _run("from sdkwright import signals; print(signals.end_quietly(lambda: 3))")
    assert (ended.returncode, ended.stdout) == (0, "3\n")


def _run(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, text=True, env=environment, timeout=60
    )
