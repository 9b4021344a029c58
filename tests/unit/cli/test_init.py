"""`sdkwright init`: where the config goes, and when there is none."""

from __future__ import annotations

from .conftest import Workspace


def test_the_config_goes_to_stdout(sdkwright: Workspace) -> None:
    run = sdkwright("init", str(sdkwright.spec("x")))
    assert (run.code, run.err) == (0, "")
    assert run.out.endswith("resources:\n  lamps:\n    methods:\n      retrieve: get /lamps/{lamp_id}\n")


def test_a_generation_takes_the_config_that_was_written(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    assert sdkwright("init", str(spec), "-o", "specs/x").code == 0
    assert sdkwright("regenerate").code == 0
    assert (sdkwright.root / "generated/x/src/lighthouse/resources/lamps.py").is_file()


def test_a_config_that_is_there_is_kept(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    mine = spec.with_name("sdk.yaml")
    mine.write_text("organization: {name: Mine}\n", "utf-8")
    run = sdkwright("init", str(spec), "-o", "specs/x")
    assert run.code == 2
    assert "is there already" in run.err
    assert mine.read_text("utf-8") == "organization: {name: Mine}\n"


def test_a_bad_document_is_reported_and_nothing_is_written(sdkwright: Workspace) -> None:
    run = sdkwright("init", str(sdkwright.spec("x", "asyncapi: 3.0.0\n")), "-o", "out")
    assert run.code == 1
    assert "source/not-openapi" in run.err
    assert not (sdkwright.root / "out").exists()


CONFIG = """\
organization: {name: lighthouse, contact: x@example.com}
resources:
  lamps:
    methods:
      light: get /lamps/{lamp_id}
"""


def test_an_inherited_config_is_taken_over_with_what_will_differ(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    (sdkwright.root / "stainless.yml").write_text(CONFIG, "utf-8")
    run = sdkwright("init", "--from", "stainless.yml", "-o", "specs/x")
    assert run.code == 0
    assert "Line 1: `contact` has no effect on a Python package." in run.err
    assert spec.with_name("sdk.yaml").read_text("utf-8").endswith(f"\n{CONFIG}")
    assert sdkwright("regenerate").code == 0
    assert "def light(" in (sdkwright.root / "generated/x/src/lighthouse/resources/lamps.py").read_text("utf-8")


def test_an_inherited_config_is_held_against_the_document(sdkwright: Workspace) -> None:
    spec = sdkwright.spec("x")
    (sdkwright.root / "stainless.yml").write_text(CONFIG.replace("/lamps/", "/lamp/"), "utf-8")
    run = sdkwright("init", str(spec), "--from", "stainless.yml")
    assert (run.code, run.out) == (1, "")
    assert "config/unknown-endpoint" in run.err


def test_without_anything_to_start_from_the_usage_is_told(sdkwright: Workspace) -> None:
    run = sdkwright("init")
    assert run.code == 2
    assert "--from" in run.err
