"""R2: credentials stay on their origin, redirects carry no body elsewhere, and nothing shows a secret."""

from __future__ import annotations

import base64
import copy
import json
import logging
import pickle
import traceback
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest
from runtime.loopback import Connection, Heard, Server, raw, reply, reset

from features.kit import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from features.kit import Kit

pytestmark = pytest.mark.anyio

SECRET = "s3cret/Valü".replace("ü", "u") + "-0123456789"
FORMS = (SECRET, base64.b64encode(f"ada:{SECRET}".encode()).decode(), "s3cret%2FValu")
Gate = tuple[dict[str, Any], "Callable[[Any], Any]"]


def gate(name: str, **arguments: Any) -> Callable[[Any], Any]:
    """A call through a gate."""
    return lambda client: getattr(client.gates, name)(**arguments)


def positions(kit: Kit) -> dict[str, Gate]:
    """Where a secret can be: the options of a client, and a call that sends it."""
    http = kit.pick(kit.top.DefaultHttpxClient, kit.top.DefaultAsyncHttpxClient)
    return {
        "bearer": ({"token": SECRET}, gate("token")),
        "basic": ({"username": "ada", "password": SECRET}, gate("basic")),
        "header": ({"header_key": SECRET}, gate("header")),
        "query": ({"query_key": SECRET}, gate("query")),
        "cookie": ({"cookie_key": SECRET}, gate("cookie")),
        "both": ({"header_key": SECRET, "cookie_key": SECRET}, gate("both")),
        "default header": ({"default_headers": {"X-Api-Key": SECRET}}, gate("open")),
        "default query": ({"default_query": {"access_token": SECRET}}, gate("open")),
        "header of the call": ({}, gate("open", extra_headers={"Authorization": f"Token {SECRET}"})),
        "query of the call": ({}, gate("open", extra_query={"api_key": SECRET})),
        "cookie of the call": ({}, gate("open", extra_headers={"Cookie": f"session={SECRET}"})),
        "header of the HTTP client": ({"http_client": http(headers={"X-Auth-Token": SECRET})}, gate("open")),
        "cookie of the HTTP client": ({"http_client": http(cookies={"session": SECRET})}, gate("open")),
    }


PLACES = [
    "bearer",
    "basic",
    "header",
    "query",
    "cookie",
    "both",
    "default header",
    "default query",
    "header of the call",
    "query of the call",
    "cookie of the call",
    "header of the HTTP client",
    "cookie of the HTTP client",
]


def seen(text: str) -> list[str]:
    """The forms of the secret that a text holds."""
    return [form for form in FORMS if form in text]


