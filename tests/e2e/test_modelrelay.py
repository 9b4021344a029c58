"""The package `modelrelay` against a server on a real socket."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import modelrelay
import pytest
from modelrelay import AsyncModelRelay, ModelRelay
from modelrelay.pagination import AsyncSessionsPage, SyncSessionsPage
from modelrelay.types import SessionMessageResponse, SessionResponse, SessionWithMessagesResponse
from starlette.responses import JSONResponse, PlainTextResponse

from e2e.servers.modelrelay import PROJECT, RULES, Server
from e2e.support.backends import backend_fixture
from e2e.support.fixtures import arguments
from e2e.support.harness import all_operations, operations_called

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

API = "modelrelay"
CUSTOMER = "6f1d0c52-8f7e-4c39-9d6b-3c2c3a0b7d11"
NOBODY = "00000000-0000-0000-0000-0000000000ff"

backend = backend_fixture(API, RULES)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def client(call: Caller, backend: Backend) -> AsyncIterator[Any]:
    kind = call.pick(ModelRelay, AsyncModelRelay)
    async with call.entered(kind(base_url=backend.base_url, api_key="mr_sk_test")) as client:
        yield client


def test_every_operation_of_the_document_is_called_by_both_clients() -> None:
    assert operations_called(sys.modules[__name__]) == all_operations(API)


@pytest.mark.operation("createSession")
async def test_create_keeps_null_metadata_and_answers_typed(call: Caller, client: Any, backend: Backend) -> None:
    session = await call(client.sessions.create(**arguments(API, "createSession")))
    assert backend.call.json() == {"customer_id": CUSTOMER, "metadata": {"channel": "web", "ticket": None}}
    assert session.customer_id == CUSTOMER
    assert session.project_id == PROJECT
    assert session.metadata == {"channel": "web", "ticket": None}
    assert type(session.message_count) is int
    assert session.created_at == datetime(2026, 1, 12, 9, 30, 1, tzinfo=UTC)
    assert session._request_id == "req_1"
    assert type(session) is SessionResponse


@pytest.mark.operation("createSession")
async def test_what_is_left_out_is_not_sent(call: Caller, client: Any, backend: Backend) -> None:
    session = await call(client.sessions.create())
    assert backend.call.json() == {}
    assert session.customer_id is None
    assert "customer_id" not in session.model_fields_set


@pytest.mark.operation("getSession")
async def test_get_has_the_messages_in_order(call: Caller, client: Any, server: Server) -> None:
    identifier = server.add(metadata={"channel": "web"})["id"]
    for text in ("Where is my parcel?", "It left the depot."):
        await call(client.sessions.add_message(identifier, role="user", content=[{"type": "text", "text": text}]))
    session = await call(client.sessions.get(identifier))
    assert type(session) is SessionWithMessagesResponse
    assert isinstance(session, SessionResponse)
    assert [type(each) for each in session.messages] == [SessionMessageResponse] * 2
    assert [(each.seq, each.content[0]["text"]) for each in session.messages] == [
        (1, "Where is my parcel?"),
        (2, "It left the depot."),
    ]


@pytest.mark.operation("addSessionMessage")
async def test_add_message_answers_with_the_stored_message(call: Caller, client: Any, server: Server) -> None:
    sent = arguments(API, "addSessionMessage") | {"session_id": server.add()["id"]}
    message = await call(client.sessions.add_message(**sent))
    assert type(message) is SessionMessageResponse
    assert (message.seq, message.role, message.run_id) == (1, "assistant", sent["run_id"])
    assert message.content == sent["content"]
    assert message.created_at.tzinfo is not None


@pytest.mark.operation("updateSession")
async def test_update_removes_the_keys_that_are_null(call: Caller, client: Any, server: Server) -> None:
    identifier = server.add(metadata={"channel": "web", "ticket": 7})["id"]
    session = await call(client.sessions.update(identifier, metadata={"channel": "phone", "ticket": None}))
    assert type(session) is SessionResponse
    assert session.metadata == {"channel": "phone"}
    assert session.updated_at > session.created_at


@pytest.mark.operation("clearSession")
async def test_clear_empties_the_session_and_sends_no_body(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    identifier = server.add()["id"]
    server.messages[identifier] = [{"seq": 1}]
    session = await call(client.sessions.clear(identifier))
    assert type(session) is SessionResponse
    assert session.message_count == 0
    assert backend.call.body == b""
    assert server.messages[identifier] == []


@pytest.mark.operation("deleteSession")
async def test_delete_answers_none_and_the_session_is_gone(call: Caller, client: Any, server: Server) -> None:
    identifier = server.add()["id"]
    assert await call(client.sessions.delete(identifier)) is None
    with pytest.raises(modelrelay.NotFoundError):
        await call(client.sessions.get(identifier))


@pytest.mark.operation("listSessions")
async def test_list_follows_the_cursor_over_all_pages(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    added = [server.add()["id"] for _ in range(5)]
    sessions = await call.all(client.sessions.list(limit=2))
    assert [each.id for each in sessions] == added
    assert {type(each) for each in sessions} == {SessionResponse}
    assert [dict(each.query) for each in backend.calls] == [
        {"limit": "2"},
        {"limit": "2", "cursor": "cur_2"},
        {"limit": "2", "cursor": "cur_4"},
    ]


@pytest.mark.operation("listSessions")
async def test_list_can_start_at_an_offset(call: Caller, client: Any, server: Server, backend: Backend) -> None:
    added = [server.add()["id"] for _ in range(6)]
    page = await call(client.sessions.list(offset=3, limit=2))
    assert [each.id for each in page.sessions] == added[3:5]
    assert dict(backend.call.query) == {"offset": "3", "limit": "2"}
    assert page.has_next_page()
    last = await call(page.get_next_page())
    assert [each.id for each in last.sessions] == added[5:]
    assert not last.has_next_page()


@pytest.mark.operation("listSessions")
async def test_list_filters_by_customer_on_every_page(call: Caller, client: Any, server: Server) -> None:
    mine = [server.add(customer_id=CUSTOMER)["id"] for _ in range(3)]
    server.add()
    assert [each.id for each in await call.all(client.sessions.list(customer_id=CUSTOMER, limit=1))] == mine


async def test_pages_are_typed_and_can_be_walked(call: Caller, client: Any, server: Server) -> None:
    for _ in range(3):
        server.add()
    page = await call(client.sessions.list(limit=2))
    assert isinstance(page, call.pick(SyncSessionsPage, AsyncSessionsPage))
    assert page.next_cursor == "cur_2"
    assert [len(each.sessions) async for each in call.each(page.iter_pages())] == [2, 1]


async def test_an_empty_list_is_one_page(call: Caller, client: Any, backend: Backend) -> None:
    assert await call.all(client.sessions.list()) == []
    assert len(backend.calls) == 1


async def test_a_session_lives_from_create_to_delete(call: Caller, client: Any) -> None:
    created = await call(client.sessions.create(metadata={"step": 1}))
    updated = await call(client.sessions.update(created.id, metadata={"step": 2}))
    assert updated.id == created.id
    assert (await call(client.sessions.get(created.id))).metadata == {"step": 2}
    assert [each.id for each in await call.all(client.sessions.list())] == [created.id]
    await call(client.sessions.delete(created.id))
    assert await call.all(client.sessions.list()) == []


async def test_404_raises_not_found_with_the_parsed_body(call: Caller, client: Any) -> None:
    with pytest.raises(modelrelay.NotFoundError) as caught:
        await call(client.sessions.get(NOBODY))
    error = caught.value
    assert isinstance(error, modelrelay.APIStatusError)
    assert isinstance(error, modelrelay.ModelRelayError)
    assert error.status_code == 404
    assert error.body == {"error": "not_found", "code": "NOT_FOUND", "message": "there is no such session"}
    assert "there is no such session" in error.message
    assert error.request_id == "req_1"
    assert "mr_sk_test" not in f"{error!r} {vars(error)} {error.request.headers}"


async def test_an_error_body_is_typed_as_the_document_says(call: Caller, client: Any, server: Server) -> None:
    with pytest.raises(modelrelay.BadRequestError) as caught:
        await call(client.sessions.add_message(server.add()["id"], role="user", content=[]))
    parsed = cast("Any", caught.value).parsed
    assert type(parsed).__name__ == "NestedError"
    assert (parsed.error.code, parsed.error.fields[0].field) == ("VALIDATION_ERROR", "content")


async def test_an_empty_identifier_is_refused_before_anything_is_sent(
    call: Caller, client: Any, backend: Backend
) -> None:
    with pytest.raises(ValueError, match="Expected a non-empty value for `session_id` but received ''"):
        await call(client.sessions.get(""))
    assert backend.calls == []


async def test_the_api_key_goes_into_its_header(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.sessions.list())
    assert backend.call.headers["x-modelrelay-api-key"] == "mr_sk_test"
    assert "authorization" not in backend.call.headers


async def test_a_token_is_enough_for_everything_but_deleting(call: Caller, server: Server, backend: Backend) -> None:
    identifier = server.add()["id"]
    kind = call.pick(ModelRelay, AsyncModelRelay)
    async with call.entered(kind(base_url=backend.base_url, access_token="token")) as client:
        await call(client.sessions.get(identifier))
        assert backend.call.headers["authorization"] == "Bearer token"
        with pytest.raises((modelrelay.AuthenticationError, modelrelay.PermissionDeniedError)):
            await call(client.sessions.delete(identifier))
    assert identifier in server.sessions


async def test_each_operation_gets_the_credential_that_it_asks_for(
    call: Caller, server: Server, backend: Backend
) -> None:
    identifier = server.add()["id"]
    kind = call.pick(ModelRelay, AsyncModelRelay)
    async with call.entered(kind(base_url=backend.base_url, access_token="token", api_key="mr_sk_test")) as client:
        await call(client.sessions.get(identifier))
        await call(client.sessions.delete(identifier))
    read, delete = backend.calls
    assert read.headers["authorization"] == "Bearer token"
    assert delete.headers["x-modelrelay-api-key"] == "mr_sk_test"
    assert "authorization" not in delete.headers


async def test_credentials_come_from_the_environment(
    call: Caller, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELRELAY_API_KEY", "mr_sk_env")
    kind = call.pick(ModelRelay, AsyncModelRelay)
    async with call.entered(kind(base_url=backend.base_url)) as client:
        await call(client.sessions.list())
    assert backend.call.headers["x-modelrelay-api-key"] == "mr_sk_env"


async def test_without_credentials_the_server_decides(call: Caller, backend: Backend) -> None:
    kind = call.pick(ModelRelay, AsyncModelRelay)
    async with call.entered(kind(base_url=backend.base_url)) as client:
        with pytest.raises(modelrelay.AuthenticationError) as caught:
            await call(client.sessions.list())
    assert caught.value.status_code == 401


async def test_the_configured_header_is_sent_and_the_caller_wins(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.sessions.list())
    await call(client.sessions.list(extra_headers={"X-ModelRelay-Client": "mine"}))
    await call(client.with_options(default_headers={"X-ModelRelay-Client": "ours"}).sessions.list())
    assert [each.headers["x-modelrelay-client"] for each in backend.calls] == ["modelrelay-python", "mine", "ours"]


async def test_a_503_is_tried_again(call: Caller, client: Any, backend: Backend) -> None:
    again = {"retry-after-ms": "1"}
    backend.checked.fail_next(*(PlainTextResponse("busy", 503, again) for _ in range(2)))
    session = await call(client.sessions.create(metadata={"a": None}))
    assert type(session) is SessionResponse
    assert [each.json() for each in backend.calls] == [{"metadata": {"a": None}}] * 3


async def test_after_the_last_try_the_error_is_raised(call: Caller, client: Any, backend: Backend) -> None:
    again = {"retry-after-ms": "1"}
    backend.checked.fail_next(*(PlainTextResponse("busy", 503, again) for _ in range(3)))
    with pytest.raises(modelrelay.InternalServerError) as caught:
        await call(client.sessions.list())
    assert caught.value.status_code == 503
    assert len(backend.calls) == 3


async def test_retries_can_be_switched_off_for_one_call(call: Caller, client: Any, backend: Backend) -> None:
    backend.checked.fail_next(PlainTextResponse("busy", 503))
    with pytest.raises(modelrelay.InternalServerError):
        await call(client.sessions.create(max_retries=0))
    assert len(backend.calls) == 1


async def test_an_unknown_error_code_and_an_unknown_field_do_no_harm(
    call: Caller, client: Any, server: Server, backend: Backend
) -> None:
    backend.checked.fail_next(JSONResponse({"error": "odd", "code": "NEW", "message": "new"}, 418))
    with pytest.raises(modelrelay.APIStatusError) as caught:
        await call(client.sessions.list())
    assert cast("Any", caught.value).parsed.code == "NEW"
    session = server.add() | {"colour": "red"}
    backend.checked.fail_next(JSONResponse(session))
    assert (await call(client.sessions.create())).colour == "red"


async def test_the_raw_response_has_headers_and_parses_on_demand(call: Caller, client: Any, server: Server) -> None:
    identifier = server.add()["id"]
    response = await call(client.sessions.with_raw_response.get(identifier))
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.request_id == "req_1"
    session = await call(response.parse())
    assert type(session) is SessionWithMessagesResponse
    assert session.id == identifier


async def test_a_streamed_response_is_read_by_the_caller(call: Caller, client: Any, server: Server) -> None:
    identifier = server.add()["id"]
    async with call.entered(client.sessions.with_streaming_response.get(identifier)) as response:
        assert response.headers["x-request-id"] == "req_1"
        chunks = await call.all(response.iter_bytes())
    assert identifier.encode() in b"".join(chunks)
    assert response.is_closed


async def test_query_and_body_of_one_call_can_be_extended(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.sessions.list(extra_query={"offset": 4}))
    await call(client.sessions.create(metadata={"a": 1}, extra_body={"customer_id": CUSTOMER}))
    listed, created = backend.calls
    assert dict(listed.query) == {"offset": "4"}
    assert created.json() == {"metadata": {"a": 1}, "customer_id": CUSTOMER}
