"""Which bodies need their keys renamed, and that the tables do it."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sdkwright.config import Config
from sdkwright.ir.models import Declaration, Object
from sdkwright.ir.symbols import Mode, Symbol, Symbols
from sdkwright.ir.types import STRING, ListOf, MapOf, Named, Type
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.render.environment import environment
from sdkwright.text import Code
from unit.render.tiny import API, NAMES, TREE, field, item

DECLARATIONS: dict[str, Declaration] = {
    "Leaf": item("Leaf", field("leafName", STRING)),
    "Plain": item("Plain", field("text", STRING)),
    "Tree": item("Tree", field("trees", ListOf(Named("Tree"))), field("leaf", Named("Leaf"))),
    "Ring": item("Ring", field("other", Named("Bell"))),
    "Bell": item("Bell", field("other", Named("Ring"))),
    "Box": item("Box", field("leaves", MapOf(Named("Leaf"))), field("notes", MapOf(STRING))),
}


def keys() -> tuple[WireKeys, Scope]:
    fields = {
        id_: tuple({"leafName": "leaf_name"}.get(each.wire, each.wire) for each in declaration.fields)
        for id_, declaration in DECLARATIONS.items()
        if isinstance(declaration, Object)
    }
    table = {(id_, Mode.PARAM): Symbol(f"{id_}Param", f"types.{id_.lower()}_param") for id_ in DECLARATIONS}
    names = replace(NAMES, fields=fields, keys=fields)
    context = Context(replace(API, declarations=DECLARATIONS), TREE, names, Symbols(table, (), (), {}), Config())
    return WireKeys(context), Scope(context, Imports("resources.x"))


def encoded(types: dict[str, Type], tiny: ModuleType, folder: Path) -> tuple[dict[str, str], Any]:
    """The expressions for values of some types, and the tables that they name, as a module of the tiny package."""
    tables, scope = keys()
    expressions = {name: tables.encoded(scope, type_, Code(name)) for name, type_ in types.items()}
    plan = tables.tables()
    if plan is None:
        return dict(expressions), None
    text = environment().get_template("wire_keys.py.jinja").render(plan=plan)
    (folder / "src" / "tiny" / "_wire_keys.py").write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return dict(expressions), importlib.import_module("tiny._wire_keys")


@pytest.mark.parametrize("type_", [STRING, Named("Plain"), ListOf(Named("Plain")), Named("Ring"), MapOf(STRING)])
def test_a_value_whose_keys_are_those_of_the_wire_is_passed_as_it_is(type_: Type) -> None:
    tables, scope = keys()
    assert tables.encoded(scope, type_, Code("value")) == "value"
    assert tables.tables() is None


def test_keys_are_renamed_at_any_depth_in_lists_maps_and_rings(tiny: ModuleType, tmp_path: Path) -> None:
    types = {"tree": Named("Tree"), "box": Named("Box"), "boxes": MapOf(ListOf(Named("Box")))}
    expressions, module = encoded(types, tiny, tmp_path)
    assert expressions == {
        "tree": "encode(tree, _wire_keys.TreeParam)",
        "box": "encode(box, _wire_keys.BoxParam)",
        "boxes": "encode(boxes, _wire_keys.EachBoxParam)",
    }
    encode = importlib.import_module("tiny._wire").encode
    leaf, wire = {"leaf_name": "x"}, {"leafName": "x"}
    assert encode({"trees": [{"leaf": leaf}], "leaf": leaf}, module.TreeParam) == {
        "trees": [{"leaf": wire}],
        "leaf": wire,
    }
    box = {"leaves": {"leaf_name": leaf}, "notes": {"leaf_name": "kept"}}
    sent = {"leaves": {"leaf_name": wire}, "notes": {"leaf_name": "kept"}}
    assert encode(box, module.BoxParam) == sent
    assert encode({"a": [box]}, module.EachBoxParam) == {"a": [sent]}
