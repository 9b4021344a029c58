"""Credentials: which apply, where they go, and that nothing shows them (THREATS.md, R2)."""

from __future__ import annotations

import base64
import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from loopback import Connection, Heard, Server, raw, reply, reset

Drive = Any
SECRET = "sk-very-secret-value"
BASIC = base64.b64encode(f"user:{SECRET}".encode()).decode()


def get(path: str = "/x", **arguments: Any) -> Callable[[Any], Any]:
    return lambda client: client.get(path, **{"cast_to": object, **arguments})


def secured(drive: Drive, *, security: Any = (("only",),), required: bool = False, **schemes: Any) -> type[Any]:
    """A client with these schemes."""

    class Secured(drive.client_class()):  # type: ignore[misc] # chosen at run time
        default_security = security
        auth_required = required

        @property
        def auth_schemes(self) -> Mapping[str, Any]:
            return schemes

    return Secured


def positions(drive: Drive) -> dict[str, Any]:
    auth = drive.module("_auth")
    return {
        "bearer": auth.BearerToken(SECRET),
        "bearer function": auth.BearerToken(lambda: SECRET),
        "basic": auth.BasicAuth("user", SECRET),
        "header": auth.APIKey("header", "X-Weird-Name", SECRET),
        "query": auth.APIKey("query", "weird", SECRET),
        "cookie": auth.APIKey("cookie", "weird", SECRET),
    }


PLACES = ["bearer", "bearer function", "basic", "header", "query", "cookie"]


@pytest.mark.parametrize("place", PLACES)
def test_each_credential_is_sent_in_its_place(drive: Drive, server: Server, place: str) -> None:
    drive(get("/x", options={"params": {"a": 1}}), client=secured(drive, only=positions(drive)[place]))
    headers = server.last.headers
    sent = {
        "bearer": headers.get("authorization") == f"Bearer {SECRET}",
        "bearer function": headers.get("authorization") == f"Bearer {SECRET}",
        "basic": headers.get("authorization") == f"Basic {BASIC}",
        "header": headers.get("x-weird-name") == SECRET,
        "query": server.last.query == f"a=1&weird={SECRET}",
        "cookie": headers.get("cookie") == f"weird={SECRET}",
    }
    assert sent[place]
    assert sum(SECRET in text or BASIC in text for text in (str(headers), server.last.query)) == 1


@pytest.mark.parametrize("place", PLACES)
def test_no_error_shows_a_credential_in_any_way(
    drive: Drive, server: Server, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def echo(connection: Connection, heard: Heard) -> None:
        body = {"error": {"message": f"bad key {SECRET}"}, "key": [SECRET, heard.headers.get("authorization")]}
        reply(body, 401, [("Set-Cookie", f"session={SECRET}")])(connection, heard)

    shown: list[str] = []
    for answer in (echo, reset):
        server.answers(answer)
        with pytest.raises(drive.module("_exceptions").APIError) as raised:
            drive(get(), client=secured(drive, only=positions(drive)[place]), max_retries=1)
        error = raised.value
        chain = [error, error.__cause__, error.__context__]
        shown += [f"{each} {each!r} {getattr(each, '__dict__', '')}" for each in chain]
        shown += ["".join(traceback.format_exception(error)), str(dict(error.request.headers)), str(error.request.url)]
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error) and str(again) == str(error)
        shown += [pickle.dumps(error).decode("latin-1"), str(vars(again)), str(vars(copy.copy(error)))]
        response = getattr(error, "response", None)
        shown += [str(response.request.headers)] if response is not None else []
    shown += [record.getMessage() for record in caplog.records]
    assert not [text for text in shown if SECRET in text or BASIC in text]


def test_an_echo_of_a_header_that_the_user_set_is_masked_too(drive: Drive, server: Server) -> None:
    server.answers(reply({"message": f"bad {SECRET}"}, 403))
    with pytest.raises(drive.module("_exceptions").PermissionDeniedError) as raised:
        drive(get(), custom_headers={"My-Api-Key": SECRET})
    assert SECRET not in f"{raised.value}{raised.value.body}{pickle.dumps(raised.value).decode('latin-1')}"


