"""A document as a package that can be imported, with the types that stand for its schemas."""

from __future__ import annotations

import copy
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sdkwright import pipeline
from sdkwright.config import Config
from sdkwright.config import load as load_config
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.models import RootKind
from sdkwright.ir.operations import ResponseKind
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import Named
from sdkwright.lower.nodes import Tree, as_mapping
from sdkwright.lower.walk import operations
from sdkwright.pointers import escape

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.ir.symbols import Symbol
    from sdkwright.pipeline import Options, Planned

_BASE_KEYWORDS = ("$id", "$schema", "$anchor", "$dynamicAnchor", "$vocabulary")
"""What would give a schema another base URI or dialect; the bundle has resolved every reference already."""


@dataclass(frozen=True, slots=True)
class Root:
    """A schema of the canonical document by its pointer, the type of the package for it, and whole examples of it."""

    pointer: str
    kind: Any
    examples: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package while it is importable."""

    name: str
    document: dict[str, Any]
    roots: tuple[Root, ...]

    def module(self, name: str) -> Any:
        """A module of it."""
        return importlib.import_module(f"{self.name}.{name}")


@contextmanager
def package(spec: Path, options: Options, directory: Path) -> Iterator[Package]:
    """Generate the package of a document into `directory`, importable inside the block."""
    run = pipeline.Run(Diagnostics())
    config = load_config(options.config, options.limits, run.diagnostics, run.texts) if options.config else Config()
    bundle = pipeline._read(spec, options, config, run)
    tree = Tree(bundle.document, bundle.origins.locate)
    planned = pipeline.plan(tree, spec.stem, config, options.limits, run)
    generated = pipeline.generate(spec, options, pipeline.Run(Diagnostics()))
    if planned is None or generated is None:
        raise ValueError(f"{spec}: {run.diagnostics.items[-1:]}")
    for name, content in generated.files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sys.path.insert(0, str(directory / "src"))
    try:
        yield Package(generated.package, _plain(bundle.document), tuple(_roots(generated.package, planned, tree)))
    finally:
        sys.path.remove(str(directory / "src"))
        for module in [each for each in sys.modules if each.partition(".")[0] == generated.package]:
            del sys.modules[module]


def _roots(package: str, planned: Planned, tree: Tree) -> Iterator[Root]:
    """The components that are read, and the bodies of responses that have a type of their own."""
    table = planned.package.symbols.table
    for id, item in planned.api.declarations.items():
        if item.position.kind is RootKind.COMPONENT and not item.position.steps and (id, Mode.MODEL) in table:
            yield Root(id, _load(package, table[id, Mode.MODEL]), ())
    raw = {item.key: item for item in operations(tree)}
    paged = {method.operation for method in planned.pages.matches}  # the type of their response is that of one item
    for operation in planned.api.operations:
        response, type_ = operation.response, operation.response.type
        if response.kind is not ResponseKind.JSON or not isinstance(type_, Named) or operation.key in paged:
            continue
        item = raw[operation.key]
        declared = as_mapping(item.raw.get("responses"))
        at = f"{item.pointer}/responses/{escape(response.status)}"
        body, pointer = tree.follow(declared.get(response.status), at)
        entry = as_mapping(as_mapping(body.get("content")).get(response.media_type))
        shown = [as_mapping(each) for each in as_mapping(entry.get("examples")).values()]
        examples = [each["value"] for each in shown if "value" in each]
        is_own = planned.api.declarations[type_.id].position.kind is RootKind.RESPONSE
        if "schema" in entry and (is_own or examples) and (type_.id, Mode.MODEL) in table:
            where = f"{pointer}/content/{escape(response.media_type)}/schema"
            yield Root(where, _load(package, table[type_.id, Mode.MODEL]), tuple(examples))


def _load(package: str, symbol: Symbol) -> Any:
    return getattr(importlib.import_module(f"{package}.{symbol.module}"), symbol.name)


def _plain(document: Any) -> Any:
    """The document without what gives its schemas other names."""
    document = copy.deepcopy(document)
    pending = [document]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            for key in _BASE_KEYWORDS:
                if isinstance(node.get(key), str | bool | dict) and not (key == "$vocabulary" and "type" in node):
                    node.pop(key)
            pending += node.values()
        elif isinstance(node, list):
            pending += node
    return document
