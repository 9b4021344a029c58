"""The checks that all other tests here rely on find what they are meant to find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from starlette.responses import JSONResponse
from starlette.routing import Route

from e2e.servers import modelrelay
from e2e.support.answers import application
from e2e.support.checks import Contract
from e2e.support.harness import Backend, load_document, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e.support.live import LiveServer

CONTRACT = Contract(load_document("modelrelay"), modelrelay.RULES)
KEY = {"X-ModelRelay-Api-Key": "mr_sk_test"}


@pytest.fixture
def backend(live: LiveServer) -> Backend:
    return serve(live, modelrelay.Server().app(), CONTRACT)


@pytest.fixture
def http(backend: Backend) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=backend.base_url, headers=KEY, trust_env=False) as client:
        yield client


def test_a_request_that_agrees_with_the_document_is_recorded(http: httpx2.Client, backend: Backend) -> None:
    assert http.get("/sessions", params={"limit": 3}).json() == {"sessions": []}
    assert backend.checked.violations == []
    assert backend.call.operation == "listSessions"
    assert backend.call.query == (("limit", "3"),)
    assert backend.call.headers["x-modelrelay-api-key"] == "mr_sk_test"


@pytest.mark.parametrize(
    ("method", "path", "sent", "problem"),
    [
        (
            "GET",
            "/sessions?limit=101",
            {},
            "listSessions: request: InvalidParameter: $: 101 is greater than the maximum",
        ),
        (
            "GET",
            "/sessions?limit=ten",
            {},
            "listSessions: request: ParameterValidationError: Query parameter error: limit",
        ),
        ("GET", "/sessions?colour=red", {}, "listSessions: query parameter 'colour' is not in the document"),
        ("GET", "/sessions/nobody", {}, "getSession: request: InvalidParameter: $: 'nobody' is not a 'uuid'"),
        ("GET", "/session", {}, "GET /session: the document has no such operation"),
        (
            "POST",
            "/sessions",
            {"json": {"metadata": 1}},
            "createSession: request: InvalidRequestBody: $.metadata: 1 is",
        ),
        ("POST", "/sessions", {"json": {"customerId": "x"}}, "createSession: request: InvalidRequestBody: $: "),
        ("POST", "/sessions", {}, "createSession: request: MissingRequiredRequestBody"),
        ("POST", "/sessions", {"data": {"metadata": "x"}}, "createSession: request: RequestBodyValidationError"),
        ("PATCH", f"/sessions/{modelrelay.PROJECT}", {"json": {}}, "$: 'metadata' is a required property"),
        ("POST", f"/sessions/{modelrelay.PROJECT}/clear", {"json": {}}, "clearSession: a body where the document has"),
    ],
)
def test_a_request_that_does_not_is_a_violation(
    http: httpx2.Client, backend: Backend, method: str, path: str, sent: dict[str, Any], problem: str
) -> None:
    assert http.request(method, path, **sent).status_code == 400
    assert backend.calls == []
    (violation,) = backend.checked.violations
    assert problem in violation


def test_a_request_without_credentials_is_answered_and_no_violation(http: httpx2.Client, backend: Backend) -> None:
    del http.headers["X-ModelRelay-Api-Key"]
    assert http.get("/sessions").status_code == 401
    assert backend.checked.violations == []


def test_an_answer_of_the_test_server_that_does_not_agree_is_a_violation(live: LiveServer) -> None:
    async def answer(_request: object) -> JSONResponse:
        return JSONResponse({"sessions": [{"id": 1}]})

    app = application([Route("/sessions", answer)])
    backend = serve(live, app, CONTRACT)
    assert httpx2.get(f"{backend.base_url}/sessions", headers=KEY, trust_env=False).status_code == 200
    (violation,) = backend.checked.violations
    assert violation.startswith("get /api/v1/sessions: test server: InvalidData: $.sessions[0]")


def test_a_fault_takes_the_place_of_one_answer(http: httpx2.Client, backend: Backend) -> None:
    backend.checked.fail_next(JSONResponse({}, status_code=503))
    assert [http.get("/sessions").status_code for _ in range(2)] == [503, 200]
