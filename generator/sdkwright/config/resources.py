"""The resource tree as a config gives it: `resources`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from sdkwright.config.section import Section, applies
from sdkwright.config.values import Endpoint, Line, ModelName, Name, ResourceName, Seconds

_FOR_OTHERS = frozenset({"terraform", "mcp", "docs", "skip_test_reason", "cli"})
Skip = bool | tuple[Line, ...]
Deprecation = bool | str | dict[str, str]


class _Node(Section):
    """What resources, methods and models share."""

    skip: Skip = False
    """Leave it out: always, or in these languages."""
    only: tuple[Line, ...] | None = None
    """Keep it in these languages alone."""
    deprecated: Deprecation | None = None
    """Why it should not be used any more, for all languages or for each."""

    @property
    def wanted(self) -> bool:
        """Whether it is meant for Python."""
        return applies(self.skip, self.only)

    @property
    def deprecation(self) -> str | None:
        """The message for Python users, empty if there is no text, None if it is not deprecated."""
        match self.deprecated:
            case dict():
                return self.deprecated.get("python")
            case True:
                return ""
            case False | None:
                return None
            case str():
                return self.deprecated


class MethodStreaming(Section):
    """How a method streams."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"params_type_name", "union_type_name"})

    param_discriminator: Line | None = None
    """The boolean parameter that turns the stream on."""
    stream_event_model: Line | None = None
    """The model of one event, as `resource.model`."""
    params_type_name: Line | None = None


class RequestDefaults(Section):
    """What one method does differently from the client."""

    timeout: Seconds | None = None
    max_retries: int | None = Field(default=None, ge=0, le=100)


class MethodConfig(_Node):
    """A method: usually an endpoint under a name."""

    no_effect: ClassVar[frozenset[str]] = _FOR_OTHERS | {
        "customer_code",
        "tests",
        "response_format",
        "default_request_options",
        "description",
    }

    type: Literal["http", "alias", "webhook_unwrap", "websocket", "websocket_connect"] = "http"
    endpoint: Endpoint | None = None
    to: Name | None = None
    """The method that an `alias` stands for."""
    description: str = ""
    paginated: bool | Line | None = None
    """Whether it returns pages, or the name of the scheme; without it the schemes are tried."""
    unwrap_response: bool | Line | None = None
    """The property of the response that is returned in its place."""
    body_param_name: Name | None = None
    positional_params: tuple[Line, ...] | None = None
    """Parameters that may be given by position, in this order."""
    streaming: MethodStreaming | None = None
    default_request_options: RequestDefaults = RequestDefaults()
    discriminator: Line | None = None
    """The property that tells the events of a `webhook_unwrap` apart."""
    webhook_key_opt: Name | None = None
    """The client option that holds the key of a `webhook_unwrap`; without it no signature is checked."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"endpoint": value} if isinstance(value, str) else value


class ModelConfig(_Node):
    """A named type."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"no_params_suffix", "param_model", "deprecated"})

    type: Literal["model", "alias"] = "model"
    openapi_uri: Line | None = None
    """`#/components/schemas/X`, or just `X`."""
    to: ModelName | None = None
    """The model that an `alias` stands for."""
    no_params_suffix: bool = False
    param_model: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        return {"openapi_uri": value} if isinstance(value, str) else value

    @property
    def pointer(self) -> str | None:
        """The schema as a reference (`#/components/schemas/X`); None for an alias."""
        uri = self.openapi_uri
        return uri if uri is None or uri.startswith(("#", "$")) else f"#/components/schemas/{uri}"


class ResourceConfig(_Node):
    """A group of methods, models and further groups."""

    no_effect: ClassVar[frozenset[str]] = _FOR_OTHERS | {"custom", "standalone_api"}

    description: str = ""
    methods: dict[Name, MethodConfig] = Field(default={})
    models: dict[ModelName, ModelConfig] = Field(default={})
    subresources: dict[Name, ResourceConfig] = Field(default={})

    @field_validator("methods", "models", "subresources", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return {} if value is None else value


Resources = dict[ResourceName, ResourceConfig]
