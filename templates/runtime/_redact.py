"""What must not be shown: credentials in headers, queries and cookies, and their echo in a server's answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ._http import httpx

__all__ = [
    "SECRETS_EXTENSION",
    "Secrets",
    "is_sensitive",
    "portable_response",
    "redact_headers",
    "redact_request",
    "redact_url",
    "scrub",
]

MASK = "***"
# Also names that no security scheme declares: users put credentials into default headers and queries.
_SENSITIVE = re.compile(r"auth|token|secret|passw|key|credential|signature|session|cookie|^sig$", re.IGNORECASE)
_SAFE = frozenset({"idempotency-key"})
SECRETS_EXTENSION = "sdk_secrets"
"""Where a request of the HTTP library keeps the credentials that it carries."""


@dataclass(slots=True)
class Secrets:
    """The credentials of one request: names of its headers and parameters, and the values themselves."""

    names: set[str] = field(default_factory=set[str])
    values: set[str] = field(default_factory=set[str], repr=False)

    def add(self, name: str, value: str) -> None:
        """Remember a credential and where it is sent."""
        self.names.add(name.lower())
        self.values.add(value)
        self.values.add(value.removeprefix("Bearer ").removeprefix("Basic "))

    def learn(self, request: httpx.Request) -> None:
        """Add what looks like a credential among headers and parameters that users set themselves."""
        pairs = [*request.headers.multi_items(), *request.url.params.multi_items()]
        for name, value in pairs:
            if is_sensitive(name, self):
                self.add(name, value)

    def attach(self, request: httpx.Request) -> None:
        """Keep this with the request, so that an error made from it knows what to hide."""
        request.extensions = {**request.extensions, SECRETS_EXTENSION: self}

    @classmethod
    def of(cls, request: httpx.Request) -> Secrets:
        """What was attached to the request, or nothing."""
        found: object = request.extensions.get(SECRETS_EXTENSION)
        return found if isinstance(found, Secrets) else cls()


def is_sensitive(name: str, secrets: Secrets | None = None) -> bool:
    """Whether a header or parameter of this name holds a credential, declared or by its looks."""
    name = name.lower()
    if secrets is not None and name in secrets.names:
        return True
    return name not in _SAFE and _SENSITIVE.search(name) is not None


def redact_headers(headers: httpx.Headers, secrets: Secrets | None = None) -> httpx.Headers:
    """A copy with the values of sensitive headers masked."""
    return httpx.Headers(
        [(name, MASK if is_sensitive(name, secrets) else value) for name, value in headers.multi_items()]
    )


def redact_url(url: httpx.URL, secrets: Secrets | None = None) -> httpx.URL:
    """The URL without user info and with the values of sensitive query parameters masked."""
    if url.userinfo:
        url = url.copy_with(userinfo=b"")
    if not url.query:
        return url
    pairs = [(name, MASK if is_sensitive(name, secrets) else value) for name, value in url.params.multi_items()]
    return url.copy_with(params=pairs)


def redact_request(request: httpx.Request) -> httpx.Request:
    """A copy of the request for errors: no credentials and no body."""
    secrets = Secrets.of(request)
    clean = httpx.Request(request.method, redact_url(request.url, secrets))
    clean.headers = redact_headers(request.headers, secrets)
    return clean


def portable_response(response: httpx.Response) -> httpx.Response:
    """A copy that pickles: the body that was read, no cookies, and no credentials in it or in its request."""
    secrets = Secrets.of(response.request)
    secrets.learn(response.request)
    content = response.content if response.is_closed and hasattr(response, "_content") else b""
    text = scrub(content.decode("latin-1"), secrets)
    copy = httpx.Response(
        response.status_code, content=text.encode("latin-1"), request=redact_request(response.request)
    )
    copy.headers = redact_headers(response.headers)
    return copy


def scrub(text: str, secrets: Secrets) -> str:
    """The text of a server without the credentials that were sent to it."""
    for value in sorted(secrets.values, key=len, reverse=True):
        if len(value) >= 6:  # shorter ones are placeholders, and would blank out ordinary words
            text = text.replace(value, MASK)
    return text
