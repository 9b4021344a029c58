"""The generated code on a card: before and after, and nothing that stayed as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.limits import Limits
from sdkwright.lower.nodes import Tree
from sdkwright.pipeline import Run, plan
from unit.diff.comparing import Doc, card
from unit.diff.test_python import reviewed, schema


def test_a_model_shows_the_field_that_changed(tmp_path: Path) -> None:
    def edit(doc: Doc) -> None:
        schema(doc, "Boat")["required"].remove("call_id")
        schema(doc, "Boat")["properties"]["call_id"] = {"type": ["string", "null"]}

    (only,) = reviewed(edit, tmp_path).cards
    (change,) = only.code
    assert change.title == "types.boat"
    assert change.before == ("class Boat(BaseModel):", "    ...", "    call_id: str", "    ...")
    assert change.after == ("class Boat(BaseModel):", "    ...", "    call_id: str | None = None", "    ...")


def test_a_method_shows_the_argument_that_came(tmp_path: Path) -> None:
    more = {"name": "after", "in": "query", "schema": {"type": "string"}}
    result = reviewed(lambda doc: doc["paths"]["/boats"]["get"]["parameters"].append(more), tmp_path)
    change = next(each for each in result.cards[0].code if each.title == "client.boats")
    assert change.before == ("def list(", "    ...", "): ...")
    assert change.after == ("def list(", "    *,", "    after: str | Omit = omit,", "    ...", "): ...")


def test_a_method_shows_what_it_returns_when_that_changed(tmp_path: Path) -> None:
    def edit(doc: Doc) -> None:
        content = doc["paths"]["/boats"]["get"]["responses"]["200"]["content"]
        content["application/json"]["schema"] = {"$ref": "#/components/schemas/Size"}

    result = reviewed(edit, tmp_path)
    changes = [change for each in result.cards for change in each.code if change.title == "client.boats"]
    assert [(change.before[-1], change.after[-1]) for change in changes] == [(") -> Boat: ...", ") -> Size: ...")]


def test_a_class_that_comes_is_shown_with_its_fields(tmp_path: Path) -> None:
    def edit(doc: Doc) -> None:
        properties = {f"p{number:02}": {"type": "string"} for number in range(30)}
        schema(doc, "Boat")["properties"]["log"] = {"$ref": "#/components/schemas/Log"}
        doc["components"]["schemas"]["Log"] = {"type": "object", "properties": properties}

    result = reviewed(edit, tmp_path)
    change = next(change for each in result.cards for change in each.code if change.title == "types.log")
    assert change.before == ()
    assert change.after[:2] == ("class Log(BaseModel):", "    p00: str | None = None")
    assert change.after[-1] == "    ..."
    assert len(change.after) < 20


def test_an_alias_is_shown_whole(tmp_path: Path) -> None:
    def name_it(doc: Doc) -> None:
        doc["components"]["schemas"]["Kind"] = {"type": "string", "enum": ["sail", "steam"]}
        schema(doc, "Boat")["properties"]["kind"] = {"$ref": "#/components/schemas/Kind"}

    def both(doc: Doc) -> None:
        name_it(doc)
        doc["components"]["schemas"]["Kind"]["enum"].append("row")

    from unit.diff.comparing import compare, edited
    from unit.diff.test_python import base

    result = compare(edited(base(), name_it), edited(base(), both), tmp_path, python=True)
    (change,) = card(result, "enum-value-added").code
    assert change.before == ('Kind: TypeAlias = Literal["sail", "steam"]',)
    assert change.after == ('Kind: TypeAlias = Literal["sail", "steam", "row"]',)


@pytest.mark.parametrize("mode", ["model", "method"])
def test_lines_are_those_of_the_generated_code(mode: str, tmp_path: Path) -> None:
    from sdkwright.render.environment import templates_root
    from sdkwright.render.models import render_models
    from sdkwright.render.package import render
    from unit.diff.test_python import base

    planned = plan(Tree(base(), lambda pointer: Location("", pointer)), "api", Config(), Limits(), Run(Diagnostics()))
    assert planned is not None
    models = render_models(planned.api, planned.names, planned.package.symbols, templates_root() / "models")
    source = "\n".join(map(str, render(planned.package, models).values()))
    whole = reviewed(lambda doc: doc["paths"].pop("/boats"), tmp_path)
    wanted = "class" if mode == "model" else "def"
    changes = [
        each for found in whole.cards for each in found.code if each.before and each.before[0].startswith(wanted)
    ]
    assert changes
    for change in changes:
        lines = [line for line in change.before if "..." not in line]
        assert [line for line in lines if line.strip() not in source] == []
