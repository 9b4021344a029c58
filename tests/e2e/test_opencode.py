"""The package `opencode` against a server on a real socket."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any, cast

import opencode
import pytest
from opencode import AsyncOpencode, AsyncStream, Opencode, Stream
from opencode.types import AssistantMessage, FilePart, Session, SymbolSource, TextPart, UserMessage
from starlette.responses import Response

from e2e.servers.opencode import RULES, Server
from e2e.support.backends import backend_fixture
from e2e.support.fixtures import arguments, events
from e2e.support.harness import all_operations, load_document, operations_called

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

API = "opencode"
MODEL = {"model_id": "claude-sonnet-4", "provider_id": "anthropic"}
SCRIPT = events(API, "event.list")[1:]

backend = backend_fixture(API, RULES)


@pytest.fixture
def server() -> Server:
    server = Server()
    server.add()
    return server


@pytest.fixture
async def client(call: Caller, backend: Backend) -> AsyncIterator[Any]:
    async with call.entered(call.pick(Opencode, AsyncOpencode)(base_url=backend.base_url)) as client:
        yield client


def test_every_operation_of_the_document_is_called_by_both_clients() -> None:
    assert operations_called(sys.modules[__name__]) == all_operations(API)


@pytest.mark.operation("session.create")
async def test_create_sends_no_body_and_answers_typed(call: Caller, client: Any, backend: Backend) -> None:
    session = await call(client.session.create())
    assert backend.call.body == b""
    assert type(session) is Session
    assert (session.id, session.title, session.version) == ("ses_2", "New session", "0.5.0")
    assert session.time.created <= session.time.updated
    assert session.share is None


@pytest.mark.operation("session.list")
async def test_list_is_a_plain_list(call: Caller, client: Any) -> None:
    await call(client.session.create())
    sessions = await call(client.session.list())
    assert [(type(each), each.id) for each in sessions] == [(Session, "ses_2"), (Session, "ses_1")]
    assert type(sessions) is list


@pytest.mark.operation("session.delete")
@pytest.mark.operation("session.list")
async def test_delete_answers_with_a_boolean(call: Caller, client: Any) -> None:
    assert await call(client.session.delete("ses_1")) is True
    assert await call(client.session.list()) == []


@pytest.mark.operation("session.abort")
@pytest.mark.operation("session.init")
@pytest.mark.operation("session.summarize")
async def test_commands_answer_with_a_boolean(call: Caller, client: Any, backend: Backend) -> None:
    assert await call(client.session.abort("ses_1")) is True
    assert await call(client.session.init("ses_1", message_id="msg_01", **MODEL)) is True
    assert await call(client.session.summarize("ses_1", **MODEL)) is True
    abort, init, summarize = backend.calls
    assert abort.body == b""
    assert init.json() == {"messageID": "msg_01", "modelID": "claude-sonnet-4", "providerID": "anthropic"}
    assert summarize.json() == {"modelID": "claude-sonnet-4", "providerID": "anthropic"}


@pytest.mark.operation("session.chat")
async def test_chat_sends_wire_names_and_answers_typed(call: Caller, client: Any, backend: Backend) -> None:
    sent = arguments(API, "session.chat") | {"id": "ses_1"}
    message = await call(client.session.chat(**sent))
    del sent["id"]
    wire = {"message_id": "messageID", "model_id": "modelID", "provider_id": "providerID"}
    assert backend.call.json() == {wire.get(name, name): value for name, value in sent.items()}
    assert type(message) is AssistantMessage
    assert (message.api_model_id, message.provider_id, message.session_id) == (*MODEL.values(), "ses_1")
    assert message.system == ["Answer briefly."]
    assert (message.tokens.output, message.tokens.cache.read) == (3.5, 9)
    assert message.error is None


@pytest.mark.operation("session.messages")
async def test_messages_and_parts_are_typed_by_their_discriminators(call: Caller, client: Any) -> None:
    source = {
        "type": "symbol",
        "name": "parse",
        "kind": 12,
        "path": "parser.py",
        "range": {"start": {"line": 10, "character": 0}, "end": {"line": 24, "character": 17}},
        "text": {"value": "@parse", "start": 5, "end": 11},
    }
    parts = [
        {"type": "text", "text": "What does this do?"},
        {"type": "file", "mime": "text/plain", "url": "file:///parser.py", "source": source},
    ]
    await call(client.session.chat("ses_1", parts=parts, **MODEL))
    question, reply = await call(client.session.messages("ses_1"))
    assert (type(question.info), type(reply.info)) == (UserMessage, AssistantMessage)
    assert [type(each) for each in question.parts] == [TextPart, FilePart]
    assert question.parts[0].message_id == question.info.id
    symbol = question.parts[1].source
    assert type(symbol) is SymbolSource
    assert (symbol.kind, symbol.range.end.character, symbol.text.value) == (12, 17, "@parse")


@pytest.mark.operation("session.revert")
@pytest.mark.operation("session.unrevert")
async def test_a_revert_can_be_undone(call: Caller, client: Any, backend: Backend) -> None:
    reverted = await call(client.session.revert("ses_1", message_id="msg_02", part_id="prt_04"))
    assert backend.call.json() == {"messageID": "msg_02", "partID": "prt_04"}
    assert (reverted.revert.message_id, reverted.revert.part_id) == ("msg_02", "prt_04")
    assert type(reverted) is Session
    restored = await call(client.session.unrevert("ses_1"))
    assert type(restored) is Session
    assert restored.revert is None


@pytest.mark.operation("session.share")
@pytest.mark.operation("session.unshare")
async def test_sharing_can_be_undone(call: Caller, client: Any) -> None:
    shared = await call(client.session.share("ses_1"))
    assert shared.share.url == "https://opencode.ai/s/ses_1"
    unshared = await call(client.session.unshare("ses_1"))
    assert type(unshared) is Session
    assert "share" not in unshared.model_fields_set


@pytest.mark.operation("event.list")
async def test_events_are_typed_by_their_union(call: Caller, client: Any, server: Server) -> None:
    server.script = SCRIPT
    stream = await call(client.event.list())
    assert isinstance(stream, call.pick(Stream, AsyncStream))
    received = await call.all(stream)
    assert [each.to_dict() for each in received] == events(API, "event.list")
    mapping = load_document(API).content["components"]["schemas"]["Event"]["discriminator"]["mapping"]
    assert [type(each).__name__ for each in received] == [mapping[each.type].rpartition("/")[2] for each in received]
    assert {each.type for each in received} == set(mapping)
    assert {type(each).__module__.partition(".")[0] for each in received} == {"opencode"}


@pytest.mark.operation("event.list")
async def test_unions_inside_events_are_typed_too(call: Caller, client: Any, server: Server) -> None:
    server.script = SCRIPT
    received = await call.all(await call(client.event.list()))
    infos = [each.properties.info for each in received if each.type == "message.updated"]
    assert [type(each) for each in infos] == [UserMessage, AssistantMessage, AssistantMessage]
    assert infos[2].error.name == "MessageAbortedError"
    parts = [each.properties.part for each in received if each.type == "message.part.updated"]
    assert [type(each).__name__ for each in parts] == [
        "StepStartPart",
        "TextPart",
        "FilePart",
        "ToolPart",
        "ToolPart",
        "ToolPart",
        "SnapshotPart",
        "PatchPart",
        "StepFinishPart",
    ]
    assert [type(each.state).__name__ for each in parts if each.type == "tool"] == [
        "ToolStatePending",
        "ToolStateRunning",
        "ToolStateError",
    ]
    errors = [each.properties.error for each in received if each.type == "session.error"]
    assert [None if each is None else each.name for each in errors] == [
        "ProviderAuthError",
        "UnknownError",
        "MessageOutputLengthError",
        "MessageAbortedError",
        None,
    ]
    assert errors[0].data.provider_id == "anthropic"


@pytest.mark.operation("event.list")
async def test_an_event_of_an_unknown_type_survives(call: Caller, client: Any, server: Server) -> None:
    strange = {"type": "moon.rose", "properties": {"phase": 0.25}}
    server.script = [strange, SCRIPT[0]]
    first, unknown, last = await call.all(await call(client.event.list()))
    assert (type(first).__name__, type(last).__name__) == ("EventServerConnected", "EventInstallationUpdated")
    assert type(unknown).__name__ == "UnknownVariant"
    assert unknown.type == "moon.rose"
    assert unknown.to_dict() == strange


@pytest.mark.operation("event.list")
async def test_events_arrive_while_they_happen_and_leaving_closes_the_connection(
    call: Caller, client: Any, server: Server
) -> None:
    async with call.entered(await call(client.event.list())) as stream:
        received = call.each(stream)
        assert (await anext(received)).type == "server.connected"
        assert server.listeners == 1
        session = await call(client.session.create())
        created = await anext(received)
        assert created.type == "session.updated"
        assert created.properties.info == session
        await call(client.session.abort(session.id))
        assert (await anext(received)).properties.session_id == session.id
    deadline = time.monotonic() + 5
    while server.listeners and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.listeners == 0


async def test_two_streams_both_hear_an_event(call: Caller, client: Any) -> None:
    async with (
        call.entered(await call(client.event.list())) as one,
        call.entered(await call(client.event.list())) as two,
    ):
        both = call.each(one), call.each(two)
        for received in both:
            await anext(received)
        await call(client.session.delete("ses_1"))
        assert [(await anext(received)).properties.info.id for received in both] == ["ses_1", "ses_1"]


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
async def test_every_form_of_an_event_stream_is_read(
    call: Caller, client: Any, backend: Backend, separator: str
) -> None:
    lines = [
        "\ufeffid: 7",
        "retry: 10",
        'data: {"type": "file.edited",',
        'data:"properties": {"file": "ä\u2028.py"}}',
        "",
        ": comment",
        "",
        'data: {"type": "never.dispatched"}',
    ]
    body = separator.join(lines).encode()
    backend.checked.fail_next(Response(body, media_type="text/event-stream"))
    (event,) = await call.all(await call(client.event.list()))
    assert type(event).__name__ == "EventFileEdited"
    assert event.properties.file == "ä\u2028.py"


async def test_the_raw_response_of_a_stream_has_its_headers(call: Caller, client: Any, server: Server) -> None:
    server.script = SCRIPT[:1]
    response = await call(client.event.with_raw_response.list())
    assert response.headers["content-type"].startswith("text/event-stream")
    received = await call.all(await call(response.parse()))
    assert [each.type for each in received] == ["server.connected", "installation.updated"]


async def test_a_missing_session_raises_with_the_parsed_body(call: Caller, client: Any) -> None:
    with pytest.raises(opencode.BadRequestError) as caught:
        await call(client.session.share("ses_9"))
    assert caught.value.body == {"name": "UnknownError", "data": {"message": "there is no session ses_9"}}
    parsed = cast("Any", caught.value).parsed
    assert type(parsed).__name__ == "Error"
    assert parsed.data["message"] == "there is no session ses_9"
    assert isinstance(caught.value, opencode.OpencodeError)


async def test_no_credential_is_ever_sent(call: Caller, client: Any, backend: Backend) -> None:
    await call(client.session.list())
    assert not {"authorization", "cookie", "x-api-key"} & backend.call.headers.keys()


async def test_the_address_can_come_from_the_environment(
    call: Caller, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENCODE_BASE_URL", backend.base_url)
    async with call.entered(call.pick(Opencode, AsyncOpencode)()) as client:
        await call(client.session.list())
    assert backend.call.operation == "session.list"


async def test_models_are_built_for_use_in_requests(call: Caller, client: Any, backend: Backend) -> None:
    """A part that was received can be sent again."""
    await call(client.session.chat("ses_1", parts=[{"type": "text", "text": "Hello"}], **MODEL))
    question, _ = await call(client.session.messages("ses_1"))
    text = question.parts[0]
    await call(client.session.chat("ses_1", parts=[{"type": "text", "text": text.text, "id": text.id}], **MODEL))
    assert backend.calls[-1].json()["parts"] == [{"type": "text", "text": "Hello", "id": text.id}]
