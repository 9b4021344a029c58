"""OAuth 2.0 client credentials (RFC 6749, section 4.4): tokens are fetched once, shared, and renewed under a lock."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from urllib.parse import quote, urlencode

from pydantic_core import from_json
from typing_extensions import override

from ._auth import AsyncTokenSource, Credential, Signature, TokenSource
from ._deadline import Deadline
from ._exceptions import APIConnectionError, APIResponseValidationError, APIStatusError, APITimeoutError, SDKError
from ._http import httpx
from ._reading import aread_bounded, read_bounded
from ._retry import Retries

__all__ = ["AsyncTokens", "OAuth2ClientCredentials", "TokenCache", "Tokens"]

HttpT = TypeVar("HttpT", bound="httpx.Client | httpx.AsyncClient")

_RENEW_BEFORE = 30.0
"""Seconds before its end at which a token is no longer used, so that it does not run out on the way."""
_DEFAULT_LIFETIME = 300.0
"""Seconds for which a token is used whose server does not say how long it lives."""
_MAX_TOKEN_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, repr=False)
class OAuth2ClientCredentials(Credential):
    """A client id and secret that are exchanged for a bearer token at `token_url`."""

    token_url: str
    client_id: str | None
    client_secret: str | None
    scopes: tuple[str, ...] = ()

    @property
    @override
    def satisfied(self) -> bool:
        return bool(self.client_id) and bool(self.client_secret)

    @override
    def sign(self, signature: Signature, tokens: TokenSource) -> None:
        self._add(signature, tokens.token(self._grant(), self.token_url))

    @override
    async def asign(self, signature: Signature, tokens: AsyncTokenSource) -> None:
        self._add(signature, await tokens.token(self._grant(), self.token_url))

    def _grant(self) -> Mapping[str, str]:
        grant = {"client_id": self.client_id or "", "client_secret": self.client_secret or ""}
        return {**grant, "scope": " ".join(self.scopes)} if self.scopes else grant

    def _add(self, signature: Signature, token: str) -> None:
        signature.add("header", "Authorization", f"Bearer {token}")
        if self.client_secret:
            signature.secrets.values.add(self.client_secret)


class TokenCache:
    """The tokens of one client and its copies, by the credentials that they were fetched with."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[object, ...], tuple[str, float]] = {}
        self._lock = threading.Lock()
        self._async_lock: AbstractAsyncContextManager[Any] | None = None

    @override
    def __repr__(self) -> str:
        return f"TokenCache({len(self._tokens)} tokens)"

    def forget(self, token: str) -> None:
        """Drop a token that the server refused; one that another call has fetched since stays."""
        self._tokens = {key: kept for key, kept in self._tokens.items() if kept[0] != token}

    def get(
        self, grant: Mapping[str, str], url: str, http: httpx.Client, timeout: httpx.Timeout, retries: Retries
    ) -> str:
        """A token that is still good, fetched if need be by one thread while the others wait.

        `timeout` and `retries` are those of the call that needs it, and its deadline ends the waiting too. Raises
        APIStatusError for a refusal, APITimeoutError and APIConnectionError without an answer, SDKError for an answer
        without a token.
        """
        key = (url, *grant.items())
        if token := self._good(key):
            return token
        with self._turn(url, retries.deadline):
            if token := self._good(key):
                return token
            taken = 0
            while True:
                request = _token_request(grant, url, retries.deadline.cut(timeout))
                try:
                    response = http.send(request, auth=None, follow_redirects=False, stream=True)
                    read_bounded(response, retries.deadline, _MAX_TOKEN_BYTES)
                    outcome: httpx.Response | httpx.RequestError = response
                except APIResponseValidationError:
                    raise _too_large(request) from None
                except httpx.RequestError as error:
                    outcome = error
                delay = retries.delay(outcome, taken)
                if delay is None:
                    return self._keep(key, outcome, request)
                taken += 1
                time.sleep(delay)

    async def aget(
        self, grant: Mapping[str, str], url: str, http: httpx.AsyncClient, timeout: httpx.Timeout, retries: Retries
    ) -> str:
        """The same for the async client."""
        key = (url, *grant.items())
        if token := self._good(key):
            return token
        import anyio

        if self._async_lock is None:
            self._async_lock = anyio.Lock()
        async with self._async_lock:
            if token := self._good(key):
                return token
            taken = 0
            while True:
                request = _token_request(grant, url, retries.deadline.cut(timeout))
                try:
                    response = await http.send(request, auth=None, follow_redirects=False, stream=True)
                    await aread_bounded(response, retries.deadline, _MAX_TOKEN_BYTES)
                    outcome: httpx.Response | httpx.RequestError = response
                except APIResponseValidationError:
                    raise _too_large(request) from None
                except httpx.RequestError as error:
                    outcome = error
                delay = retries.delay(outcome, taken)
                if delay is None:
                    return self._keep(key, outcome, request)
                taken += 1
                await anyio.sleep(delay)

    @contextmanager
    def _turn(self, url: str, deadline: Deadline) -> Generator[None, None, None]:
        """The lock, for which a call waits no longer than it has time."""
        if not self._lock.acquire(timeout=min(deadline.left, threading.TIMEOUT_MAX)):
            request = httpx.Request("POST", url)
            raise _unreachable(httpx.PoolTimeout("Another call fetches the token."), request)
        try:
            yield
        finally:
            self._lock.release()

    def _good(self, key: tuple[object, ...]) -> str | None:
        token, ends = self._tokens.get(key, ("", 0.0))
        return token if ends > time.monotonic() else None

    def _keep(
        self, key: tuple[object, ...], outcome: httpx.Response | httpx.RequestError, request: httpx.Request
    ) -> str:
        if not isinstance(outcome, httpx.Response):
            raise _unreachable(outcome, request)
        token, lifetime = _read_token(outcome)
        self._tokens[key] = (token, time.monotonic() + lifetime - min(_RENEW_BEFORE, lifetime / 2))
        return token


