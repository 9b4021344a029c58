"""The one place that invents names."""

from __future__ import annotations

from sdkwright.diagnostics import Diagnostics
from sdkwright.ir.api import Api
from sdkwright.ir.graph import rings, root_edges, usage
from sdkwright.ir.names import ClientNames, Names
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import collisions
from sdkwright.name import fields as field_names
from sdkwright.name.classes import Classes, Placement
from sdkwright.name.client import client_names, resource_names
from sdkwright.words import Casing

__all__ = ["client_names", "name"]


def name(
    api: Api, tree: ResourceNode, client: ClientNames, casing: Casing, diagnostics: Diagnostics | None = None
) -> Names:
    """The names of everything in an API that is arranged as `tree`; those that gave way to others are reported."""
    use = usage(api)
    methods = {method.operation: Placement(path, method.name) for path, node in tree.walk() for method in node.methods}
    models = {
        model.pointer.removeprefix("#"): Placement(path, model.name)
        for path, node in tree.walk()
        for model in node.models
    }
    arguments = field_names.arguments(api, casing)
    names = Names(
        client=client,
        symbols=Classes(api, use, rings(root_edges(api, use)), casing, methods, models).name(),
        fields=field_names.fields(api, casing),
        keys=field_names.keys(api, casing, arguments),
        arguments=arguments,
        resources=resource_names(tree, casing),
    )
    if diagnostics is not None:
        collisions.report(api, names, casing, frozenset(models), diagnostics)
    return names
