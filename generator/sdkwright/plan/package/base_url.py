"""Where the client sends its requests: environments, servers of the document, variables in their URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import LiteralString

from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.options import Option
from sdkwright.plan.package.parameters import own_server
from sdkwright.text import Code, code, join, py_ident, py_str

_AMBIGUOUS = (
    "Ambiguous URL. The `{env}` environment variable and the `environment` argument ",
    "are both given; pass `base_url=None` to use the environment",
)
SERVER_URL = Code("_SERVER_URL")
"""The constant of the client's module that holds `server_template`."""
_VARIABLE = re.compile(r"\{([^{}]+)\}")


def environments_of(context: Context) -> Mapping[str, str]:
    """The base URLs by name, where there is more than one to choose from."""
    environments = context.config.environments
    return environments if len(environments) > 1 else {}


def default_base_url(context: Context) -> str | None:
    """The base URL of a client that is told nothing; None if no absolute one is known."""
    if context.config.environments:
        return next(iter(context.config.environments.values()))
    url = context.api.servers[0].url if context.api.servers else ""
    return url if "://" in url or url.startswith("{") else None


def server_template(context: Context, options: tuple[Option, ...]) -> Code:
    """The URL of a client that chooses no environment, if it has variables, as a literal for `server_url`."""
    url = default_base_url(context)
    has_variables = url is not None and not environments_of(context) and _fills(url, options)
    return py_str(url_template(url, options)) if url is not None and has_variables else Code()


def base_url_lines(context: Context, scope: Scope, environ: Code, options: tuple[Option, ...]) -> Iterator[Code]:
    """The statements of the constructor that settle `base_url`."""
    env = py_str(f"{context.names.client.env_prefix}_BASE_URL")
    if environments_of(context):
        yield from _choose(context, scope, environ, env, options)
        return
    url = default_base_url(context)
    yield Code("if base_url is None:")
    if url is None:
        error = scope.runtime("._exceptions", f"{context.names.client.client}Error")
        message = (
            f"The API names no server; pass base_url to the client or set {context.names.client.env_prefix}_BASE_URL"
        )
        yield code("    base_url = {}.get({})", environ, env)
        yield Code("    if not base_url:")
        yield code("        raise {}({})", error, py_str(message))
        return
    usual = _filled(scope, SERVER_URL, _fills(url, options)) if _fills(url, options) else py_str(url)
    yield code("    base_url = {}.get({}) or {}", environ, env, usual)


def _choose(context: Context, scope: Scope, environ: Code, env: Code, options: tuple[Option, ...]) -> Iterator[Code]:
    default = py_str(next(iter(environments_of(context))))
    messages = [py_str(text.format(env=f"{context.names.client.env_prefix}_BASE_URL")) for text in _AMBIGUOUS]
    fills = _fills(" ".join(environments_of(context).values()), options)

    def server(name: Code) -> Code:
        url = code("ENVIRONMENTS[{}]", name)
        return _filled(scope, url, fills) if fills else url

    yield code("base_url_env = {}.get({})", environ, env)
    yield Code("if base_url is None or isinstance(base_url, NotGiven):")
    yield Code("    if not isinstance(environment, NotGiven):")
    yield Code("        if base_url_env and base_url is not None:")
    yield Code("            raise ValueError(")
    for message in messages:
        yield code("                {}", message)
    yield Code("            )")
    yield Code("        if environment not in ENVIRONMENTS:")
    known = py_str(f"; known: {', '.join(environments_of(context))}")
    yield code("            raise ValueError('Unknown environment: ' + repr(environment) + {})", known)
    yield code("        base_url = {}", server(Code("environment")))
    yield Code("    elif base_url_env:")
    yield Code("        base_url = base_url_env")
    yield Code("    else:")
    yield code("        base_url = {}", server(default))


def _filled(scope: Scope, template: Code, fills: Code) -> Code:
    """A URL with its variables filled in, as an expression."""
    return code("{}({}, {})", scope.runtime("._utils", "server_url"), template, fills)


def copied_url_lines(context: Context, scope: Scope, options: tuple[Option, ...]) -> Iterator[Code]:
    """The statements of `copy` that settle `base_url`: one that its variables made is made again with the new ones.

    None are needed where no variable and no environment has a say.
    """
    environments = environments_of(context)
    if environments:
        yield Code("if base_url is None and isinstance(environment, NotGiven):")
        if fills := _fills(" ".join(environments.values()), options, _CURRENT):
            yield Code("    for _name, _url in ENVIRONMENTS.items():")
            yield code("        if self.base_url == {}:", _filled(scope, Code("_url"), fills))
            yield Code("            environment = _name")
            yield Code("if base_url is None and isinstance(environment, NotGiven):")
        yield Code("    base_url = self.base_url")
    elif server_template(context, options):
        url = default_base_url(context) or ""
        old, new = _fills(url, options, _CURRENT), _fills(url, options, _CHANGED)
        yield code("if base_url is None and self.base_url == {}:", _filled(scope, SERVER_URL, old))
        yield code("    base_url = {}", _filled(scope, SERVER_URL, new))


def own_servers(context: Context) -> tuple[str, ...]:
    """The servers of single operations that stand in for the client's own until its user sets a base URL."""
    if not context.config.dialect.path_servers or default_base_url(context) is None:
        return ()
    return tuple(sorted({own_server(operation) for operation in context.api.operations} - {""}))


def trusted_servers(context: Context) -> tuple[str, ...]:
    """The servers of the document, those of single operations included, as far as they have no variables."""
    usual = default_base_url(context) or ""
    return tuple(url for url in (usual, *own_servers(context)) if "{" not in url)


def usual_url(context: Context, scope: Scope, options: tuple[Option, ...]) -> Code:
    """The base URL of a client whose user set none, as an expression."""
    url = default_base_url(context) or ""
    fills = _fills(url, options, _CURRENT)
    if not fills:
        return py_str(url)
    template = SERVER_URL if server_template(context, options) else py_str(url_template(url, options))
    return _filled(scope, template, fills)


def url_template(url: str, options: tuple[Option, ...]) -> str:
    """The URL with its variables called as the arguments that fill them."""
    names = {option.variable: option.name for option in options}
    return _VARIABLE.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", url)


_GIVEN: LiteralString = "{0}={0}"
_CURRENT: LiteralString = "{0}=self.{0}"
_CHANGED: LiteralString = "{0}=self.{0} if {0} is None else {0}"


def _fills(url: str, options: tuple[Option, ...], fill: LiteralString = _GIVEN) -> Code:
    """The arguments of `server_url` for the variables of a URL."""
    variables = set(_VARIABLE.findall(url))
    names = [py_ident(option.name) for option in options if option.variable in variables]
    return join(", ", (code(fill, name) for name in names))
