"""Drives single stages on documents that tests write as Python mappings."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sdkwright.bundle import Bundle
from sdkwright.bundle.origins import Origins
from sdkwright.config import Config
from sdkwright.config.dialect import OURS, Dialect
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Field, Object
from sdkwright.ir.names import ClientNames, Names
from sdkwright.ir.operations import Operation
from sdkwright.ir.symbols import Mode, Symbols
from sdkwright.ir.tree import MethodNode, ModelNode, ResourceNode
from sdkwright.limits import Limits
from sdkwright.lower.api import lower
from sdkwright.lower.nodes import Tree
from sdkwright.lower.walk import operations
from sdkwright.name import name
from sdkwright.pages import Pages
from sdkwright.pages.items import itemised
from sdkwright.plan.symbols import plan_symbols
from sdkwright.render.models import render_models
from sdkwright.upgrade import upgrade
from sdkwright.words import Casing, casing

JSON = "application/json"
TEMPLATES = Path(__file__).parents[2] / "templates" / "models"
CLIENT = ClientNames("acme", "acme", "Acme", "ACME", "Acme")


def ref(component: str) -> dict[str, Any]:
    """A reference to a component schema."""
    return {"$ref": f"#/components/schemas/{component}"}


def obj(required: Sequence[str] = (), **properties: Any) -> dict[str, Any]:
    """An object schema."""
    return {"type": "object", "required": list(required), "properties": properties}


def const(value: str) -> dict[str, Any]:
    """A text constant."""
    return {"type": "string", "const": value}


def answering(schema: Any, **more: Any) -> dict[str, Any]:
    """An operation that answers with a schema as JSON."""
    return {"responses": {"200": {"description": "", "content": {JSON: {"schema": schema}}}}, **more}


def taking(schema: Any, media_type: str = JSON, *, required: bool = True, **more: Any) -> dict[str, Any]:
    """An operation with a request body that answers with nothing."""
    body = {"required": required, "content": {media_type: {"schema": schema}}}
    return {"requestBody": body, "responses": {"204": {"description": ""}}, **more}


@dataclass
class Lowered:
    """An API in typed form, with what was reported on the way."""

    api: Api
    diagnostics: Diagnostics

    @property
    def codes(self) -> list[str]:
        return [item.code for item in self.diagnostics.items]

    def operation(self, key: str) -> Operation:
        return next(item for item in self.api.operations if item.key == key)

    def component(self, name: str) -> Object | Alias:
        return self.api.declarations[f"/components/schemas/{name}"]

    def object(self, name: str) -> Object:
        found = self.component(name)
        assert isinstance(found, Object), found
        return found

    def alias(self, name: str) -> Alias:
        found = self.component(name)
        assert isinstance(found, Alias), found
        return found

    def field(self, component: str, wire: str) -> Field:
        return next(item for item in self.object(component).fields if item.wire == wire)


def lowered(
    *,
    schemas: Mapping[str, Any] | None = None,
    paths: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    dialect: Dialect = OURS,
    is_named: Callable[[str], bool] = lambda pointer: True,
    version: str = "3.1.0",
    resources: ResourceNode | None = None,
    **document: Any,
) -> Lowered:
    """Lower a document; without paths each schema is the answer of an operation of its own."""
    schemas = schemas or {}
    if paths is None:
        paths = {f"/{number}": {"get": answering(ref(name))} for number, name in enumerate(schemas)}
    raw: dict[str, Any] = copy.deepcopy(
        {
            "openapi": version,
            "info": {"title": "Acme", "version": "1"},
            "paths": dict(paths),
            **document,
            "components": {"schemas": dict(schemas), **document.get("components", {})},
        }
    )
    diagnostics = Diagnostics()
    limits = limits or Limits()
    bundle = upgrade(Bundle(raw, Origins("api.yaml", {}, {})), diagnostics, limits)
    tree = Tree(bundle.document, bundle.origins.locate)
    wanted = {item.key for item in operations(tree)}
    resources = resources or ResourceNode("")
    return Lowered(lower(tree, wanted, is_named, limits, diagnostics, dialect, resources), diagnostics)


@dataclass
class Named:
    """An API with its names and modules."""

    api: Api
    names: Names
    symbols: Symbols
    lowered: Lowered
    tree: ResourceNode = field(default_factory=lambda: ResourceNode(""))

    def classes(self, module: str) -> set[str]:
        """The names defined in a module of types (`types.session`)."""
        return {each.symbol.name for item in self.symbols.modules if item.module == module for each in item.definitions}

    def modules(self) -> set[str]:
        return {item.module for item in self.symbols.modules}

    def fields(self, component: str) -> tuple[str, ...]:
        return self.names.fields[f"/components/schemas/{component}"]

    def symbol(self, component: str, mode: Mode = Mode.MODEL) -> str:
        symbol = self.symbols[f"/components/schemas/{component}", mode]
        return f"{symbol.module}:{symbol.name}"

    def render(self) -> dict[str, str]:
        """The source of every module of types, by path."""
        return render_models(self.api, self.names, self.symbols, TEMPLATES)


def resource(path: str, *methods: tuple[str, str], models: Mapping[str, str] | None = None) -> ResourceNode:
    """A chain of resources (`users.sessions`) whose last one has these methods (name, operation) and models."""
    first, *rest = path.split(".")
    if rest:
        return ResourceNode(first, children=(resource(".".join(rest), *methods, models=models),))
    listed = tuple(ModelNode(name, f"#/components/schemas/{schema}") for name, schema in (models or {}).items())
    return ResourceNode(first, tuple(MethodNode(*method) for method in methods), models=listed)


def named(
    *resources: ResourceNode,
    terms: Casing | None = None,
    dialect: Dialect = OURS,
    pagination: Sequence[Mapping[str, Any]] = (),
    **document: Any,
) -> Named:
    """Lower and name a document; without resources every operation is a method of `things`."""
    listed = {
        model.pointer.removeprefix("#")
        for _, node in ResourceNode("", children=resources).walk()
        for model in node.models
    }
    if dialect != OURS:
        document["resources"] = ResourceNode("", children=resources)
    found = lowered(is_named=lambda pointer: not listed or pointer in listed, dialect=dialect, **document)
    if not resources:
        methods = [(f"get_{number}", item.key) for number, item in enumerate(found.api.operations)]
        resources = (resource("things", *methods),)
    tree = ResourceNode("", children=resources)
    pages = Pages.of(found.api, tree, Config.model_validate({"pagination": pagination}))
    api = itemised(found.api, tree, pages)
    names = name(api, tree, CLIENT, terms or casing(), dialect=dialect)
    return Named(api, names, plan_symbols(api, names), found, tree)
