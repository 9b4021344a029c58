"""Where a call goes: the base URL taken apart, the URL of one call, and what counts as another origin."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ._auth import BasicAuth
from ._http import httpx
from ._qs import Querystring
from ._utils._path import refuse_dot_segments

__all__ = ["BaseURL", "has_host", "is_absolute", "is_named", "origin", "same_origin"]

_PORTS = {"http": 80, "https": 443}


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Scheme, host and port of a URL (RFC 6454)."""
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme)


def same_origin(base: httpx.URL, target: httpx.URL) -> bool:
    """Whether credentials for `base` may go to `target`: the same origin, or the same host moved up to TLS."""
    if origin(base) == origin(target):
        return True
    return origin(base) == ("http", target.host, 80) and origin(target) == ("https", base.host, 443)


def is_named(base: httpx.URL, target: httpx.URL, servers: Iterable[str]) -> bool:
    """Whether a document whose servers are `servers` names both ends, and the target is not less safe than the base.

    Then credentials for `base` are meant for `target` too. A client that points elsewhere, to a gateway or a test
    server, has credentials for that place, which no server of the document should see.
    """
    named = {origin(httpx.URL(url)) for url in servers}
    return origin(base) in named and origin(target) in named and (base.scheme, target.scheme) != ("https", "http")


def is_absolute(url: str) -> bool:
    """Whether a call names a whole URL instead of a path below the base URL."""
    return url.startswith(("https://", "http://"))


def has_host(url: httpx.URL) -> bool:
    """Whether a URL names a host that can be looked up at all (RFC 1035, section 2.3.4)."""
    name = url.raw_host.decode("ascii").removesuffix(".")
    return len(name) < 254 and all(0 < len(label) < 64 for label in name.split("."))


@dataclass(frozen=True, slots=True)
class BaseURL:
    """Where paths start. `prefix` goes before each path and `query` before each query; `auth` is its user info."""

    url: httpx.URL = field(repr=False)
    prefix: str
    query: str = field(repr=False)
    auth: tuple[BasicAuth, ...]

    @classmethod
    def of(cls, url: str | httpx.URL) -> BaseURL:
        """Take a base URL apart. Raises ValueError for anything but an absolute HTTP URL."""
        try:
            parsed = httpx.URL(url)
        except (httpx.InvalidURL, TypeError) as error:
            raise ValueError(f"base_url is no URL: {error}") from None
        if parsed.scheme not in _PORTS or not has_host(parsed):
            raise ValueError("base_url must start with http:// or https:// and name a host")
        path, _, query = parsed.raw_path.decode("ascii").partition("?")
        prefix = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}{path.rstrip('/')}"
        auth = (BasicAuth(parsed.username, parsed.password),) if parsed.userinfo else ()
        return cls(parsed, prefix, query, auth)

    def join(self, target: str, params: Mapping[str, object], qs: Querystring, *, secret: bool) -> httpx.URL:
        """The URL of one call: `target` is a path or a whole URL, whose own query gives way to `params`.

        `secret` keeps the URL out of the cache, since a credential is in its query. Raises ValueError for a path with
        a dot segment or a control character, and for a URL that is too long.
        """
        path, _, query = target.partition("?")
        refuse_dot_segments(path)
        if not is_absolute(path):
            path = f"{self.prefix}{path if path.startswith('/') or not path else f'/{path}'}"
            query = "&".join(part for part in (self.query, query) if part)
        if params:
            if query:
                query = _without(query, params)
            written = qs.stringify(params)
            query = f"{query}&{written}" if query and written else query or written
        text = f"{path}?{query}" if query else path
        try:
            return httpx.URL(text) if secret else _parsed(text)
        except httpx.InvalidURL as error:  # which says what is wrong with it, and does not repeat it
            reason = str(error)
        raise ValueError(f"The call cannot be sent: {reason}")


@functools.lru_cache(maxsize=128)
def _parsed(text: str) -> httpx.URL:
    """Parsing takes a good part of a small call, and most programs call the same few URLs."""
    return httpx.URL(text)


def _without(query: str, params: Mapping[str, object]) -> str:
    """The query without the parameters that are set again."""
    return "&".join(part for part in query.split("&") if part.split("=", 1)[0] not in params)
