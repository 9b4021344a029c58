"""The one place that invents names."""

from __future__ import annotations

from sdkwright.config.dialect import OURS, Dialect
from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.api import Api
from sdkwright.ir.graph import rings, root_edges, usage
from sdkwright.ir.names import ClientNames, Names
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import collisions
from sdkwright.name import fields as field_names
from sdkwright.name.classes import SHARED, TYPES, Classes, Placement
from sdkwright.name.client import client_names, resource_names
from sdkwright.words import Casing

__all__ = ["client_names", "name"]


def name(
    api: Api,
    tree: ResourceNode,
    client: ClientNames,
    casing: Casing,
    diagnostics: Diagnostics | None = None,
    dialect: Dialect = OURS,
) -> Names:
    """The names of everything in an API that is arranged as `tree`; those that gave way to others are reported."""
    use = usage(api)
    methods = {method.operation: Placement(path, method.name) for path, node in tree.walk() for method in node.methods}
    methods |= {method.id(path): Placement(path, method.name) for path, node in tree.walk() for method in node.unwraps}
    models = {
        model.pointer.removeprefix("#"): Placement(path, model.name)
        for path, node in tree.walk()
        for model in node.models
    }
    arguments = field_names.arguments(api, casing, dialect.free_arguments)
    classes = Classes(api, use, rings(root_edges(api, use)), casing, methods, models, dialect)
    names = Names(
        client=client,
        symbols=classes.name(),
        fields=field_names.fields(api, casing),
        keys=field_names.keys(api, casing, arguments),
        arguments=arguments,
        resources=resource_names(tree, casing),
        offered={SHARED: TYPES} if dialect.shared_packages else {},
        renamed=classes.renamed,
        annotated_keys=dialect.annotated_keys,
        hidden_rings=dialect.hidden_rings,
    )
    if diagnostics is not None:
        collisions.report(api, tree, names, casing, diagnostics, dialect)
    return names
