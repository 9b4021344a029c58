"""R7: copies share connections and nothing else; many threads at once build one HTTP client."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from features.kit import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from features.kit import Kit, Package
    from features.server import Harbor

pytestmark = pytest.mark.anyio


def tenant(client: Any, name: str) -> Any:
    """A copy for one tenant."""
    return client.with_options(
        token=f"token-of-{name}",
        header_key=f"key-of-{name}",
        cookie_key=f"cookie-of-{name}",
        tenant=name,
        language=name,
        default_headers={"X-Tenant": name},
        default_query={"tenant": name},
    )


def strangers(harbor: Harbor, names: Iterable[str]) -> list[str]:
    """The requests that carry anything of two tenants."""
    known = set(names)
    mixed: list[str] = []
    for heard in harbor.heard:
        name = heard.headers["x-tenant"]
        others = known - {name}
        values = [*heard.headers.values(), heard.query]
        if any(value.endswith(f"-{other}") or value == other for value in values for other in others):
            mixed.append(heard.text)
        assert heard.headers["authorization"] == f"Bearer token-of-{name}"
    return mixed


async def test_r7_two_tenants_on_two_copies_never_share_a_header(kit: Kit) -> None:
    names = [f"t{number}" for number in range(8)]
    client = kit.client()
    copies = [tenant(client, name) for name in names]

    async def calls(copy: Any) -> None:
        for _ in range(10):
            await kit(copy.gates.token(extra_headers={"X-Call": copy.tenant}))
            await kit(copy.with_options(timeout=5).gates.token())

    if kit.is_async:
        async with anyio.create_task_group() as tasks:
            for copy in copies:
                tasks.start_soon(calls, copy)
    else:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda copy: [copy.gates.token() for _ in range(20)], copies))
    assert len(kit.harbor.heard) == 160 and strangers(kit.harbor, names) == []


async def test_r7_a_copy_shows_nothing_of_its_tenant_to_the_original(kit: Kit) -> None:
    client = kit.client()
    one, two = tenant(client, "one"), tenant(client, "two")
    for each in (one, two, one):
        await kit(each.gates.token())
    assert strangers(kit.harbor, ["one", "two"]) == []
    await kit(client.gates.both())
    await kit(client.gates.token())
    assert "x-tenant" not in kit.harbor.last.headers and kit.harbor.last.query == ""
    assert kit.harbor.last.headers["authorization"] == f"Bearer {TOKEN}"
    assert (client.token, client.tenant, client._custom_headers, client._custom_query) == (TOKEN, None, {}, {})


async def test_r7_headers_and_queries_given_by_the_user_are_copied(kit: Kit) -> None:
    headers, query = {"X-A": "1"}, {"a": "1"}
    client = kit.client(default_headers=headers, default_query=query)
    copy = client.copy()
    headers["X-A"], query["a"] = "changed", "changed"
    for each in (client, copy):
        await kit(each.gates.open())
        assert kit.harbor.last.headers["x-a"] == "1" and kit.harbor.last.query == "a=1"


async def test_r7_a_cookie_that_one_tenant_got_is_not_sent_by_another(kit: Kit) -> None:
    client = kit.client()
    kit.harbor.fail(200, headers={"set-cookie": "session=of-one; Path=/"}, body={"gate": "x"})
    await kit(tenant(client, "one").gates.token())
    await kit(tenant(client, "two").gates.token())
    assert "session" not in kit.harbor.last.headers.get("cookie", "")


async def test_r7_the_tokens_of_two_tenants_are_kept_apart(kit: Kit) -> None:
    client = kit.client()
    for name in ("one", "two", "one"):
        await kit(client.with_options(client_id=name, client_secret=f"secret-of-{name}").gates.service())
    sent = [heard.headers["authorization"] for heard in kit.harbor.heard]
    assert sent == ["Bearer service-token-1", "Bearer service-token-2", "Bearer service-token-1"]


async def test_r7_copies_share_connections_and_their_end(kit: Kit) -> None:
    client = kit.client()
    copies = [client.with_options(timeout=number + 1) for number in range(5)]
    for each in copies:
        await kit(each.anthem.get())
    ports = {heard.headers["host"] for heard in kit.harbor.heard}
    assert len(ports) == 1 and len({id(each._client) for each in (client, *copies)}) == 1


@pytest.mark.parametrize("mode", ["sync"])
async def test_r7_two_hundred_threads_on_first_use_build_one_http_client(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    kind = kit.package.http.Client
    real = kind.__init__

    def counted(self: Any, *arguments: Any, **options: Any) -> None:
        built.append(self)
        real(self, *arguments, **options)

    monkeypatch.setattr(kind, "__init__", counted)
    client, barrier = kit.client(), threading.Barrier(200)
    answers: list[str] = []

    def use() -> None:
        barrier.wait(20)
        answers.append(client.copy().ships.get("s1").name)

    threads = [threading.Thread(target=use) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert answers == ["Anna"] * 200 and len(built) == 1


@pytest.mark.parametrize("mode", ["sync"])
def test_r7_one_tls_context_serves_all_clients_of_a_process(package: Package, mode: str) -> None:
    transport = package.module("_transport")
    assert transport.shared_ssl_context() is transport.shared_ssl_context()
