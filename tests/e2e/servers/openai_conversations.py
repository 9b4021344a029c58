"""OpenAI Conversations, at the platform and as an Azure resource offers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from e2e.support.answers import RefusedError, application
from e2e.support.checks import Rules
from e2e.support.pages import page

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.datastructures import Headers, QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from e2e.support.document import JSON, Operation

AZURE = "/ada.openai.azure.com/openai/v1"
"""The path of the Azure resource. The host's name is in it, since every server of a test is on this machine."""

_LOGPROBS = "message.output_text.logprobs"


class Server:
    """Conversations and their items, in order of creation."""

    def __init__(self) -> None:
        self.conversations: dict[str, dict[str, Any]] = {}
        self.items: dict[str, list[JSON]] = {}
        self._stored = 0

    def app(self) -> Starlette:
        """The routes, relative to the base path."""
        one = "/conversations/{conversation_id}"
        return application(
            [
                Route("/conversations", self._list, methods=["GET"]),
                Route("/conversations", self._create, methods=["POST"]),
                Route(one, self._get, methods=["GET"]),
                Route(one, self._update, methods=["POST"]),
                Route(one, self._delete, methods=["DELETE"]),
                Route(f"{one}/items", self._list_items, methods=["GET"]),
                Route(f"{one}/items", self._create_items, methods=["POST"]),
                Route(f"{one}/items/{{item_id}}", self._get_item, methods=["GET"]),
                Route(f"{one}/items/{{item_id}}", self._delete_item, methods=["DELETE"]),
            ]
        )

    def add(self, metadata: JSON = None, items: list[JSON] | None = None) -> dict[str, Any]:
        """Store a conversation with `items`, which are as the service returns them."""
        number = len(self.conversations)
        conversation = {
            "id": f"conv_{number + 1}",
            "object": "conversation",
            "created_at": 1760000000 + number,
            "metadata": metadata,
        }
        self.conversations[f"conv_{number + 1}"] = conversation
        self.items[f"conv_{number + 1}"] = list(items or ())
        return conversation

    async def _list(self, request: Request) -> Response:
        return JSONResponse(page(list(self.conversations.values()), request.query_params))

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        items = [self._store(each) for each in body.get("items") or ()]
        return JSONResponse(self.add(body.get("metadata"), items))

    async def _get(self, request: Request) -> Response:
        return JSONResponse(self._find(request))

    async def _update(self, request: Request) -> Response:
        conversation = self._find(request)
        conversation["metadata"] = (await request.json())["metadata"]
        return JSONResponse(conversation)

    async def _delete(self, request: Request) -> Response:
        identifier = self._find(request)["id"]
        del self.conversations[identifier], self.items[identifier]
        return JSONResponse({"id": identifier, "object": "conversation.deleted", "deleted": True})

    async def _list_items(self, request: Request) -> Response:
        listed = page(self.items[self._find(request)["id"]], request.query_params)
        return JSONResponse({**listed, "data": [_shown(each, request.query_params) for each in listed["data"]]})

    async def _create_items(self, request: Request) -> Response:
        items = self.items[self._find(request)["id"]]
        stored = [self._store(each) for each in (await request.json())["items"]]
        items += stored
        shown = [_shown(each, request.query_params) for each in stored]
        ends = {"first_id": shown[0]["id"], "last_id": shown[-1]["id"]}
        return JSONResponse({"object": "list", "data": shown, "has_more": False, **ends})

    async def _get_item(self, request: Request) -> Response:
        return JSONResponse(_shown(self._find_item(request), request.query_params))

    async def _delete_item(self, request: Request) -> Response:
        conversation = self._find(request)
        self.items[conversation["id"]].remove(self._find_item(request))
        return JSONResponse(conversation)

    def _store(self, item: JSON) -> JSON:
        """An item as the service keeps it: with an identifier, and text as a list of contents."""
        if item.get("type") == "item_reference":
            return next(each for stored in self.items.values() for each in stored if each["id"] == item["id"])
        self._stored += 1
        item = {"type": "message", "id": f"item_{self._stored}", **item}
        if item["type"] not in ("mcp_approval_response", "additional_tools"):
            item = {"status": "completed", **item}
        if item["type"] == "message" and isinstance(item["content"], str):
            item["content"] = [_text(item["role"], item["content"])]
        return item

    def _find(self, request: Request) -> dict[str, Any]:
        identifier = request.path_params["conversation_id"]
        if identifier not in self.conversations:
            raise _not_found()
        return self.conversations[identifier]

    def _find_item(self, request: Request) -> JSON:
        for item in self.items[self._find(request)["id"]]:
            if item["id"] == request.path_params["item_id"]:
                return item
        raise _not_found()


def _text(role: str, text: str) -> JSON:
    if role != "assistant":
        return {"type": "input_text", "text": text}
    logprobs = [{"token": text, "logprob": -0.5, "bytes": list(text.encode()), "top_logprobs": []}]
    return {"type": "output_text", "text": text, "annotations": [], "logprobs": logprobs}


def _shown(item: JSON, query: QueryParams) -> JSON:
    """`item` without the data that comes only if `include` asks for it."""
    if item["type"] != "message" or _LOGPROBS in query.getlist("include[]"):
        return item
    content = [{key: value for key, value in each.items() if key != "logprobs"} for each in item["content"]]
    return {**item, "content": content}


def _not_found() -> RefusedError:
    return RefusedError(404, _error("Nothing was found under this identifier.", None))


def _error(message: str, code: str | None) -> JSON:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


def _unauthorized(_operation: Operation, headers: Headers, prefix: str) -> Response | None:
    if prefix == AZURE and headers.get("api-key"):
        return None
    return JSONResponse(_error("The API key that was sent is not valid.", "invalid_api_key"), status_code=401)


RULES = Rules(
    unauthorized=_unauthorized,
    # The document has no way to say that the pairs of a list are named `include[]`, except in prose.
    query_names={"include[]": "include"},
    extra_query=frozenset({"api-version"}),
    prefixes=(AZURE,),
    # Items are unions of objects that allOf puts together, which cannot be closed one by one.
    undeclared_properties="allow",
)
