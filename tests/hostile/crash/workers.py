"""What stops `sdkwright regenerate` while several processes write packages for it: signals, and a killed process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from hostile.crash.works import document

PACKAGES = ("ants", "bees", "cats")
_PATIENCE = 60.0


def interrupted(root: Path, number: int, *, group: bool) -> list[str]:
    """Stop it while it formats, all processes at once (as a terminal does) or the first alone; what is wrong then."""
    temporary = _workspace(root, {name: document(1) for name in PACKAGES})
    with _regenerate(root, temporary) as run:
        _wait(lambda: any(temporary.glob("sdkwright-scratch-*")))
        (os.killpg if group else os.kill)(run.pid, number)
        status = run.wait(_PATIENCE)
    return _faults(root, temporary, status, 128 + number)


def killed(root: Path) -> list[str]:
    """Kill one of the processes, as a system without memory does, and run again; what is wrong then."""
    temporary = _workspace(root, {"ants": [], "bees": document(40)})
    with _regenerate(root, temporary) as run:
        _wait(lambda: b"ants" in (root / "said").read_bytes())
        found = subprocess.run(["pgrep", "-P", str(run.pid)], capture_output=True, check=True, text=True)
        os.kill(min(map(int, found.stdout.split())), signal.SIGKILL)
        status = run.wait(_PATIENCE)
    text = (root / "said").read_text("utf-8")
    problems = [] if status == 1 and "was killed" in text and "Traceback" not in text else [f"{status}: {text[-300:]}"]
    with _regenerate(root, temporary) as run:  # what a killed process leaves, the next run takes away
        status = run.wait(_PATIENCE)
    return problems + _faults(root, temporary, status, 1)


def _workspace(root: Path, documents: Mapping[str, object]) -> Path:
    """A workspace, and the directory that its processes take for the system's temporary one."""
    temporary = root / "tmp"
    temporary.mkdir(parents=True)
    for name, data in documents.items():
        spec = root / "specs" / name / "openapi.json"
        spec.parent.mkdir(parents=True)
        titled = {**data, "info": {"title": name, "version": "1"}} if isinstance(data, dict) else data
        spec.write_text(json.dumps(titled), "utf-8")
    return temporary


@contextmanager
def _regenerate(root: Path, temporary: Path) -> Generator[subprocess.Popen[bytes]]:
    with (root / "said").open("wb") as said:
        run = subprocess.Popen(
            [sys.executable, "-m", "sdkwright", "regenerate", "--workspace", str(root), "--jobs", "2"],
            cwd=root, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(temporary)},
        )  # fmt: skip
        try:
            yield run
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not until() and time.monotonic() < end:
        time.sleep(0.005)


def _faults(root: Path, temporary: Path, status: int, expected: int) -> list[str]:
    text = (root / "said").read_text("utf-8", "replace")
    problems = [f"ended with {status}: {text[-300:]}"] if status != expected else []
    problems += [f"a traceback: {text[-300:]}"] if "Traceback" in text else []
    generated = root / "generated"
    left = [*temporary.iterdir(), *(path for path in generated.glob("*") if path.name not in PACKAGES)]
    problems += [f"left behind {path}" for path in left]
    halves = [path for path in generated.glob("*") if not (path / ".sdkwright.json").is_file()]
    return problems + [f"half a package: {path}" for path in halves]


SIGNALS = ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True))
"""Which signal, and whether it goes to all processes at once."""
