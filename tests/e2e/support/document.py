"""The parts of an OpenAPI document that the tests look at themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import yaml

if TYPE_CHECKING:
    from pathlib import Path

JSON = Any

_METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its identifier, how to recognise it, and what it takes besides path parameters."""

    id: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]
    has_body: bool


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its operations in the order in which it has them."""

    content: JSON
    origin: str
    base_path: str
    operations: tuple[Operation, ...]

    def match(self, method: str, path: str) -> Operation | None:
        """The operation that answers `method` at `path`, which is relative to the base path."""
        for operation in self.operations:
            if operation.method == method and operation.path.fullmatch(path):
                return operation
        return None


def load(path: Path) -> Document:
    """Read a document whose references are all local."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    server = urlsplit(str(content["servers"][0]["url"]))
    operations = tuple(
        _operation(content, template, method, item)
        for template, item in content["paths"].items()
        for method in _METHODS
        if method in item
    )
    return Document(content, f"{server.scheme}://{server.netloc}", server.path, operations)


def _operation(content: JSON, template: str, method: str, item: JSON) -> Operation:
    operation = item[method]
    parameters = [_resolve(content, each) for each in (*item.get("parameters", ()), *operation.get("parameters", ()))]
    # A percent-encoded slash is part of a value, a plain one is not: the raw path is matched.
    pattern = re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template))
    return Operation(
        id=operation["operationId"],
        method=method,
        path=re.compile(pattern),
        query=frozenset(each["name"] for each in parameters if each["in"] == "query"),
        has_body="requestBody" in operation,
    )


def _resolve(content: JSON, node: JSON) -> JSON:
    while "$ref" in node:
        target = content
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token]
        node = target
    return node
