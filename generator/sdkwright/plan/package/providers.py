"""Several services behind one client: `client_settings.providers` of a config."""

from __future__ import annotations

from sdkwright.config import Provider
from sdkwright.name.reserved import argument_name
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.model import ProviderMethod, Providers
from sdkwright.plan.package.options import Option
from sdkwright.text import Code, code, join, py_doc, py_ident, py_str, py_tuple

_FUNCTIONS = "ProviderSettings detect_provider from_url provider_from_env with_url"


def plan_providers(context: Context, scope: Scope, options: tuple[Option, ...]) -> Providers | None:
    """The services and the constructors for them; None for a client of one service."""
    key = provider_key(context, options)
    ordered = _ordered(context.config.client_settings.providers)
    if key is None:
        return None
    scope.runtime("._providers", "Provider")
    for name in _FUNCTIONS.split():
        scope.runtime("._providers", name)
    scope.runtime("typing_extensions", "Unpack")
    scope.runtime("typing", "TypedDict")
    return Providers(
        constants=tuple(_constant(context, name, provider, key) for name, provider in ordered.items()),
        key=py_ident(key.name),
        methods=tuple(_method(context, index, name) for index, name in enumerate(ordered)),
        default=Code(len(ordered) - 1),
        options=tuple(
            code("{}: {} | None", py_ident(option.name), Code(option.type)) for option in options if option is not key
        ),
    )


def provider_key(context: Context, options: tuple[Option, ...]) -> Option | None:
    """The option that holds the key of whichever service is meant; None for a client of one service."""
    if not context.config.client_settings.providers:
        return None
    return next((option for option in options if option.scheme and option.role == "value"), None)


def _ordered(providers: dict[str, Provider]) -> dict[str, Provider]:
    """Those that are looked for first come first, the default, which takes what no other claims, last."""
    return dict(sorted(providers.items(), key=lambda item: (item[1].default, not item[1].detect_first)))


def _constant(context: Context, name: str, provider: Provider, key: Option) -> Code:
    parts = [
        py_str(context.config.casing.pascal(name)),
        code("api_key_env={}", py_str(provider.api_key_env or key.env or "")),
    ]
    if provider.base_url is not None:
        parts.append(code("base_url={}", py_str(provider.base_url)))
    if provider.base_url_env is not None:
        parts.append(code("base_url_env={}", py_str(provider.base_url_env)))
    if provider.credential.header is not None:
        parts.append(code("credential={}", py_str(provider.credential.header)))
    if provider.url_contains:
        parts.append(code("url_contains={}", py_tuple(map(py_str, provider.url_contains))))
    return code("Provider({})", join(", ", parts))


def _method(context: Context, index: int, name: str) -> ProviderMethod:
    shown = context.config.casing.pascal(name)
    return ProviderMethod(
        name=py_ident(argument_name(context.config.casing.snake(name))),
        index=Code(index),
        doc=py_doc(
            f"A client of {shown}, its key and URL from the environment. Raises if one is not set.",
            8,
        ),
    )
