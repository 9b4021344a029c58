"""What hangs on the responses of an operation: calls that the API makes in return, and what can be called next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sdkwright.ir.models import Position, RootKind
from sdkwright.ir.operations import Callback, Link, OperationKey
from sdkwright.lower.docs import in_short
from sdkwright.lower.nodes import Raw, as_mapping, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.styles import STYLES
from sdkwright.lower.walk import RawOperation, payloads
from sdkwright.pointers import escape


def callbacks(item: RawOperation, schemas: Schemas) -> tuple[Callback, ...]:
    """The callbacks of an operation that carry something, by name (OpenAPI 3.1, 4.8.18)."""
    tree = schemas.tree
    declared = as_mapping(item.raw.get("callbacks"))
    found: list[Callback] = []
    for name in sorted(str(key) for key in declared):
        raw, pointer = tree.follow(declared[name], f"{item.pointer}/callbacks/{escape(name)}")
        for url in sorted(str(key) for key in raw if not str(key).startswith("x-")):
            path, at = tree.follow(raw[url], f"{pointer}/{escape(url)}")
            for operation, _, node in payloads(tree, path, at):
                # Shared callbacks are named by themselves, so that one class serves every operation.
                position = Position(RootKind.CALLBACK, f"{node.pointer}#payload", name)
                doc = in_short(operation)
                found.append(Callback(name, url, schemas.root(node, position), doc))
    return tuple(found)


def targets(raw: Iterable[RawOperation]) -> dict[str, OperationKey]:
    """The operations by what a link can call them: the `operationId`, or a reference."""
    found: dict[str, OperationKey] = {}
    for item in raw:
        found[f"#{item.pointer}"] = item.key
        found.setdefault(as_text(item.raw.get("operationId")), item.key)
    found.pop("", None)
    return found


def links(item: RawOperation, known: Mapping[str, OperationKey], schemas: Schemas) -> tuple[Link, ...]:
    """The links of an operation's responses, by name (OpenAPI 3.1, 4.8.20); a dangling one is reported."""
    tree = schemas.tree
    found: dict[str, Link] = {}
    responses = as_mapping(item.raw.get("responses"))
    for status in sorted(str(key) for key in responses):
        response, pointer = tree.follow(responses[status], f"{item.pointer}/responses/{escape(status)}")
        declared = as_mapping(response.get("links"))
        for name in sorted(str(key) for key in declared):
            link, at = tree.follow(declared[name], f"{pointer}/links/{escape(name)}")
            target = known.get(as_text(link.get("operationId")) or as_text(link.get("operationRef")))
            if target is None:
                schemas.warn(
                    "link/target",
                    f"the link {name[:60]!r} leads to no operation of this document; it was left out",
                    at,
                    "give it the `operationId` of one",
                )
                continue
            if "server" in link:
                schemas.note("link/server", f"the server of the link {name[:60]!r} is not used", f"{at}/server")
            if name not in found:
                body = _written(link["requestBody"]) if "requestBody" in link else ""
                found[name] = Link(name, target, tuple(_parameters(link)), body, as_text(link.get("description")))
    return tuple(found[name] for name in sorted(found))


def _parameters(link: Raw) -> Iterator[tuple[str, str, str]]:
    """Place, name and value; `path.id` tells the place of one whose name other parameters have too."""
    parameters: Mapping[str, Any] = as_mapping(link.get("parameters"))
    for key in sorted(str(key) for key in parameters):
        place, _, name = key.partition(".")
        is_placed = bool(name) and place in STYLES
        yield place if is_placed else "", name if is_placed else key, _written(parameters[key])


def _written(value: object) -> str:
    """An expression as it is, a constant as JSON."""
    if isinstance(value, str) and value.startswith("$"):
        return value
    return json.dumps(value, ensure_ascii=False, default=str, sort_keys=True)
