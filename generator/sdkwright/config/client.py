"""How the client is built: `client_settings`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self, cast

from pydantic import Field, JsonValue, field_validator, model_validator
from pydantic_core import PydanticCustomError

from sdkwright.config.section import Section
from sdkwright.config.values import (
    BaseURL,
    EnvironmentVariable,
    HeaderName,
    HeaderValue,
    Line,
    Name,
    Seconds,
    listed,
)


class OptionAuth(Section):
    """Which part of which security scheme an option fills."""

    security_scheme: Line
    role: Literal["value", "username", "password", "client_id", "client_secret"] = "value"


class ClientOption(Section):
    """One argument of the client's constructor."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"required_in_tests", "example"})

    type: Literal["string", "boolean", "integer", "number", "null"] = "string"
    description: str = ""
    nullable: bool = False
    """Whether the client can be built without it."""
    default: JsonValue = None
    read_env: EnvironmentVariable | None = None
    """Environment variable that it is read from when the caller gives none."""
    send_in_header: HeaderName | None = None
    """Header that carries it with each request."""
    send_as_query_param: Line | None = None
    """Query parameter that carries it with each request."""
    server_variable: Line | None = None
    """Variable of the environment's URL template that it fills."""
    auth: OptionAuth | None = None


class Retries(Section):
    """What a failed request is worth."""

    max_retries: Annotated[int, Field(ge=0, le=100)] = 2
    initial_delay_seconds: Annotated[float, Field(ge=0, le=3600)] = 0.5
    max_delay_seconds: Annotated[float, Field(ge=0, le=3600)] = 8.0


class Idempotency(Section):
    """The header that makes a repeated request safe."""

    header: HeaderName


class Credential(Section):
    """How a provider wants its key: as a bearer token (`header` is None), or as it is in a header."""

    header: HeaderName | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        if value == "bearer":
            return {}
        if isinstance(value, str):
            raise PydanticCustomError("bad_credential", "write `bearer` or `{header: NAME}`")
        return value


class Provider(Section):
    """One of several services that speak the API."""

    default: bool = False
    """What the client talks to when nothing says otherwise."""
    base_url: BaseURL | None = None
    base_url_env: EnvironmentVariable | None = None
    """Environment variable that holds the base URL where it is not fixed."""
    api_key_env: EnvironmentVariable | None = None
    credential: Credential = Credential()
    url_contains: tuple[Line, ...] = ()
    """Texts that give the provider away in a URL. Case matters."""
    detect_first: bool = False
    """Look for this provider's key before the others', and count an empty one too."""

    @field_validator("url_contains", mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return listed(value)


class ClientSettings(Section):
    """The constructor and the habits of the client."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"keep_user_agent"})

    opts: dict[Name, ClientOption] = Field(default={})
    """Arguments of the constructor, in this order."""
    dotenv: bool = False
    """Also read `KEY=VALUE` lines of a file `.env` in the working directory; the environment wins."""
    default_headers: dict[HeaderName, HeaderValue] = Field(default={})
    """Sent with each request; the caller's win."""
    default_timeout: Seconds | None = None
    default_retries: Retries = Retries()
    default_env_prefix: EnvironmentVariable | None = None
    """Prefix of the variables that the client reads: `ACME` for `ACME_BASE_URL`; else the organization's name."""
    idempotency: Idempotency | None = None
    providers: dict[Name, Provider] = Field(default={})
    """Several services behind one client, each with a constructor of its name."""
    omit_stainless_headers: bool = False
    """Leave the telemetry headers of an inherited surface away."""

    @model_validator(mode="before")
    @classmethod
    def _older(cls, value: object) -> object:
        """`idempotency_header: X` is the older way to write `idempotency: {header: X}`."""
        if not isinstance(value, dict):
            return value
        given = cast("dict[str, object]", value)
        if "idempotency_header" not in given or "idempotency" in given:
            return given
        rest = {key: item for key, item in given.items() if key != "idempotency_header"}
        return {**rest, "idempotency": {"header": given["idempotency_header"]}}

    @model_validator(mode="after")
    def _one_default(self) -> Self:
        defaults = [name for name, provider in self.providers.items() if provider.default]
        if len(defaults) > 1:
            raise PydanticCustomError(
                "two_defaults",
                "only one provider can be the default: {names}",
                {"names": ", ".join(defaults)},
            )
        return self
