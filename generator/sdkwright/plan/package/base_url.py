"""Where the client sends its requests: environments, servers of the document, variables in their URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.options import Option
from sdkwright.text import Code, code, join, py_ident, py_str

_AMBIGUOUS = (
    "Ambiguous URL. The `{env}` environment variable and the `environment` argument are both given; "
    "pass `base_url=None` to use the environment"
)
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


def base_url_lines(context: Context, scope: Scope, options: tuple[Option, ...]) -> Iterator[Code]:
    """The statements of the constructor that settle `base_url`."""
    env = py_str(f"{context.names.client.env_prefix}_BASE_URL")
    if environments_of(context):
        yield from _choose(context, env, options)
        return
    yield Code("if base_url is None:")
    yield code("    base_url = {}.get({})", _environ(context), env)
    yield Code("if base_url is None:")
    url = default_base_url(context)
    if url is not None:
        yield code("    base_url = {}", _filled(url, options))
        return
    error = scope.runtime("._exceptions", f"{context.names.client.client}Error")
    message = f"The API names no server; pass base_url to the client or set {context.names.client.env_prefix}_BASE_URL"
    yield code("    raise {}({})", error, py_str(message))


def _choose(context: Context, env: Code, options: tuple[Option, ...]) -> Iterator[Code]:
    default = py_str(next(iter(environments_of(context))))
    message = py_str(_AMBIGUOUS.format(env=f"{context.names.client.env_prefix}_BASE_URL"))
    fills = _fills(" ".join(environments_of(context).values()), options)
    tail = code(".format({})", fills) if fills else Code()
    yield code("base_url_env = {}.get({})", _environ(context), env)
    yield Code("if base_url is None or isinstance(base_url, NotGiven):")
    yield Code("    if not isinstance(environment, NotGiven):")
    yield Code("        if base_url_env and base_url is not None:")
    yield code("            raise ValueError({})", message)
    yield code("        base_url = ENVIRONMENTS[environment]{}", tail)
    yield Code("    elif base_url_env:")
    yield Code("        base_url = base_url_env")
    yield Code("    else:")
    yield code("        base_url = ENVIRONMENTS[{}]{}", default, tail)


def _environ(context: Context) -> Code:
    return Code("env" if context.config.client_settings.dotenv else "environ")


def url_template(url: str, options: tuple[Option, ...]) -> str:
    """The URL with its variables called as the arguments that fill them."""
    names = {option.variable: option.name for option in options}
    return _VARIABLE.sub(lambda found: f"{{{names.get(found[1], found[1])}}}", url)


def _filled(url: str, options: tuple[Option, ...]) -> Code:
    fills = _fills(url, options)
    return code("{}.format({})", py_str(url_template(url, options)), fills) if fills else py_str(url)


def _fills(url: str, options: tuple[Option, ...]) -> Code:
    variables = set(_VARIABLE.findall(url))
    names = [py_ident(option.name) for option in options if option.variable in variables]
    return join(", ", (code("{}={}", name, name) for name in names))
