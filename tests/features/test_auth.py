"""Credentials: each kind in its place, the schemes of each operation, tokens that are fetched and renewed."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import anyio
import pytest

from features.kit import TOKEN

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio

ALL = {
    "username": "ada",
    "password": "p:w\u00e9",
    "header_key": "header-key-1",
    "query_key": "query key/1",
    "cookie_key": "cookie-key-1",
    "client_id": "id 1",
    "client_secret": "secret/1",
}
BASIC = f"Basic {base64.b64encode('ada:p:wé'.encode()).decode()}"


def sent(kit: Kit) -> dict[str, str | None]:
    """The credentials of the last request, by where they were."""
    heard = kit.harbor.last
    found = {
        "authorization": heard.headers.get("authorization"),
        "header": heard.headers.get("x-harbor-key"),
        "query": dict(heard.params).get("harbor_key"),
        "cookie": heard.cookies.get("harbor_session"),
    }
    return {place: value for place, value in found.items() if value is not None}


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ("token", {"authorization": f"Bearer {TOKEN}"}),
        ("basic", {"authorization": BASIC}),
        ("header", {"header": "header-key-1"}),
        ("query", {"query": "query key/1"}),
        ("cookie", {"cookie": "cookie-key-1"}),
        ("service", {"authorization": "Bearer service-token-1"}),
        ("both", {"header": "header-key-1", "cookie": "cookie-key-1"}),
        ("either", {"authorization": BASIC}),
        ("open", {}),
    ],
)
async def test_each_operation_sends_the_credentials_of_its_own_schemes(
    kit: Kit, gate: str, expected: dict[str, str]
) -> None:
    passed = await kit(getattr(kit.client(**ALL).gates, gate)())
    assert passed.gate == gate and sent(kit) == expected


async def test_the_second_alternative_applies_where_the_first_is_incomplete(kit: Kit) -> None:
    await kit(kit.client(username="ada", header_key="k-123456").gates.either())
    assert sent(kit) == {"header": "k-123456"}
    await kit(kit.client().gates.either())
    assert sent(kit) == {}


async def test_half_of_the_schemes_that_belong_together_is_refused_before_anything_is_sent(kit: Kit) -> None:
    with pytest.raises(kit.top.HarborError, match="keyCookie together with keyHeader"):
        await kit(kit.client(header_key="k-123456").gates.both())
    assert kit.harbor.heard == []


async def test_without_any_of_its_credentials_a_call_is_sent_and_the_server_decides(kit: Kit) -> None:
    for gate in ("basic", "header", "query", "cookie", "service", "both"):
        await kit(getattr(kit.client().gates, gate)())
        assert sent(kit) == {}


async def test_options_are_read_from_the_environment_when_the_client_is_built(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARBOR_TOKEN", "from-the-environment")
    monkeypatch.setenv("HARBOR_USERNAME", "eve")
    monkeypatch.setenv("HARBOR_PASSWORD", "")
    client = kit.client(token=None)
    monkeypatch.setenv("HARBOR_TOKEN", "too late")
    await kit(client.gates.token())
    assert sent(kit) == {"authorization": "Bearer from-the-environment"}
    await kit(client.gates.basic())
    assert sent(kit) == {"authorization": f"Basic {base64.b64encode(b'eve:').decode()}"}


async def test_a_required_option_that_is_missing_is_refused(kit: Kit) -> None:
    with pytest.raises(kit.top.HarborError, match="HARBOR_TOKEN"):
        kit.client(token=None)


async def test_a_header_of_the_caller_wins_over_the_credential(kit: Kit) -> None:
    client = kit.client()
    await kit(client.gates.token(extra_headers={"authorization": "Custom 1"}))
    assert sent(kit) == {"authorization": "Custom 1"}
    await kit(client.gates.token(extra_headers={"Authorization": kit.top.omit}))
    assert sent(kit) == {}


async def test_auth_headers_show_what_applies_by_default(kit: Kit) -> None:
    assert kit.client().auth_headers == {"Authorization": f"Bearer {TOKEN}"}


async def test_a_client_token_is_asked_for_as_the_standard_says_and_kept(kit: Kit) -> None:
    client = kit.client(**ALL)
    for _ in range(3):
        await kit(client.gates.service())
    await kit(client.with_options(timeout=5).gates.service())
    (issued,) = kit.harbor.gates.issued
    assert issued.form == {"grant_type": "client_credentials", "scope": "gates.pass"}
    assert issued.authorization == f"Basic {base64.b64encode(b'id%201:secret%2F1').decode()}"


async def test_a_client_token_that_runs_out_is_renewed(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    offset = 0.0
    monkeypatch.setattr(kit.module("_oauth"), "time", SimpleNamespace(monotonic=lambda: time.monotonic() + offset))
    client = kit.client(**ALL)
    await kit(client.gates.service())
    offset = 3500.0
    await kit(client.gates.service())
    assert sent(kit) == {"authorization": "Bearer service-token-1"}
    offset = 3590.0
    await kit(client.gates.service())
    assert sent(kit) == {"authorization": "Bearer service-token-2"}


async def test_a_client_token_that_is_refused_is_renewed_once(kit: Kit) -> None:
    client = kit.client(**ALL)
    await kit(client.gates.service())
    kit.harbor.gates.revoked = {"service-token-1"}
    await kit(client.gates.service())
    assert sent(kit) == {"authorization": "Bearer service-token-2"}
    kit.harbor.gates.revoked |= {"service-token-2", "service-token-3"}
    with pytest.raises(kit.top.AuthenticationError):
        await kit(client.gates.service())
    assert len(kit.harbor.gates.issued) == 3


async def test_an_office_of_tokens_that_fails_for_a_moment_is_asked_again(kit: Kit) -> None:
    kit.harbor.gates.faults = [503]
    await kit(kit.client(**ALL).gates.service())
    assert len(kit.harbor.gates.issued) == 2 and sent(kit) == {"authorization": "Bearer service-token-2"}


async def test_an_office_of_tokens_that_refuses_is_not_asked_again(kit: Kit) -> None:
    kit.harbor.gates.faults = [400]
    with pytest.raises(kit.top.BadRequestError, match="temporarily_unavailable"):
        await kit(kit.client(**ALL).gates.service())
    assert len(kit.harbor.gates.issued) == 1 and kit.harbor.heard == []


async def test_calls_that_start_together_fetch_one_token(kit: Kit) -> None:
    client = kit.client(**ALL)
    if kit.is_async:
        async with anyio.create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(client.gates.service)
    else:
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda _: client.gates.service(), range(20)))
    assert len(kit.harbor.gates.issued) == 1 and len(kit.harbor.heard) == 20


async def test_calls_that_are_refused_together_are_all_sent_again_with_one_new_token(kit: Kit) -> None:
    client = kit.client(**ALL)
    await kit(client.gates.service())
    kit.harbor.gates.revoked, kit.harbor.gates.delay = {"service-token-1"}, 0.05
    if kit.is_async:
        async with anyio.create_task_group() as tasks:
            for _ in range(20):
                tasks.start_soon(client.gates.service)
    else:
        with ThreadPoolExecutor(20) as pool:
            list(pool.map(lambda _: client.gates.service(), range(20)))
    assert len(kit.harbor.gates.issued) == 2


async def test_who_waits_for_the_token_of_another_call_waits_no_longer_than_its_total_time(kit: Kit) -> None:
    kit.harbor.gates.delay = 1.5
    client = kit.client(**ALL)
    hasty = client.with_options(total_timeout=0.2)
    with ThreadPoolExecutor(1) as pool:
        async with anyio.create_task_group() as tasks:
            if kit.is_async:
                tasks.start_soon(client.gates.service)
            else:
                pool.submit(client.gates.service)
            with anyio.fail_after(5):
                while not kit.harbor.gates.issued:
                    await anyio.sleep(0.01)
            started = time.monotonic()
            with pytest.raises(kit.top.APITimeoutError):
                await kit(hasty.gates.service())
            assert time.monotonic() - started < 1
    assert len(kit.harbor.gates.issued) == 1


async def test_options_go_into_headers_and_queries(kit: Kit) -> None:
    client: Any = kit.client(tenant="acme", language="sv")
    await kit(client.gates.token())
    assert kit.harbor.last.headers["x-harbor-tenant"] == "acme"
    assert kit.harbor.last.params == [("language", "sv")]
    await kit(kit.client().gates.token())
    assert "x-harbor-tenant" not in kit.harbor.last.headers
