"""The files around the import package: `pyproject.toml`, `README.md`, and what they have in common."""

from __future__ import annotations

from sdkwright.config import Config
from sdkwright.ir.operations import ResponseKind
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.examples import Example, Examples
from sdkwright.plan.package.model import Project, Readme, ReadmeCall
from sdkwright.plan.package.options import Option, client_options
from sdkwright.prose import first_sentence
from sdkwright.text import (
    Code,
    code,
    join,
    md_code,
    md_text,
    py_dotted,
    py_ident,
    py_literal,
    py_str,
    toml_str,
)

_HTTP = {"httpx2": "httpx2>=2.16,<3", "httpx": "httpx>=0.27,<1"}
_AIOHTTP = "httpx-aiohttp>=0.1.9"
_REQUIRES = ("pydantic>=2.11,<3", "anyio>=4.4,<5", "typing-extensions>=4.13,<5")


def http_library(config: Config) -> str:
    """The HTTP library of the package."""
    return config.http_library or "httpx2"


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
        description=toml_str(first_sentence(context.api.description) or f"A client of {names.title}."),
        license=toml_str(license_.name) if license_ else Code(),
        requires=tuple(map(toml_str, sorted((_HTTP[http_library(config)], *_REQUIRES)))),
        aiohttp=toml_str(_AIOHTTP),
        urls=tuple((Code(name), toml_str(url)) for name, url in urls if url),
    )


def plan_readme(context: Context, examples: Examples) -> Readme:
    """`README.md`: only the sections that apply to this API."""
    names, config = context.names.client, context.config
    options = client_options(context)
    credential = next((option for option in options if option.scheme), None)
    license_ = config.settings.license
    first = examples.first()
    resource, _, method = first.target.rpartition(".") if first else ("", "", "")
    raw = ".".join(part for part in (resource, "with_raw_response", method) if part)
    return Readme(
        title=md_text(names.title),
        description=md_text(first_sentence(context.api.description, 400)),
        docs=md_text(config.organization.docs or ""),
        project=md_code(names.project),
        project_name=Code(names.project) if _is_plain(names.project) else Code("."),
        package=py_ident(names.package),
        client=py_ident(names.client),
        constructor=_constructor(options),
        env_key=md_code(credential.env) if credential and credential.env else Code(),
        env_prefix=py_ident(names.env_prefix),
        options=tuple((md_code(option.name), md_code(option.env)) for option in options if option.env),
        first=_call(context, first),
        raw=py_dotted(raw),
        page=_call(context, examples.page()),
        stream=_call(context, examples.stream(), switched=True),
        binary=_call(context, examples.of_kind(ResponseKind.BINARY)),
        upload=_call(context, examples.upload()),
        retries=py_literal(config.client_settings.default_retries.max_retries),
        timeout=Code(f"{config.client_settings.default_timeout or 60.0:g}"),
        http=Code(http_library(config)),
        license=md_text(license_.name) if license_ else Code(),
    )


def _constructor(options: tuple[Option, ...]) -> Code:
    """The arguments without which the client cannot be built, unless their environment variables are set."""
    needed = [option for option in options if option.required and option.env is None]
    return join(
        ", ",
        (code("{}={}", py_ident(option.name), py_str(f"My {option.name}")) for option in needed),
    )


def _call(context: Context, example: Example | None, *, switched: bool = False) -> ReadmeCall | None:
    if example is None:
        return None
    arguments = example.arguments
    if switched and example.operation.stream_switch:
        named = zip(example.operation.arguments, context.names.arguments[example.operation.key], strict=True)
        flag = next(name for argument, name in named if argument.wire == example.operation.stream_switch)
        arguments = join(", ", [part for part in (arguments, code("{}=True", py_ident(flag))) if part])
    return ReadmeCall(
        call=code("{}({})", example.target, arguments),
        target=example.target,
        arguments=arguments,
        uses_path="Path(" in arguments,
    )


def _is_plain(name: str) -> bool:
    return name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum()
