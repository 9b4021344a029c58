"""A slice of the canary matrix; `python -m tests.hostile canary` is the whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sdkwright.pipeline import Options

from hostile import beside
from hostile.canary import TEMPLATES, Canary, Matrix
from hostile.fields import template
from hostile.payloads import PAYLOADS
from hostile.trial import Bench

SLICE = ("triple_double", "line_next_line", "jinja_expression", "invisible_nul")
"""One payload of each kind."""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    found = Bench(tmp_path)
    yield found
    found.close()


def test_the_matrix_is_as_large_as_it_is_said_to_be() -> None:
    assert len(PAYLOADS) >= 60
    assert len(set(PAYLOADS.values())) == len(PAYLOADS)
    assert len(template("openapi").words) >= 120


@pytest.mark.parametrize("name", TEMPLATES)
def test_without_a_payload_every_template_gives_a_package(bench: Bench, name: str) -> None:
    options = Options()
    data = template(name).data
    if name in {"sdk", "overlay"}:
        other = bench.write(f"{name}.yaml", data)
        options = Options(config=other) if name == "sdk" else Options(overlays=(other,))
        data = template("openapi").data
    verdict = bench.judge(data, options=options)
    assert (verdict.problems, verdict.errors) == ((), ())
    assert bench.imports(verdict) == ()


@pytest.mark.parametrize("payload", SLICE)
def test_a_payload_in_every_field_never_gets_out(bench: Bench, payload: str) -> None:
    run = Canary(bench, every=1_000)
    run.run(TEMPLATES, [payload])
    assert run.matrix.failures == []
    assert run.matrix.pairs >= sum(len(template(name).words) for name in TEMPLATES)


def test_structural_fields_take_no_payload_further(bench: Bench) -> None:
    run = Canary(bench, every=len(PAYLOADS) // 2)
    run.run(("openapi", "swagger"), ["single_quote"])
    assert run.matrix.failures == []


def test_names_beside_the_document_never_get_out(bench: Bench) -> None:
    matrix = Matrix()
    beside.run(bench, matrix, lambda text: None, ["triple_double", "parent_directory", "dollar"])
    assert matrix.failures == []