def shown(error: BaseException) -> Iterator[str]:
    """Every way to look at an error."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    for each in chain:
        yield f"{each} {each!r} {each.args!r} {vars(each)!r}"
        response = vars(each).get("response")
        for request in (vars(each).get("request"), vars(each).get("_request"), getattr(response, "request", None)):
            yield f"{request!r} {getattr(request, 'url', '')} {dict(getattr(request, 'headers', {}))}"
        yield repr(response)
    yield "".join(traceback.format_exception(error))
    yield pickle.dumps(error).decode("latin-1")
    yield f"{vars(pickle.loads(pickle.dumps(error)))!r} {vars(copy.copy(error))!r}"


def echo(connection: Connection, heard: Heard) -> None:
    """Refuse, and repeat everything that was sent."""
    target = unquote(heard.target)
    body = {"message": f"bad {target} {heard.headers}", "headers": heard.headers, "target": target}
    reply(body, 401, [("Set-Cookie", f"again={SECRET}")])(connection, heard)


def nonsense(connection: Connection, heard: Heard) -> None:
    """A success that repeats what was sent and is no JSON."""
    reply(f"<p>{heard.headers}</p>".encode(), 200, [("Content-Type", "text/html")])(connection, heard)


FAULTS: dict[str, Callable[[Connection, Heard], None]] = {
    "refused": echo,
    "reset": reset,
    "cut": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nContent-Type: application/json\r\n\r\n{"),
    "no http": raw(b"nonsense\r\n\r\n"),
    "no json": nonsense,
    "redirect in a circle": reply(b"", 307, [("Location", "/gates/again")]),
}


@pytest.mark.parametrize("place", PLACES)
async def test_r2_no_error_log_or_pickle_shows_a_secret(kit: Kit, place: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    options, call = positions(kit)[place]
    with Server() as server:
        client = kit.client(base_url=server.url, max_retries=0, **options)
        for name, fault in FAULTS.items():
            server.answers(fault)
            server.heard.clear()
            with pytest.raises(kit.top.APIError) as raised:
                await kit(call(client))
            assert [seen(text) for text in shown(raised.value) if seen(text)] == [], name
            assert seen(str(server.heard[0])), "the secret was not sent at all"
        assert seen(f"{client!r} {client} {client.auth_schemes!r} {client.base_url!r}") == []
    lines = [f"{record.getMessage()} {record.args!r} {record.exc_text}" for record in caplog.records]
    assert [line for line in lines if seen(line)] == [] and lines


@pytest.mark.parametrize("place", ["bearer", "basic", "header", "query", "cookie", "both"])
async def test_r2_a_traceback_with_local_variables_shows_no_credential_of_the_client(kit: Kit, place: str) -> None:
    options, call = positions(kit)[place]
    with Server() as server:
        client = kit.client(base_url=server.url, max_retries=0, **options)
        for fault in (
            reply({"message": "no"}, 401),
            *(FAULTS[name] for name in ("reset", "cut", "redirect in a circle")),
        ):
            server.answers(fault)
            with pytest.raises(kit.top.APIError) as raised:
                await kit(call(client))
            report = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
            ours = [frame for frame in report.stack if kit.package.name in frame.filename]
            found = [(frame.name, name) for frame in ours for name, text in (frame.locals or {}).items() if seen(text)]
            assert ours and found == []


@pytest.mark.parametrize(
    "written",
    [
        quote(SECRET, safe=""),
        quote(SECRET),
        json.dumps(SECRET)[1:-1].replace("/", "\\/"),
        SECRET.replace("3", "\\u0033"),
    ],
    ids=["percent-encoded", "percent-encoded but for slashes", "escaped slash", "escaped letter"],
)
@pytest.mark.parametrize("place", ["bearer", "query"])
async def test_r2_an_echo_in_another_encoding_is_masked_too(kit: Kit, place: str, written: str) -> None:
    options, call = positions(kit)[place]
    body = f'{{"message": "bad key {written}", "list": ["{written}"]}}'.encode()
    with Server([reply(body, 401, [("Content-Type", "application/json")])]) as server:
        client = kit.client(base_url=server.url, **options)
        with pytest.raises(kit.top.AuthenticationError) as raised:
            await kit(call(client))
    found = [text for text in shown(raised.value) if SECRET in text or written in text or unquote(written) in text]
    assert found == []


async def test_r2_the_office_of_tokens_shows_neither_secret_nor_token(
    kit: Kit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    with Server() as office:
        oauth = kit.module("_oauth").OAuth2ClientCredentials
        kind = kit.pick(kit.top.Harbor, kit.top.AsyncHarbor)
        credential = oauth(f"{office.url}/token", "ada", SECRET, ())
        monkeypatch.setattr(kind, "auth_schemes", property(lambda self: {"service": credential}))
        assert seen(f"{credential!r} {credential}") == []
        client = kit.client(max_retries=0)
        for fault in (echo, reset, nonsense, reply({"access_token": 5, "secret": SECRET}), reply([SECRET])):
            office.answers(fault)
            with pytest.raises(kit.top.HarborError) as raised:
                await kit(client.gates.service())
            assert [seen(text) for text in shown(raised.value) if seen(text)] == []
        office.answers(reply({"access_token": SECRET}))
        kit.harbor.fail(401, 401, body={"message": f"bad {SECRET}"})
        with pytest.raises(kit.top.AuthenticationError) as refused:
            await kit(client.gates.service())
        assert [seen(text) for text in shown(refused.value) if seen(text)] == []
        assert seen(f"{client!r} {client._token_cache!r}") == []
    assert [record for record in caplog.records if seen(f"{record.getMessage()} {record.args!r}")] == []


async def test_r2_user_info_of_the_base_url_stays_hidden_and_at_home(kit: Kit) -> None:
    with Server([echo]) as server, Server([reply({"gate": "x"})]) as other:
        url = server.url.replace("http://", f"http://ada:{SECRET.replace('/', '%2F')}@")
        client = kit.client(base_url=url, max_retries=0)
        with pytest.raises(kit.top.AuthenticationError) as raised:
            await kit(client.gates.open())
        assert server.last.headers["authorization"] == f"Basic {FORMS[1]}"
        assert [seen(text) for text in shown(raised.value) if seen(text)] == [] and seen(f"{client!r}") == []
        server.answers(reply(b"", 302, [("Location", f"http://localhost:{other.port}/x")]))
        await kit(client.gates.open())
        assert seen(str(other.last)) == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_r2_a_redirect_to_another_origin_carries_no_credential_of_any_kind(kit: Kit, status: int) -> None:
    with Server() as server, Server([reply({"gate": "elsewhere"})]) as other:
        server.answers(reply(b"", status, [("Location", f"http://localhost:{other.port}/there?a=1")]))
        for place in PLACES:
            options, call = positions(kit)[place]
            await kit(call(kit.client(base_url=server.url, **options)))
            assert seen(str(server.last)) and seen(str(other.last)) == [], place
            assert other.last.target == "/there?a=1"
            assert other.last.headers.keys() <= {"host", "accept", "accept-encoding", "connection", "user-agent"}


@pytest.mark.parametrize("status", [307, 308])
async def test_r2_a_redirect_never_carries_a_body_to_another_origin(kit: Kit, status: int) -> None:
    with Server() as server, Server() as other:
        server.answers(reply(b"", status, [("Location", f"http://localhost:{other.port}/there")]))
        client = kit.client(base_url=server.url)
        with pytest.raises(kit.top.APIStatusError) as raised:
            await kit(client.ships.create(name="x"))
        assert raised.value.status_code == status
        with pytest.raises(kit.top.APIStatusError) as raised:
            await kit(client.cargo.load(manifest=b"x", title="t"))
        assert raised.value.status_code == status
        assert other.heard == []


async def test_r2_at_most_five_redirects_not_multiplied_by_retries(kit: Kit) -> None:
    with Server([reply(b"", 302, [("Location", "/more")])]) as server:
        with pytest.raises(kit.top.APIStatusError):
            await kit(kit.client(base_url=server.url).anthem.get())
        assert len(server.heard) == 6
        server.heard.clear()
        circle = reply(b"", 302, [("Location", "/more")])
        server.answers(circle, circle, circle, reply({}, 503), circle, circle, circle)
        with pytest.raises(kit.top.APIStatusError):
            await kit(kit.client(base_url=server.url).anthem.get())
        assert len(server.heard) <= 5 + 1 + 3


@pytest.mark.parametrize("location", ["ftp://x/y", "http://", "//", "http://[::1", "javascript:1", "http://a b/"])
async def test_r2_a_redirect_to_nowhere_is_an_error_of_ours(kit: Kit, location: str) -> None:
    with Server([reply(b"", 302, [("Location", location)])]) as server, pytest.raises(kit.top.APIError):
        await kit(kit.client(base_url=server.url, max_retries=0).anthem.get())


async def test_r2_a_next_page_on_another_origin_gets_no_credential(kit: Kit) -> None:
    with Server([reply({"manifests": [{"id": "m9"}], "next_url": None})]) as other:
        page = {"manifests": [{"id": "m1"}], "next_url": f"http://localhost:{other.port}/next"}
        kit.harbor.fail(200, body=page)
        client = kit.client(token=SECRET, default_headers={"X-Api-Key": SECRET}, default_query={"key": SECRET})
        found = await kit.all(client.manifests.list(extra_headers={"X-Own": SECRET}, extra_query={"q": SECRET}))
        assert [each.id for each in found] == ["m1", "m9"] and seen(str(other.last)) == []
        assert seen(kit.harbor.last.text)


async def test_r2_cookies_of_a_server_are_not_kept(kit: Kit) -> None:
    kit.harbor.fail(200, headers={"set-cookie": f"session={SECRET}; Path=/"}, body={"gate": "x"})
    client = kit.client()
    await kit(client.gates.token())
    await kit(client.gates.token())
    assert "cookie" not in kit.harbor.last.headers


@pytest.mark.parametrize("place", ["bearer", "basic", "header", "query", "cookie"])
async def test_r2_a_raw_response_that_is_pickled_holds_no_secret(kit: Kit, place: str) -> None:
    options, call = positions(kit)[place]
    response = await kit(call(kit.client(**options).with_raw_response))
    assert response.status_code == 200 and seen(kit.harbor.last.text)
    assert seen(pickle.dumps(response).decode("latin-1")) == [] and seen(repr(response)) == []


async def test_r2_credentials_and_clients_do_not_pickle(kit: Kit) -> None:
    client = kit.client(token=SECRET)
    for each in (client, *client.auth_schemes.values()):
        with pytest.raises(TypeError, match="not pickle"):
            pickle.dumps(each)


async def test_r2_the_password_of_a_proxy_is_shown_nowhere(kit: Kit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    kind = kit.pick(kit.top.DefaultHttpxClient, kit.top.DefaultAsyncHttpxClient)
    with Server([reply({"message": "no"}, 407)]) as proxy, Server([reply({})]) as origin:
        url = proxy.url.replace("http://", f"http://ada:{SECRET.replace('/', '%2F')}@")
        client = kit.client(base_url=origin.url, max_retries=0, http_client=kind(proxy=url))
        with pytest.raises(kit.top.APIStatusError) as raised:
            await kit(client.anthem.get())
        assert seen(str(proxy.last)) and origin.heard == []
        assert [seen(text) for text in shown(raised.value) if seen(text)] == []
    assert [record for record in caplog.records if seen(f"{record.getMessage()} {record.args!r}")] == []


async def test_r2_what_a_client_keeps_between_calls_shows_no_token(kit: Kit) -> None:
    client = kit.client(client_id="id", client_secret="secret-0123456789")
    await kit(client.gates.service())
    assert kit.harbor.last.headers["authorization"] == "Bearer service-token-1"
    assert "service-token-1" not in repr(vars(client))


async def test_r2_the_response_of_an_error_repeats_no_credential(kit: Kit) -> None:
    kit.harbor.fail(400, body={"message": f"bad token {TOKEN}"})
    with pytest.raises(kit.top.BadRequestError) as raised:
        await kit(kit.client().gates.token())
    assert TOKEN not in raised.value.response.text and raised.value.response.json() == raised.value.body
    assert raised.value.body == {"message": "bad token ***"}
