"""The client: `_client.py` with its sync and async class and their views."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sdkwright.config import EventRule
from sdkwright.ir.operations import SchemeKind, SecurityScheme
from sdkwright.pages import Pages
from sdkwright.plan.package.base_url import (
    SERVER_URL,
    base_url_lines,
    copied_url_lines,
    environments_of,
    own_servers,
    server_template,
    trusted_servers,
    url_template,
    usual_url,
)
from sdkwright.plan.package.classes import RAW, STREAMING, ClassPlanner, export_list, new_scope, streaming_view
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.distribution import title
from sdkwright.plan.package.model import Client, ClientClass, ClientOption
from sdkwright.plan.package.options import Option, Role, client_options
from sdkwright.plan.package.providers import plan_providers, provider_key
from sdkwright.plan.package.security import default_requirement, requirement_literal
from sdkwright.plan.package.webhooks import webhook_child
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.prose import wrap_markdown
from sdkwright.text import (
    Code,
    code,
    join,
    py_dict,
    py_doc_lines,
    py_ident,
    py_literal,
    py_str,
    py_tuple,
)

MODULE = "_client"


def plan_client(context: Context, pages: Pages, keys: WireKeys) -> Client:
    """The module of the client."""
    name = context.names.client.client
    views = ("", RAW, streaming_view(context, own=True))
    defined = {f"{prefix}{name}{view}" for prefix in ("", "Async") for view in views}
    defined |= {"Client", "AsyncClient"}
    environments = environments_of(context)
    if environments:
        defined.add("ENVIRONMENTS")
    options = client_options(context)
    server = server_template(context, options)
    if server:
        defined.add(SERVER_URL)
    servers = own_servers(context)
    if servers:
        defined.add("_SERVERS")
    if provider_key(context, options) is not None:
        defined |= {"PROVIDERS", f"{name}Options", f"Async{name}Options"}
    taken = defined | {option.name for option in options}
    scope = new_scope(context, MODULE, context.tree, frozenset(taken))
    planner = _ClientPlanner(context, scope, options)
    providers = plan_providers(context, scope, options)
    classes = (planner.plan(pages, keys, is_async=False), planner.plan(pages, keys, is_async=True))
    return Client(
        imports=scope.imported(),
        classes=classes,
        providers=providers,
        environments=py_dict((py_str(key), py_str(url_template(url, options))) for key, url in environments.items())
        if environments
        else Code(),
        environment=classes[0].environment,
        server=server,
        servers=py_tuple(map(py_str, servers)) if servers else Code(),
        names=frozenset(defined),
        listed=export_list(
            context, [name, f"Async{name}", "Client", "AsyncClient", *(["ENVIRONMENTS"] if environments else [])]
        ),
    )


@dataclass(frozen=True, slots=True)
class _ClientPlanner:
    context: Context
    scope: Scope
    options: tuple[Option, ...]

    @property
    def dotenv(self) -> bool:
        """Whether the client reads `.env` as well."""
        return self.context.config.client_settings.dotenv

    def plan(self, pages: Pages, keys: WireKeys, *, is_async: bool) -> ClientClass:
        """One of the two classes."""
        context, scope = self.context, self.scope
        planner = ClassPlanner(context, scope, pages, keys, (), context.tree, is_async, own=True)
        name = f"{planner.prefix}{context.names.client.client}"
        environments = environments_of(context)
        for module, names in _IMPORTS:
            for each in names.split():
                scope.runtime(module, each)
        environ = scope.runtime(*(("._dotenv", "environment") if self.dotenv else ("os", "environ")))
        found = Code("_env") if self.dotenv else environ
        return ClientClass(
            name=py_ident(name),
            base=scope.runtime("._base_client", f"{'Async' if is_async else 'Sync'}APIClient"),
            attribute=Code("client"),
            client=Code("self"),
            doc=self._doc(is_async=is_async),
            methods=planner.methods(),
            unwraps=planner.unwraps(),
            children=(*planner.children(), *webhook_child(context, scope, is_async=is_async)),
            views=(planner.view(name, RAW), planner.view(name, STREAMING)),
            http_client=Code("httpx.AsyncClient" if is_async else "httpx.Client"),
            middleware=scope.typing(
                "._async_client" if is_async else "._sync_client",
                "AsyncMiddleware" if is_async else "Middleware",
            ),
            env=code("_env = {}()", environ) if self.dotenv else Code(),
            environ=code("{}()", environ) if self.dotenv else environ,
            error=self._error(),
            options=tuple(self._option(option, found) for option in self.options),
            environment=self._literal(environments) if environments else Code(),
            base_url=tuple(base_url_lines(context, scope, found, self.options)),
            copied_url=tuple(copied_url_lines(context, scope, self.options)),
            copied_base_url=Code("base_url" if environments else "base_url or self.base_url"),
            security=requirement_literal(context, default_requirement(context)),
            credentials=self._credentials(),
            headers=self._headers(),
            query=tuple((py_str(item.query), _attribute(item)) for item in self.options if item.query),
            querystring=self._querystring(),
            stream_events=self._stream_events(),
            usual_url=self._usual_url(),
            servers=py_tuple(map(py_str, trusted_servers(context))),
        )

    def _error(self) -> Code:
        name = f"{self.context.names.client.client}Error"
        if any(option.required for option in self.options):
            return self.scope.runtime("._exceptions", name)
        return py_ident(name)

    def _doc(self, *, is_async: bool) -> Code:
        kind = "asynchronous" if is_async else "synchronous"
        lines = wrap_markdown(f"The {kind} client of {title(self.context)}.", 96)
        explained = [_explained(option) for option in self.options]
        if any(explained):
            lines += ["", "Args:", *(f"    {line}" for part in explained for line in part)]
        return py_doc_lines(lines, 4)

    def _option(self, option: Option, environ: Code) -> ClientOption:
        name = py_ident(option.name)
        type_ = Code(option.type)
        if option.choices:
            type_ = self._literal(option.choices)
        attribute = code("{} | None", type_) if option.optional else type_
        plain = option.default is not None and option.env is None
        argument = (
            code("{}: {} = {}", name, type_, py_literal(option.default))
            if plain
            else code("{}: {} | None = None", name, type_)
        )
        return ClientOption(
            name=name,
            argument=argument,
            copy_argument=code("{}: {} | None = None", name, type_),
            attribute=attribute,
            read=self._read(option, environ),
            default=py_literal(option.default) if option.default is not None and not plain else Code(),
            missing=_missing(option) if option.required else Code(),
        )

    def _literal(self, values: Iterable[str]) -> Code:
        return code("{}[{}]", self.scope.runtime("typing", "Literal"), join(", ", map(py_str, values)))

    def _read(self, option: Option, environ: Code) -> Code:
        """The value of its environment variable, None where that is not set."""
        if option.env is None:
            return Code()
        name = py_str(option.env)
        match option.type:
            case "str":
                return code("{}.get({})", environ, name)
            case "bool":
                yes = Code('{"1", "true", "yes", "on"}')
                return code("{0}[{1}].lower() in {2} if {0}.get({1}) else None", environ, name, yes)
            case _:
                return code("{2}({0}[{1}]) if {0}.get({1}) else None", environ, name, Code(option.type))

    def _credentials(self) -> tuple[tuple[Code, Code], ...]:
        """The credentials by the names of their schemes."""
        found: list[tuple[Code, Code]] = []
        for scheme in self.context.api.schemes:
            parts: dict[Role, Code] = {
                option.role: _attribute(option) for option in self.options if option.scheme == scheme.id
            }
            if parts:
                found.append((py_str(scheme.id), self._credential(scheme, parts)))
        return tuple(found)

    def _credential(self, scheme: SecurityScheme, parts: Mapping[Role, Code]) -> Code:
        scope, none = self.scope, Code("None")
        self.scope.runtime("._auth", "Credential")
        match scheme.kind:
            case SchemeKind.BEARER:
                if provider_key(self.context, self.options) is not None:
                    return code("self._provider.sign_with({})", parts.get("value", none))
                return code("{}({})", scope.runtime("._auth", "BearerToken"), parts.get("value", none))
            case SchemeKind.API_KEY:
                function = scope.runtime("._auth", "APIKey")
                place, name = py_str(scheme.location_in), py_str(scheme.name)
                return code("{}({}, {}, {})", function, place, name, parts.get("value", none))
            case SchemeKind.BASIC:
                function = scope.runtime("._auth", "BasicAuth")
                return code("{}({}, {})", function, parts.get("username", none), parts.get("password", none))
            case SchemeKind.OAUTH2_CLIENT_CREDENTIALS:
                return code(
                    "{}({}, {}, {}, {})",
                    scope.runtime("._oauth", "OAuth2ClientCredentials"),
                    py_str(scheme.token_url),
                    parts.get("client_id", none),
                    parts.get("client_secret", none),
                    py_tuple(map(py_str, scheme.scopes)),
                )

    def _headers(self) -> tuple[tuple[Code, Code], ...]:
        settings = self.context.config.client_settings
        fixed = [(py_str(name), py_str(value)) for name, value in settings.default_headers.items()]
        given = [(py_str(option.header), _header_value(option)) for option in self.options if option.header]
        if fixed or given:
            self.scope.runtime("._types", "Omit")
        return (*fixed, *given)

    def _querystring(self) -> Code:
        array, nested = self.context.array_format, self.context.nested_format
        if (array, nested) == ("repeat", "brackets"):
            return Code()
        function = self.scope.runtime("._qs", "Querystring")
        return code("{}(array_format={}, nested_format={})", function, py_str(array), py_str(nested))

    def _usual_url(self) -> Code:
        if not own_servers(self.context):
            return Code()
        self.scope.typing("._options", "FinalRequestOptions")
        return usual_url(self.context, self.scope, self.options)

    def _stream_events(self) -> Code:
        rules = self.context.config.streaming.on_event
        if not rules:
            return Code()
        function = self.scope.runtime("._stream_events", "StreamRule")
        return py_tuple(code("{}({})", function, _rule(rule)) for rule in rules)


_IMPORTS = (
    ("typing", "Any"),
    ("typing_extensions", "Self override"),
    ("._compat", "cached_property"),
    ("._constants", "DEFAULT_MAX_RETRIES"),
    ("._http", "httpx"),
    ("._types", "NotGiven Timeout not_given"),
)


def _attribute(option: Option) -> Code:
    return code("self.{}", py_ident(option.name))


def _header_value(option: Option) -> Code:
    value = _attribute(option) if option.type == "str" else code("str({}).lower()", _attribute(option))
    return code("Omit() if self.{} is None else {}", py_ident(option.name), value) if option.optional else value


def _missing(option: Option) -> Code:
    """The message of the error for an option that is not set, in two literals if it is long."""
    name = option.name
    if option.env is None:
        return py_str(f"The {name} client option must be set by passing {name} to the client")
    return code(
        "{}\n{}",
        py_str(f"The {name} client option must be set either by passing {name} to the client "),
        py_str(f"or by setting the {option.env} environment variable"),
    )


def _explained(option: Option) -> list[str]:
    text = " ".join(option.doc.split())
    if option.env:
        text = f"{text} Read from the environment variable `{option.env}` if it is not given.".strip()
    first, *rest = wrap_markdown(f"{option.name}: {text}", 88) if text else [""]
    return [first, *(f"    {line}" for line in rest)] if first else []


def _rule(rule: EventRule) -> Code:
    handle = "continue" if rule.handle in {"ignore", "skip"} else rule.handle
    parts = [py_str(handle)]
    if rule.event_type is not None:
        parts.append(code("events={}", py_tuple(map(py_str, rule.event_type))))
    if rule.data_starts_with is not None:
        parts.append(code("data_starts_with={}", py_str(rule.data_starts_with)))
    if rule.error_property is not None:
        parts.append(code("error_property={}", py_str(rule.error_property)))
    return join(", ", parts)
