"""Webhooks (OpenAPI 3.1, 4.8.1): what the API sends to its user."""

from __future__ import annotations

from collections.abc import Iterator

from sdkwright.ir.models import Alias, Position, RootKind
from sdkwright.ir.operations import Webhook
from sdkwright.ir.tree import ResourceNode
from sdkwright.ir.types import DeclarationId, union
from sdkwright.lower.docs import in_short
from sdkwright.lower.nodes import Node, Raw, as_mapping
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.walk import payloads
from sdkwright.pointers import escape

EVENT: DeclarationId = "/webhooks"
"""The declaration of what any webhook holds."""


def lower(schemas: Schemas) -> tuple[Webhook, ...]:
    """The webhooks of the document, each with its payload; the union of these is declared as `EVENT`."""
    found: list[Webhook] = []
    for name, operation, pointer, node in _payloads(schemas):
        position = Position(RootKind.WEBHOOK, f"{pointer}#payload", name)
        doc = in_short(operation)
        where = schemas.tree.locate(pointer.rpartition("/")[0])
        found.append(Webhook(name, schemas.root(node, position), doc, where))
    if found:
        position = Position(RootKind.WEBHOOK, EVENT, "")
        where = schemas.tree.locate("/webhooks")
        either = union(*(webhook.type for webhook in found))
        schemas.declarations[EVENT] = Alias(EVENT, position, either, where, "What a webhook can hold.")
        schemas.diagnostics.note(
            "webhook/signature",
            "OpenAPI does not say how webhooks are signed; `unwrap` checks signatures of Standard Webhooks 1.0",
            where,
            "read webhooks that are signed in another way by yourself: the types of their payloads are in `types`",
        )
    return tuple(found)


def unwrap(schemas: Schemas, resources: ResourceNode) -> Iterator[DeclarationId]:
    """Declare what the methods for webhooks return: one of all payloads."""
    payloads = [node.schema for _, _, _, node in _payloads(schemas)]
    for path, resource in resources.walk():
        for method in resource.unwraps:
            told = {"discriminator": {"propertyName": method.discriminator}} if method.discriminator else {}
            node = Node({"oneOf": payloads, **told} if payloads else {}, "/webhooks")
            position = Position(RootKind.WEBHOOK, method.id(path), method.name)
            schemas.declare(node, position, schemas.lower(node, position))
            yield position.root


def _payloads(schemas: Schemas) -> Iterator[tuple[str, Raw, str, Node]]:
    """Name, operation, its pointer and schema of every payload."""
    raw = as_mapping(schemas.tree.document.get("webhooks"))
    for name in sorted(str(key) for key in raw):
        item, pointer = schemas.tree.follow(raw[name], f"/webhooks/{escape(name)}")
        for operation, at, node in payloads(schemas.tree, item, pointer):
            yield name, operation, at, node
