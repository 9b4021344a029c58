"""A comparison ends, whatever the documents do, and says why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from unit.diff.comparing import body, compare, document, edited, operation

ROOT = Path(__file__).parents[3]


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "sdkwright", "diff", "base.json", "revision.json", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def ring(size: int, kind: str = "string") -> Any:
    """A document in which every schema refers to every tenth one, all in rings."""
    schemas = {
        f"S{number}": {
            "type": "object",
            "properties": {
                "name": {"type": kind if number % 50 == 0 else "string"},
                **{
                    f"to{step}": {"$ref": f"#/components/schemas/S{(number + step) % size}"}
                    for step in range(1, 60, 10)
                },
            },
        }
        for number in range(size)
    }
    fine = {"200": {"description": "Fine.", **body({"$ref": "#/components/schemas/S0"})}}
    paths = {f"/p{number}": {"get": operation(operationId=f"get{number}", responses=fine)} for number in range(50)}
    return document(paths=paths, components={"schemas": schemas})


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ("seconds=0.01", "the comparison was not done after 0.01 seconds"),
        ("file_bytes=10", "limit/file-size"),
    ],
)
def test_beyond_a_budget_the_run_ends_with_the_reason(tmp_path: Path, limit: str, message: str) -> None:
    for name in ("base", "revision"):
        (tmp_path / f"{name}.json").write_text(json.dumps(ring(400)))
    done = diff(tmp_path, "--limit", limit)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_budget_is_wrong_usage(tmp_path: Path) -> None:
    done = diff(tmp_path, "--limit", "patience=3")
    assert done.returncode == 2
    assert "there is no limit 'patience'" in done.stderr


def test_time_grows_with_the_size_of_rings_and_no_faster(tmp_path: Path) -> None:
    spent: list[float] = []
    for size in (300, 1_200):
        old, new = ring(size), ring(size, "integer")
        start = time.process_time()
        result = compare(old, new, tmp_path)
        spent.append(time.process_time() - start)
        assert len(result.cards) == size / 50
        assert all(len(each.card.responses) == 50 for each in result.cards)
    assert spent[1] < 4 * spent[0] * 3, spent


def test_a_large_pair_takes_less_than_three_seconds(tmp_path: Path) -> None:
    """3 MB a side; the time of this process alone, since other work on the machine is nobody's fault."""
    base = ring(3_000)
    for schema in base["components"]["schemas"].values():
        schema["description"] = "x" * 700
    assert len(json.dumps(base)) > 3_000_000

    def edit(doc: Any) -> None:
        for number in range(0, 3_000, 50):
            doc["components"]["schemas"][f"S{number}"]["properties"]["name"]["type"] = "integer"

    revision = edited(base, edit)
    start = time.process_time()
    result = compare(base, revision, tmp_path)
    assert time.process_time() - start < 3.0
    assert len(result.cards) == 60
