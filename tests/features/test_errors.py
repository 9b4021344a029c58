"""Errors: a class for each status, the body as the type that the document declares for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from runtime.loopback import Server, reset
from starlette.responses import PlainTextResponse, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def failure(kit: Kit, call: Callable[[], Any]) -> Any:
    """The error of a call."""
    with pytest.raises(kit.top.APIError) as raised:
        await kit(call())
    return raised.value


CLASSES = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    418: "APIStatusError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
    503: "InternalServerError",
}


@pytest.mark.parametrize("status", CLASSES)
async def test_each_status_has_its_class(kit: Kit, status: int) -> None:
    kit.harbor.fail(status)
    with pytest.raises(getattr(kit.top, CLASSES[status]), match="not today") as raised:
        await kit(kit.client(max_retries=0).anthem.get())
    error = raised.value
    assert type(error).__name__ == CLASSES[status] and isinstance(error, kit.top.HarborError)
    assert (error.status_code, error.body, error.request_id) == (status, {"message": "not today"}, "req_1")
    assert (error.request.method, error.request.url.path) == ("GET", "/main/anthem")
    assert error.response.headers["content-type"] == "application/json" and error.parsed is None


async def test_the_body_of_a_status_is_parsed_as_the_document_says(kit: Kit) -> None:
    types, client = kit.module("types"), kit.client()
    with pytest.raises(kit.top.NotFoundError) as missing:
        await kit(client.ships.get("none"))
    assert missing.value.parsed == types.ShipMissing(ship_id="none", near=["s1"])
    with pytest.raises(kit.top.UnprocessableEntityError, match="a ship needs a name") as invalid:
        await kit(client.ships.create(name=""))
    assert type(invalid.value.parsed) is types.Invalid and invalid.value.parsed.fields[0].field == "name"
    with pytest.raises(kit.top.ConflictError) as taken:
        await kit(client.ships.create(name="Anna"))
    assert taken.value.parsed.taken_by == "s1"


async def test_the_class_of_a_status_and_the_default_are_parsed_too(kit: Kit) -> None:
    problem, client = kit.module("types").Problem, kit.client(max_retries=0)
    kit.harbor.fail(418)
    with pytest.raises(kit.top.APIStatusError) as by_class:
        await kit(client.ships.get("s1"))
    assert by_class.value.parsed == problem(message="not today")
    kit.harbor.fail(500)
    with pytest.raises(kit.top.InternalServerError) as by_default:
        await kit(client.ships.create(name="Berta"))
    assert by_default.value.parsed == problem(message="not today")


@pytest.mark.parametrize("body", [{"unlike": "the schema"}, ["x"], "text"], ids=["object", "array", "string"])
async def test_a_body_unlike_its_schema_is_kept_as_it_came(kit: Kit, body: Any) -> None:
    kit.harbor.fail(404, body=body)
    with pytest.raises(kit.top.NotFoundError) as raised:
        await kit(kit.client().ships.get("none"))
    assert raised.value.body == body and raised.value.parsed is None


async def test_a_body_that_is_no_json_is_text(kit: Kit) -> None:
    kit.harbor.plan(PlainTextResponse("bad gateway", 400), Response(status_code=400))
    client = kit.client()
    assert (await failure(kit, client.anthem.get)).body == "bad gateway"
    assert (await failure(kit, client.anthem.get)).body is None


async def test_no_connection_is_an_error_with_its_cause(kit: Kit) -> None:
    with Server([reset]) as server:
        client = kit.client(base_url=server.url, max_retries=0)
        error = await failure(kit, client.anthem.get)
    assert type(error) is kit.top.APIConnectionError and isinstance(error.__cause__, kit.package.http.HTTPError)
    error = await failure(kit, client.anthem.get)
    assert type(error) is kit.top.APIConnectionError and isinstance(error.__cause__, kit.package.http.ConnectError)


async def test_an_error_says_how_often_it_was_tried(kit: Kit) -> None:
    kit.harbor.fail(503, 503, 503)
    assert (await failure(kit, kit.client().anthem.get)).retries_taken == 2


@pytest.mark.parametrize("body", ["<html>Sign in</html>", "{cut", ""])
async def test_a_success_that_is_no_json_is_never_returned_as_a_model(kit: Kit, body: str) -> None:
    kit.harbor.plan(Response(body, media_type="application/json" if body[:1] != "<" else "text/html"))
    error = await failure(kit, lambda: kit.client().ships.get("s1"))
    assert type(error) is kit.top.APIResponseValidationError and error.status_code == 200
