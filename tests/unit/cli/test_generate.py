"""`sdkwright generate` and `lint`: one document, its report, and bad input of every kind without a traceback."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .conftest import DOCUMENT, Workspace

BAD = {
    "empty": ("", 2, "source/"),
    "not a mapping": ("- a\n- b\n", 2, "source/not-openapi"),
    "truncated JSON": ('{"openapi": "3.1.0", "info": {', 2, "source/"),
    "broken YAML": ("openapi: 3.1.0\ninfo: [1, 2\n", 2, "source/"),
    "another format": ("asyncapi: 3.0.0\n", 2, "source/not-openapi"),
    "a reference outside": (DOCUMENT.replace("'#/components/schemas/Lamp'", "'../../x.yaml'"), 1, "ref/"),
    "a reference to the network": (DOCUMENT.replace("'#/components/schemas/Lamp'", "'http://x.test/y'"), 1, "ref/"),
    "a repeated key": (DOCUMENT + "paths: {}\n", 2, "source/duplicate-key"),
}


def test_one_document_becomes_a_distribution(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    run = sdkwright("generate", str(spec), "-o", "out")
    assert (run.code, run.out) == (0, "")
    for path in ("pyproject.toml", "README.md", "api.md", "src/lighthouse/__init__.py", "src/lighthouse/py.typed"):
        assert (sdkwright.root / "out" / path).is_file()


def test_the_report_counts_and_locates(sdkwright: Workspace) -> None:
    spec = sdkwright.spec(
        "x",
        DOCUMENT.replace("        - {name: lamp_id, in: path, required: true, schema: {type: string}}", "        []"),
    )
    sdkwright("generate", str(spec), "-o", "out", "--report", "report.json")
    report = json.loads((sdkwright.root / "report.json").read_text("utf-8"))
    assert report["operations"] == {"total": 1, "generated": 1, "skipped": 0, "excluded": 0}
    assert report["package"] == "lighthouse"
    assert report["models"] == 1
    assert set(report["seconds"]) >= {"source", "lower", "models", "format", "verify"}
    (found,) = report["diagnostics"]
    assert (found["code"], found["severity"], found["line"]) == ("parameter/undeclared", "warning", 6)
    assert found["file"] == str(spec)
    assert found["hint"]


def test_strict_makes_a_warning_an_error_and_writes_nothing(sdkwright: Workspace) -> None:
    spec = sdkwright.spec(
        "x",
        DOCUMENT.replace("        - {name: lamp_id, in: path, required: true, schema: {type: string}}", "        []"),
    )
    run = sdkwright("generate", str(spec), "-o", "out", "--strict")
    assert run.code == 1
    assert "run/strict" in run.err
    assert not (sdkwright.root / "out").exists()


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_a_located_diagnostic_and_nothing_written(sdkwright: Workspace, name: str) -> None:
    text, code, expected = BAD[name]
    spec = sdkwright.spec("x", text)
    run = sdkwright("generate", str(spec), "-o", "out")
    assert run.code == code, run.err
    assert expected in run.err
    assert "openapi.yaml" in run.err
    assert "Traceback" not in run.err + run.out
    assert not (sdkwright.root / "out").exists()


@pytest.mark.parametrize(
    "arguments", [("generate", "none.yaml", "-o", "out"), ("lint", "none.yaml"), ("lint",), ("x",)]
)
def test_wrong_usage_is_exit_code_2_without_a_traceback(sdkwright: Workspace, arguments: tuple[str, ...]) -> None:
    run = sdkwright(*arguments)
    assert run.code == 2
    assert "Traceback" not in run.err
    assert run.err


def test_a_fault_of_our_own_is_reported_without_a_traceback(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    site = sdkwright.root / "site"
    site.mkdir()
    broken = "import sdkwright.pipeline as p\ndef heads(tree):\n    raise KeyError('boom')\np.heads = heads\n"
    (site / "sitecustomize.py").write_text(f"import sys\nsys.path[:0] = {sys.path!r}\n{broken}", "utf-8")
    run = sdkwright("generate", str(spec), "-o", "out", PYTHONPATH=f"{site}:{Path(__file__).parents[3] / 'generator'}")
    assert run.code == 1
    assert "internal/fault" in run.err
    assert "arrange" in run.err
    assert "Traceback" not in run.err


def test_lint_says_what_generate_would_and_writes_nothing(sdkwright: Workspace) -> None:
    spec = sdkwright.spec(
        "x",
        DOCUMENT.replace("        - {name: lamp_id, in: path, required: true, schema: {type: string}}", "        []"),
    )
    run = sdkwright("lint", str(spec))
    assert run.code == 0
    assert "parameter/undeclared" in run.out
    assert f"{spec}:6" in run.out
    assert sdkwright("lint", str(spec), "--strict").code == 1
    github = sdkwright("lint", str(spec), "--format", "github")
    assert github.out.startswith("::warning ")
    assert json.loads(sdkwright("lint", str(spec), "--format", "json").out)["operations"]["total"] == 1
    assert (
        sorted(path.name for path in sdkwright.root.iterdir()) == ["home", "specs"]
        or not (sdkwright.root / "out").exists()
    )


def test_the_import_check_can_be_left_out(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    run = sdkwright("generate", str(spec), "-o", "out", "--no-verify-import", "--verbose")
    assert run.code == 0
    assert "import check" not in run.err
    assert "import check" in sdkwright("generate", str(spec), "-o", "other", "--verbose").err


def test_a_config_that_names_what_does_not_exist_is_an_error_with_its_line(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    config = spec.parent / "sdk.yaml"
    config.write_text("resources:\n  lamps:\n    methods:\n      light: post /lamps/{lamp_id}/light\n", "utf-8")
    run = sdkwright("generate", str(spec), "-o", "out", "--config", str(config))
    assert run.code == 1
    assert "config/unknown-endpoint" in run.err
    assert "sdk.yaml:4:" in run.err


def test_a_name_that_no_system_holds_and_a_report_without_a_place_are_wrong_usage(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    long = sdkwright("generate", "x" * 5_000, "-o", "out")
    lost = sdkwright("generate", str(spec), "-o", "out", "--report", "missing/report.json", "--no-verify-import")
    for run, said in ((long, "File name too long"), (lost, "missing/report.json")):
        assert run.code == 2
        assert said in run.err.replace("\n", "")
        assert "Traceback" not in run.err
