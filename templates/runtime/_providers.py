"""Several services behind one client: which one is meant, where it is, and how it wants its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ._auth import APIKey, BearerToken, Credential
from ._dotenv import environment
from ._exceptions import SDKError

__all__ = [
    "Provider",
    "ProviderSettings",
    "detect_provider",
    "from_url",
    "provider_from_env",
    "with_url",
]


@dataclass(frozen=True, slots=True)
class Provider:
    """One service.

    `base_url` is where it is, None if `base_url_env` must say so. `credential` is `bearer` or the name of the header
    that carries the key. A URL that holds one of `url_contains` belongs to it. `detect` lets `detect_provider`
    choose it when its key is set.
    """

    name: str
    api_key_env: str
    base_url: str | None = None
    base_url_env: str | None = None
    credential: str = "bearer"
    url_contains: tuple[str, ...] = ()
    detect: bool = True

    def sign_with(self, api_key: str | None) -> Credential:
        """The key as this service wants it."""
        if self.credential == "bearer":
            return BearerToken(api_key)
        return APIKey("header", self.credential, api_key)


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What a client needs to talk to a service."""

    provider: Provider
    base_url: str
    api_key: str = field(repr=False)


def provider_from_env(provider: Provider, env: Mapping[str, str] | None = None) -> ProviderSettings:
    """One named service, its key and perhaps its URL from the environment or `.env`.

    Raises SDKError naming the first variable that is not set.
    """
    env = environment() if env is None else env
    api_key = _variable(env, provider.api_key_env)
    if provider.base_url_env is not None and (provider.base_url is None or provider.base_url_env in env):
        return ProviderSettings(provider, _variable(env, provider.base_url_env), api_key)
    if provider.base_url is None:
        raise SDKError(f"The provider {provider.name} has no URL")
    return ProviderSettings(provider, provider.base_url, api_key)


def detect_provider(providers: Sequence[Provider], env: Mapping[str, str] | None = None) -> ProviderSettings:
    """The first service whose key is set, else the last one, which then says what it misses.

    A service whose key is set but whose URL is not is an error: another one would get data that is not meant for it.
    """
    env = environment() if env is None else env
    candidates = [provider for provider in providers if provider.detect]
    chosen = next((provider for provider in candidates if provider.api_key_env in env), candidates[-1])
    return provider_from_env(chosen, env)


def with_url(providers: Sequence[Provider], base_url: str, api_key: str) -> ProviderSettings:
    """The service that a URL belongs to, with a given key. The last one takes every URL that no other claims."""
    return ProviderSettings(_by_url(providers, base_url), base_url, api_key)


def from_url(providers: Sequence[Provider], base_url: str, env: Mapping[str, str] | None = None) -> ProviderSettings:
    """The service that a URL belongs to, its key from the environment or `.env`. Raises SDKError if it is not set."""
    env = environment() if env is None else env
    provider = _by_url(providers, base_url)
    if provider.url_contains and provider.api_key_env not in env:
        raise SDKError(f"{provider.name} URL detected but {provider.api_key_env} is not set")
    return ProviderSettings(provider, base_url, _variable(env, provider.api_key_env))


def _by_url(providers: Sequence[Provider], url: str) -> Provider:
    claimed = (provider for provider in providers if any(part in url for part in provider.url_contains))
    return next(claimed, providers[-1])


def _variable(env: Mapping[str, str], name: str) -> str:
    if name not in env:
        raise SDKError(f"{name} environment variable not set")
    return env[name]