class _CallTokens(Generic[HttpT]):
    """The tokens that one call asks for."""

    def __init__(self, cache: TokenCache, http: HttpT, timeout: httpx.Timeout, retries: Retries) -> None:
        self._cache = cache
        self._http = http
        self._timeout = timeout
        self._retries = retries
        self._used: list[str] = []

    def forget(self) -> bool:
        """Drop those that this call used, after the server refused them. False when it used none."""
        used, self._used = self._used, []
        for token in used:
            self._cache.forget(token)
        return bool(used)


class Tokens(_CallTokens[httpx.Client]):
    """The tokens of one call of a sync client, as its credentials ask for them."""

    def token(self, grant: Mapping[str, str], url: str) -> str:
        """A token that is still good, fetched if need be; see `TokenCache.get`."""
        token = self._cache.get(grant, url, self._http, self._timeout, self._retries)
        self._used.append(token)
        return token


class AsyncTokens(_CallTokens[httpx.AsyncClient]):
    """The same for an async client."""

    async def token(self, grant: Mapping[str, str], url: str) -> str:
        """A token that is still good, fetched if need be; see `TokenCache.get`."""
        token = await self._cache.aget(grant, url, self._http, self._timeout, self._retries)
        self._used.append(token)
        return token


def _token_request(grant: Mapping[str, str], url: str, timeout: httpx.Timeout) -> httpx.Request:
    # RFC 6749, section 2.3.1: HTTP Basic with both parts form-encoded is what every server must support.
    pair = f"{quote(grant['client_id'], safe='')}:{quote(grant['client_secret'], safe='')}"
    form = {"grant_type": "client_credentials"}
    if "scope" in grant:
        form["scope"] = grant["scope"]
    return httpx.Request(
        "POST",
        url,
        content=urlencode(form).encode(),
        headers={
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        },
        extensions={"timeout": timeout.as_dict()},
    )


def _read_token(response: httpx.Response) -> tuple[str, float]:
    try:
        raw: object = from_json(response.content)
    except ValueError:
        raw = None
    fields = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
    # Neither the answer nor its request is kept in an error: one holds the token, the other the secret.
    bare = httpx.Response(
        response.status_code,
        headers=response.headers,
        request=httpx.Request("POST", response.request.url),
    )
    if not response.is_success:
        said = {name: fields[name] for name in ("error", "error_description") if name in fields}
        raise APIStatusError.from_response(_without_body_headers(bare), said)
    token, lifetime = fields.get("access_token"), fields.get("expires_in", _DEFAULT_LIFETIME)
    if not isinstance(token, str) or not token:
        raise SDKError(f"The answer of {response.request.url.host} holds no access token")
    return token, float(lifetime) if isinstance(lifetime, (int, float)) else _DEFAULT_LIFETIME


def _without_body_headers(response: httpx.Response) -> httpx.Response:
    for name in ("content-encoding", "set-cookie"):
        response.headers.pop(name, None)
    return response


def _too_large(request: httpx.Request) -> SDKError:
    return SDKError(f"The answer of {request.url.host} is larger than {_MAX_TOKEN_BYTES} bytes, so it is no token")


def _unreachable(error: httpx.RequestError, request: httpx.Request) -> APIConnectionError:
    # Without its cause, whose frames hold the secret.
    if isinstance(error, httpx.TimeoutException):
        return APITimeoutError(request, message=f"Could not get a token from {request.url.host} in time.")
    return APIConnectionError(message=f"Could not get a token from {request.url.host}.", request=request)
