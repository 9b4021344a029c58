"""When a budget counts as kept, with commands that take next to no time in place of generators."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import checking, generation, importing
from benchmarks.generators import Generator
from benchmarks.report import Row, missed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.documents import Endpoint

BOTH = frozenset({("get", "/pets"), ("post", "/pets")})
ONE = frozenset({("get", "/pets")})


def fake(name: str, delay: float, kept: frozenset[Endpoint]) -> Generator:
    """A generator that writes a directory after `delay` seconds."""
    script = f"import sys, time, pathlib; time.sleep({delay}); pathlib.Path(sys.argv[1]).mkdir()"
    return Generator(name, lambda _, target: [sys.executable, "-S", "-c", script, str(target)], lambda _: kept)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "openapi.yaml"
    path.write_text("paths: {/pets: {get: {}, post: {}}}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("delays", "kept", "met"),
    [((0.0, 0.3), BOTH, True), ((0.3, 0.0), BOTH, False), ((0.0, 0.3), ONE, False)],
    ids=["faster and complete", "slower", "incomplete"],
)
def test_generation_must_be_faster_than_the_peer_and_complete(
    monkeypatch: pytest.MonkeyPatch, document: Path, delays: Sequence[float], kept: frozenset[Endpoint], met: bool
) -> None:
    ours, peer = delays
    compared = (fake("ours", ours, kept), fake("checked", 0, kept), fake("peer", peer, BOTH), fake("other", 0, ONE))
    monkeypatch.setattr(generation, "generators", lambda: compared)
    rows = generation.measure(document, document.parent, runs=1)
    assert [row.what for row in rows] == ["ours", "checked", "peer", "other"]
    assert [row.kept for row in rows] == [f"{len(kept)}/2", f"{len(kept)}/2", "2/2", "1/2"]
    assert rows[0].ratio == "1.00x"
    assert (missed(rows) == []) is met
    assert (document.parent / generation.OURS).is_dir()


@pytest.mark.parametrize(("delay", "met"), [(0.0, True), (0.5, False)])
def test_a_check_must_take_less_than_half_of_a_regeneration(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, delay: float, met: bool
) -> None:
    (tmp_path / "specs" / "pets").mkdir(parents=True)
    work = tmp_path / "work"
    work.mkdir()
    script = f"import sys, time; time.sleep({delay} if '--check' in sys.argv else 0.3)"
    monkeypatch.setattr(checking, "this_tool", lambda: [sys.executable, "-S", "-c", script])
    rows = checking.measure(tmp_path / "specs", work, runs=1)
    assert {row.section for row in rows} == {"1 package, nothing changed"}
    assert (missed(rows) == []) is met


def measured(tmp_path: Path, source: str) -> list[Row]:
    """The rows for a package `pets` whose `__init__.py` is `source`."""
    package = tmp_path / "pets"
    (package / "types").mkdir(parents=True)
    (package / "py.typed").touch()
    (package / "types" / "__init__.py").touch()
    (package / "types" / "dog.py").touch()
    (package / "__init__.py").write_text(
        f"{source}\nfrom . import types\nClient = AsyncClient = APIError = object\n", encoding="utf-8"
    )
    return importing.measure(tmp_path, runs=1, peer="json")


def test_an_import_that_loads_no_models_keeps_its_budget(tmp_path: Path) -> None:
    assert missed(measured(tmp_path, "")) == []


def test_an_import_that_loads_a_model_misses_its_budget(tmp_path: Path) -> None:
    rows = missed(measured(tmp_path, "from .types import dog"))
    assert ["1 of models" in row.what for row in rows] == [True]


def test_an_import_that_is_slow_misses_its_budget(tmp_path: Path) -> None:
    assert len(missed(measured(tmp_path, "import time; time.sleep(3)"))) == 1


def test_a_package_with_the_name_of_the_peer_is_not_taken_for_it(tmp_path: Path) -> None:
    ours = tmp_path / "statistics"
    ours.mkdir()
    (ours / "py.typed").touch()
    (ours / "__init__.py").write_text("Client = AsyncClient = types = APIError = object", encoding="utf-8")
    *_, with_clients, peer = importing.measure(tmp_path, runs=1, peer="statistics")
    assert peer.what.startswith("statistics, the peer")
    # The peer, the standard library's module of that name, loads others.
    assert _modules(peer) > _modules(with_clients)


def _modules(row: Row) -> int:
    return int(row.what.partition("(")[2].partition(" ")[0])
