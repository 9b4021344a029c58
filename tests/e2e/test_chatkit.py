"""The package `chatkit` against a server on a real socket."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import chatkit
import pytest
from chatkit import AsyncChatKit, ChatKit
from chatkit.types import (
    ActiveStatus,
    AssistantMessageItem,
    ChatSessionResource,
    ClientToolCallItem,
    ClosedStatus,
    DeletedThreadResource,
    LockedStatus,
    TaskGroupItem,
    TaskItem,
    ThreadResource,
    UserMessageItem,
    WidgetMessageItem,
)
from starlette.responses import JSONResponse

from e2e.servers.chatkit import RULES, Server
from e2e.support.backends import backend_fixture
from e2e.support.fixtures import answer, arguments
from e2e.support.harness import all_operations, operations_called

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

API = "chatkit"
THREADS = ["cthr_9b2c", "cthr_9b2d", "cthr_9b2e"]

backend = backend_fixture(API, RULES)


@pytest.fixture
def server() -> Server:
    server = Server()
    for thread in answer(API, "listThreads")["data"]:
        server.add_thread(thread, answer(API, "listThreadItems")["data"])
    return server


@pytest.fixture
async def client(call: Caller, backend: Backend) -> AsyncIterator[Any]:
    kind = call.pick(ChatKit, AsyncChatKit)
    async with call.entered(kind(base_url=backend.base_url, api_key="sk-test")) as client:
        yield client


def test_every_operation_of_the_document_is_called_by_both_clients() -> None:
    assert operations_called(sys.modules[__name__]) == all_operations(API)


@pytest.mark.operation("createChatSession")
async def test_create_sends_every_setting_and_answers_typed(call: Caller, client: Any, backend: Backend) -> None:
    sent = arguments(API, "createChatSession")
    session = await call(client.sessions.create(**sent))
    assert backend.call.json() == sent
    assert type(session) is ChatSessionResource
    assert (session.object, session.status, session.client_secret) == ("chatkit.session", "active", "ek_1")
    assert session.expires_at == 1760000300
    assert session.max_requests_per_1_minute == session.rate_limits.max_requests_per_1_minute == 30
    assert session.chatkit_configuration.file_upload.max_files == 4


@pytest.mark.operation("createChatSession")
async def test_create_with_all_defaults_has_required_fields_that_are_null(
    call: Caller, client: Any, backend: Backend
) -> None:
    session = await call(client.sessions.create(workflow={"id": "wf_support"}, user="user-17"))
    assert backend.call.json() == {"workflow": {"id": "wf_support"}, "user": "user-17"}
    assert session.workflow.version is None
    assert session.workflow.state_variables is None
    assert session.chatkit_configuration.file_upload.max_file_size is None
    assert session.chatkit_configuration.history.recent_threads is None
    assert session.workflow.tracing.enabled is True
    assert session.rate_limits.max_requests_per_1_minute == 10
    assert session._response_problems == ()
    dumped = session.to_dict()
    assert dumped["workflow"]["version"] is None
    assert dumped["chatkit_configuration"]["history"] == {"enabled": True, "recent_threads": None}


@pytest.mark.operation("createChatSession")
@pytest.mark.parametrize("value", [True, False, 0, 1, 0.0, 1.0, 0.5, "1", "true", ""], ids=repr)
async def test_state_variables_keep_their_type_both_ways(
    call: Caller, client: Any, backend: Backend, value: object
) -> None:
    workflow = {"id": "wf_support", "state_variables": {"value": value}}
    session = await call(client.sessions.create(workflow=workflow, user="user-17"))
    sent = backend.call.json()["workflow"]["state_variables"]["value"]
    assert (type(sent), sent) == (type(value), value)
    received = session.workflow.state_variables["value"]
    assert (type(received), received) == (type(value), value)


@pytest.mark.operation("createChatSession")
async def test_the_anchor_of_the_expiry_is_sent(call: Caller, client: Any, backend: Backend) -> None:
    expiry = {"anchor": "created_at", "seconds": 60}
    session = await call(client.sessions.create(workflow={"id": "w"}, user="u", expires_after=expiry))
    assert backend.call.json()["expires_after"] == expiry
    assert session.expires_at == 1760000060


@pytest.mark.operation("cancelChatSession")
async def test_cancel_sends_no_body_and_answers_typed(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    session_id = server.add_session({"workflow": {"id": "wf_support"}, "user": "user-17"})["id"]
    session = await call(client.sessions.cancel(session_id))
    assert backend.call.body == b""
    assert type(session) is ChatSessionResource
    assert (session.id, session.status) == (session_id, "cancelled")


@pytest.mark.operation("getThread")
@pytest.mark.parametrize(
    ("thread_id", "kind", "reason"),
    [("cthr_9b2c", ActiveStatus, None), ("cthr_9b2d", LockedStatus, "Under review"), ("cthr_9b2e", ClosedStatus, None)],
)
async def test_retrieve_types_the_status_by_its_discriminator(
    call: Caller, client: Any, thread_id: str, kind: type, reason: str | None
) -> None:
    thread = await call(client.threads.retrieve(thread_id))
    assert type(thread) is ThreadResource
    assert thread.id == thread_id
    assert type(thread.status) is kind
    assert getattr(thread.status, "reason", None) == reason


@pytest.mark.operation("listThreads")
async def test_list_follows_last_id_over_all_pages(call: Caller, client: Any, backend: Backend) -> None:
    threads = await call.all(client.threads.list(limit=1, order="asc", user="user-17"))
    assert [each.id for each in threads] == THREADS
    assert {type(each) for each in threads} == {ThreadResource}
    query = {"limit": "1", "order": "asc", "user": "user-17"}
    assert [dict(each.query) for each in backend.calls] == [
        query,
        query | {"after": "cthr_9b2c"},
        query | {"after": "cthr_9b2d"},
    ]


@pytest.mark.operation("listThreads")
async def test_list_takes_both_ends(call: Caller, client: Any) -> None:
    page = await call(client.threads.list(order="asc", after="cthr_9b2c", before="cthr_9b2e"))
    assert [each.id for each in page.data] == ["cthr_9b2d"]
    assert (page.first_id, page.last_id, page.has_more) == ("cthr_9b2d", "cthr_9b2d", False)


@pytest.mark.operation("listThreads")
async def test_a_list_without_members_has_no_next_page(call: Caller, client: Any, backend: Backend) -> None:
    page = await call(client.threads.list(user="nobody"))
    assert (page.data, page.last_id, page.has_next_page()) == ([], None, False)
    assert await call.all(page) == []
    assert len(backend.calls) == 1


@pytest.mark.operation("listThreadItems")
async def test_items_are_typed_by_their_discriminator(call: Caller, client: Any, backend: Backend) -> None:
    items = await call.all(client.threads.list_items("cthr_9b2c", order="asc", limit=3))
    assert len(backend.calls) == 3
    assert [type(each) for each in items] == [
        UserMessageItem,
        UserMessageItem,
        TaskItem,
        TaskGroupItem,
        ClientToolCallItem,
        ClientToolCallItem,
        WidgetMessageItem,
        AssistantMessageItem,
    ]
    first, last = items[0], items[-1]
    assert [each.type for each in first.content] == ["quoted_text", "input_text"]
    assert [each.preview_url for each in first.attachments] == ["https://example.org/bill.png", None]
    assert first.inference_options.tool_choice.id == "lookup"
    assert items[1].inference_options is None
    assert last.content[0].annotations[0].source.filename == "bill.pdf"
    assert last.content[0].annotations[1].source.url == "https://example.org/prices"


@pytest.mark.operation("listThreadItems")
async def test_an_item_of_an_unknown_kind_survives(call: Caller, client: Any, backend: Backend) -> None:
    listed = answer(API, "listThreadItems")
    listed["data"][1] = {"id": "cthi_2", "type": "chatkit.hologram", "depth": 3}
    backend.checked.fail_next(JSONResponse(listed))
    page = await call(client.threads.list_items("cthr_9b2c"))
    assert type(page.data[0]) is UserMessageItem
    assert type(page.data[1]).__name__ == "UnknownVariant"
    assert (page.data[1].type, page.data[1].depth) == ("chatkit.hologram", 3)
    assert type(page.data[2]) is TaskItem


@pytest.mark.operation("deleteThread")
@pytest.mark.operation("getThread")
async def test_a_deleted_thread_is_gone(call: Caller, client: Any) -> None:
    deleted = await call(client.threads.delete("cthr_9b2c"))
    assert type(deleted) is DeletedThreadResource
    assert (deleted.id, deleted.deleted) == ("cthr_9b2c", True)
    with pytest.raises(chatkit.NotFoundError):
        await call(client.threads.retrieve("cthr_9b2c"))
    remaining = await call.all(client.threads.list(order="asc"))
    assert [each.id for each in remaining] == THREADS[1:]


async def test_404_has_the_message_of_the_server(call: Caller, client: Any) -> None:
    with pytest.raises(chatkit.NotFoundError, match="Nothing was found under this identifier") as caught:
        await call(client.sessions.cancel("cksess_nothing"))
    assert cast("Any", caught.value).parsed.error.type == "invalid_request_error"


async def test_the_beta_header_is_sent_with_every_call(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.threads.list())
    await call(client.sessions.create(workflow={"id": "w"}, user="u"))
    assert [each.headers["openai-beta"] for each in backend.calls] == ["chatkit_beta=v1"] * 2


async def test_a_beta_header_of_the_caller_wins(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.threads.list(extra_headers={"OpenAI-Beta": "chatkit_beta=v2"}))
    await call(client.with_options(default_headers={"openai-beta": "chatkit_beta=v3"}).threads.list())
    assert [each.headers["openai-beta"] for each in backend.calls] == ["chatkit_beta=v2", "chatkit_beta=v3"]


async def test_key_organization_and_project_come_from_the_environment(
    call: Caller, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, f"{name.lower()}-value")
    async with call.entered(call.pick(ChatKit, AsyncChatKit)(base_url=backend.base_url)) as client:
        await call(client.threads.list())
    headers = backend.call.headers
    assert headers["authorization"] == "Bearer openai_api_key-value"
    assert headers["openai-organization"] == "openai_org_id-value"
    assert headers["openai-project"] == "openai_project_id-value"


async def test_headers_of_absent_options_are_not_sent(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.threads.list())
    assert not {"openai-organization", "openai-project"} & backend.call.headers.keys()


def test_a_client_without_its_key_is_refused(call: Caller) -> None:
    with pytest.raises(chatkit.ChatKitError, match="OPENAI_API_KEY"):
        call.pick(ChatKit, AsyncChatKit)()
