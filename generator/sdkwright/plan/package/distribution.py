"""The files around the import package: `pyproject.toml`, `README.md`, and what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdkwright.config import Config
from sdkwright.ir.operations import ResponseKind
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import Named
from sdkwright.name.reserved import argument_name
from sdkwright.plan.package.base_url import default_base_url, environments_of
from sdkwright.plan.package.configured import method_arguments
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.examples import Example, Examples
from sdkwright.plan.package.model import Project, Readme, ReadmeCall, WebhookModule
from sdkwright.plan.package.options import Option, client_options
from sdkwright.plan.package.providers import provider_key, service_name
from sdkwright.prose import first_sentence, wrap_markdown
from sdkwright.text import (
    Code,
    code,
    join,
    md_code,
    md_text,
    py_dotted,
    py_ident,
    py_str,
    toml_str,
)

_HTTP = {"httpx2": "httpx2>=2.16,<3", "httpx": "httpx>=0.27,<1"}
_AIOHTTP = "httpx-aiohttp>=0.1.9"
_WEBHOOKS = "standardwebhooks>=1.0,<2"
_STREAMS = frozenset({ResponseKind.SSE, ResponseKind.JSON_LINES})
_README_WIDTH = 118
_REQUIRES = ("pydantic>=2.11,<3", "anyio>=4.4,<5", "typing-extensions>=4.13,<5")


def http_library(config: Config) -> str:
    """The HTTP library of the package."""
    return config.http_library or config.dialect.http_library


def package_version(config: Config) -> str:
    """The version of the distribution."""
    return config.targets.python.version or "0.1.0"


def plan_project(context: Context) -> Project:
    """`pyproject.toml`."""
    names, config = context.names.client, context.config
    urls = [("Documentation", config.organization.docs)]
    if repo := config.targets.python.production_repo:
        urls.append(("Repository", f"https://github.com/{repo.partition('#')[0]}"))
    license_ = config.settings.license
    return Project(
        name=toml_str(names.project),
        package=toml_str(f"src/{names.package}"),
        version=toml_str(package_version(config)),
        description=toml_str(first_sentence(context.api.description) or f"Python client for {title(context)}"),
        license=toml_str(license_.name) if license_ else Code(),
        requires=tuple(map(toml_str, sorted((_HTTP[http_library(config)], *_REQUIRES)))),
        aiohttp=toml_str(_AIOHTTP),
        webhooks=toml_str(_WEBHOOKS) if context.api.unwraps else Code(),
        urls=tuple((Code(name), toml_str(url)) for name, url in urls if url),
    )


def plan_readme(context: Context, examples: Examples, webhooks: WebhookModule | None) -> Readme:
    """`README.md`: only the sections that apply to this API."""
    names, config = context.names.client, context.config
    options = client_options(context)
    credential = next((option for option in options if option.scheme), None)
    license_ = config.settings.license
    constructor = _constructor(context, options)
    return Readme(
        title=md_text(title(context)),
        description=md_text(first_sentence(context.api.description, 400)),
        docs=md_text(config.organization.docs or ""),
        project=md_code(names.project),
        project_name=Code(names.project) if _is_plain(names.project) else Code("."),
        package=py_ident(names.package),
        client=py_ident(names.client),
        constructor=constructor,
        more_arguments=code("{}, ", constructor) if constructor else Code(),
        env_key=md_code(credential.env) if credential and credential.env else Code(),
        env_prefix=py_ident(names.env_prefix),
        options=tuple((md_code(option.name), md_code(option.env)) for option in options if option.env),
        environments=tuple((md_code(name), md_code(url)) for name, url in environments_of(context).items()),
        services=tuple(_services(context)),
        first=_call(context, examples.first()),
        page=_call(context, examples.page()),
        stream=_call(context, examples.stream(), switched=True),
        binary=_call(context, examples.of_kind(ResponseKind.BINARY)),
        upload=_call(context, examples.upload()),
        retrying=_retrying(config),
        error_type=_error_type(context),
        webhooks=webhooks,
        http=Code(http_library(config)),
        license=md_text(license_.name) if license_ else Code(),
    )


def _constructor(context: Context, options: tuple[Option, ...]) -> Code:
    """The arguments without which the client cannot be built, unless their environment variables are set."""
    needed = [(option.name, f"My {option.name}") for option in options if option.required and option.env is None]
    if default_base_url(context) is None:
        needed.append(("base_url", "https://api.example.com"))
    return join(", ", (code("{}={}", py_ident(name), py_str(value)) for name, value in needed))


def _call(context: Context, example: Example | None, *, switched: bool = False) -> ReadmeCall | None:
    if example is None:
        return None
    arguments = list(example.arguments)
    if switched and example.operation.stream_switch:
        named = method_arguments(context, example.node)
        arguments += [
            code("{}=True", name) for argument, name in named if argument.wire == example.operation.stream_switch
        ]
    resource, _, method = example.target.rpartition(".")
    raw, streaming = (
        py_dotted(".".join(part for part in (resource, f"with_{view}_response", method) if part))
        for view in ("raw", "streaming")
    )
    return ReadmeCall(
        call=_written(example.target, arguments, 0),
        inside=_written(example.target, arguments, 8),
        target=example.target,
        raw=_written(raw, arguments, 0),
        streaming=_written(streaming, arguments, 0),
        uses_path=any("Path(" in argument for argument in arguments),
        streams=example.operation.response.kind in _STREAMS,
        returns=example.operation.response.kind is not ResponseKind.NONE,
    )


def _written(target: Code, arguments: list[Code], indent: int) -> Code:
    """A call on one line, or with a line for each argument where it is long."""
    line = code("{}({})", target, join(", ", arguments))
    if len(line) + indent <= 76:
        return line
    margin = Code(" " * indent)
    lines = (code("{}    {},\n", margin, argument) for argument in arguments)
    return code("{}(\n{}{})", target, join("", lines), margin)


def title(context: Context) -> str:
    """The name in prose. An organization that a config calls by its slug (`grand-hotel`) is spelled as a name."""
    names = context.names.client
    if not re.fullmatch(r"[a-z0-9]+([-_][a-z0-9]+)*", names.title):
        return names.title
    words = re.split("[-_]", names.title)
    if len(words) == 1 and names.client.casefold() == names.title:
        return names.client
    return " ".join(context.config.casing.pascal(word) for word in words)


def _services(context: Context) -> Iterator[tuple[Code, Code]]:
    """The constructors of a client of several services, and what each is a client of."""
    casing, client = context.config.casing, context.names.client.client
    if provider_key(context, client_options(context)) is None:
        return
    for name, provider in context.config.client_settings.providers.items():
        call = f"{client}.{argument_name(casing.snake(name))}()"
        env = f", with the key in {md_code(provider.api_key_env)}" if provider.api_key_env else ""
        yield md_code(call), code("{}{}", md_text(service_name(context, name)), Code(env))
    yield md_code(f"{client}.detect_provider()"), Code("the first service whose key is set")
    yield md_code(f"{client}.with_url(url, key)"), Code("the service that the URL belongs to")


def _retrying(config: Config) -> Code:
    """What happens to a request that fails, or that nobody answers."""
    count = config.client_settings.default_retries.max_retries
    times = {1: "once", 2: "twice"}.get(count, f"{count} times")
    retried = f"retried {times}, with growing pauses or when the server says so" if count else "not retried"
    timeout = _duration(config.client_settings.default_timeout or 60.0)
    text = (
        f"Connection errors, timeouts and the statuses 408, 409, 429, 500 and above are {retried}. "
        f"A server that sends nothing for {timeout} has timed out."
    )
    return Code("\n".join(wrap_markdown(text, _README_WIDTH)))


def _error_type(context: Context) -> Code:
    """The name of the type of some error's body; empty where the document describes none."""
    errors = (error.type for operation in context.api.operations for error in operation.errors)
    symbols = (context.symbols.table.get((error.id, Mode.MODEL)) for error in errors if isinstance(error, Named))
    return next((py_ident(symbol.name) for symbol in symbols if symbol is not None), Code())


def _duration(seconds: float) -> str:
    """Seconds in words: `90 seconds`, `10 minutes`."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds > size and seconds % size == 0:
            return f"{seconds / size:g} {unit}s"
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def _is_plain(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum()
