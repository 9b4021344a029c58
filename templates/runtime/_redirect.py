"""Redirects: followed here rather than by the HTTP library, which knows only `Authorization` as a credential."""

from __future__ import annotations

import dataclasses

from ._headers import HeaderSet
from ._http import httpx
from ._request import PreparedRequest
from ._urls import has_host, same_origin

__all__ = ["follow", "public_headers"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What another origin may see; everything else can hold a credential or tell about the caller.
_PUBLIC = frozenset({"accept", "accept-encoding", "accept-language", "connection", "content-type", "user-agent"})
_BODY_HEADERS = ("content-type", "content-length", "transfer-encoding", "content-encoding")


def public_headers(headers: HeaderSet) -> HeaderSet:
    """The headers that may go to another origin."""
    kept = HeaderSet()
    kept.update({name: value for name, value in headers.items() if name.lower() in _PUBLIC})
    return kept


def follow(prepared: PreparedRequest, response: httpx.Response) -> PreparedRequest | None:
    """The request that a redirect asks for; None if it is not one, or must not be followed.

    Not followed: a `Location` that is missing or broken, a scheme other than HTTP, a body that would go to another
    origin or cannot be sent twice, and the sixth redirect of one call. 303 becomes GET, and so does a POST after 301
    and 302 (RFC 9110, section 15.4).
    """
    if response.status_code not in _REDIRECTS or prepared.hops.left <= 0:
        return None
    location = response.headers.get("location")
    if location is None:
        return None
    try:
        target = prepared.url.join(location)
        known = same_origin(prepared.url, target)
    except (httpx.InvalidURL, ValueError):
        return None
    if target.scheme not in {"http", "https"} or not has_host(target):
        return None
    if not target.fragment and prepared.url.fragment:
        target = target.copy_with(fragment=prepared.url.fragment)
    method = _method(prepared.method, response.status_code)
    body = prepared.body if method == prepared.method else None
    if body is not None and not (known and body.replayable):
        return None
    prepared.hops.left -= 1
    headers = prepared.headers.copy()
    if body is None:
        for name in _BODY_HEADERS:
            headers.pop(name)
    if not known:
        headers = public_headers(headers)
    return dataclasses.replace(
        prepared,
        method=method,
        url=target if known else target.copy_with(userinfo=b""),
        headers=headers,
        body=body,
        cookies=prepared.cookies if known else None,
        foreign=prepared.foreign or not known,
        template=None,
    )


def _method(method: str, status: int) -> str:
    if (status == 303 and method != "HEAD") or (status in {301, 302} and method == "POST"):
        return "GET"
    return method
