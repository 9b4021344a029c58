"""`sdkwright init`: a config that changes nothing, whatever the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options, Planned, Run, outline
from sdkwright.starter import starter_config
from support import golden

if TYPE_CHECKING:
    from pathlib import Path

INFERRED = [case for case in golden.cases() if case.options.config is None and not case.name.startswith("bad_")]


def planned(spec: Path, options: Options) -> Planned:
    found = outline(spec, options, Run(Diagnostics()))
    assert found is not None
    return found


@pytest.mark.parametrize("case", INFERRED, ids=lambda case: case.name)
def test_a_package_with_the_config_is_planned_as_without_it(case: golden.Case, tmp_path: Path) -> None:
    before = planned(case.spec, case.options)
    config = tmp_path / "sdk.yaml"
    config.write_text(starter_config(before, case.spec), "utf-8")
    after = planned(case.spec, Options(config, case.options.overlays))
    assert (after.package, after.names, after.api) == (before.package, before.names, before.api)