def test_the_client_and_its_parts_show_no_credential(drive: Drive, server: Server) -> None:
    def look(client: Any) -> str:
        return f"{client!r}{client.auth_schemes!r}{client.base_url!r}"

    for place in PLACES:
        cls = secured(drive, only=positions(drive)[place])
        assert SECRET not in drive(look, client=cls, base_url=f"http://user:{SECRET}@127.0.0.1/")
        with pytest.raises(TypeError, match="does not pickle"):
            pickle.dumps(positions(drive)[place])


def test_the_first_complete_alternative_applies(drive: Drive, server: Server) -> None:
    auth = drive.module("_auth")
    schemes = {
        "bearer": auth.BearerToken(None),
        "basic": auth.BasicAuth("u", None),
        "key": auth.APIKey("header", "X-Key", "k"),
        "app": auth.APIKey("header", "X-App", "a"),
    }
    both = (("bearer",), ("basic", "key"), ("key", "app"), ("key",))
    drive(get(), client=secured(drive, security=both, **schemes))
    assert (server.last.headers["x-key"], server.last.headers["x-app"]) == ("k", "a")
    assert "authorization" not in server.last.headers


def test_an_operation_states_its_own_security(drive: Drive, server: Server) -> None:
    auth = drive.module("_auth")
    cls = secured(drive, security=(("bearer",),), bearer=auth.BearerToken("t"), key=auth.APIKey("header", "X-Key", "k"))
    drive(get(options={"security": (("key",),)}), get(options={"security": ()}), get(), client=cls)
    first, second, third = server.heard
    assert ("x-key" in first.headers, "authorization" in first.headers) == (True, False)
    assert ("x-key" in second.headers, "authorization" in second.headers) == (False, False)
    assert third.headers["authorization"] == "Bearer t"


def test_without_credentials_the_server_decides_unless_the_client_must_have_them(drive: Drive, server: Server) -> None:
    missing = drive.module("_auth").BearerToken(None)
    drive(get(), client=secured(drive, only=missing))
    assert "authorization" not in server.last.headers
    with pytest.raises(drive.module("_exceptions").SDKError, match="needs credentials: only"):
        drive(get(), client=secured(drive, only=missing, required=True))
    assert len(server.heard) == 1


def test_a_header_of_the_caller_replaces_the_credential_or_takes_it_away(drive: Drive, server: Server) -> None:
    cls = secured(drive, only=drive.module("_auth").BearerToken("t"))
    drive(get(options={"headers": {"authorization": "Custom 1"}}), client=cls)
    assert server.last.headers["authorization"] == "Custom 1"
    drive(get(options={"headers": {"Authorization": drive.module("_types").omit}}), client=cls)
    assert "authorization" not in server.last.headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_origin_carries_no_credential(drive: Drive, server: Server, status: int) -> None:
    with Server() as other:
        server.answers(reply(b"", status, [("Location", f"http://localhost:{other.port}/y?a=1")]))
        other.answers(reply({"there": True}))
        for place in PLACES:
            cls = secured(drive, only=positions(drive)[place])
            options = {"headers": {"X-Custom": SECRET}, "cookies": {"c": SECRET}}
            assert drive(get(options=options), client=cls, custom_headers={"My-Key": SECRET}) == {"there": True}
            assert SECRET not in str(other.last) and BASIC not in str(other.last)
            assert other.last.target == "/y?a=1"


def test_a_redirect_on_the_same_origin_keeps_credentials(drive: Drive, server: Server) -> None:
    server.answers(reply(b"", 307, [("Location", "/y")]), reply({}))
    drive(
        lambda client: client.post("/x", cast_to=object, body={"a": 1}),
        client=secured(drive, only=drive.module("_auth").BearerToken("t")),
    )
    assert server.last.path == "/y" and server.last.body == b'{"a":1}'
    assert server.last.headers["authorization"] == "Bearer t"


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_never_carries_a_body_to_another_origin(drive: Drive, server: Server, status: int) -> None:
    with Server() as other:
        server.answers(reply(b"", status, [("Location", other.url.replace("127.0.0.1", "localhost"))]))
        with pytest.raises(drive.module("_exceptions").APIStatusError) as raised:
            drive(lambda client: client.post("/x", cast_to=object, body={"private": 1}))
        assert raised.value.status_code == status
        assert other.heard == []


