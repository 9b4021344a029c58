"""The client: environments, variables of the server, other servers, middleware, closing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from features.kit import TOKEN
from features.server import redirect

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def realm(kit: Kit, **options: Any) -> str:
    """Where a client with these options calls."""
    await kit(kit.client(**options).anthem.get())
    return kit.harbor.last.realm


async def test_the_first_environment_is_the_default_and_variables_have_theirs(kit: Kit) -> None:
    assert await realm(kit) == "main"
    assert list(kit.top.ENVIRONMENTS) == ["north", "south"]


async def test_environments_and_variables_make_the_url(kit: Kit) -> None:
    assert await realm(kit, berth="pier7") == "pier7"
    assert await realm(kit, environment="south") == "south-main"
    assert await realm(kit, environment="south", berth="pier7") == "south-pier7"


async def test_the_base_url_wins_over_its_variable_which_wins_over_the_default(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARBOR_BASE_URL", f"{kit.origin}/from-env")
    assert await realm(kit) == "from-env"
    assert await realm(kit, base_url=f"{kit.origin}/given/") == "given"
    assert await realm(kit, base_url=None, environment="south") == "south-main"
    with pytest.raises(ValueError, match="Ambiguous URL"):
        kit.client(environment="south")


async def test_a_copy_goes_to_another_environment_or_berth(kit: Kit) -> None:
    client = kit.client(environment="south", berth="b1")
    await kit(client.with_options(timeout=5).anthem.get())
    await kit(client.with_options(environment="north").anthem.get())
    await kit(client.with_options(berth="b2").anthem.get())
    await kit(client.with_options(base_url=f"{kit.origin}/else").anthem.get())
    await kit(client.anthem.get())
    assert [heard.realm for heard in kit.harbor.heard] == ["south-b1", "b1", "south-b2", "else", "south-b1"]


async def test_a_base_url_keeps_its_query(kit: Kit) -> None:
    await kit(kit.client(base_url=f"{kit.origin}/main?version=3").crew.list(after="sailor-1"))
    assert kit.harbor.last.params == [("version", "3"), ("after", "sailor-1")]


async def test_an_operation_with_a_server_of_its_own_goes_there(kit: Kit) -> None:
    assert (await kit(kit.client().pilots.list())) == ["Alba", "Skagen"]
    heard = kit.harbor.last
    assert (heard.realm, heard.path, heard.headers["host"].split(":")[0]) == ("guild", "/pilots", "localhost")


async def test_middleware_sees_every_attempt_in_its_order(kit: Kit) -> None:
    seen: list[Any] = []
    attempt = kit.module("_request").Attempt

    def note(request: Any) -> None:
        seen.append((attempt.of(request).template, attempt.of(request).retries_taken))

    outer = kit.middleware(note, lambda response: seen.append(response.status_code))
    inner = kit.middleware(lambda request: request.headers.update({"x-inner": "yes"}))
    kit.harbor.fail(503)
    await kit(kit.client(middleware=[outer, inner]).ships.get("s1"))
    assert seen == [("/ships/{ship_id}", 0), 503, ("/ships/{ship_id}", 1), 200]
    assert {heard.headers["x-inner"] for heard in kit.harbor.heard} == {"yes"}


async def test_middleware_may_answer_in_place_of_the_server(kit: Kit) -> None:
    http = kit.package.http

    def sync(request: Any, send: Any) -> Any:
        return http.Response(200, text="cached", request=request)

    async def asynchronous(request: Any, send: Any) -> Any:
        return sync(request, send)

    client = kit.client(middleware=[kit.pick(sync, asynchronous)])
    assert (await kit(client.anthem.get())) == "cached" and kit.harbor.heard == []
    assert (await kit(client.with_options(timeout=1).anthem.get())) == "cached"


async def test_a_copy_keeps_the_total_time_the_retries_and_the_middleware(kit: Kit) -> None:
    seen: list[str] = []
    watch = kit.middleware(lambda request: seen.append(str(request.method)))
    copy = kit.client(middleware=[watch], total_timeout=9.0, max_retries=4).copy().with_options(tenant="acme")
    await kit(copy.anthem.get())
    assert (seen, copy.total_timeout, copy.max_retries, copy.token) == (["GET"], 9.0, 4, TOKEN)


async def test_an_http_client_of_the_user_is_used(kit: Kit) -> None:
    kind = kit.pick(kit.top.DefaultHttpxClient, kit.top.DefaultAsyncHttpxClient)
    http = kind(headers={"X-Own": "1"}, timeout=7.0)
    client = kit.client(http_client=http)
    await kit(client.anthem.get())
    assert kit.harbor.last.headers["x-own"] == "1" and client.timeout.read == 7.0
    other = kit.pick(kit.package.http.AsyncClient, kit.package.http.Client)()
    with pytest.raises(TypeError, match="http_client"):
        kit.client(http_client=other)
    if not kit.is_async:
        await other.aclose()


async def test_a_closed_client_and_its_copies_refuse_to_send(kit: Kit) -> None:
    client = kit.client()
    copy = client.copy()
    async with kit.entered(client) as same:
        assert same is client and not client.is_closed
        await kit(client.anthem.get())
    assert client.is_closed and copy.is_closed
    with pytest.raises(RuntimeError, match="closed"):
        await kit(copy.anthem.get())


async def test_redirects_on_the_same_origin_are_followed_with_body_and_credentials(kit: Kit) -> None:
    kit.harbor.plan(redirect(f"{kit.origin}/moved/ships"), redirect("/again/ships", 308))
    await kit(kit.client().ships.create(name="Gerda"))
    assert [heard.realm for heard in kit.harbor.heard] == ["main", "moved", "again"]
    assert len({(heard.body, heard.headers["authorization"]) for heard in kit.harbor.heard}) == 1


async def test_a_copy_with_an_http_client_of_its_own_lives_on_its_own(kit: Kit) -> None:
    client = kit.client()
    http = kit.pick(kit.top.DefaultHttpxClient, kit.top.DefaultAsyncHttpxClient)()
    copy = client.copy(http_client=http)
    await kit(copy.anthem.get())
    await kit(copy.close())
    assert copy.is_closed and not client.is_closed
    assert (await kit(client.anthem.get())) == "Over the sea\n"


async def test_one_client_serves_many_calls_at_once(kit: Kit) -> None:
    client = kit.client()
    if kit.is_async:
        async with anyio.create_task_group() as tasks:
            for _ in range(200):
                tasks.start_soon(client.ships.get, "s1")
    else:
        with ThreadPoolExecutor(32) as pool:
            assert {ship.name for ship in pool.map(lambda _: client.ships.get("s1"), range(200))} == {"Anna"}
    assert len(kit.harbor.heard) == 200
