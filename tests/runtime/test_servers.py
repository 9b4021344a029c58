"""Operations with a server of their own: when its credentials are meant for it, and when they stay at home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from loopback import Server, reply
from sdk_runtime._http import httpx
from sdk_runtime._urls import is_named

Drive = Any
SECRET = "sk-very-secret-value"


@pytest.fixture
def uploads(server: Server) -> Iterator[Server]:
    """The server of one operation, reached by another host name."""
    with Server([reply({"up": 1})]) as other:
        yield other


def url(server: Server, host: str = "localhost") -> str:
    return server.url.replace("127.0.0.1", host)


def secured(drive: Drive, *servers: str) -> Any:
    """A client of a document that names these servers."""
    auth = drive.module("_auth")

    class Secured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        default_security = (("bearer", "query", "cookie"),)
        _servers = servers

        @property
        def auth_schemes(self) -> Mapping[str, Any]:
            return {
                "bearer": auth.BearerToken(SECRET),
                "query": auth.APIKey("query", "key", SECRET),
                "cookie": auth.APIKey("cookie", "key", SECRET),
            }

    return Secured


def test_a_server_that_the_document_names_gets_the_credentials(drive: Drive, server: Server, uploads: Server) -> None:
    client = secured(drive, f"{server.url}/v1", f"{url(uploads)}/v1")
    assert drive(
        lambda made: made.post(f"{url(uploads)}/v1/files", cast_to=object, body={"a": 1}),
        client=client,
        custom_headers={"My-Key": SECRET},
    ) == {"up": 1}
    assert (uploads.last.target, uploads.last.body) == (f"/v1/files?key={SECRET}", b'{"a":1}')
    assert uploads.last.headers["authorization"] == f"Bearer {SECRET}"
    assert (uploads.last.headers["cookie"], uploads.last.headers["my-key"]) == (f"key={SECRET}", SECRET)


def test_a_key_for_a_gateway_stays_with_the_gateway(drive: Drive, server: Server, uploads: Server) -> None:
    client = secured(drive, "https://api.example.com", url(uploads))  # but the client points to `server`
    drive(lambda made: made.get(f"{url(uploads)}/x", cast_to=object), client=client)
    assert SECRET not in str(uploads.last)


def test_a_server_that_the_document_does_not_name_gets_nothing(drive: Drive, server: Server, uploads: Server) -> None:
    client = secured(drive, server.url, "https://uploads.example.com")
    drive(lambda made: made.get(f"{url(uploads)}/x", cast_to=object), client=client)
    assert SECRET not in str(uploads.last)


def test_user_info_of_the_base_url_stays_with_its_host(drive: Drive, server: Server, uploads: Server) -> None:
    class Named(drive.client_class()):  # type: ignore[misc] # chosen at run time
        _servers = (server.url, url(uploads))

    base = server.url.replace("http://", f"http://user:{SECRET}@")
    drive(
        lambda made: made.get("/x", cast_to=object),
        lambda made: made.get(f"{url(uploads)}/x", cast_to=object),
        client=Named,
        base_url=base,
    )
    assert server.last.headers["authorization"].startswith("Basic ") and "authorization" not in uploads.last.headers


def test_a_redirect_does_not_become_trusted_by_leading_to_a_named_server(
    drive: Drive, server: Server, uploads: Server
) -> None:
    client = secured(drive, server.url, url(uploads))
    server.answers(reply(b"", 302, [("Location", f"{url(uploads)}/x")]))
    drive(lambda made: made.get("/x", cast_to=object), client=client)
    assert SECRET in str(server.last) and SECRET not in str(uploads.last)


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("https://api.example.com/v1", "https://up.example.com/x", True),
        ("https://api.example.com:443", "https://up.example.com:443/x", True),
        ("https://api.example.com", "https://up.example.com:8443/x", False),
        ("https://api.example.com", "http://plain.example.com/x", False),
        ("http://plain.example.com", "https://api.example.com/x", True),
        ("https://api.example.com.evil.example", "https://up.example.com/x", False),
        ("https://api.example.com", "https://up.example.com.evil.example/x", False),
        ("https://api.example.com", "https://up.example.com@evil.example/x", False),
    ],
)
def test_both_ends_are_named_and_the_way_is_not_less_safe(base: str, target: str, expected: bool) -> None:
    servers = ("https://api.example.com/v1", "https://up.example.com", "http://plain.example.com")
    assert is_named(httpx.URL(base), httpx.URL(target), servers) is expected
