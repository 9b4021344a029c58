"""What a call sends: arguments in their styles, what the caller adds, timeouts, copies of the client."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from runtime.loopback import Connection, Heard, Server

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def test_each_parameter_is_written_in_its_style(kit: Kit) -> None:
    await kit(
        kit.client().soundings.get(
            ["a/b", "c"],
            depths=[3, 5],
            filter={"kind": "deep & cold", "deep": True},
            tags=["x|y", "z"],
            sizes=[1, 2],
            days=[datetime.date(2026, 1, 2), "2026-01-03"],
            box={"north": 1.5},
            x_watch=["dog", "first"],
            lantern="red",
        )
    )
    heard = kit.harbor.last
    assert heard.path == "/soundings/3,5/.a%2Fb.c"
    assert sorted(heard.query.split("&")) == [
        "box=%7B%22north%22%3A1.5%7D",
        "days=2026-01-02",
        "days=2026-01-03",
        "filter%5Bdeep%5D=true",
        "filter%5Bkind%5D=deep%20%26%20cold",
        "sizes=1,2",
        "tags=x%7Cy%7Cz",
    ]
    assert (heard.headers["x-watch"], heard.cookies) == ("dog,first", {"lantern": "red"})


async def test_what_is_left_out_is_not_sent_and_none_is_null(kit: Kit) -> None:
    client = kit.client()
    await kit(client.ships.update("s1", captain=None))
    assert kit.harbor.last.body == b'{"captain":null}'
    await kit(client.ships.update("s1", name="Anne", captain=kit.top.omit))
    assert kit.harbor.last.body == b'{"name":"Anne"}'


async def test_bodies_are_written_with_the_names_of_the_api(kit: Kit) -> None:
    ship = await kit(
        kit.client().ships.create(
            name="Dora", rig="barque", built_on=datetime.date(1899, 5, 1), holds=[{"tons_max": 3.5}]
        )
    )
    body = {"name": "Dora", "rig": "barque", "builtOn": "1899-05-01", "holds": [{"tonsMax": 3.5}]}
    assert kit.harbor.last.json() == body
    assert (ship.built_on, ship.holds[0].tons_max) == (datetime.date(1899, 5, 1), 3.5)


async def test_what_the_caller_adds_wins_over_everything(kit: Kit) -> None:
    await kit(
        kit.client(
            default_headers={"X-Harbor-Edition": "client"}, default_query={"a": "client", "b": "1"}
        ).ships.create(
            name="Dora",
            extra_headers={"x-harbor-edition": "call", "content-type": "application/harbor+json"},
            extra_query={"a": "call"},
            extra_body={"name": "Emil", "new": [1]},
        )
    )
    heard = kit.harbor.last
    assert heard.headers["x-harbor-edition"] == "call" and heard.headers["content-type"] == "application/harbor+json"
    assert sorted(heard.params) == [("a", "call"), ("b", "1")]
    assert heard.json() == {"name": "Emil", "new": [1]}


async def test_configured_headers_are_sent_unless_the_client_says_otherwise(kit: Kit) -> None:
    await kit(kit.client().anthem.get())
    assert kit.harbor.last.headers["x-harbor-edition"] == "2026"
    assert kit.harbor.last.headers["user-agent"].startswith(kit.pick("Harbor/Python", "AsyncHarbor/Python"))
    assert not [name for name in kit.harbor.last.headers if name.startswith("x-stainless")]
    await kit(kit.client(default_headers={"x-harbor-edition": "own"}).anthem.get())
    assert kit.harbor.last.headers.getlist("x-harbor-edition") == ["own"]


async def test_a_copy_changes_what_it_is_told_and_nothing_of_the_original(kit: Kit) -> None:
    client = kit.client(default_headers={"X-A": "1"}, default_query={"a": "1"}, timeout=9.0)
    copy = client.with_options(token="other-token", default_headers={"X-B": "2"}, default_query={"b": "2"}, timeout=3)
    await kit(copy.gates.token())
    heard = kit.harbor.last
    assert (heard.headers["authorization"], heard.headers["x-a"], heard.headers["x-b"]) == (
        "Bearer other-token",
        "1",
        "2",
    )
    assert (sorted(heard.params), copy.timeout) == ([("a", "1"), ("b", "2")], 3)
    await kit(client.gates.token())
    heard = kit.harbor.last
    assert "x-b" not in heard.headers and heard.params == [("a", "1")] and client.timeout == 9.0
    await kit(client.copy(set_default_headers={"X-C": "3"}, set_default_query={}).gates.token())
    heard = kit.harbor.last
    assert ("x-a" in heard.headers, heard.headers["x-c"], heard.params) == (False, "3", [])
    with pytest.raises(ValueError, match="exclude"):
        client.copy(set_default_headers={}, default_headers={})


async def test_a_timeout_of_the_client_or_of_the_call_is_a_typed_error(kit: Kit) -> None:
    def silence(connection: Connection, heard: Heard) -> None:
        connection.socket.recv(1)

    with Server([silence]) as server:
        client = kit.client(base_url=server.url, max_retries=0)
        with pytest.raises(kit.top.APITimeoutError):
            await kit(client.anthem.get(timeout=0.05))
        with pytest.raises(kit.top.APITimeoutError):
            await kit(client.with_options(timeout=kit.top.Timeout(5, read=0.05)).anthem.get())
        with pytest.raises(kit.top.APITimeoutError):
            await kit(kit.client(base_url=server.url, max_retries=0, total_timeout=0.05).anthem.get())


async def test_timeouts_reach_the_http_library(kit: Kit) -> None:
    seen: list[dict[str, float | None]] = []
    watch = kit.middleware(before=lambda request: seen.append(request.extensions["timeout"]))
    client = kit.client(middleware=[watch])
    await kit(client.anthem.get())
    await kit(client.anthem.get(timeout=kit.top.Timeout(2.0, connect=1.0)))
    await kit(client.anthem.get(timeout=None))
    assert [timeout["read"] for timeout in seen] == [20.0, 2.0, None]
    assert [timeout["connect"] for timeout in seen] == [5.0, 1.0, None]


async def test_methods_of_the_client_itself(kit: Kit) -> None:
    assert (await kit(kit.client().sound())) is None
    assert (kit.harbor.last.method, kit.harbor.last.path, kit.harbor.last.body) == ("POST", "/foghorn", b"")
    assert kit.harbor.last.headers["content-length"] == "0"


async def test_methods_without_a_body_return_none(kit: Kit) -> None:
    client = kit.client()
    assert (await kit(client.ships.check("s1"))) is None and kit.harbor.last.method == "HEAD"
    assert (await kit(client.ships.delete("s1"))) is None and kit.harbor.ships.kept == {}


@pytest.mark.parametrize("verb", ["get", "post", "put", "patch", "delete", "options"])
async def test_endpoints_that_are_not_documented_can_be_called(kit: Kit, verb: str) -> None:
    client = kit.client()
    arguments = {} if verb == "get" else {"body": {"a": 1}}
    call = getattr(client, verb, None)
    if call is not None:
        answer = await kit(call("/undocumented", cast_to=object, options={"params": {"q": 1}}, **arguments))
    else:
        answer = await kit(client.send_request(verb, "/undocumented?q=1", cast_to=object, **arguments))
    assert answer == {"gate": verb.upper()} and kit.harbor.last.params == [("q", "1")]
    assert kit.harbor.last.body == (b"" if verb == "get" else b'{"a":1}')
    assert "authorization" in kit.harbor.last.headers


async def test_a_call_whose_options_are_one_object_can_be_made_again(kit: Kit) -> None:
    client, options = kit.client(), kit.module("_models").FinalRequestOptions
    call = options.construct(method="post", url="/undocumented", json_data={"a": 1}, timeout=kit.top.not_given)
    for _ in range(2):
        assert (await kit(client.request(object, call))) == {"gate": "POST"}
        assert kit.harbor.last.body == b'{"a":1}'
    assert len({heard.headers["idempotency-key"] for heard in kit.harbor.heard}) == 2
    kit.harbor.fail(503, 503)
    with pytest.raises(kit.top.InternalServerError) as raised:
        await kit(client.request(object, call.copy(max_retries=0)))
    assert raised.value.retries_taken == 0 and call.get_max_retries(7) == 7
