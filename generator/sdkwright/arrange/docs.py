"""What resources are, in the words of the tags that their operations have (OpenAPI 3.1, 4.8.22)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.arrange.head import OperationHead
    from sdkwright.ir.operations import OperationKey
    from sdkwright.ir.tree import ResourceNode
    from sdkwright.words import Casing


def with_docs(
    tree: ResourceNode, heads: tuple[OperationHead, ...], tags: Mapping[str, str], casing: Casing
) -> ResourceNode:
    """The tree, with the description of a tag for each resource that is called like it and has no words of its own."""
    said = {
        head.key: {
            casing.snake(re.split(r"[/.:>]", tag)[-1], "tag"): tags[tag] for tag in reversed(head.tags) if tags.get(tag)
        }
        for head in heads
    }
    return _described(tree, said)


def _described(node: ResourceNode, said: Mapping[OperationKey, Mapping[str, str]]) -> ResourceNode:
    found = (said.get(method.operation, {}).get(node.name, "") for method in node.methods)
    return replace(
        node,
        doc=node.doc or next(filter(None, found), ""),
        children=tuple(_described(child, said) for child in node.children),
    )
