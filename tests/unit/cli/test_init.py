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
