"""The tests that a package brings with it pass against a server that keeps to the document, and catch what breaks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.golden import GOLDEN, Case, run
from support.mock_api import mock_api
from support.packages import mypy_users_problems, pyright_users_problems

CASE = Case(GOLDEN / "inherited_tests")


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(run(CASE).files or {})


@pytest.fixture
def distribution(files: dict[str, bytes], tmp_path: Path) -> Path:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with mock_api(CASE.spec) as url:
        yield url


def emitted(distribution: Path, *arguments: str, server: str | None = None) -> str:
    """What the package's own tests say."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "TEST_API"))}
    named = {"TEST_API_BASE_URL": server} if server else {}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=distribution, env={**clean, **named}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    return done.stdout + done.stderr


def change(distribution: Path, path: str, old: str, new: str) -> None:
    file = distribution / "src" / "poster_press" / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_the_tests_of_a_package_pass_against_its_document(distribution: Path, server: str) -> None:
    said = emitted(distribution, server=server)
    passed = re.search(r"(\d+) passed", said)
    assert passed is not None, said
    assert int(passed[1]) >= 200, said
    assert not re.search(r"failed|error|skipped", said), said


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("resources/proofs.py", '"/proofs"', '"/proof"'),
        ("resources/proofs.py", '"poster": poster', '"posters": poster'),
        ("resources/posters/posters.py", '"limit": limit', '"limits": limit'),
        ("resources/posters/posters.py", '"/posters/{poster_id}"', '"/posters/x/{poster_id}"'),
        ("types/poster.py", "title: str", "title: int"),
    ],
    ids=["path", "body property", "optional query parameter", "path template", "response type"],
)  # fmt: skip
def test_a_package_that_departs_from_its_document_fails_its_tests(
    distribution: Path, server: str, path: str, old: str, new: str
) -> None:
    change(distribution, path, old, new)
    said = emitted(distribution, "tests/api_resources", "-k", "not Async", server=server)
    assert re.search(r"\d+ failed", said), said


def test_without_a_server_the_tests_say_what_to_run(distribution: Path) -> None:
    said = emitted(distribution, "tests/api_resources/test_client.py", server="http://127.0.0.1:9")
    assert "run scripts/test, or start scripts/mock" in said


def test_the_tests_are_strictly_typed(distribution: Path) -> None:
    assert pyright_users_problems(distribution / "tests", distribution / "src") == ""
    assert mypy_users_problems(distribution / "tests", distribution / "src") == ""


def test_scripts_are_valid_and_say_what_is_missing(distribution: Path) -> None:
    for name in ("bootstrap", "mock", "test"):
        subprocess.run(["bash", "-n", distribution / "scripts" / name], check=True)
    done = subprocess.run(
        ["bash", distribution / "scripts" / "mock"],
        env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no OpenAPI document" in done.stderr
