"""Sides: files, files of a git revision, and what is wrong with either."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
API = """\
openapi: 3.1.0
info: {title: Harbour, version: 1.0.0}
paths:
  /boats:
    get:
      operationId: listBoats
      responses:
        '200':
          description: Fine.
          content: {application/json: {schema: {$ref: 'parts/boat.yaml#/Boat'}}}
"""
BOAT = """\
Boat:
  type: object
  properties:
    id: {type: string}
    mast: {type: string}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "apis" / "parts").mkdir(parents=True)
    (tmp_path / "apis" / "api.yaml").write_text(API)
    (tmp_path / "apis" / "parts" / "boat.yaml").write_text(BOAT)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "one")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def diff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "sdkwright", "diff", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_revision_is_read_from_git_with_all_its_files(repository: Path) -> None:
    boat = repository / "apis" / "parts" / "boat.yaml"
    boat.write_text(BOAT.replace("    mast: {type: string}\n", ""))
    done = diff(repository, "main:apis/api.yaml", "apis/api.yaml", "--fail-on", "warning")
    assert done.returncode == 1
    assert "WIRE minor   PYTHON major" in done.stdout
    assert "main:apis/parts/boat.yaml:5" in done.stdout


def test_the_config_of_a_revision_is_the_one_that_it_had(repository: Path) -> None:
    config = repository / "sdk.yaml"
    config.write_text("resources: {boats: {methods: {fetch: get /boats}}}\n")
    git(repository, "add", ".")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qm", "two")
    config.write_text("resources: {boats: {methods: {read: get /boats}}}\n")
    sides = ("main:apis/api.yaml", "apis/api.yaml", "--config", "sdk.yaml")
    assert diff(repository, *sides).stdout.startswith("WIRE none   PYTHON major")
    assert diff(repository, *sides, "--base-config", "sdk.yaml").stdout.startswith("WIRE none   PYTHON none")


def test_a_config_that_a_revision_did_not_have_counts_for_both_sides(repository: Path) -> None:
    (repository / "sdk.yaml").write_text("resources: {boats: {methods: {read: get /boats}}}\n")
    done = diff(repository, "main:apis/api.yaml", "apis/api.yaml", "--config", "sdk.yaml")
    assert done.stdout.startswith("WIRE none   PYTHON none")


def test_two_equal_revisions_give_nothing(repository: Path) -> None:
    done = diff(repository, "main:apis/api.yaml", "HEAD:apis/api.yaml")
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "no changes")


def test_files_that_were_split_are_no_change(repository: Path) -> None:
    whole = API.replace("'parts/boat.yaml#/Boat'", "'#/components/schemas/Boat'")
    schema = "".join(f"    {line}\n" for line in BOAT.splitlines())
    (repository / "apis" / "api.yaml").write_text(f"{whole}components:\n  schemas:\n{schema}")
    done = diff(repository, "main:apis/api.yaml", "apis/api.yaml")
    assert done.stdout.startswith("WIRE none   PYTHON none")


def test_only_files_come_out_of_a_revision(repository: Path) -> None:
    (repository / "apis" / "parts" / "boat.yaml").unlink()
    (repository / "apis" / "parts" / "boat.yaml").symlink_to("/etc/passwd")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "two")
    done = diff(repository, "HEAD:apis/api.yaml", "apis/api.yaml")
    assert done.returncode == 2
    assert "root:" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("side", "message"),
    [
        ("nowhere:apis/api.yaml", "git does not know nowhere:apis/api.yaml"),
        ("main:apis/none.yaml", "apis/none.yaml is not a file of main"),
        ("--upload-pack=x:apis/api.yaml", "No such option"),
        ("none.yaml", "none.yaml is not a file"),
    ],
)
def test_a_side_that_is_not_there_is_said(repository: Path, side: str, message: str) -> None:
    done = diff(repository, side, "apis/api.yaml")
    assert done.returncode == 2
    assert message in done.stderr


def test_a_broken_document_is_a_located_error(repository: Path) -> None:
    (repository / "apis" / "api.yaml").write_text("openapi: 3.1.0\ninfo: {title: [\n")
    done = diff(repository, "main:apis/api.yaml", "apis/api.yaml")
    assert done.returncode == 2
    assert "apis/api.yaml:3" in done.stderr


def test_a_broken_document_of_a_revision_is_named_as_the_user_does(repository: Path) -> None:
    (repository / "apis" / "api.yaml").write_text("openapi: 3.1.0\ninfo: {title: [\n")
    git(repository, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-qam", "two")
    git(repository, "checkout", "-q", "HEAD~1", "--", "apis/api.yaml")
    done = diff(repository, "main:apis/api.yaml", "apis/api.yaml")
    assert done.returncode == 2
    assert "main:apis/api.yaml:3" in done.stderr
    assert "/tmp/" not in done.stderr


@pytest.mark.parametrize("arguments", [("--format", "pdf"), ("--fail-on", "sunday")])
def test_an_unknown_choice_is_wrong_usage(repository: Path, arguments: tuple[str, str]) -> None:
    assert diff(repository, "apis/api.yaml", "apis/api.yaml", *arguments).returncode == 2


def test_a_report_goes_to_a_file(repository: Path) -> None:
    done = diff(repository, "apis/api.yaml", "apis/api.yaml", "--format", "json", "-o", "out.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert '"wire": "none"' in (repository / "out.json").read_text()