def test_after_303_a_post_becomes_a_get_without_body(drive: Drive, server: Server) -> None:
    server.answers(reply(b"", 303, [("Location", "y")]), reply({}))
    drive(lambda client: client.post("/a/x", cast_to=object, body={"a": 1}))
    heard = server.last
    assert (heard.method, heard.path, heard.body) == ("GET", "/a/y", b"")
    assert "content-type" not in heard.headers


def test_a_next_page_on_another_origin_gets_no_credential(drive: Drive, server: Server) -> None:
    with Server() as other:
        cls = secured(drive, only=drive.module("_auth").BearerToken(SECRET))
        url = f"http://localhost:{other.port}/page"
        drive(get(url), client=cls, custom_headers={"My-Key": SECRET}, custom_query={"key": SECRET})
        assert SECRET not in str(other.last)


def test_cookies_of_a_server_are_not_kept(drive: Drive, server: Server) -> None:
    server.answers(reply({}, headers=[("Set-Cookie", "session=tenant-a")]))
    drive(get(), get())
    assert "cookie" not in server.last.headers


def oauth(drive: Drive, server: Server) -> Any:
    credentials = drive.module("_oauth").OAuth2ClientCredentials
    return secured(drive, only=credentials(f"{server.url}/token", "id", SECRET, ("read", "write")))


def token_server(server: Server, lifetime: float = 3600) -> None:
    def answer(connection: Connection, heard: Heard) -> None:
        if heard.path == "/token":
            tokens = sum(each.path == "/token" for each in server.heard)
            reply({"access_token": f"token-{tokens}", "expires_in": lifetime})(connection, heard)
        elif heard.path == "/refused" and heard.headers["authorization"] == "Bearer token-1":
            reply({}, 401)(connection, heard)
        else:
            reply({"auth": heard.headers["authorization"]})(connection, heard)

    server.answers(answer)


def test_client_credentials_fetch_one_token_for_many_calls(drive: Drive, server: Server) -> None:
    token_server(server)
    assert drive(get(), get(), client=oauth(drive, server)) == {"auth": "Bearer token-1"}
    fetched = [heard for heard in server.heard if heard.path == "/token"]
    assert len(fetched) == 1
    assert fetched[0].body == b"grant_type=client_credentials&scope=read+write"
    assert base64.b64decode(fetched[0].headers["authorization"].removeprefix("Basic ")).decode() == f"id:{SECRET}"


def test_a_token_that_ran_out_or_was_refused_is_renewed(drive: Drive, server: Server) -> None:
    token_server(server, lifetime=0)
    assert drive(get(), get(), client=oauth(drive, server)) == {"auth": "Bearer token-2"}
    server.heard.clear()
    token_server(server)
    assert drive(get("/refused"), client=oauth(drive, server)) == {"auth": "Bearer token-2"}


def test_an_upload_with_a_renewed_token_sends_the_same_body(drive: Drive, server: Server) -> None:
    token_server(server)
    options = {"content_type": "multipart/form-data"}
    found = drive(
        lambda client: client.post("/refused", cast_to=object, body={"a": "1"}, files={"f": b"x"}, options=options),
        client=oauth(drive, server),
    )
    assert found == {"auth": "Bearer token-2"}
    refused, accepted = (heard for heard in server.heard if heard.path == "/refused")
    assert refused.body == accepted.body
    boundary = accepted.headers["content-type"].partition("boundary=")[2]
    assert accepted.body.startswith(f"--{boundary}".encode())


def test_a_token_server_that_fails_for_a_moment_is_asked_again(drive: Drive, server: Server) -> None:
    server.answers(reply({}, 503), reset, reply({"access_token": "t"}), reply({"ok": 1}))
    assert drive(get(), client=oauth(drive, server)) == {"ok": 1}
    assert [heard.path for heard in server.heard] == ["/token", "/token", "/token", "/x"]
    server.answers(reply({}, 503))
    with pytest.raises(drive.module("_exceptions").InternalServerError):
        drive(get(), client=oauth(drive, server), max_retries=1)
    assert len(server.heard) == 6


