"""The heads of all operations: what arranging them into resources needs to know, before anything is lowered."""

from __future__ import annotations

from sdkwright.arrange.head import OperationHead
from sdkwright.lower import media
from sdkwright.lower.nodes import Node, Tree, as_list, as_mapping, as_text
from sdkwright.lower.shape import fold
from sdkwright.lower.walk import RawOperation, operations


def heads(tree: Tree) -> tuple[OperationHead, ...]:
    """One head for each operation, in the order of paths and methods."""
    return tuple(_head(tree, operation) for operation in operations(tree))


def schema_names(tree: Tree) -> frozenset[str]:
    """The names of the component schemas."""
    return frozenset(map(str, as_mapping(tree.get("/components/schemas"))))


def tag_docs(tree: Tree) -> dict[str, str]:
    """The descriptions of the tags by their names."""
    tags = map(as_mapping, as_list(tree.document.get("tags")))
    return {as_text(tag.get("name")): as_text(tag.get("description")) for tag in tags}


def _head(tree: Tree, operation: RawOperation) -> OperationHead:
    raw = operation.raw
    return OperationHead(
        key=operation.key,
        method=operation.method,
        path=operation.path,
        operation_id=as_text(raw.get("operationId")),
        tags=tuple(tag for tag in as_list(raw.get("tags")) if isinstance(tag, str)),
        summary=as_text(raw.get("summary")),
        returns_list=_returns_list(tree, operation),
        has_body="requestBody" in raw,
        deprecated=raw.get("deprecated") is True,
        location=tree.locate(operation.pointer),
        resource=as_text(raw.get("x-sdkwright-resource")),
        name=as_text(raw.get("x-sdkwright-method")),
    )


def _returns_list(tree: Tree, operation: RawOperation) -> bool:
    """Whether a GET answers with an array, or with an object whose one array property holds the results."""
    if operation.method != "get":
        return False
    responses = as_mapping(operation.raw.get("responses"))
    for status in sorted(str(key) for key in responses if str(key).startswith("2")):
        response, _ = tree.follow(responses[status], "")
        for media_type, entry in as_mapping(response.get("content")).items():
            if media.is_json(str(media_type)):
                raw, pointer = tree.follow(as_mapping(entry).get("schema"), "")
                shape = fold(Node(raw, pointer), tree)
                arrays = [name for name, prop in shape.properties.items() if _is_array(tree, prop)]
                return "array" in shape.types or len(arrays) == 1
    return False


def _is_array(tree: Tree, node: Node) -> bool:
    raw, _ = tree.follow(node.schema, node.pointer)
    types = raw.get("type")
    return types == "array" or (isinstance(types, list) and "array" in types)
