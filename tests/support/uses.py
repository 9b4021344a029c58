"""Which keywords a document uses, each at an object of the kind that has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sdkwright.bundle.grammar import GRAMMAR

_MORE: Final[dict[str, dict[str, str]]] = {
    "document": {"servers": "[server]", "externalDocs": "externalDocs"},
    "info": {"contact": "contact", "license": "license"},
    "server": {"variables": "{serverVariable}"},
    "pathItem": {"servers": "[server]"},
    "sharedPathItem": {"servers": "[server]"},
    "operation": {"servers": "[server]", "externalDocs": "externalDocs"},
    "tag": {"externalDocs": "externalDocs"},
    "schema": {"xml": "xml", "externalDocs": "externalDocs"},
    "securityScheme": {"flows": "oauthFlows"},
    "oauthFlows": {"*": "oauthFlow"},
}
"""The objects that the grammar of the bundle takes for data: none of them holds a reference."""


def uses(node: Any, kind: str = "document") -> Iterator[tuple[str, str]]:
    """Pairs of a kind and a keyword, a shared path item as a path item."""
    if kind[0] == "[":
        for item in node if isinstance(node, list) else ():
            yield from uses(item, kind[1:-1])
        return
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        key = str(key)
        if kind[0] != "{":
            yield ("pathItem" if kind == "sharedPathItem" else kind), key
        if "$ref" in node and kind[0] != "{" and kind not in {"schema", "pathItem", "sharedPathItem"}:
            yield "reference", key
        below = _below(kind, key)
        if below:
            yield from uses(value, below)


def _below(kind: str, key: str) -> str:
    if kind[0] == "{":
        return kind[1:-1]
    table = {**GRAMMAR.get(kind, {}), **_MORE.get(kind, {})}
    found = table.get(key) or ("" if key.startswith("x-") or key == "$ref" else table.get("*", ""))
    return "" if found == "text" else found
