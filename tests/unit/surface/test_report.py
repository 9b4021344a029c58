"""The command line, its texts, and what the documentation says of the rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sdkwright.cli import app
from sdkwright.surface.rules import FACETS, POSITIONS, RULES, Facet, all_rules, type_rule
from typer.testing import CliRunner
from unit.surface.support import write_package

DOCUMENT = Path(__file__).parents[3] / "docs" / "surface.md"
OLD = "class Shop:\n    def buy(self, what: str) -> int: ...\n"
NEW = "class Shop:\n    def buy(self, what: int) -> int: ...\n    def sell(self): ...\n"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return str(write_package(tmp_path / "old", OLD)), str(write_package(tmp_path / "new", NEW))


def test_text_shows_what_breaks_and_for_whom(pair: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, ["surface", *pair])
    assert result.exit_code == 1
    assert result.stdout == (
        "BREAKING shop.Shop.buy(what): parameter has another type\n"
        "  who     calls, type-checks\n"
        "  before  what: str  [shop/__init__.py:2]\n"
        "  after   what: int  [shop/__init__.py:2]\n"
        "  rule    parameter-changed\n"
        "\n"
        "Changes that break nobody:\n"
        "  shop.Shop.sell: method added\n"
        "\n"
        "shop -> shop: 1 change breaks users, 1 does not (major).\n"
    )


def test_json_has_every_fact_of_a_finding(pair: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, ["surface", *pair, "--format", "json"])
    assert result.exit_code == 1
    value = json.loads(result.stdout)
    assert (value["python"], value["breaking"], value["compatible"]) == ("major", 1, 1)
    assert value["findings"][0] == {
        "rule": "parameter-changed",
        "breaking": True,
        "who": ["calls", "type-checks"],
        "says": "parameter has another type",
        "symbol": "shop.Shop.buy",
        "parameter": "what",
        "also": [],
        "semi_public": False,
        "before": "what: str",
        "after": "what: int",
        "old": {"file": "shop/__init__.py", "line": 2},
        "new": {"file": "shop/__init__.py", "line": 2},
        "hint": "",
    }


def test_additions_alone_exit_with_zero(tmp_path: Path) -> None:
    old = write_package(tmp_path / "old", "")
    new = write_package(tmp_path / "new", OLD)
    result = CliRunner().invoke(app, ["surface", str(old), str(new)])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        0,
        "shop -> shop: 0 changes break users, 1 does not (minor).",
    )


def test_a_module_that_does_not_parse_is_a_finding(tmp_path: Path) -> None:
    old = write_package(tmp_path / "old", {"m.py": "def ("})
    result = CliRunner().invoke(app, ["surface", str(old), str(old)])
    assert result.exit_code == 1
    assert "NOT READ (new package) shop/m.py:1: " in result.stdout


@pytest.mark.parametrize("arguments", [["missing", "missing"], [".", ".", "--format", "xml"]])
def test_wrong_usage_exits_with_two(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["surface", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")


def test_source_text_steers_no_terminal(tmp_path: Path) -> None:
    old = write_package(tmp_path / "old", "def f(a: '\x1b[31m' = '\\x1b]0;x\\x07'): ...\n")
    new = write_package(tmp_path / "new", "")
    result = CliRunner().invoke(app, ["surface", str(old), str(new)])
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout


def test_every_rule_has_one_id() -> None:
    ids = [rule.id for rule in all_rules()]
    assert len(ids) == len(set(ids)) == len(RULES) + len(POSITIONS) * len(Facet)


def test_the_documentation_has_the_rules_as_they_are() -> None:
    text = DOCUMENT.read_text("utf-8")
    for rule in RULES.values():
        assert f"| `{rule.id}` | {rule.says} | {', '.join(rule.who) or '-'} |" in text
    for facet, effect in FACETS.items():
        cells = " | ".join(["breaks" if breaks else "-" for breaks in (effect.breaks_giver, effect.breaks_taker)])
        assert f"| `{facet}` | {effect.says} | {cells} |" in text
    for position in POSITIONS:
        assert f"| `{position.name}` | {position.giver or '-'} | {'reads' if position.takes else '-'} |" in text


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
def test_nobody_breaks_where_nobody_is(position: object) -> None:
    from sdkwright.surface.rules import Position, Who

    assert isinstance(position, Position)
    for facet in Facet:
        who = type_rule(position, facet).who
        assert position.takes or Who.READS not in who
        assert position.giver in who or not who or position.takes
