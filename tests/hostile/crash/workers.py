"""A signal to `sdkwright regenerate` while several processes write packages for it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from hostile.crash.works import document

PACKAGES = ("ants", "bees", "cats")
_PATIENCE = 60.0


def interrupted(root: Path, number: int, *, group: bool) -> list[str]:
    """Stop it while it formats, all processes at once (as a terminal does) or the first alone; what is wrong then."""
    temporary = root / "tmp"
    temporary.mkdir(parents=True)
    for name in PACKAGES:
        spec = root / "specs" / name / "openapi.json"
        spec.parent.mkdir(parents=True)
        data = document(1)
        spec.write_text(json.dumps({**data, "info": {"title": name, "version": "1"}}), "utf-8")
    with (root / "said").open("wb") as said:
        run = subprocess.Popen(
            [sys.executable, "-m", "sdkwright", "regenerate", "--workspace", str(root), "--jobs", "2"],
            cwd=root, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "TMPDIR": str(temporary)},
        )  # fmt: skip
        until = time.monotonic() + _PATIENCE
        while not any(temporary.glob("sdkwright-scratch-*")) and time.monotonic() < until:
            time.sleep(0.005)
        (os.killpg if group else os.kill)(run.pid, number)
        status = run.wait(_PATIENCE)
    text = (root / "said").read_text("utf-8", "replace")
    problems = [f"ended with {status}: {text[-300:]}"] if status != 128 + number else []
    problems += [f"a traceback: {text[-300:]}"] if "Traceback" in text else []
    generated = root / "generated"
    left = [*temporary.iterdir(), *(path for path in generated.glob("*") if path.name not in PACKAGES)]
    problems += [f"left behind {path}" for path in left]
    halves = [path for path in generated.glob("*") if not (path / ".sdkwright.json").is_file()]
    return problems + [f"half a package: {path}" for path in halves]


SIGNALS = ((signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True))
"""Which signal, and whether it goes to all processes at once."""
