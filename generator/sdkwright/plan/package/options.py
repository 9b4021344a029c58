"""Arguments of the client: options of the config, credentials that it does not mention, variables of the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sdkwright.config import ClientOption
from sdkwright.ir.operations import SchemeKind, SecurityScheme, ServerVariable
from sdkwright.ir.types import Json
from sdkwright.name.reserved import RESOURCES, argument_name, unique
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.security import default_requirement

Role = Literal["value", "username", "password", "client_id", "client_secret"]
_ROLES: dict[SchemeKind, tuple[Role, ...]] = {
    SchemeKind.BEARER: ("value",),
    SchemeKind.API_KEY: ("value",),
    SchemeKind.BASIC: ("username", "password"),
    SchemeKind.OAUTH2_CLIENT_CREDENTIALS: ("client_id", "client_secret"),
}
_OWN = RESOURCES - {"api_key"} | {
    "auth_required",
    "environment",
    "http_client",
    "middleware",
    "set_default_headers",
    "set_default_query",
    "total_timeout",
    "webhooks",
}
"""Attributes and arguments that every client has."""
_TYPES = {"integer": "int", "number": "float", "boolean": "bool"}


@dataclass(frozen=True, slots=True)
class Option:
    """One argument. `scheme` and `role` say which credential it is a part of, `variable` what of the URL it fills."""

    name: str
    type: str = "str"
    required: bool = False
    default: Json = None
    env: str | None = None
    doc: str = ""
    scheme: str | None = None
    role: Role = "value"
    header: str | None = None
    query: str | None = None
    variable: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def optional(self) -> bool:
        """Whether the attribute of the client can be None."""
        return not self.required and self.default is None


def client_options(context: Context) -> tuple[Option, ...]:
    """The options in the order of the config, then what it leaves open."""
    configured = [_configured(context, name, option) for name, option in context.config.client_settings.opts.items()]
    taken = {option.scheme for option in configured}
    schemes = [scheme for scheme in context.api.schemes if scheme.id in _used(context) and scheme.id not in taken]
    single = len({scheme.id for scheme in schemes}) == 1 and not taken - {None}
    credentials = [option for scheme in schemes for option in _credentials(context, scheme, single=single)]
    filled = {option.variable for option in configured}
    variables = [_variable(context, variable) for variable in _variables(context) if variable.name not in filled]
    options = (*configured, *credentials, *variables)
    names = unique((option.name for option in options), _OWN | _members(context))
    return tuple(replace(option, name=name) for option, name in zip(options, names, strict=True))


def _members(context: Context) -> frozenset[str]:
    """The resources and methods of the client itself, which are attributes as its options are."""
    root = context.tree
    resources = {context.names.resources[child.name,].attribute for child in root.children}
    return frozenset(resources | {method.name for method in root.methods})


def _configured(context: Context, name: str, option: ClientOption) -> Option:
    return Option(
        name=_name(context, name),
        type=_TYPES.get(option.type, "str"),
        required=not option.nullable and option.default is None,
        default=_json(option.default),
        env=option.read_env,
        doc=option.description,
        scheme=option.auth.security_scheme if option.auth else None,
        role=option.auth.role if option.auth else "value",
        header=option.send_in_header,
        query=option.send_as_query_param,
        variable=option.server_variable,
    )


def _json(value: object) -> Json:
    return value if isinstance(value, (str, int, float, bool)) else None


def _credentials(context: Context, scheme: SecurityScheme, *, single: bool) -> Iterator[Option]:
    for role in _ROLES[scheme.kind]:
        value = "access_token" if scheme.issued else "api_key"
        usual = value if role == "value" else role
        name = _name(context, usual if single else _key(context, scheme, role))
        env = f"{context.names.client.env_prefix}_{name.upper()}"
        yield Option(name=name, env=env, doc=scheme.doc, scheme=scheme.id, role=role)


def _variable(context: Context, variable: ServerVariable) -> Option:
    name = _name(context, variable.name)
    return Option(
        name=name,
        default=variable.default,
        doc=variable.doc,
        variable=variable.name,
        choices=variable.choices,
    )


def _variables(context: Context) -> tuple[ServerVariable, ...]:
    """Those of the document's first server; a config with environments of its own declares their variables itself."""
    servers = context.api.servers
    return () if context.config.environments or not servers else servers[0].variables


def _used(context: Context) -> frozenset[str]:
    """The schemes that something asks for."""
    requirements = [
        default_requirement(context),
        *(item.security or () for item in context.api.operations),
    ]
    return frozenset(name for alternatives in requirements for names in alternatives for name in names)


def _name(context: Context, text: str) -> str:
    return argument_name(context.config.casing.snake(text, "option"))


def _key(context: Context, scheme: SecurityScheme, role: Role) -> str:
    """A credential of several: called like its scheme, without the words that only say that it is one."""
    name = context.config.casing.snake(scheme.id, "option")
    short = re.sub(r"_(auth|authentication|authorization|security|scheme)$", "", name)
    if role != "value":
        return f"{short}_{role}"
    return "bearer_token" if short == "bearer" else short
