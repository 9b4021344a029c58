"""The same documents give the same bytes, whatever the hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from diff.sample import NAME, ROOT, prepare

FORMATS = "text,json,markdown,html,changelog,github,sarif,junit"


def test_twenty_runs_give_the_same_bytes(tmp_path: Path) -> None:
    repository = prepare(tmp_path / "repository")
    found = set[str]()
    for seed in range(20):
        stem = tmp_path / "out" / "review"
        stem.parent.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "sdkwright", "diff", f"HEAD:specs/{NAME}/openapi.yaml",
                   f"specs/{NAME}/openapi.yaml", "--config", f"specs/{NAME}/sdk.yaml", "--base-config",
                   f"HEAD:specs/{NAME}/sdk.yaml", "--format", FORMATS, "--output", str(stem)]  # fmt: skip
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT / "generator")}
        done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, check=False)
        assert done.returncode == 1, done.stderr
        digest = hashlib.sha256()
        for path in sorted(stem.parent.iterdir()):
            digest.update(path.name.encode() + path.read_bytes())
        found.add(digest.hexdigest())
    assert len(list(stem.parent.iterdir())) == len(FORMATS.split(","))
    assert len(found) == 1
