"""Streams: what a config says of them, and the arguments of an operation that streams only when it is asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sdkwright.ir.models import Position, Step
from sdkwright.ir.operations import Argument, Operation, OperationKey, Overload, Response, ResponseKind
from sdkwright.ir.tree import ResourceNode, StreamConfig
from sdkwright.ir.types import ANY, NULL, Choice, is_nullable, union
from sdkwright.lower.schemas import Schemas

_STREAMS = frozenset({ResponseKind.SSE, ResponseKind.JSON_LINES})


def configured(resources: ResourceNode) -> Mapping[OperationKey, StreamConfig]:
    """What the config says of the streams of operations."""
    methods = (method for _, node in resources.walk() for method in node.methods)
    return {method.operation: method.stream for method in methods if method.stream is not None}


def streamed(
    operation: Operation, declared: Response | None, config: StreamConfig | None, schemas: Schemas
) -> Operation:
    """The operation with the switch and the events that a config gives it; without a switch it always streams.

    `declared` is the stream that the document offers beside the plain response.
    """
    if config is None:
        return operation
    event = schemas.named(config.event_model) if config.event_model else None
    response = operation.response
    if response.kind in _STREAMS:
        return operation if event is None else replace(operation, response=replace(response, type=event))
    switch = config.param_discriminator or operation.stream_switch
    kind = declared.kind if declared else ResponseKind.SSE
    type_ = event or (declared.type if declared else ANY)
    if switch is None:
        always = replace(response, kind=kind, media_type="text/event-stream", type=type_, or_none=False)
        return replace(operation, response=always)
    return replace(operation, stream_switch=switch, stream_type=type_, stream_kind=kind)


def forms(operation: Operation, position: Position) -> tuple[tuple[Position, Overload], ...]:
    """The arguments of an operation with a switch: what its two ways to be called share, then what each one adds."""
    switches = [item for item in operation.arguments if item.place == "field" and item.wire == operation.stream_switch]
    if not switches:
        return ()
    switch = switches[0]
    off = union(Choice((False,)), NULL) if is_nullable(switch.type) else Choice((False,))
    parts: tuple[tuple[str, tuple[Argument, ...]], ...] = (
        ("base", tuple(item for item in operation.arguments if item is not switch)),
        ("non streaming", (replace(switch, type=off),)),
        ("streaming", (replace(switch, type=Choice((True,)), required=True),)),
    )
    places = [(position.child(Step.FORM, text), arguments) for text, arguments in parts]
    return tuple((place, Overload(place.id, arguments)) for place, arguments in places)
