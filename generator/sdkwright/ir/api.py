"""The whole API: what `lower` hands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sdkwright.ir.models import Declaration
from sdkwright.ir.operations import Operation, SecurityRequirement, SecurityScheme, Server, Webhook
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import DeclarationId


@dataclass(frozen=True, slots=True)
class Api:
    """An API document in typed form.

    `declarations` are in the document's order made independent of key order (sorted where the document's
    order means nothing). `security` is the document's default requirement.
    """

    title: str
    version: str
    description: str
    servers: tuple[Server, ...]
    operations: tuple[Operation, ...]
    declarations: Mapping[DeclarationId, Declaration]
    schemes: tuple[SecurityScheme, ...]
    security: tuple[SecurityRequirement, ...]
    webhooks: tuple[Webhook, ...]
    operations_total: int
    """Every method under `paths`, before any filter."""
    webhook_event: DeclarationId | None = None
    """What any of the `webhooks` holds, None without any."""
    unwraps: tuple[DeclarationId, ...] = ()
    """What the methods that a config has for webhooks return; `webhooks` is empty then."""
    offered: tuple[tuple[DeclarationId, Mode], ...] = ()
    """Forms of components that are there whether or not anything refers to them."""
    two_forms: frozenset[DeclarationId] = frozenset()
    """Components that have a form for reading and one for sending even where both are alike."""
