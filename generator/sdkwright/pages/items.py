"""What is left of a list's response once its methods return pages: the items.

The page class takes the place of the response's own, so that nothing else has to be named or written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sdkwright.ir.api import Api
from sdkwright.ir.models import Declaration, RootKind
from sdkwright.ir.operations import Operation
from sdkwright.ir.tree import ResourceNode
from sdkwright.ir.types import NULL, DeclarationId, Named, Type, members
from sdkwright.pages import Pages


def itemised(api: Api, resources: ResourceNode, pages: Pages) -> Api:
    """The API with one item as the response of each operation whose methods all return pages.

    An item that is described inside the response stands at its root then, and is named like it: `ThingListResponse`
    (SURFACE.md, "Types", rule 5).
    """
    items = _items(resources, pages)
    if not items:
        return api
    declarations = dict(api.declarations)
    operations: list[Operation] = []
    for operation in api.operations:
        item = items.get(operation.key)
        if item is not None:
            declarations |= _raised(api, item)
            operation = replace(operation, response=replace(operation.response, type=item))
        operations.append(operation)
    return replace(api, operations=tuple(operations), declarations=declarations)


def _items(resources: ResourceNode, pages: Pages) -> dict[str, Type]:
    """The item of each operation whose methods all return pages."""
    methods = [method for _, node in resources.walk() for method in node.methods]
    whole = {method.operation for method in methods if pages.match(method) is None}
    found = {method.operation: page.item for method in methods if (page := pages.match(method))}
    return {operation: item for operation, item in found.items() if operation not in whole}


def _raised(api: Api, item: Type) -> Iterator[tuple[DeclarationId, Declaration]]:
    """The declarations of an item, and of what is inside of it, with the item at the root of its response."""
    named = [member for member in members(item) if member != NULL]
    if len(named) != 1 or not isinstance(named[0], Named):
        return
    position = api.declarations[named[0].id].position
    if position.kind is not RootKind.RESPONSE or not position.steps:
        return
    depth = len(position.steps)
    for id, declaration in api.declarations.items():
        where = declaration.position
        if where.root == position.root and where.steps[:depth] == position.steps:
            yield id, replace(declaration, position=replace(where, root=named[0].id, steps=where.steps[depth:]))
