"""The action and the hooks for users: their steps, run with stand-ins for what they call."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from diff.sample import ROOT

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, Any] = {step.get("name", step.get("uses")): step for step in ACTION["runs"]["steps"]}
REVIEW = """\
#!/usr/bin/env bash
echo "$@" >> "$LOG"
while [ $# -gt 0 ]; do [ "$1" = --output ] && stem=$2; shift; done
for suffix in md html github.txt; do echo "the $suffix" > "$stem.$suffix"; done
echo '{"wire": "major", "python": null}' > "$stem.json"
exit 1
"""
GH = """\
#!/usr/bin/env bash
echo "$@" >> "$LOG"
case "$*" in
  *--paginate*) [ -z "$BROKEN" ] && echo "$KNOWN" ;;
  *) [ -z "$BROKEN" ] ;;
esac
"""


def run(name: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action."""
    for tool, text in (("sdkwright", REVIEW), ("gh", GH)):
        path = folder / "bin" / tool
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    files = {each: str(folder / each.lower()) for each in ("LOG", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "TMPDIR": str(folder), "BROKEN": "", "KNOWN": "", **files, **environment}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
    return subprocess.run(command, env=settings, capture_output=True, text=True, check=False)


def test_a_review_fails_the_run_and_leaves_its_reports(tmp_path: Path) -> None:
    done = run("Review", tmp_path, BASE="-x y", WORKSPACE="a b", POLICY="", FAIL_ON="breaking")
    assert done.returncode == 1, done.stderr
    assert "--workspace a b --fail-on breaking" in (tmp_path / "log").read_text()
    assert "--base=-x y" in (tmp_path / "log").read_text()
    assert (tmp_path / "github_output").read_text().splitlines()[1:] == ["wire=major", "python="]
    assert (tmp_path / "github_step_summary").read_text() == "the md\n"


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        ("", "--method POST repos/o/r/issues/7/comments"),
        ("11\n12", "--method PATCH repos/o/r/issues/comments/11"),
    ],
)
def test_a_comment_is_written_once_and_then_replaced(tmp_path: Path, known: str, asked: str) -> None:
    (tmp_path / "review.md").write_text("The review.\n")
    done = run("Comment", tmp_path, KNOWN=known, REPOSITORY="o/r", NUMBER="7", FOLDER=str(tmp_path), GH_TOKEN="x")
    assert done.returncode == 0, done.stderr
    assert asked in (tmp_path / "log").read_text()
    assert (tmp_path / "comment.md").read_text() == "<!-- sdkwright review -->\nThe review.\n"


def test_a_token_that_may_not_write_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "review.md").write_text("The review.\n")
    done = run("Comment", tmp_path, BROKEN="1", REPOSITORY="o/r", NUMBER="7", FOLDER=str(tmp_path), GH_TOKEN="x")
    assert done.returncode == 0
    assert "::warning::" in done.stdout


def test_every_input_is_used_and_none_is_pasted_into_a_script() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    used = set(re.findall(r"inputs\.([a-z-]+)", text))
    assert used == set(ACTION["inputs"])
    assert [name for name, step in STEPS.items() if "${{" in step.get("run", "")] == []


def test_the_workflow_and_the_hooks_call_what_exists() -> None:
    workflow: Any = yaml.safe_load((ROOT / ".github/workflows/sdkwright.yml").read_text("utf-8"))
    (job,) = workflow["jobs"].values()
    (ours,) = [step for step in job["steps"] if step["uses"] == "./"]
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    hooks: Any = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        assert hook["entry"].split()[:2] == ["sdkwright", "regenerate"]
        assert set(hook["entry"].split()[2:]) <= {"--check", "--review"}
        re.compile(hook["files"])
