"""Credentials. Each knows where it is sent; none shows its secret in `repr`."""

from __future__ import annotations

import base64
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from inspect import isawaitable, iscoroutine
from typing import Literal, Protocol

from typing_extensions import override

from ._exceptions import SDKError
from ._redact import Secrets

__all__ = [
    "NO_TOKENS",
    "APIKey",
    "AsyncTokenSource",
    "BasicAuth",
    "BearerToken",
    "Credential",
    "Signature",
    "TokenSource",
]


@dataclass(slots=True)
class Signature:
    """What the credentials of one request add to it, and which names and values are secret."""

    headers: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    params: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    cookies: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    secrets: Secrets = field(default_factory=Secrets)

    def add(self, location: Literal["header", "query", "cookie"], name: str, value: str) -> None:
        """Send a secret value in one place."""
        places = {"header": self.headers, "query": self.params, "cookie": self.cookies}
        places[location][name] = value
        self.secrets.add(name, value)


class TokenSource(Protocol):
    """Where credentials that need a token of a server get it: see `_oauth.Tokens`."""

    def token(self, grant: Mapping[str, str], url: str) -> str:
        """A token for the grant from the token endpoint at `url`."""
        ...


class AsyncTokenSource(Protocol):
    """The same for the async client."""

    async def token(self, grant: Mapping[str, str], url: str) -> str:
        """A token for the grant from the token endpoint at `url`."""
        ...


class _NoTokens:
    """For credentials that need no token."""

    def token(self, grant: Mapping[str, str], url: str) -> str:
        raise SDKError(f"A token of {url} is fetched only when a request is sent")


NO_TOKENS = _NoTokens()


class Credential(ABC):
    """One security scheme with its secret, which neither `repr` nor pickling shows."""

    __slots__ = ()

    @property
    @abstractmethod
    def satisfied(self) -> bool:
        """Whether the secret was given."""

    @abstractmethod
    def sign(self, signature: Signature, tokens: TokenSource) -> None:
        """Add the secret to a request of a sync client."""

    async def asign(self, signature: Signature, tokens: AsyncTokenSource) -> None:
        """Add the secret to a request of an async client."""
        self.sign(signature, NO_TOKENS)

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({'given' if self.satisfied else 'missing'})"

    @override
    def __reduce__(self) -> str:
        raise TypeError(f"{type(self).__name__} holds a secret and does not pickle")


@dataclass(frozen=True, slots=True, repr=False)
class BearerToken(Credential):
    """`Authorization: Bearer TOKEN`.

    A function is asked for the token once for each call; a call raises SDKError if it returns nothing, or if it is
    asynchronous and the client is not.
    """

    token: str | Callable[[], str | Awaitable[str]] | None

    @property
    @override
    def satisfied(self) -> bool:
        return bool(self.token)

    @override
    def sign(self, signature: Signature, tokens: TokenSource) -> None:
        token = self.token() if callable(self.token) else self.token
        if isawaitable(token):
            if iscoroutine(token):
                token.close()  # or Python warns that it was never awaited
            raise SDKError("The function that returns the token is asynchronous; use the asynchronous client")
        _add_bearer(signature, token)

    @override
    async def asign(self, signature: Signature, tokens: AsyncTokenSource) -> None:
        token = self.token() if callable(self.token) else self.token
        _add_bearer(signature, await token if isawaitable(token) else token)


@dataclass(frozen=True, slots=True, repr=False)
class APIKey(Credential):
    """An `apiKey` scheme: a named header, query parameter or cookie."""

    location: Literal["header", "query", "cookie"]
    name: str
    value: str | None

    @property
    @override
    def satisfied(self) -> bool:
        return bool(self.value)

    @override
    def sign(self, signature: Signature, tokens: TokenSource) -> None:
        if self.value:
            signature.add(self.location, self.name, self.value)


@dataclass(frozen=True, slots=True, repr=False)
class BasicAuth(Credential):
    """`Authorization: Basic ...` (RFC 7617, UTF-8). An empty password is allowed, a missing one is not."""

    username: str | None
    password: str | None

    @property
    @override
    def satisfied(self) -> bool:
        return bool(self.username) and self.password is not None

    @override
    def sign(self, signature: Signature, tokens: TokenSource) -> None:
        pair = f"{self.username}:{self.password}".encode()
        signature.add("header", "Authorization", f"Basic {base64.b64encode(pair).decode()}")
        if self.password:
            signature.secrets.values.add(self.password)


def _add_bearer(signature: Signature, token: str | None) -> None:
    if not token:
        raise SDKError("The function that returns the token returned nothing")
    signature.add("header", "Authorization", f"Bearer {token}")
