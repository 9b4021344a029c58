"""The package `openai_conversations` against a server on a real socket."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, cast

import openai_conversations as sdk
import pytest
from openai_conversations import AsyncOpenAIConversations, OpenAIConversations
from openai_conversations.pagination import AsyncConversationCursorPage, SyncConversationCursorPage
from openai_conversations.types import ConversationResource, DeletedConversationResource, Message
from starlette.responses import JSONResponse

from e2e.servers.openai_conversations import RULES, Server
from e2e.support.backends import backend_fixture
from e2e.support.fixtures import answer, arguments
from e2e.support.harness import all_operations, load_document, operations_called

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

API = "openai-conversations"

backend = backend_fixture(API, RULES)


@pytest.fixture
def server() -> Server:
    server = Server()
    server.add({"topic": "travel"}, answer(API, "listConversationItems")["data"])
    return server


@pytest.fixture
async def client(call: Caller, backend: Backend) -> AsyncIterator[Any]:
    kind = call.pick(OpenAIConversations, AsyncOpenAIConversations)
    async with call.entered(kind(base_url=backend.base_url, api_key="sk-test")) as client:
        yield client


def test_every_operation_of_the_document_is_called_by_both_clients() -> None:
    assert operations_called(sys.modules[__name__]) == all_operations(API)


@pytest.mark.operation("createConversation")
async def test_create_with_first_items(call: Caller, client: Any, server: Server, backend: Backend) -> None:
    sent = arguments(API, "createConversation")
    conversation = await call(client.conversations.create(**sent))
    assert backend.call.json() == sent
    assert type(conversation) is ConversationResource
    assert (conversation.id, conversation.object, conversation.created_at) == ("conv_2", "conversation", 1760000001)
    assert conversation.metadata == {"topic": "travel"}
    assert [each["role"] for each in server.items["conv_2"]] == ["user", "developer"]


@pytest.mark.operation("createConversation")
async def test_null_and_absent_are_different(call: Caller, client: Any, backend: Backend) -> None:
    assert (await call(client.conversations.create(metadata=None))).metadata is None
    await call(client.conversations.create())
    with_null, without = backend.calls
    assert with_null.json() == {"metadata": None}
    assert without.body in (b"", b"{}")


@pytest.mark.operation("getConversation")
async def test_retrieve_answers_typed_and_keeps_null(call: Caller, client: Any, server: Server) -> None:
    server.add(None)
    conversation = await call(client.conversations.retrieve("conv_2"))
    assert type(conversation) is ConversationResource
    assert conversation.metadata is None
    assert conversation.to_dict()["metadata"] is None


@pytest.mark.operation("updateConversation")
async def test_update_replaces_or_removes_the_metadata(call: Caller, client: Any, backend: Backend) -> None:
    updated = await call(client.conversations.update("conv_1", metadata={"topic": "sailing", "lang": "de"}))
    assert updated.metadata == {"topic": "sailing", "lang": "de"}
    assert (await call(client.conversations.update("conv_1", metadata=None))).metadata is None
    assert [each.json() for each in backend.calls] == [
        {"metadata": {"topic": "sailing", "lang": "de"}},
        {"metadata": None},
    ]


@pytest.mark.operation("listConversations")
async def test_list_follows_last_id_over_all_pages(call: Caller, client: Any, server: Server, backend: Backend) -> None:
    for number in range(4):
        server.add({"number": str(number)})
    found = await call.all(client.conversations.list(limit=2))
    assert [each.id for each in found] == ["conv_5", "conv_4", "conv_3", "conv_2", "conv_1"]
    assert {type(each) for each in found} == {ConversationResource}
    assert [dict(each.query).get("after") for each in backend.calls] == [None, "conv_4", "conv_2"]


@pytest.mark.operation("deleteConversation")
@pytest.mark.operation("getConversation")
async def test_a_deleted_conversation_is_gone(call: Caller, client: Any) -> None:
    deleted = await call(client.conversations.delete("conv_1"))
    assert type(deleted) is DeletedConversationResource
    assert (deleted.id, deleted.object, deleted.deleted) == ("conv_1", "conversation.deleted", True)
    with pytest.raises(sdk.NotFoundError):
        await call(client.conversations.retrieve("conv_1"))
    assert (await call(client.conversations.list())).data == []


@pytest.mark.operation("listConversationItems")
async def test_items_page_over_the_whole_union(call: Caller, client: Any, backend: Backend) -> None:
    stored = answer(API, "listConversationItems")["data"]
    page = await call(client.conversations.items.list("conv_1", order="asc", limit=4))
    assert isinstance(page, call.pick(SyncConversationCursorPage, AsyncConversationCursorPage))
    items = await call.all(page)
    assert [each.id for each in items] == [each["id"] for each in stored]
    assert [each.to_dict() for each in items] == stored
    assert len(backend.calls) == -(-len(stored) // 4)
    mapping = load_document(API).content["components"]["schemas"]["ConversationItem"]["discriminator"]["mapping"]
    # The package spells initialisms in its own way.
    named = [mapping[each.type].rpartition("/")[2].casefold() for each in items]
    assert [type(each).__name__.casefold() for each in items] == named
    assert all(each._response_problems == () for each in items)


@pytest.mark.operation("listConversationItems")
async def test_include_is_sent_as_one_pair_for_each_value(call: Caller, client: Any, backend: Backend) -> None:
    wanted = ["web_search_call.action.sources", "file_search_call.results"]
    await call(client.conversations.items.list("conv_1", include=wanted, limit=0))
    query = backend.call.query
    assert [value for name, value in query if name == "include[]"] == wanted
    assert [each for each in query if each[0] != "include[]"] == [("limit", "0")]


@pytest.mark.operation("createConversationItems")
async def test_every_kind_of_item_can_be_added(call: Caller, client: Any, backend: Backend) -> None:
    sent = arguments(API, "createConversationItems") | {"conversation_id": "conv_1"}
    added = await call(client.conversations.items.create(**sent))
    assert backend.call.json() == {"items": sent["items"]}
    assert backend.call.query == (("include[]", "message.output_text.logprobs"),)
    assert type(added).__name__ == "ConversationItemList"
    assert [each.type for each in added.data] == [
        "message" if each["type"] == "item_reference" else each["type"] for each in sent["items"]
    ]
    question, reply = added.data[:2]
    assert question.content[1].image_url == "https://example.org/a.png"
    assert reply.content[0].text == "Gladly."
    assert reply.content[0].logprobs[0].logprob == -0.5
    assert type(question) is type(reply) is Message
    assert added._response_problems == ()


@pytest.mark.operation("createConversationItems")
async def test_items_can_come_from_an_iterator(call: Caller, client: Any, backend: Backend) -> None:
    texts = ("One", "Two")
    items = ({"type": "message", "role": "user", "content": text} for text in texts)
    await call(client.conversations.items.create("conv_1", items=items))
    assert [each["content"] for each in backend.call.json()["items"]] == ["One", "Two"]


@pytest.mark.operation("getConversationItem")
@pytest.mark.operation("createConversationItems")
async def test_retrieve_answers_with_the_data_that_was_asked_for(call: Caller, client: Any, backend: Backend) -> None:
    message = {"type": "message", "role": "assistant", "content": "Gladly."}
    (item,) = (await call(client.conversations.items.create("conv_1", items=[message]))).data
    bare = await call(client.conversations.items.retrieve(item.id, conversation_id="conv_1"))
    assert type(bare) is Message
    assert bare.content[0].type == "output_text"
    assert bare.content[0].logprobs is None
    full = await call(
        client.conversations.items.retrieve(item.id, conversation_id="conv_1", include=["message.output_text.logprobs"])
    )
    assert full.content[0].logprobs[0].token == "Gladly."
    assert backend.calls[-1].path == f"/conversations/conv_1/items/{item.id}"


@pytest.mark.operation("deleteConversationItem")
async def test_deleting_an_item_answers_with_its_conversation(call: Caller, client: Any, server: Server) -> None:
    conversation = await call(client.conversations.items.delete("msg_2", conversation_id="conv_1"))
    assert type(conversation) is ConversationResource
    assert conversation.id == "conv_1"
    assert "msg_2" not in [each["id"] for each in server.items["conv_1"]]
    with pytest.raises(sdk.NotFoundError):
        await call(client.conversations.items.retrieve("msg_2", conversation_id="conv_1"))


async def test_an_item_of_an_unknown_kind_survives(call: Caller, client: Any, backend: Backend) -> None:
    strange = {"type": "telepathy_call", "id": "tp_1", "status": "completed", "thought": [1, True]}
    backend.checked.fail_next(JSONResponse(strange))
    item = await call(client.conversations.items.retrieve("tp_1", conversation_id="conv_1"))
    assert type(item).__name__ == "UnknownVariant"
    assert item.to_dict() == strange


async def test_attributes_keep_the_type_of_their_values(call: Caller, client: Any) -> None:
    items = await call.all(client.conversations.items.list("conv_1", order="asc"))
    (search,) = [each for each in items if each.type == "file_search_call"]
    attributes = search.results[0].attributes
    assert attributes == {"lang": "en", "year": 2026, "public": True}
    assert attributes["public"] is True
    assert attributes["year"] is not True


async def test_404_has_the_message_of_the_server(call: Caller, client: Any) -> None:
    with pytest.raises(sdk.NotFoundError, match="Nothing was found") as caught:
        await call(client.conversations.retrieve("conv_9"))
    assert isinstance(caught.value, sdk.OpenAIConversationsError)
    parsed = cast("Any", caught.value).parsed
    assert type(parsed).__name__ == "ErrorResponse"
    assert parsed.error.param is None


async def test_a_wrong_key_is_an_authentication_error(call: Caller, backend: Backend) -> None:
    backend.checked.fail_next(
        JSONResponse({"error": {"message": "bad key", "type": "t", "param": None, "code": None}}, 401)
    )
    kind = call.pick(OpenAIConversations, AsyncOpenAIConversations)
    async with call.entered(kind(base_url=backend.base_url, api_key="sk-secret")) as client:
        with pytest.raises(sdk.AuthenticationError) as caught:
            await call(client.conversations.retrieve("conv_1"))
    assert "sk-secret" not in f"{caught.value!r}{caught.value.request.headers!r}{vars(caught.value)}"


async def test_429_is_tried_again_after_the_time_that_the_server_names(
    call: Caller, client: Any, backend: Backend
) -> None:
    limited = {"error": {"message": "slow down", "type": "requests", "param": None, "code": None}}
    backend.checked.fail_next(JSONResponse(limited, 429, {"retry-after-ms": "1"}))
    assert (await call(client.conversations.retrieve("conv_1"))).id == "conv_1"
    assert len(backend.calls) == 2
