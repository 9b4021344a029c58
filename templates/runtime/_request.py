"""A request that is ready, and can be built anew for each attempt and each redirect."""

from __future__ import annotations

from dataclasses import dataclass, field

from ._body import BodyStream, BytesBody, RequestBody
from ._constants import MAX_REDIRECTS, TELEMETRY_PREFIX
from ._headers import HeaderSet
from ._http import httpx
from ._redact import SECRETS_EXTENSION, Secrets
from ._types import Timeout

__all__ = ["Attempt", "Hops", "PreparedRequest"]

_NOTHING = httpx.ByteStream(b"")
# Whose lack of a body is said by `Content-Length: 0` (RFC 9110, section 8.6).
_BODY_EXPECTED = frozenset({"POST", "PUT", "PATCH"})
_ATTEMPT = "sdk_attempt"
"""Where a request of the HTTP library keeps what the client knows of it."""


@dataclass(slots=True)
class Hops:
    """How many redirects one call may still follow, all attempts together."""

    left: int = MAX_REDIRECTS


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a middleware can know of an attempt beside its request, by `Attempt.of(request)`.

    `template` is the path with placeholders, such as `/items/{id}`; None after a redirect and for a whole URL.
    `retries_taken` counts the attempts before this one. `foreign` says that it goes to another origin than the
    client's, and must not tell anything about the caller.
    """

    template: str | None = None
    retries_taken: int = 0
    foreign: bool = False

    @classmethod
    def of(cls, request: httpx.Request) -> Attempt:
        """What the client noted on the request."""
        found: object = request.extensions.get(_ATTEMPT)
        return found if isinstance(found, Attempt) else cls()


@dataclass(slots=True)
class PreparedRequest:
    """A request that can be built anew for each attempt and each redirect.

    `timeout` is in seconds for each step of the HTTP library. `foreign` marks a request to another origin than the
    client's own, which carries no credentials. `template` is the path before its placeholders were filled.
    """

    method: str
    url: httpx.URL = field(repr=False)
    headers: HeaderSet
    body: RequestBody | None
    timeout: Timeout
    secrets: Secrets
    cookies: httpx.Cookies | None = None
    foreign: bool = False
    template: str | None = None
    hops: Hops = field(default_factory=Hops)

    def build(self, retries_taken: int = 0, timeout: Timeout | None = None) -> httpx.Request:
        """A fresh request of the HTTP library. `timeout`, in place of the own one, is what a deadline leaves of it."""
        headers = self.headers
        items = headers.items()
        if TELEMETRY_PREFIX is not None and f"{TELEMETRY_PREFIX}-Retry-Count" not in headers:
            items.append((f"{TELEMETRY_PREFIX}-Retry-Count", str(retries_taken)))
        extensions = {
            "timeout": (timeout or self.timeout).as_dict(),
            SECRETS_EXTENSION: self.secrets,
            _ATTEMPT: Attempt(self.template, retries_taken, self.foreign),
        }
        # Given a stream, the HTTP library adds no headers of its own, which takes it as long as all that is done here.
        if "host" not in headers:
            items.insert(0, ("Host", self.url.netloc.decode("ascii")))
        body = self.body
        stream: httpx.ByteStream | BodyStream = _NOTHING
        if body is not None:
            length = body.size
            items.append(("Content-Length", str(length)) if length is not None else ("Transfer-Encoding", "chunked"))
            stream = httpx.ByteStream(body.content) if isinstance(body, BytesBody) else BodyStream(body)
        elif self.method in _BODY_EXPECTED:
            items.append(("Content-Length", "0"))
        request = httpx.Request(self.method, self.url, headers=items, stream=stream, extensions=extensions)
        if body is None or isinstance(body, BytesBody):
            request.read()  # so that a middleware finds the body in `request.content`
        if self.cookies is not None and "cookie" not in headers:
            self.cookies.set_cookie_header(request)
        return request

    @property
    def replayable(self) -> bool:
        """Whether another attempt would send the same bytes, or none were read yet."""
        return self.body is None or self.body.replayable or not self.body.started
