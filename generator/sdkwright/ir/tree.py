"""The resource tree: which resource offers which operation under which name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdkwright.diagnostics import Location
from sdkwright.ir.operations import OperationKey
from sdkwright.ir.types import DeclarationId

SHARED_PATH = ("$shared",)
"""The node that holds the models that belong to no resource."""


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
    """What a config says of a method's stream (`streaming:` in sdk.yaml); `event_model` is the pointer of a model."""

    param_discriminator: str | None = None
    event_model: str | None = None
    params_type_name: str | None = None


@dataclass(frozen=True, slots=True)
class ModelNode:
    """A model that a config places in a resource: its name there and the pointer (`#/components/schemas/X`)."""

    name: str
    pointer: str


@dataclass(frozen=True, slots=True)
class UnwrapNode:
    """A method that reads webhooks: all events of the document, told apart by `discriminator`.

    `key_option` is the client option that holds the key of their signatures; without one none is checked.
    """

    name: str
    key_option: str | None = None
    discriminator: str | None = None

    def id(self, path: tuple[str, ...]) -> DeclarationId:
        """The declaration of what it returns, for the resource at a path."""
        return f"#unwrap {'.'.join((*path, self.name))}"


@dataclass(frozen=True, slots=True)
class ResourceNode:
    """One resource: an attribute of the client or of its parent. `name` is snake_case; the root's is empty."""

    name: str
    methods: tuple[MethodNode, ...] = ()
    children: tuple[ResourceNode, ...] = ()
    models: tuple[ModelNode, ...] = ()
    doc: str = ""
    unwraps: tuple[UnwrapNode, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its methods of both kinds."""
        return (*(method.name for method in self.methods), *(method.name for method in self.unwraps))

    @property
    def sends_nothing(self) -> bool:
        """Whether it only reads webhooks, so that there are no responses to look at."""
        return bool(self.unwraps) and not self.methods and not self.children

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], ResourceNode]]:
        """This node and all below it, each with its path of names from the root (the root's own path is empty)."""
        yield path, self
        for child in self.children:
            yield from child.walk((*path, child.name))
