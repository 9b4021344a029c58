"""Every operation of a document, as it stands in `paths`: one loop that the rest of the lowering shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sdkwright.ir.operations import OperationKey
from sdkwright.lower.nodes import Node, Raw, Tree, as_list, as_mapping, as_schema
from sdkwright.pointers import escape

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
ADDITIONAL = "additionalOperations"


@dataclass(frozen=True, slots=True)
class RawOperation:
    """One operation with what its path item adds: parameters that hold for every method of the path."""

    key: OperationKey
    method: str
    path: str
    raw: Raw
    pointer: str
    parameters: tuple[tuple[Raw, str], ...]
    """Parameters of path item and operation, resolved, the operation's own overriding; with their pointers."""
    servers: str = ""
    """The pointer to servers of the path item or the operation itself, which differ from the document's."""


def operations(tree: Tree) -> Iterator[RawOperation]:
    """The operations in an order that does not depend on the order of keys: by path, then by method."""
    paths = as_mapping(tree.document.get("paths"))
    for path in sorted(path for path in paths if path.startswith("/")):
        item, pointer = tree.follow(paths[path], f"/paths/{escape(path)}")
        named = {method: (item[method], f"{pointer}/{method}") for method in METHODS if method in item}
        for method, raw in as_mapping(item.get(ADDITIONAL)).items():
            named[method] = (raw, f"{pointer}/{ADDITIONAL}/{escape(method)}")
        for method, (raw, where) in named.items():
            if as_mapping(raw):
                shared = _parameters(tree, item, pointer)
                own = _parameters(tree, as_mapping(raw), where)
                merged = {(str(p.get("in")), str(p.get("name"))): (p, at) for p, at in (*shared, *own)}
                key = f"{method.lower()} {path}"
                holder = next((at for node, at in ((raw, where), (item, pointer)) if as_list(node.get("servers"))), "")
                servers = f"{holder}/servers" if holder else ""
                yield RawOperation(key, method.lower(), path, as_mapping(raw), where, tuple(merged.values()), servers)


def payloads(tree: Tree, item: Raw, pointer: str) -> Iterator[tuple[Raw, str, Node]]:
    """What the API sends by each method of a path item: the operation, its pointer, and the schema of the body."""
    for method in METHODS:
        operation = as_mapping(item.get(method))
        body, at = tree.follow(operation.get("requestBody"), f"{pointer}/{method}/requestBody")
        content = as_mapping(body.get("content"))
        if content:
            media_type = min(content)
            schema = as_schema(as_mapping(content[media_type]).get("schema"))
            yield operation, f"{pointer}/{method}", Node(schema, f"{at}/content/{escape(media_type)}/schema")


def _parameters(tree: Tree, holder: Raw, pointer: str) -> list[tuple[Any, str]]:
    """The parameters and their places. A description beside a reference overrides the target's (3.1, 4.8.23)."""
    found: list[tuple[Any, str]] = []
    for index, item in enumerate(as_list(holder.get("parameters"))):
        raw, at = tree.follow(item, f"{pointer}/parameters/{index}")
        said = as_mapping(item).get("description")
        found.append(({**raw, "description": said} if said and isinstance(raw, dict) else raw, at))
    return found
