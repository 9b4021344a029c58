"""Several services behind one client: `client_settings.providers` of a config."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
        methods=tuple(_methods(context, ordered)),
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
        py_str(service_name(context, name)),
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


def _methods(context: Context, providers: dict[str, Provider]) -> Iterator[ProviderMethod]:
    """The constructors: that of the default service, then one for each service by its name."""
    *_, default = providers
    yield _method(
        "from_env", len(providers) - 1, f"{service_name(context, default)}, the default service", providers[default]
    )
    for index, (name, provider) in enumerate(providers.items()):
        method = argument_name(context.config.casing.snake(name))
        yield _method(method, index, service_name(context, name), provider)


def _method(name: str, index: int, service: str, provider: Provider) -> ProviderMethod:
    if provider.base_url_env is None:
        found = "its key from the environment.\n\nRaises without it."
    elif provider.base_url is None:
        found = "its key and its URL from the environment.\n\nRaises if one is not set."
    else:
        found = "its key, and its URL if it is set there, from the environment.\n\nRaises without a key."
    return ProviderMethod(py_ident(name), Code(index), py_doc(f"A client of {service}: {found}", 8))


def service_name(context: Context, name: str) -> str:
    """A service in prose: `on_premises` is called On Premises."""
    return " ".join(context.config.casing.pascal(word) for word in re.split("[-_ ]+", name))
