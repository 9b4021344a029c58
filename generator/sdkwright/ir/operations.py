"""Operations, their parameters, bodies and responses: what is sent and what comes back, in the wire's own terms."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Literal

from sdkwright.diagnostics import Location
from sdkwright.ir.types import DeclarationId, Json, Type

ParameterIn = Literal["path", "query", "header", "cookie"]
Style = Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]
OperationKey = str
"""`<method in lower case> <path template>`, unique in a document: `get /sessions/{id}`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One path, query, header or cookie parameter (OpenAPI 3.1, 4.8.12), style and explode made explicit.

    `content_type` is set for a parameter that is serialised as a document of its own (`content`).
    """

    wire: str
    location_in: ParameterIn
    type: Type
    required: bool
    style: Style
    explode: bool
    location: Location
    allow_reserved: bool = False
    content_type: str | None = None
    doc: str = ""
    deprecated: bool = False
    example: Json = field(default=None, compare=False)
    """A value that the document shows, or that formats and bounds ask for; None where the type alone must do."""


class BodyKind(enum.StrEnum):
    """How a request body is written."""

    JSON = "json"
    MULTIPART = "multipart"
    FORM = "form"
    RAW = "raw"
    """Bytes or text, sent as they are."""


@dataclass(frozen=True, slots=True)
class Body:
    """A request body. `spread` names the object whose fields become keyword arguments; otherwise the body is
    one argument. `alternatives` are the other media types that the document offers."""

    kind: BodyKind
    media_type: str
    type: Type
    required: bool
    location: Location
    spread: DeclarationId | None = None
    model: DeclarationId | None = None
    """The named component whose properties are spread, where that is a type of its own for callers as well."""
    doc: str = ""
    alternatives: tuple[str, ...] = ()
    further: bool = False
    """Whether the document gives a type to further properties of a body whose own are spread."""


class ResponseKind(enum.StrEnum):
    """What a successful response holds."""

    NONE = "none"
    JSON = "json"
    TEXT = "text"
    BINARY = "binary"
    SSE = "sse"
    JSON_LINES = "json_lines"


@dataclass(frozen=True, slots=True)
class Response:
    """The successful response. For streams `type` is that of one event or line."""

    kind: ResponseKind
    media_type: str
    type: Type
    location: Location
    doc: str = ""
    status: str = "200"
    or_none: bool = False
    """Whether another success without a body is declared beside this one (204 beside 200)."""
    none_untold: bool = False
    """Whether an empty body is None all the same, though the type of the method does not say so."""


@dataclass(frozen=True, slots=True)
class ErrorResponse:
    """A declared error: a status code, a range such as `4XX`, or `default`, and the type of its body."""

    status: str
    type: Type


Place = Literal["path", "query", "header", "cookie", "field", "body"]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of the method: a parameter, a property of a spread body (`field`), or the whole body.

    The order of an operation's arguments is that of the signature: path parameters, required ones, the rest.
    """

    place: Place
    wire: str
    type: Type
    required: bool
    location: Location
    doc: str = ""
    parameter: Parameter | None = None
    """How it is written: of a field only where `encoding` names a style, which is one of the query then."""
    deprecated: bool = False
    is_file: bool = False
    """A field of a multipart body that is sent as a file part."""
    part_type: str | None = None
    """The media type of a field's part of a multipart body, where `encoding` names one (OpenAPI 3.1, 4.8.15)."""
    example: Json = field(default=None, compare=False)
    """That of the parameter or the property; of a whole body that of its media type."""


@dataclass(frozen=True, slots=True)
class Overload:
    """Arguments of an operation that go together in one of the ways to call it.

    `params_id` is the declaration with these arguments as fields, without the positional one.
    """

    params_id: DeclarationId
    arguments: tuple[Argument, ...]


SecurityRequirement = tuple[str, ...]
"""Names of the schemes that one alternative needs together; an empty one means that no credential is fine."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A call that the API makes to its user because of an operation (OpenAPI 3.1, 4.8.18).

    `url` is where it goes: an expression such as `{$request.body#/url}`, as the document wrote it.
    """

    name: str
    url: str
    type: Type
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What can be called with a response: an operation, and where in the response its arguments are (4.8.20)."""

    name: str
    operation: OperationKey
    parameters: tuple[tuple[str, str, str], ...]
    """Place (empty if the document does not say), name and value of each. A value is an expression, or else JSON."""
    body: str = ""
    """The value of the body, written as those of parameters are; empty where the link has none."""
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path. `security` is None where the document's default applies."""

    key: OperationKey
    method: str
    path: str
    operation_id: str
    tags: tuple[str, ...]
    summary: str
    description: str
    deprecated: bool
    arguments: tuple[Argument, ...]
    body: Body | None
    response: Response
    errors: tuple[ErrorResponse, ...]
    security: tuple[SecurityRequirement, ...] | None
    location: Location
    positional: str | None = None
    """The wire name of the path parameter that is passed by position: the last one of the path."""
    params_id: DeclarationId | None = None
    """The declaration with the arguments as fields, in their order, without the positional one; with `overloads`
    the union of theirs, with `stream_forms` that of the last two."""
    overloads: tuple[Overload, ...] = ()
    """The alternatives where the body is one of several objects; `arguments` are those of all of them together."""
    stream_forms: tuple[Overload, ...] = ()
    """With a `stream_switch`: the arguments that all calls share, the switch that is off, the switch that is on."""
    stream_switch: str | None = None
    """The wire name of the boolean body property that turns the response into a stream."""
    stream_type: Type | None = None
    """The type of one event when `stream_switch` is on."""
    stream_kind: ResponseKind | None = None
    server: str | None = None
    """The URL of the operation's or the path's own server, variables filled in, where it is none of the document's.

    It may be relative (`/v2`), as the document wrote it.
    """
    callbacks: tuple[Callback, ...] = ()
    links: tuple[Link, ...] = ()


class SchemeKind(enum.StrEnum):
    """The security schemes that a client can act on."""

    BEARER = "bearer"
    BASIC = "basic"
    API_KEY = "api_key"
    OAUTH2_CLIENT_CREDENTIALS = "oauth2_client_credentials"


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """A security scheme (OpenAPI 3.1, 4.8.27). `name` and `location_in` are those of an API key."""

    id: str
    kind: SchemeKind
    location: Location
    name: str = ""
    location_in: Literal["header", "query", "cookie"] = "header"
    issued: bool = False
    """Whether a bearer token is the access token of OAuth 2 or OpenID Connect."""
    token_url: str = ""
    scopes: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True)
class ServerVariable:
    """A variable of a server's URL template."""

    name: str
    default: str
    choices: tuple[str, ...] = ()
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL, with its variables."""

    url: str
    location: Location
    doc: str = ""
    variables: tuple[ServerVariable, ...] = ()


@dataclass(frozen=True, slots=True)
class Webhook:
    """A call that the API makes to its user: its name and the type of its payload."""

    name: str
    type: Type
    doc: str
    location: Location