def test_a_refusal_of_the_token_server_shows_neither_secret_nor_token(drive: Drive, server: Server) -> None:
    server.answers(reply({"error": "invalid_client", "access_token": SECRET}, 401))
    with pytest.raises(drive.module("_exceptions").AuthenticationError, match="invalid_client") as raised:
        drive(get(), client=oauth(drive, server))
    shown = f"{raised.value!r}{vars(raised.value)}{''.join(traceback.format_exception(raised.value))}"
    shown += pickle.dumps(raised.value).decode("latin-1")
    assert SECRET not in shown and base64.b64encode(f"id:{SECRET}".encode()).decode() not in shown


def test_log_lines_have_no_query_values_and_no_bodies(
    drive: Drive, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.answers(reply({}, 503), reply({"answer": "private"}, headers=[("x-request-id", "req_1")]))
    options = {"params": {"q": "private"}}
    drive(lambda client: client.post("/x", cast_to=object, body={"text": "private"}, options=options))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("sdk_runtime")]
    assert ours[-1].startswith("POST http://127.0.0.1:") and ours[-1].endswith("/x?... -> 200 (request id req_1)")
    assert any(line.startswith("Retrying POST") for line in ours)
    assert "private" not in json.dumps([record.getMessage() for record in caplog.records])


def test_a_token_response_that_is_too_large_is_no_token(drive: Drive, server: Server) -> None:
    def endless(connection: Connection, heard: Heard) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(10_000):
            connection.send(b"10000\r\n" + b" " * 0x10000 + b"\r\n")

    server.answers(endless)
    with pytest.raises(drive.module("_exceptions").SDKError, match="larger than 65536 bytes, so it is no token"):
        drive(get(), client=oauth(drive, server))
    assert len(server.heard) == 1


@pytest.mark.parametrize("password", ["", "p%40ss-w%C3%B6rd"])
def test_user_info_of_the_base_url_is_basic_authentication(drive: Drive, server: Server, password: str) -> None:
    url = server.url.replace("http://", f"http://user:{password}@")
    drive(get(), base_url=url)
    expected = "user:" + ("p@ss-wörd" if password else "")
    assert base64.b64decode(server.last.headers["authorization"].removeprefix("Basic ")).decode() == expected
    assert server.last.headers["host"] == f"127.0.0.1:{server.port}"


def test_a_credential_takes_the_place_of_the_user_info(drive: Drive, server: Server) -> None:
    url = server.url.replace("http://", f"http://user:{SECRET}@")
    drive(get(), base_url=url, client=secured(drive, only=drive.module("_auth").BearerToken("t")))
    assert server.last.headers["authorization"] == "Bearer t"
    key = drive.module("_auth").APIKey("header", "X-Key", "k")
    drive(get(), base_url=url, client=secured(drive, only=key))
    assert (server.last.headers["x-key"], server.last.headers["authorization"]) == ("k", f"Basic {BASIC}")


def test_user_info_stays_on_its_origin_and_out_of_errors(drive: Drive, server: Server) -> None:
    url = server.url.replace("http://", f"http://user:{SECRET}@")
    with Server([reply({"message": f"no {SECRET}"}, 403)]) as other:
        server.answers(reply(b"", 302, [("Location", f"http://localhost:{other.port}/")]), reply({"k": SECRET}, 403))
        for _ in range(2):
            with pytest.raises(drive.module("_exceptions").PermissionDeniedError) as raised:
                drive(get(), base_url=url)
            shown = f"{raised.value}{vars(raised.value)}{raised.value.request.url}{dict(raised.value.request.headers)}"
            assert SECRET not in shown and BASIC not in shown
        assert "authorization" not in other.last.headers


AWKWARD = "s3cret/Va lue+x=="


