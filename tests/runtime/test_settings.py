"""Settings of clients: what is refused, what a copy takes over, and what a resource gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from loopback import Server, reply
from sdk_runtime._auth import APIKey, BasicAuth, BearerToken, Credential
from sdk_runtime._base_client import AsyncAPIClient, SyncAPIClient, make_request_options
from sdk_runtime._exceptions import SDKError
from sdk_runtime._http import httpx
from sdk_runtime._oauth import OAuth2ClientCredentials
from sdk_runtime._resource import AsyncAPIResource, SyncAPIResource
from sdk_runtime._types import Timeout

Drive = Any


def client(**options: Any) -> SyncAPIClient:
    return SyncAPIClient(**{"version": "1", "base_url": "https://api.example.com", **options})


@pytest.mark.parametrize("url", ["api.example.com", "/v1", "ftp://api.example.com", "https://", ""])
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="base_url must start with http:// or https:// and name a host"):
        client(base_url=url)


def test_negative_retries_are_refused_in_both_places(drive: Drive, server: Server) -> None:
    with pytest.raises(ValueError, match="pass 0 to turn retries off"):
        client(max_retries=-1)
    with pytest.raises(ValueError, match="pass 0 to turn retries off"):
        drive(lambda made: made.get("/x", cast_to=object, options={"max_retries": -1}))
    assert server.heard == []


@pytest.mark.parametrize("kind", [SyncAPIClient, AsyncAPIClient])
def test_an_http_client_of_another_kind_is_refused(kind: Any) -> None:
    wrong = httpx.AsyncClient() if kind is SyncAPIClient else httpx.Client()
    with pytest.raises(TypeError, match="`http_client` must be a `httpx2"):
        kind(version="1", base_url="https://api.example.com", http_client=wrong)


def test_headers_and_query_of_a_copy_are_added_or_replaced() -> None:
    made = client(custom_headers={"A": "1"}, custom_query={"a": 1})
    assert made._copied_headers(None, None) == {"A": "1"}
    assert made._copied_headers({"B": "2"}, None) == {"A": "1", "B": "2"}
    assert made._copied_headers(None, {"B": "2"}) == {"B": "2"}
    assert made._copied_query({"b": 2}, None) == {"a": 1, "b": 2}
    assert made._copied_query(None, {}) == {}
    with pytest.raises(ValueError, match="`set_default_headers` exclude each other"):
        made._copied_headers({}, {})
    with pytest.raises(ValueError, match="`set_default_query` exclude each other"):
        made._copied_query({}, {})


def test_the_headers_of_the_credentials_can_be_looked_at() -> None:
    class Secured(SyncAPIClient):
        default_security = (("basic",), ("key",))

        @property
        def auth_schemes(self) -> Mapping[str, Credential]:
            return {"basic": BasicAuth("u", None), "key": APIKey("header", "X-Key", "k")}

    class Fetching(Secured):
        @property
        def auth_schemes(self) -> Mapping[str, Credential]:
            return {"basic": OAuth2ClientCredentials("https://auth.example.com", "id", "secret")}

    made = {"version": "1", "base_url": "https://api.example.com"}
    assert client().auth_headers == {}
    assert Secured(**made).auth_headers == {"X-Key": "k"}  # type: ignore[arg-type] # strings
    with pytest.raises(SDKError, match=r"A token of https://auth\.example\.com is fetched only when a request is sent"):
        _ = Fetching(**made).auth_headers  # type: ignore[arg-type] # strings


def test_a_bearer_function_is_asked_each_time_and_must_answer(drive: Drive, server: Server) -> None:
    auth = drive.module("_auth")
    tokens = iter(["one", "two", ""])

    class Secured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        default_security = (("bearer",),)

        @property
        def auth_schemes(self) -> Mapping[str, Any]:
            return {"bearer": auth.BearerToken(lambda: next(tokens))}

    def get(made: Any) -> Any:
        return made.get("/x", cast_to=object)

    with pytest.raises(drive.module("_exceptions").SDKError, match="returned nothing"):
        drive(get, get, get, client=Secured)
    assert [heard.headers["authorization"] for heard in server.heard] == ["Bearer one", "Bearer two"]


def test_an_asynchronous_token_function_needs_the_asynchronous_client(drive: Drive, server: Server) -> None:
    auth = drive.module("_auth")

    async def token() -> str:
        return "late"

    class Secured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        default_security = (("bearer",),)

        @property
        def auth_schemes(self) -> Mapping[str, Any]:
            return {"bearer": auth.BearerToken(token)}

    if drive.kind == "async":
        drive(lambda made: made.get("/x", cast_to=object), client=Secured)
        assert server.last.headers["authorization"] == "Bearer late"
    else:
        with pytest.raises(drive.module("_exceptions").SDKError, match="use the asynchronous client"):
            drive(lambda made: made.get("/x", cast_to=object), client=Secured)


def test_credentials_are_satisfied_by_what_they_need() -> None:
    needs: list[tuple[Credential, bool]] = [
        (BearerToken(""), False),
        (BearerToken("t"), True),
        (BasicAuth("u", ""), True),
        (BasicAuth("", "p"), False),
        (APIKey("query", "key", None), False),
        (OAuth2ClientCredentials("https://x", "id", None), False),
    ]
    assert [credential.satisfied for credential, _ in needs] == [expected for _, expected in needs]
    assert {repr(credential).partition("(")[2] for credential, _ in needs} == {"given)", "missing)"}


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_a_resource_has_the_verbs_of_its_client(kind: str) -> None:
    made: Any = (SyncAPIClient if kind == "sync" else AsyncAPIClient)(version="1", base_url="https://api.example.com")
    resource: Any = (SyncAPIResource if kind == "sync" else AsyncAPIResource)(made)
    verbs = ["get", "post", "put", "patch", "delete", "send_request", "get_api_list"]
    assert [getattr(resource, f"_{verb}") for verb in verbs] == [getattr(made, verb) for verb in verbs]
    assert resource._client is made


def test_options_hold_everything_that_was_given() -> None:
    def parse(value: Any) -> Any:
        return value

    assert make_request_options(
        query={"a": 1, "b": 1},
        extra_query={"b": 2},
        headers={"A": 1, "B": "1", "C": None},
        extra_headers={"b": "2"},
        cookies={"c": "d"},
        extra_body={"e": 1},
        idempotency_key="k",
        timeout=Timeout(3),
        max_retries=4,
        content_type="text/csv",
        security=(),
        errors={"404": dict},
        post_parser=parse,
    ) == {
        "params": {"a": 1, "b": 2},
        "headers": {"A": "1", "b": "2"},
        "cookies": {"c": "d"},
        "extra_json": {"e": 1},
        "idempotency_key": "k",
        "timeout": Timeout(3),
        "max_retries": 4,
        "content_type": "text/csv",
        "security": (),
        "errors": {"404": dict},
        "post_parser": parse,
    }


def test_a_parser_of_the_operation_unwraps_the_result(drive: Drive, server: Server) -> None:
    server.answers(reply({"data": {"id": 1}}))
    options = {"post_parser": lambda body: body["data"]}
    assert drive(lambda made: made.get("/x", cast_to=object, options=options)) == {"id": 1}


def test_a_streams_header_says_what_is_wanted(drive: Drive, server: Server) -> None:
    streaming = drive.module("_streaming")
    cls = streaming.AsyncStream if drive.kind == "async" else streaming.Stream
    drive(lambda made: made.get("/x", cast_to=object, stream=True, stream_cls=cls[object]))
    assert server.last.headers["accept"] == "text/event-stream"
