"""Configs without what only the other document has, so that both documents can be planned with one config.

An operation that goes takes its method along, though the config may still name it; that is a change to review, and no
reason to have no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.arrange.endpoints import Endpoints, endpoints
from sdkwright.diagnostics import Location
from sdkwright.lower.heads import heads, schema_names
from sdkwright.lower.nodes import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.config import Config
    from sdkwright.config.resources import MethodConfig, ModelConfig, ResourceConfig
    from sdkwright.diff.sides import Side


@dataclass(frozen=True, slots=True)
class Known:
    """What a config can name of a document."""

    endpoints: Endpoints
    schemas: frozenset[str]

    @classmethod
    def of(cls, side: Side) -> Known:
        """What a side has."""
        tree = Tree(side.bundle.document, lambda pointer: Location("", pointer))
        return cls(endpoints(heads(tree)), frozenset(f"#/components/schemas/{name}" for name in schema_names(tree)))


@dataclass(slots=True)
class Fitting:
    """Takes from a config what `own` lacks and `other` has; `left_out` are the endpoints and schemas, as written."""

    own: Known
    other: Known
    left_out: list[str]

    def config(self, config: Config) -> Config:
        """The config, fitted."""
        if config.resources is None:
            return config
        return config.model_copy(update={"resources": self._resources(config.resources)})

    def _resources(self, resources: Mapping[str, ResourceConfig]) -> dict[str, ResourceConfig]:
        return {name: self._resource(each) for name, each in resources.items()}

    def _resource(self, item: ResourceConfig) -> ResourceConfig:
        methods = {name: each for name, each in item.methods.items() if not self._lost_method(each)}
        models = {name: each for name, each in item.models.items() if not self._lost_model(each)}
        return item.model_copy(
            update={
                "methods": {
                    name: each for name, each in methods.items() if each.type != "alias" or each.to in methods
                    or each.to not in item.methods
                },
                "models": {
                    name: each for name, each in models.items() if each.type != "alias" or each.to in models
                    or each.to not in item.models
                },
                "subresources": self._resources(item.subresources),
            }
        )  # fmt: skip

    def _lost_method(self, method: MethodConfig) -> bool:
        endpoint = method.endpoint
        lost = endpoint is not None and not self.own.endpoints.find(endpoint) and self.other.endpoints.find(endpoint)
        if lost and endpoint:
            self.left_out.append(endpoint)
        return bool(lost)

    def _lost_model(self, model: ModelConfig) -> bool:
        pointer = model.pointer
        lost = pointer is not None and pointer not in self.own.schemas and pointer in self.other.schemas
        if lost and pointer:
            self.left_out.append(pointer)
        return lost
