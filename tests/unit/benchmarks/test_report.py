"""What is printed, and what the exit code says."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from benchmarks import __main__ as command
from benchmarks.importing import model_modules, probe
from benchmarks.process import FailedError, script, timed
from benchmarks.report import Budget, Row, missed, seconds, table

if TYPE_CHECKING:
    from pathlib import Path

MET = Row("part", "fast", "1 ms", budget=Budget("at most 2 ms", met=True))
MISSED = Row("part", "slow", "3 ms", budget=Budget("at most 2 ms", met=False))
FREE = Row("part", "peer", "9 ms")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.0 ms"), (0.01234, "12.3 ms"), (0.9999, "999.9 ms"), (1.0, "1.00 s"), (12.345, "12.35 s")],
)
def test_times_are_in_the_unit_that_people_read(value: float, text: str) -> None:
    assert seconds(value) == text


def test_only_a_row_with_a_budget_can_miss_it() -> None:
    assert missed([MET, MISSED, FREE]) == [MISSED]


def test_the_table_has_each_row_its_budget_and_the_versions() -> None:
    console = Console(file=io.StringIO(), width=200)
    console.print(table([MET, MISSED, FREE], title="results"))
    shown = console.file.getvalue()  # type: ignore[attr-defined]  # it is the StringIO given above
    for text in (
        "results",
        "part",
        "fast",
        "slow",
        "peer",
        "at most 2 ms",
        "met",
        "missed",
        "pydantic 2.",
        "Python 3.",
    ):
        assert text in shown


@pytest.mark.parametrize(
    ("rows", "arguments", "code"),
    [([MET, FREE], ["--strict-budget"], 0), ([MISSED], [], 0), ([MET, MISSED], ["--strict-budget"], 1)],
)
def test_a_missed_budget_fails_the_command_on_demand(
    monkeypatch: pytest.MonkeyPatch, rows: list[Row], arguments: list[str], code: int
) -> None:
    def measured(*_: object) -> list[Row]:
        return rows

    monkeypatch.setattr(command, "_measure", measured)
    assert command.main(arguments) == code


def test_what_cannot_be_measured_is_an_error_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> list[Row]:
        raise FailedError("java is missing")

    monkeypatch.setattr(command, "_measure", fail)
    assert command.main([]) == 2
    assert "java is missing" in capsys.readouterr().err


def test_a_command_is_timed_with_all_its_processes(tmp_path: Path) -> None:
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**6))'], check=True)"
    timing = timed([sys.executable, "-c", busy], directory=tmp_path)
    assert timing.wall > 0
    assert timing.cpu > 0


def test_a_command_that_fails_is_told_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="ended with 3:\nno such document"):
        timed([sys.executable, "-c", "print('no such document'); raise SystemExit(3)"], directory=tmp_path)


def test_a_missing_peer_is_told_with_the_command_that_installs_it() -> None:
    with pytest.raises(FailedError, match="uv sync --group benchmarks"):
        script("no-such-generator")


def test_an_import_is_probed_in_a_process_of_its_own(tmp_path: Path) -> None:
    package = tmp_path / "pets"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    found = probe("import pets", tmp_path)
    assert "pets" in found.modules
    assert "pytest" not in found.modules
    assert found.timing.wall > 0


def test_the_modules_of_types_are_told_from_their_package() -> None:
    modules = ("pets", "pets._client", "pets.types", "pets.types.dog", "pets.types.cats.cat", "petshop.types.dog")
    assert model_modules("pets", modules) == ["pets.types.dog", "pets.types.cats.cat"]
