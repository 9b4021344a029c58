"""The package `eleanor` against a server on a real socket."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import eleanor
import pytest
from eleanor import AsyncEleanor, Eleanor
from eleanor.types import BaseResponse, NewTaskResponseV1, SessionGetResponseV1, SessionListResponseV1, SessionV1

from e2e.servers.eleanor import RULES, Server
from e2e.support.backends import backend_fixture
from e2e.support.fixtures import arguments
from e2e.support.harness import all_operations, operations_called

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

API = "eleanor"
WALK = {"activity_session": "evening-walk", "namespace": "garden"}

backend = backend_fixture(API, RULES)


@pytest.fixture
def server() -> Server:
    server = Server()
    server.add("garden", {"name": "evening-walk", "participants": ["ada"]})
    return server


@pytest.fixture
async def client(call: Caller, backend: Backend) -> AsyncIterator[Any]:
    async with call.entered(call.pick(Eleanor, AsyncEleanor)(base_url=backend.base_url)) as client:
        yield client


def test_every_operation_of_the_document_is_called_by_both_clients() -> None:
    assert operations_called(sys.modules[__name__]) == all_operations(API)


@pytest.mark.operation("create_session")
async def test_create_sends_nested_settings_and_answers_in_an_envelope(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    sent = arguments(API, "create_session") | {"name": "morning-walk"}
    answer = await call(client.sessions.create(**sent))
    namespace = sent.pop("namespace")
    assert backend.call.path == f"/sessions/{namespace}"
    assert backend.call.json() == sent
    assert (answer.status.code, answer.status.message) == (0, "SUCCESS")
    assert answer.session.settings.memory.get_recency_alpha == 0.5
    assert answer.session.settings.sync_chat is True
    assert [each.participant_type for each in answer.session.participants] == ["user", "agent"]
    assert (type(answer), type(answer.session)) == (SessionGetResponseV1, SessionV1)
    assert ("garden", "morning-walk") in server.sessions


@pytest.mark.operation("get_session")
async def test_get_answers_typed(call: Caller, client: Any) -> None:
    session = (await call(client.sessions.get(**WALK))).session
    assert type(session) is SessionV1
    assert (session.name, session.namespace, session.description) == ("evening-walk", "garden", None)
    assert session.create_ts == datetime(2026, 1, 12, 18, 30, tzinfo=UTC)
    assert session.deleted is False
    assert "update_ts" not in session.model_fields_set


@pytest.mark.operation("update_session")
async def test_update_sends_null_and_only_what_was_given(call: Caller, client: Any, backend: Backend) -> None:
    sent = arguments(API, "update_session")
    answer = await call(client.sessions.update(**sent))
    assert backend.call.json() == {"description": None, "enabled": False}
    assert type(answer) is SessionGetResponseV1
    assert answer.session.description is None
    assert answer.session.enabled is False
    assert answer.session.update_ts == datetime(2026, 1, 13, 6, 0, tzinfo=UTC)


@pytest.mark.operation("soft_delete_session")
@pytest.mark.operation("undelete_session")
async def test_soft_delete_can_be_undone(call: Caller, client: Any, server: Server) -> None:
    assert type(await call(client.sessions.soft_delete(**WALK))) is BaseResponse
    assert server.sessions["garden", "evening-walk"]["deleted"] is True
    with pytest.raises(eleanor.APIStatusError) as caught:
        await call(client.sessions.get(**WALK))
    error: Any = cast("Any", caught.value)
    assert error.status_code == 410
    assert error.parsed.status.message == "RESOURCE_DELETED"
    assert type(error.parsed) is BaseResponse
    assert type(await call(client.sessions.undelete(**WALK))) is BaseResponse
    assert (await call(client.sessions.get(**WALK))).session.deleted is False


@pytest.mark.operation("list_sessions")
@pytest.mark.operation("soft_delete_session")
async def test_list_shows_deleted_sessions_on_demand(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    server.add("garden", {"name": "rainy-day"})
    server.add("attic", {"name": "elsewhere"})
    await call(client.sessions.soft_delete(**WALK))
    visible = await call(client.sessions.list("garden"))
    everything = await call(client.sessions.list("garden", include_deleted=True))
    assert type(everything) is SessionListResponseV1
    assert [each.name for each in visible.sessions] == ["rainy-day"]
    assert [(each.name, each.deleted) for each in everything.sessions] == [("evening-walk", True), ("rainy-day", False)]
    assert [each.query for each in backend.calls[1:]] == [(), (("include_deleted", "true"),)]


@pytest.mark.operation("bind_participant")
@pytest.mark.operation("unbind_participant")
async def test_participants_come_and_go(call: Caller, client: Any, backend: Backend) -> None:
    answer = await call(client.sessions.bind_participant("gardener", **WALK))
    assert type(answer) is BaseResponse
    assert backend.call.path == "/sessions/garden/evening-walk/participants/gardener"
    session = (await call(client.sessions.get(**WALK))).session
    assert [(each.name, each.participant_type) for each in session.participants] == [
        ("ada", "user"),
        ("gardener", "agent"),
    ]
    assert type(await call(client.sessions.unbind_participant("gardener", **WALK))) is BaseResponse
    assert [each.name for each in (await call(client.sessions.get(**WALK))).session.participants] == ["ada"]
    with pytest.raises(eleanor.NotFoundError):
        await call(client.sessions.unbind_participant("gardener", **WALK))


@pytest.mark.operation("integrate_session")
async def test_integrate_names_the_task_if_there_is_one(call: Caller, client: Any) -> None:
    done = await call(client.sessions.integrate(**WALK))
    assert type(done) is NewTaskResponseV1
    assert done.task_id is None
    await call(client.sessions.bind_participant("librarian", **WALK))
    assert (await call(client.sessions.integrate(**WALK))).task_id == "task-0001"


@pytest.mark.operation("truncate_session")
async def test_truncate_clears_the_data(call: Caller, client: Any, server: Server, backend: Backend) -> None:
    server.sessions["garden", "evening-walk"]["data"] = "The roses were in bloom."
    answer = await call(client.sessions.truncate(**WALK))
    assert answer.status.trace == "trace-1"
    assert type(answer) is BaseResponse
    assert backend.call.body == b""
    assert server.sessions["garden", "evening-walk"]["data"] is None


async def test_a_name_that_is_taken_is_a_conflict(call: Caller, client: Any) -> None:
    with pytest.raises(eleanor.ConflictError) as caught:
        await call(client.sessions.create("garden", name="evening-walk", max_retries=0))
    assert cast("Any", caught.value).parsed.status.code == 5


async def test_404_raises_not_found(call: Caller, client: Any) -> None:
    with pytest.raises(eleanor.NotFoundError) as caught:
        await call(client.sessions.get("nothing", namespace="garden"))
    assert caught.value.body == {"status": {"code": 4, "message": "RESOURCE_NOT_FOUND", "trace": "trace-1"}}


@pytest.mark.parametrize(
    ("name", "sent"), [("a b", "a%20b"), ("a/b", "a%2Fb"), ("ä?#", "%C3%A4%3F%23"), ("100%", "100%25")]
)
async def test_names_are_percent_encoded(
    call: Caller, client: Any, server: Server, backend: Backend, name: str, sent: str
) -> None:
    # The test server keeps an encoded slash encoded.
    server.add("garden", {"name": name.replace("/", "%2F")})
    await call(client.sessions.get(name, namespace="garden"))
    assert backend.call.path == f"/sessions/garden/{sent}"


@pytest.mark.parametrize("name", [".", "..", "%2e%2e"])
async def test_dot_segments_are_refused(call: Caller, client: Any, backend: Backend, name: str) -> None:
    with pytest.raises(ValueError, match="activity_session"):
        await call(client.sessions.get(name, namespace="garden"))
    assert backend.calls == []


async def test_a_key_is_optional_and_is_sent_if_there_is_one(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.sessions.list("garden"))
    await call(client.with_options(api_key="secret").sessions.list("garden"))
    assert [each.headers.get("authorization") for each in backend.calls] == [None, "Bearer secret"]