@pytest.mark.parametrize(
    "written",
    [
        quote(AWKWARD),
        quote(AWKWARD, safe=""),
        quote(AWKWARD, safe="").replace("%2F", "%2f").replace("%2B", "%2b").replace("%3D", "%3d"),
        quote_plus(AWKWARD),
        json.dumps(AWKWARD)[1:-1].replace("/", "\\/"),
        AWKWARD.replace("3", "\\u0033"),
    ],
    ids=["path", "percent", "lower percent", "form", "slash", "escape"],
)
@pytest.mark.parametrize("status", [200, 400])
def test_an_echo_in_another_spelling_is_masked(drive: Drive, server: Server, written: str, status: int) -> None:
    body = f'{{"message": "bad {written}", "{written}": ["{written}"]}}'.encode()
    server.answers(reply(body, status, [("Content-Type", "application/json")]))
    error = drive.module("_exceptions").APIError
    with pytest.raises(error) as raised:
        drive(
            lambda client: client.get("/x", cast_to=list[int]),
            custom_headers={"X-Api-Key": AWKWARD},
            _strict_response_validation=True,
        )
    again = pickle.loads(pickle.dumps(raised.value))
    for shown in (raised.value.body, str(raised.value), again.body, again.response.json(), again.response.text):
        assert AWKWARD not in str(shown) and written not in str(shown)


@pytest.mark.parametrize("place", ["query", "header", "cookie", "bearer"])
@pytest.mark.parametrize("fault", ["status", "reset", "garbage"])
def test_no_local_variable_of_any_frame_shows_a_credential_of_the_client(
    drive: Drive, server: Server, place: str, fault: str
) -> None:
    auth = drive.module("_auth")
    server.answers({"status": reply({}, 400), "reset": reset, "garbage": raw(b"garbage\r\n\r\n")}[fault])

    credential = auth.BearerToken(SECRET) if place == "bearer" else auth.APIKey(place, "own", SECRET)
    with pytest.raises(drive.module("_exceptions").APIError) as raised:
        drive(get(), client=secured(drive, only=credential), max_retries=0, custom_headers={"X-Own": SECRET})
    report: Any = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    shown: list[str] = []
    while report is not None:
        frames = [frame for frame in report.stack if "tests" not in Path(frame.filename).parts]
        shown += [f"{frame.name}: {text}" for frame in frames for text in (frame.locals or {}).values()]
        shown.append(str(report))
        report = report.__cause__ or report.__context__
    assert shown and [text for text in shown if SECRET in text] == []


def test_an_alternative_that_is_given_in_part_says_what_is_missing(drive: Drive, server: Server) -> None:
    auth = drive.module("_auth")

    def with_given(*given: str) -> type[Any]:
        names = {"bearer": "Authorization", "key": "X-Key", "secret": "X-Secret"}
        schemes = {name: auth.APIKey("header", at, SECRET if name in given else None) for name, at in names.items()}
        return secured(drive, security=(("bearer",), ("key", "secret")), **schemes)

    expected = "This call needs more credentials: secret together with key, which is given. Pass them to the client"
    with pytest.raises(drive.module("_exceptions").SDKError, match=expected):
        drive(get(), client=with_given("key"))
    assert server.heard == []
    for names, sent in [((), []), (("bearer", "key"), ["authorization"]), (("key", "secret"), ["x-key", "x-secret"])]:
        drive(get(), client=with_given(*names))
        assert [name for name in ("authorization", "x-key", "x-secret") if name in server.last.headers] == sent


def test_the_cookies_of_the_http_client_go_along_with_those_of_the_call(drive: Drive, server: Server) -> None:
    auth, base = drive.module("_auth"), drive.module("_http").httpx

    http = (base.AsyncClient if drive.kind == "async" else base.Client)(cookies={"session": "s", "a": "jar"})
    calls = [get(options={"cookies": {"a": "call", "b": "2"}}), get(options={"headers": {"Cookie": "only=this"}})]
    drive(*calls, client=secured(drive, only=auth.APIKey("cookie", "key", "k")), http_client=http)
    first, second = (heard.headers["cookie"] for heard in server.heard)
    assert sorted(first.split("; ")) == ["a=call", "b=2", "key=k", "session=s"]
    assert second == "only=this"
