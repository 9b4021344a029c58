"""What must not be shown: credentials in headers, queries and cookies, and their echo in a server's answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import quote, quote_plus

from pydantic_core import from_json, to_json

from ._http import httpx

__all__ = [
    "SECRETS_EXTENSION",
    "Secrets",
    "is_sensitive",
    "mask_content",
    "portable_response",
    "redact_headers",
    "redact_request",
    "redact_url",
    "scrub",
    "scrub_json",
]

MASK = "***"
# Also names that no security scheme declares: users put credentials into default headers and queries.
_SENSITIVE = re.compile(r"auth|token|secret|passw|key|credential|signature|session|cookie|^sig$", re.IGNORECASE)
_SAFE = frozenset({"idempotency-key"})
_TRIPLET = re.compile(r"%[0-9A-F]{2}")
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

    @property
    def spellings(self) -> list[str]:
        """The values as servers may repeat them, in a URL or a form too, the longest first.

        Those shorter than six characters are placeholders, and masking them would blank out ordinary words.
        """
        found: set[str] = set()
        for value in self.values:
            if len(value) >= 6:
                found |= {value, *(_quoted(value, safe) for safe in ("", "/")), quote_plus(value, errors="replace")}
        found |= {_TRIPLET.sub(lambda triplet: triplet[0].lower(), each) for each in found}
        return sorted(found, key=len, reverse=True)

    def learn(self, request: httpx.Request) -> None:
        """Add what looks like a credential among headers and parameters that users set themselves."""
        pairs = [*request.headers.multi_items(), *request.url.params.multi_items()]
        for name, value in pairs:
            if is_sensitive(name, self):
                self.add(name, value)
            if name.lower() == "cookie":
                self.values |= {pair.partition("=")[2] for pair in value.split("; ")}

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
    copy = httpx.Response(
        response.status_code, content=_masked_content(content, secrets), request=redact_request(response.request)
    )
    headers = redact_headers(response.headers, secrets).multi_items()
    copy.headers = httpx.Headers([(name, scrub(value, secrets)) for name, value in headers])
    return copy


def mask_content(response: httpx.Response, secrets: Secrets) -> None:
    """Mask what the body of a response, which was read, repeats of the credentials."""
    masked = _masked_content(response.content, secrets)
    if masked != response.content:
        response.__dict__["_content"] = masked  # where the HTTP library looks for it; see `_reading`


def scrub(text: str, secrets: Secrets) -> str:
    """The text of a server without the credentials that were sent to it."""
    return _masked(text, secrets.spellings)


def scrub_json(value: object, secrets: Secrets) -> object:
    """A JSON value without those credentials, however its text escaped them."""
    return _masked_json(value, secrets.spellings)


def _masked(text: str, spellings: list[str]) -> str:
    for spelling in spellings:
        text = text.replace(spelling, MASK)
    return text


def _masked_json(value: object, spellings: list[str]) -> object:
    if isinstance(value, str):
        return _masked(value, spellings)
    if isinstance(value, list):
        return [_masked_json(item, spellings) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return {_masked(name, spellings): _masked_json(item, spellings) for name, item in fields.items()}
    return value


def _masked_content(content: bytes, secrets: Secrets) -> bytes:
    if content.lstrip()[:1] in {b"{", b"[", b'"'}:
        try:
            value = from_json(content)
        except ValueError:
            value = None
        if (clean := scrub_json(value, secrets)) != value:
            return to_json(clean)
    return scrub(content.decode("latin-1"), secrets).encode("latin-1")


def _quoted(text: str, safe: str) -> str:
    return quote(text, safe=safe, errors="replace")
