"""The resource tree: which resource offers which operation under which name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdkwright.diagnostics import Location
from sdkwright.ir.operations import OperationKey


@dataclass(frozen=True, slots=True)
class MethodNode:
    """One method of a resource. Options that a config gave stay None where it was silent."""

    name: str
    """snake_case, a valid identifier, unique in its resource."""
    operation: OperationKey
    location: Location | None = None
    paginated: bool | None = None
    deprecated: str | None = None
    body_param_name: str | None = None
    unwrap_response: bool | str | None = None
    positional_params: tuple[str, ...] | None = None
    stream: StreamConfig | None = None


@dataclass(frozen=True, slots=True)
class StreamConfig:
    """What a config says of a method's stream (`streaming:` in sdk.yaml)."""

    param_discriminator: str | None = None
    event_model: str | None = None
    params_type_name: str | None = None


@dataclass(frozen=True, slots=True)
class ModelNode:
    """A model that a config places in a resource: its name there and the pointer (`#/components/schemas/X`)."""

    name: str
    pointer: str


@dataclass(frozen=True, slots=True)
class ResourceNode:
    """One resource: an attribute of the client or of its parent. `name` is snake_case; the root's is empty."""

    name: str
    methods: tuple[MethodNode, ...] = ()
    children: tuple[ResourceNode, ...] = ()
    models: tuple[ModelNode, ...] = ()
    doc: str = ""

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ResourceNode]]:
        """This node and all below it, each with its path of names from the root (the root's own path is empty)."""
        yield path, self
        for child in self.children:
            yield from child.walk((*path, child.name))
