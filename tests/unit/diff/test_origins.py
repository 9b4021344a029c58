"""What the document caused, apart from what the config and the generator caused."""

from __future__ import annotations

import json
from pathlib import Path

from sdkwright.diagnostics import Diagnostics
from sdkwright.diff.job import Input, Job
from sdkwright.diff.levels import Level
from sdkwright.diff.report import FORMATS
from sdkwright.diff.review import Review
from sdkwright.diff.settings import Acceptance, Settings
from sdkwright.limits import Limits
from unit.diff.comparing import TODAY, Doc
from unit.diff.test_python import base

CONFIG = """\
resources:
  boats:
    methods:
      list: get /boats
      create: post /boats
"""


def run(folder: Path, revision: Doc, old: str, new: str, original: Doc | None = None) -> Review:
    """The review of a document and a config that both changed."""
    for name, content in (("base.json", json.dumps(original or base(), indent=2)), ("old.yaml", old), ("new.yaml", new),
                          ("revision.json", json.dumps(revision, indent=2))):  # fmt: skip
        (folder / name).write_text(content)
    sides = (
        Input(str(folder / "base.json"), str(folder / "old.yaml")),
        Input(str(folder / "revision.json"), str(folder / "new.yaml")),
    )
    return Job(*sides, Settings(), Limits(), TODAY).run(Diagnostics(), {})


def texts(result: Review) -> dict[str, list[str]]:
    """What happened in Python by its origin."""
    found: dict[str, list[str]] = {}
    for card in result.cards:
        for each in card.consequences:
            found.setdefault(each.origin, []).append(each.text)
    return found


def test_a_method_that_the_config_renames_is_not_blamed_on_the_document(tmp_path: Path) -> None:
    revision = base()
    revision["components"]["schemas"]["Boat"]["properties"].pop("size")
    result = run(tmp_path, revision, CONFIG, CONFIG.replace("create:", "launch:"))
    assert "client.boats.create() is now client.boats.launch()" in texts(result)["config"]
    assert texts(result)["document"] == ["Boat.size is gone", "Size is gone"]
    assert result.causes == {"document": Level.MAJOR, "config": Level.MAJOR}
    assert {card.card.rule for card in result.cards if card.origin == "config"} == {"config"}


def test_machines_are_told_what_caused_a_change(tmp_path: Path) -> None:
    result = run(tmp_path, base(), CONFIG, CONFIG.replace("create:", "launch:"))
    assert FORMATS["github"](result).rstrip().endswith("Caused by: the config")
    (found,) = json.loads(FORMATS["sarif"](result))["runs"][0]["results"]
    assert found["properties"]["origin"] == "config"
    assert "caused by: the config" in found["message"]["text"]
    for name in ("text", "markdown", "junit"):
        assert "aused by: the config" in FORMATS[name](result)


def test_a_config_alone_changes_nothing_on_the_wire(tmp_path: Path) -> None:
    result = run(tmp_path, base(), CONFIG, CONFIG.replace("create:", "launch:"))
    assert (result.wire, result.python) == (Level.NONE, Level.MAJOR)
    assert list(texts(result)) == ["config"]


def test_an_operation_that_comes_with_its_method_can_be_told_apart(tmp_path: Path) -> None:
    revision = base()
    revision["paths"]["/crews"] = revision["paths"]["/boats"].copy()
    revision["paths"]["/crews"].pop("get")
    result = run(tmp_path, revision, CONFIG, f"{CONFIG}  crews:\n    methods:\n      hire: post /crews\n")
    assert "client.crews.hire() is new" in texts(result)["config"]
    assert result.python is Level.MINOR


