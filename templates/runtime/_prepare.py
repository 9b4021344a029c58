# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""From the options of a call to the request that is sent: credentials, headers, URL and body put together."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ._auth import NO_TOKENS, Credential, Signature
from ._body import RequestBody
from ._constants import RAW_RESPONSE_HEADER, TELEMETRY_PREFIX
from ._encode import encode_body
from ._exceptions import SDKError
from ._headers import HeaderSet, cookie_header, with_jar
from ._http import httpx
from ._options import FinalRequestOptions, RawMark
from ._redirect import public_headers
from ._request import Hops, PreparedRequest
from ._settings import ClientSettings, stepwise
from ._types import NotGiven, Security, Timeout
from ._urls import is_absolute, is_named, same_origin
from ._utils._path import template_of
from ._version import __title__

__all__ = ["Preparer"]

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})


@dataclass(frozen=True, slots=True, repr=False)  # a token is among them, and `vars(client)` shows this
class _BaseHeaders:
    """The headers below those of the operation, and what they were made of."""

    parts: object
    headers: HeaderSet


class Preparer(ClientSettings):
    """Makes the request of a call out of its options and the settings of the client."""

    _last_headers: _BaseHeaders | None = None

    @property
    def auth_headers(self) -> dict[str, str]:
        """The headers of the credentials that apply by default.

        Raises SDKError if one of them has to be fetched first, or is missing while `auth_required` is set.
        """
        signature = Signature()
        for credential in self._signers(None):
            credential.sign(signature, NO_TOKENS)
        return signature.headers

    def _resolve(self, options: FinalRequestOptions, stream_cls: Any) -> None:
        """Take the mark of the raw-response wrappers off, and choose one idempotency key for all attempts."""
        headers = options.headers
        if stream_cls is not None:
            options.headers = headers = {"Accept": stream_cls.accept, **headers}
        if RAW_RESPONSE_HEADER in headers:
            mark = headers[RAW_RESPONSE_HEADER]
            options.raw = mark if isinstance(mark, RawMark) else RawMark("raw")
            options.headers = {name: value for name, value in headers.items() if name != RAW_RESPONSE_HEADER}
        unkeyed = self._idempotency_header is not None and options.idempotency_key is None
        if unkeyed and options.method.upper() not in _SAFE_METHODS:
            options.idempotency_key = f"{__title__}-retry-{uuid.uuid4()}"

    def _credentials(self, security: Security | None) -> list[Credential]:
        """The credentials of the first alternative that is complete; none if nothing was given for any.

        Raises SDKError if an alternative is given in part, and no other is complete; and if the client must have
        credentials and those of an operation are missing.
        """
        alternatives = self.default_security if security is None else security
        schemes = self.auth_schemes
        halves: list[str] = []
        for alternative in alternatives:
            given = [name for name in alternative if name in schemes and schemes[name].satisfied]
            if len(given) == len(alternative):
                return [schemes[name] for name in alternative]
            missing = [name for name in alternative if name not in given]
            if given and all(name in schemes for name in missing):
                halves.append(f"{'+'.join(missing)} together with {'+'.join(given)}, which is given")
        if halves:
            raise SDKError(
                f"This call needs more credentials: {' or '.join(halves)}."
                " Pass them to the client, or set their environment variables."
            )
        if self.auth_required and alternatives:
            raise SDKError(
                f"This call needs credentials: {' or '.join('+'.join(names) for names in alternatives)}."
                " Pass them to the client, or set their environment variables."
            )
        return []

    def _signers(self, security: Security | None, url: str = "") -> list[Credential]:
        """The credentials for one URL.

        User info of the base URL comes first, so that the others take its place, and stays with its host.
        """
        if self._is_foreign(url):
            return []
        at_home = not is_absolute(url) or same_origin(self._base.url, httpx.URL(url))
        return [*(self._base.auth if at_home else ()), *self._credentials(security)]

    def _is_foreign(self, url: str) -> bool:
        """Whether a call goes to an origin that must not see credentials, as the next page of a list can."""
        if not is_absolute(url):
            return False
        base, target = self._base.url, httpx.URL(url)
        return not same_origin(base, target) and not is_named(base, target, self._servers)

    def _timeout(self, options: FinalRequestOptions) -> Timeout:
        """The timeouts of each request of a call."""
        return stepwise(self.timeout if isinstance(options.timeout, NotGiven) else options.timeout)

    def _prepare(
        self,
        options: FinalRequestOptions,
        signature: Signature,
        http_client: httpx.Client | httpx.AsyncClient,
        again: PreparedRequest | None = None,
    ) -> PreparedRequest:
        """The request; `again` is one that was refused, whose body and count of redirects go on."""
        foreign = self._is_foreign(options.url)
        body = encode_body(options, self._form_style) if again is None else again.body
        headers = self._base_headers(http_client, signature)
        timeout = self._timeout(options)
        params: Mapping[str, object] = options.params
        if not foreign:
            params = {**http_client.params, **self.default_query, **params, **signature.params}
        url = self._base.join(options.url, params, self.qs, secret=bool(signature.params))
        jar = None if foreign or not http_client.cookies else http_client.cookies
        own = self._own_headers(options, signature, body, timeout)
        if "Cookie" in own and jar is not None:
            own["Cookie"] = with_jar(own["Cookie"], jar, url)
        if own or options.headers:
            headers.update(own)
            headers.update(options.headers)
            headers.check()
        return PreparedRequest(
            method=options.method.upper(),
            url=url,
            headers=public_headers(headers) if foreign else headers,
            body=body,
            timeout=timeout,
            secrets=signature.secrets,
            cookies=jar,
            foreign=foreign,
            template=None if is_absolute(options.url) else template_of(options.url),
            hops=Hops() if again is None else again.hops,
        )

    def _base_headers(self, http_client: httpx.Client | httpx.AsyncClient, signature: Signature) -> HeaderSet:
        """The headers below those of the operation. They rarely change between calls, so the last set is kept."""
        parts = (http_client.headers.raw, signature.headers, self.default_headers)
        last = self._last_headers  # read once: another thread may replace it
        if last is None or last.parts != parts:
            headers = HeaderSet()
            headers.update(dict(http_client.headers))
            headers.update(signature.headers)
            headers.update(parts[2])
            headers.check()
            self._last_headers = last = _BaseHeaders(parts, headers)
        return last.headers.copy()

    def _own_headers(
        self, options: FinalRequestOptions, signature: Signature, body: RequestBody | None, timeout: Timeout
    ) -> dict[str, str]:
        """The headers that the runtime makes for this call."""
        own: dict[str, str] = {}
        if body is not None and body.content_type:
            own["Content-Type"] = body.content_type
        if options.idempotency_key and self._idempotency_header:
            own[self._idempotency_header] = options.idempotency_key
        if TELEMETRY_PREFIX is not None and timeout.read is not None:
            own[f"{TELEMETRY_PREFIX}-Read-Timeout"] = f"{timeout.read:g}"
        if options.cookies or signature.cookies:
            cookie = cookie_header({**options.cookies, **signature.cookies})
            if cookie is not None:
                own["Cookie"] = cookie
        return own
