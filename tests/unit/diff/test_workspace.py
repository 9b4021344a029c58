"""`regenerate --review`: what changed since the merge base, of every API at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
API = """\
openapi: 3.1.0
info: {title: NAME, version: 1.0.0}
paths:
  /boats/{id}:
    get:
      operationId: getBoat
      tags: [boats]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200':
          description: Fine.
          content: {application/json: {schema: {$ref: '#/components/schemas/Boat'}}}
components:
  schemas:
    Boat:
      type: object
      properties:
        id: {type: string}
        mast: {type: string}
"""
WITHOUT_MAST = ("        mast: {type: string}\n", "")
NAME = "user.name=a", "user.email=a@example.com", "commit.gpgsign=false"


class Repository:
    """A repository with two APIs in it, and the command line."""

    def __init__(self, root: Path, prefix: str = "") -> None:
        self.root, self.folder = root, root / prefix
        self.git("init", "-q", "-b", "main")
        for name in ("harbour", "yard"):
            self.write(name, API.replace("NAME", name.title()))
        self.commit()

    def git(self, *arguments: str) -> None:
        """Run git."""
        options = [part for each in NAME for part in ("-c", each)]
        subprocess.run(["git", *options, *arguments], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        """Commit everything."""
        self.git("add", ".")
        self.git("commit", "-qm", "more")

    def write(self, name: str, text: str, file: str = "openapi.yaml") -> None:
        """Write a file of an API."""
        path = self.folder / "specs" / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def edit(self, name: str, old: str, new: str) -> None:
        """Edit a document."""
        path = self.folder / "specs" / name / "openapi.yaml"
        path.write_text(path.read_text().replace(old, new))

    def run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run `regenerate --review`."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator"), "NO_COLOR": "1", "COLUMNS": "200"}
        environment.pop("GITHUB_BASE_REF", None)
        command = [sys.executable, "-m", "sdkwright", "regenerate", "--review", *arguments]
        return subprocess.run(
            command, cwd=cwd or self.folder, env=environment, capture_output=True, text=True, check=False
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def test_what_is_not_committed_counts(repository: Repository) -> None:
    repository.edit("harbour", *WITHOUT_MAST)
    done = repository.run()
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("== harbour\nWIRE minor   PYTHON major")
    assert "yard" not in done.stdout


def test_what_the_main_branch_did_meanwhile_is_not_reviewed(repository: Repository) -> None:
    repository.git("checkout", "-qb", "work")
    repository.edit("harbour", *WITHOUT_MAST)
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.edit("yard", *WITHOUT_MAST)
    repository.commit()
    repository.git("checkout", "-q", "work")
    content = json.loads(repository.run("--format", "json").stdout)
    assert [each["name"] for each in content["reviews"]] == ["harbour"]


def test_nothing_changed_is_said(repository: Repository) -> None:
    done = repository.run()
    assert (done.returncode, done.stdout) == (0, "no changes\n")
    assert "no API changed since" in done.stderr


def test_apis_that_come_and_go_are_said(repository: Repository) -> None:
    repository.write("pier", API)
    repository.git("rm", "-rq", "specs/yard")
    done = repository.run()
    assert "pier: new, so there is nothing to compare it with" in done.stderr
    assert done.returncode == 1
    assert "The API yard is removed" in done.stdout
    content = json.loads(repository.run("--format", "json").stdout)
    assert (content["wire"], content["python"]) == ("major", "major")
    for name in ("markdown", "html", "sarif", "github", "junit", "changelog"):
        assert "yard" in repository.run("--format", name).stdout


def test_an_api_that_goes_can_be_accepted(repository: Repository) -> None:
    repository.git("rm", "-rq", "specs/yard")
    entry = {"rule": "api-removed", "pointer": "/specs/yard", "reason": "moved", "author": "harbour team"}
    (repository.root / "policy.json").write_text(json.dumps({"accept": [entry]}))
    assert repository.run("--policy", str(repository.root / "policy.json")).returncode == 0


def test_a_review_keeps_to_the_budgets_that_are_asked_for(repository: Repository) -> None:
    repository.edit("yard", *WITHOUT_MAST)
    done = repository.run("--limit", "file_bytes=10")
    assert (done.returncode, "limit/file-size" in done.stderr) == (2, True)


def test_a_config_that_changed_is_reviewed_with_both_versions(repository: Repository) -> None:
    repository.write("harbour", "resources: {boats: {methods: {retrieve: 'get /boats/{id}'}}}\n", "sdk.yaml")
    repository.commit()
    repository.write("harbour", "resources: {boats: {methods: {fetch: 'get /boats/{id}'}}}\n", "sdk.yaml")
    content = json.loads(repository.run("--format", "json").stdout)
    (only,) = content["reviews"]
    assert (content["wire"], content["python"]) == ("none", "major")
    assert only["python_by_origin"] == {"config": "major"}
    assert {card["origin"] for card in only["cards"]} == {"config"}


def test_a_package_that_another_generator_made_is_told_apart(repository: Repository) -> None:
    made = [sys.executable, "-m", "sdkwright", "regenerate", "harbour", "--no-verify-import"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    subprocess.run(made, cwd=repository.folder, env=environment, check=True, capture_output=True)
    boat = repository.folder / "generated/harbour/src/harbour/types/boat.py"
    new = boat.read_text()
    boat.write_text(new.replace("class Boat(BaseModel):", "class Boat(BaseModel):\n    keel: str\n"))
    repository.commit()
    boat.write_text(new)
    content = json.loads(repository.run("--format", "json").stdout)
    (only,) = content["reviews"]
    assert only["wire"] == "none"
    assert only["python_by_origin"] == {"generator": "major"}
    texts = [each["text"] for card in only["cards"] for each in card["consequences"]]
    assert any("keel" in text and "field removed" in text for text in texts)


def test_a_workspace_below_the_root_of_its_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "sdks")
    repository.edit("harbour", *WITHOUT_MAST)
    for cwd, workspace in ((repository.folder, "."), (tmp_path, "sdks")):
        done = repository.run("--workspace", workspace, "--format", "json", cwd=cwd)
        (only,) = json.loads(done.stdout)["reviews"]
        assert only["base"].endswith(":sdks/specs/harbour/openapi.yaml")


@pytest.mark.parametrize("format", ["text", "json", "markdown", "html", "changelog", "github", "sarif", "junit"])
def test_every_format_holds_all_apis(repository: Repository, format: str) -> None:
    repository.edit("harbour", *WITHOUT_MAST)
    repository.edit("yard", "'200'", "'201'")
    done = repository.run("--format", format)
    assert done.returncode == 1, done.stderr
    assert "specs/harbour/openapi.yaml" in done.stdout or format == "changelog"
    for name in ("harbour", "yard"):
        assert name in done.stdout


def test_the_remarks_of_names_are_theirs(repository: Repository) -> None:
    repository.edit("harbour", *WITHOUT_MAST)
    repository.edit("yard", *WITHOUT_MAST)
    content = json.loads(repository.run("yard", "--format", "json", "--fail-on", "none").stdout)
    assert [each["name"] for each in content["reviews"]] == ["yard"]


@pytest.mark.parametrize("base", ["nowhere", "--all"])
def test_a_branch_that_is_not_there_is_said(repository: Repository, base: str) -> None:
    done = repository.run(f"--base={base}")
    assert done.returncode == 2
    assert f"the merge base with {base} cannot be found" in done.stderr
    assert "fetch-depth: 0" in done.stderr


def test_a_broken_document_is_named_with_its_line(repository: Repository) -> None:
    repository.write("harbour", "openapi: 3.1.0\ninfo: {title: [\n")
    done = repository.run()
    assert done.returncode == 2
    assert "specs/harbour/openapi.yaml:3" in done.stderr
