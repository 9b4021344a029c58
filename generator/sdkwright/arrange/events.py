"""The models of events that methods of a config name as `resource.model`."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.ir.tree import MethodNode, ResourceNode
    from sdkwright.words import Casing


def find_events(tree: ResourceNode, casing: Casing, diagnostics: Diagnostics) -> ResourceNode:
    """The tree with the pointer of each such model in the place of its name; an unknown one is an error."""
    models = {
        (*path, model.name): model.pointer.removeprefix("#") for path, node in tree.walk() for model in node.models
    }
    return _in(tree, models, casing, diagnostics)


def _in(
    node: ResourceNode, models: Mapping[tuple[str, ...], str], casing: Casing, diagnostics: Diagnostics
) -> ResourceNode:
    return replace(
        node,
        methods=tuple(_of(method, models, casing, diagnostics) for method in node.methods),
        children=tuple(_in(child, models, casing, diagnostics) for child in node.children),
    )


def _of(
    method: MethodNode, models: Mapping[tuple[str, ...], str], casing: Casing, diagnostics: Diagnostics
) -> MethodNode:
    if method.stream is None or method.stream.event_model is None:
        return method
    *path, wanted = method.stream.event_model.split(".")
    pointer = models.get((*path, wanted)) or models.get((*map(casing.snake, path), wanted))
    if pointer is None and method.location is not None:
        close = get_close_matches(method.stream.event_model, [".".join(steps) for steps in models], n=1)
        hint = f"did you mean `{close[0]}`?" if close else "list it under the `models` of a resource: `resource.model`"
        place = method.location.child("streaming").child("stream_event_model")
        diagnostics.error(
            "config/unknown-model", f"no resource has a model `{method.stream.event_model[:120]}`", place, hint
        )
    return replace(method, stream=replace(method.stream, event_model=pointer))
