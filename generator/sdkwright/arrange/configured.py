"""The tree as a config gives it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import CLIENT_MEMBERS, RESOURCE_MEMBERS
from sdkwright.config.resources import ResourceConfig
from sdkwright.ir.tree import MethodNode, ModelNode, ResourceNode, StreamConfig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.arrange.endpoints import Endpoints
    from sdkwright.config.resources import MethodConfig, ModelConfig
    from sdkwright.diagnostics import Diagnostics, Location
    from sdkwright.words import Casing

SHARED = "$shared"
CLIENT = "$client"


@dataclass(frozen=True, slots=True)
class Arranger:
    """What the tree is made with. `taken` are the names that the client uses itself."""

    endpoints: Endpoints
    casing: Casing
    taken: frozenset[str]
    diagnostics: Diagnostics

    def tree(self, resources: Mapping[str, ResourceConfig], location: Location) -> ResourceNode:
        """The root. Methods and models of `$client` are its own; `$shared` is a child, for models alone."""
        at_client = resources.get(CLIENT, ResourceConfig())
        root = self._node("", at_client, location.child(CLIENT), CLIENT_MEMBERS | self.taken)
        named = {name: resource for name, resource in resources.items() if name != CLIENT}
        children = self._children(named, location, CLIENT_MEMBERS | self.taken, root)
        return ResourceNode("", root.methods, (*root.children, *children), root.models, root.doc)

    def _node(self, name: str, resource: ResourceConfig, location: Location, reserved: frozenset[str]) -> ResourceNode:
        methods = self._methods(resource, location.child("methods"), reserved)
        models = self._models(resource.models, location.child("models"))
        node = ResourceNode(name, methods, (), models, resource.description)
        children = self._children(resource.subresources, location.child("subresources"), reserved, node)
        return ResourceNode(name, methods, children, models, resource.description)

    def _children(
        self,
        resources: Mapping[str, ResourceConfig],
        location: Location,
        reserved: frozenset[str],
        parent: ResourceNode,
    ) -> tuple[ResourceNode, ...]:
        taken = {method.name for method in parent.methods}
        nodes: list[ResourceNode] = []
        for given, resource in resources.items():
            name = given if given == SHARED else self._name(given)
            if not resource.wanted:
                continue
            place = location.child(given)
            if given == SHARED and (resource.methods or resource.subresources):
                self.diagnostics.error(
                    "config/shared-methods",
                    "`$shared` holds models only",
                    place,
                    "move its methods",
                )
            elif self._is_free(name, taken, reserved, place):
                taken.add(name)
                nodes.append(self._node(name, resource, place, RESOURCE_MEMBERS))
        return tuple(nodes)

    def _methods(
        self, resource: ResourceConfig, location: Location, reserved: frozenset[str]
    ) -> tuple[MethodNode, ...]:
        nodes: dict[str, MethodNode] = {}
        for given, method in resource.methods.items():
            place = location.child(given)
            name = self._name(given)
            if not method.wanted or not self._is_free(name, set(nodes), reserved, place):
                continue
            target = self._target(method, resource, place)
            endpoint = target and self._operation(target, place)
            if target and endpoint:
                nodes[name] = _method(name, endpoint, target, method, resource, place)
        return tuple(nodes.values())

    def _target(self, method: MethodConfig, resource: ResourceConfig, place: Location) -> MethodConfig | None:
        """The method that has the endpoint: itself, or the one that an alias stands for."""
        match method.type:
            case "http":
                return method
            case "alias":
                target = resource.methods.get(method.to or "")
                if target is None or target.type != "http":
                    close = get_close_matches(method.to or "", list(resource.methods), n=1)
                    hint = f"did you mean `{close[0]}`?" if close else "name a method of the same resource with `to:`"
                    message = f"there is no method `{method.to or ''}` in this resource"
                    self.diagnostics.error("config/unknown-method", message, place, hint)
                return target
            case kind:
                self.diagnostics.note("config/no-effect", f"methods of the type `{kind}` are not generated", place)
                return None

    def _operation(self, method: MethodConfig, place: Location) -> str | None:
        if method.endpoint is None:
            self.diagnostics.error(
                "config/no-endpoint",
                "this method has no `endpoint`",
                place,
                "add `endpoint: get /...`",
            )
            return None
        head = self.endpoints.find(method.endpoint)
        if head is None:
            near = self.endpoints.nearest(method.endpoint)
            hint = f"did you mean `{near}`?" if near else ""
            message = f"the document has no endpoint `{method.endpoint}`"
            self.diagnostics.error("config/unknown-endpoint", message, place, hint)
            return None
        return head.key

    def _models(self, models: Mapping[str, ModelConfig], location: Location) -> tuple[ModelNode, ...]:
        nodes: list[ModelNode] = []
        for given, model in models.items():
            target = models.get(model.to or "") if model.type == "alias" else model
            if not model.wanted:
                continue
            if target is None or target.pointer is None:
                place = location.child(given)
                hint = "write `#/components/schemas/NAME`, or `to:` another model of this resource"
                self.diagnostics.error("config/unknown-model", f"the model `{given}` names no schema", place, hint)
            else:
                nodes.append(ModelNode(given, target.pointer))
        return tuple(nodes)

    def _name(self, given: str) -> str:
        """The name in snake case. An underscore at its end was put there on purpose (`import_`) and stays."""
        return self.casing.snake(given) + "_" * given.endswith("_")

    def _is_free(self, name: str, taken: set[str], reserved: frozenset[str], place: Location) -> bool:
        if name in reserved:
            message = f"`{name}` is a name that every client or resource uses itself"
            self.diagnostics.error("config/reserved-name", message, place, "choose another name")
        elif name in taken:
            message = f"`{name}` is there already: two entries of this resource get that name"
            self.diagnostics.error("config/duplicate-name", message, place, "choose another name")
        else:
            return True
        return False


def _method(
    name: str,
    operation: str,
    target: MethodConfig,
    method: MethodConfig,
    resource: ResourceConfig,
    place: Location,
) -> MethodNode:
    streaming = target.streaming
    return MethodNode(
        name=name,
        operation=operation,
        location=place,
        paginated=None if target.paginated is None else bool(target.paginated),
        deprecated=method.deprecation if method.deprecation is not None else resource.deprecation,
        body_param_name=target.body_param_name,
        unwrap_response=target.unwrap_response,
        positional_params=target.positional_params,
        stream=StreamConfig(streaming.param_discriminator, streaming.stream_event_model, streaming.params_type_name)
        if streaming
        else None,
    )
