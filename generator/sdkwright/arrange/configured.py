"""The tree as a config gives it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sdkwright.arrange.lexicon import CLIENT_MEMBERS, RESOURCE_MEMBERS
from sdkwright.config.dialect import OURS, Dialect
from sdkwright.config.resources import ResourceConfig
from sdkwright.ir.tree import MethodNode, ModelNode, ResourceNode, StreamConfig, UnwrapNode
from sdkwright.pointers import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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
    schemas: Collection[str] = ()
    """The names of the document's component schemas."""
    dialect: Dialect = OURS

    def tree(self, resources: Mapping[str, ResourceConfig], location: Location) -> ResourceNode:
        """The root. Methods and models of `$client` are its own; `$shared` is a child, for models alone."""
        at_client = resources.get(CLIENT, ResourceConfig())
        root = self._node("", at_client, location.child(CLIENT), CLIENT_MEMBERS | self.taken)
        named = {name: resource for name, resource in resources.items() if name != CLIENT}
        children = self._children(named, location, CLIENT_MEMBERS | self.taken, root)
        return replace(root, children=(*root.children, *children))

    def _node(self, name: str, resource: ResourceConfig, location: Location, reserved: frozenset[str]) -> ResourceNode:
        methods = self._methods(resource, location.child("methods"), reserved)
        models = self._models(resource.models, location.child("models"))
        taken = reserved | {method.name for method in methods}
        unwraps = tuple(self._unwraps(resource, location.child("methods"), taken))
        node = ResourceNode(name, methods, (), models, resource.description, unwraps)
        return replace(
            node, children=self._children(resource.subresources, location.child("subresources"), reserved, node)
        )

    def _children(
        self,
        resources: Mapping[str, ResourceConfig],
        location: Location,
        reserved: frozenset[str],
        parent: ResourceNode,
    ) -> tuple[ResourceNode, ...]:
        taken = {*parent.names}
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

    def _unwraps(self, resource: ResourceConfig, location: Location, taken: frozenset[str]) -> Iterator[UnwrapNode]:
        """The methods that read webhooks."""
        for given, method in resource.methods.items():
            place, name = location.child(given), self.casing.snake(given)
            if method.type != "webhook_unwrap" or not method.wanted or not self.dialect.unwrap_methods:
                continue
            option = self.casing.snake(method.webhook_key_opt) if method.webhook_key_opt else None
            if option is not None and option not in self.taken:
                message = f"the client has no option `{method.webhook_key_opt}`"
                hint = "add it to `client_settings.opts`"
                self.diagnostics.error("config/unknown-option", message, place.child("webhook_key_opt"), hint)
            elif self._is_free(name, set(), taken, place):
                yield UnwrapNode(name, option, method.discriminator)

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
            case "webhook_unwrap" if self.dialect.unwrap_methods:
                return None
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
            place = location.child(given)
            if target is None or target.pointer is None:
                hint = "write `#/components/schemas/NAME`, or `to:` another model of this resource"
                self.diagnostics.error("config/unknown-model", f"the model `{given}` names no schema", place, hint)
            elif self._is_schema(target.pointer, place):
                nodes.append(ModelNode(given, target.pointer))
        return tuple(nodes)

    def _is_schema(self, pointer: str, place: Location) -> bool:
        """Whether a model is a component of the document; what is inside of one is named by its position."""
        way = split(pointer.removeprefix("#"))
        if way[:2] != ["components", "schemas"] or len(way) != 3:
            message = f"`{pointer[:120]}` is no schema under `components`, so the model has no effect"
            self.diagnostics.note("config/no-effect", message, place, "give the schema a name under `components`")
        elif way[2] not in self.schemas:
            close = get_close_matches(way[2], sorted(self.schemas), n=1)
            hint = f"did you mean `{close[0]}`?" if close else "remove the line"
            self.diagnostics.error("config/unknown-model", f"the document has no schema `{way[2]}`", place, hint)
        else:
            return True
        return False

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