def test_a_config_is_taken_without_what_only_the_other_document_has(tmp_path: Path) -> None:
    original, revision = base(), base()
    original["paths"]["/old"] = {"post": {**original["paths"]["/boats"]["post"], "operationId": "old"}}
    revision["paths"]["/new"] = {"post": {**revision["paths"]["/boats"]["post"], "operationId": "new"}}
    revision["components"]["schemas"]["Boat"]["properties"].pop("call_id")
    old, new = (f"{CONFIG}      other: post /{name}\n" for name in ("old", "new"))
    result = run(tmp_path, revision, old, new, original)
    assert texts(result)["document"] == ["Boat.call_id is gone"]
    assert result.notices == ()


def test_a_method_goes_with_its_operation_though_the_config_still_names_it(tmp_path: Path) -> None:
    original, revision = base(), base()
    original["paths"]["/old"] = {"post": {**original["paths"]["/boats"]["post"], "operationId": "old"}}
    stale = f"{CONFIG}      other: post /old\n      further: {{type: alias, to: other}}\n"
    result = run(tmp_path, revision, stale, stale, original)
    assert {"client.boats.other() is gone", "client.boats.further() is gone"} <= set(texts(result)["document"])
    assert result.python is Level.MAJOR
    assert "no longer has" in result.notices[0] and "post /old" in result.notices[0]


def test_without_a_common_config_nothing_is_blamed_on_either(tmp_path: Path) -> None:
    """What the config of each side says about a model makes no sense without the document of that side."""
    original, revision = base(), base()
    for each, name in ((original, "Old"), (revision, "New")):
        each["components"]["schemas"][name] = {"type": "object", "properties": {name: {"type": "string"}}}
        each["paths"]["/boats"]["post"]["responses"]["200"]["content"]["text/event-stream"] = {
            "schema": {"$ref": f"#/components/schemas/{name}"}
        }
    event = "      launch:\n        endpoint: post /boats\n        streaming: {stream_event_model: boats.event}\n"
    streamed = CONFIG.replace("      create: post /boats\n", event)
    old, new = (f"{streamed}    models:\n      event: {name}\n" for name in ("Old", "New"))
    result = run(tmp_path, revision, old, new, original)
    assert set(texts(result)) == {"undecided"}


def test_transforms_of_the_config_are_no_change_of_the_wire(tmp_path: Path) -> None:
    rule = """\
openapi:
  transforms:
    - command: remove
      reason: nobody should read it
      args:
        target: $.components.schemas.Boat.properties.size
"""
    result = run(tmp_path, base(), CONFIG, CONFIG + rule)
    assert result.wire is Level.NONE
    assert texts(result) == {"config": ["Boat.size is gone", "Size is gone"]}


def test_why_there_is_no_verdict_on_python_is_said_with_its_place(tmp_path: Path) -> None:
    result = run(tmp_path, base(), CONFIG, f"{CONFIG}      sink: post /nowhere\n")
    assert (result.wire, result.python) == (Level.NONE, None)
    assert "/nowhere" in result.reason
    assert "new.yaml" in result.reason
    assert result.reason in FORMATS["text"](result)
    assert "PYTHON not planned" in FORMATS["text"](result)
    assert json.loads(FORMATS["json"](result))["python_reason"] == result.reason


def test_a_change_of_the_package_alone_can_be_accepted(tmp_path: Path) -> None:
    run(tmp_path, base(), CONFIG, CONFIG.replace("create:", "launch:"))
    accept = tuple(
        Acceptance(rule="config", pointer=symbol, reason="announced", author="harbour team")
        for symbol in ("client.boats.create", "types.boat_create_params.BoatCreateParams")
    )
    sides = (Input(str(tmp_path / f"{name}.json"), str(tmp_path / f"{config}.yaml"))
             for name, config in (("base", "old"), ("revision", "new")))  # fmt: skip
    result = Job(*sides, Settings(accept=accept), Limits(), TODAY).run(Diagnostics(), {})
    assert result.python is Level.NONE
    (only,) = [card for card in result.cards if card.accepted]
    assert [entry.author for entry in only.accepted] == ["harbour team"] * 2
    assert result.unused == ()
