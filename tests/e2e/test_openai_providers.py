"""Who answers, at which address and with which credential: the providers of `openai_conversations`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from openai_conversations import AsyncOpenAIConversations, OpenAIConversations, OpenAIConversationsError

from e2e.servers.openai_conversations import AZURE, RULES, Server
from e2e.support.backends import backend_fixture

if TYPE_CHECKING:
    from e2e.support.checks import Call
    from e2e.support.harness import Backend, Caller

pytestmark = pytest.mark.anyio

OPENAI_URL = "https://api.openai.com/v1"

backend = backend_fixture("openai-conversations", RULES)


@pytest.fixture
def server() -> Server:
    server = Server()
    server.add({"topic": "travel"})
    return server


@pytest.fixture
def kind(call: Caller) -> Any:
    """The class of the client, whose constructors are under test."""
    return call.pick(OpenAIConversations, AsyncOpenAIConversations)


@pytest.fixture
def azure_url(backend: Backend) -> str:
    """The address of an Azure resource, as far as the rules are concerned."""
    return backend.origin + AZURE


async def first_call(call: Caller, backend: Backend, client: Any) -> Call:
    """What `client` sends."""
    async with call.entered(client):
        await call(client.conversations.retrieve("conv_1"))
    return backend.call


async def test_the_default_is_the_key_of_the_environment_at_the_platform(
    kind: Any, call: Caller, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    assert str(kind().base_url).rstrip("/") == OPENAI_URL
    seen = await first_call(call, backend, kind(base_url=backend.base_url))
    assert seen.headers["authorization"] == "Bearer sk-env"
    assert "api-key" not in seen.headers


def test_without_a_key_the_error_names_the_variable(kind: Any) -> None:
    with pytest.raises(OpenAIConversationsError, match="OPENAI_API_KEY"):
        kind()
    for construct in (kind.from_env, kind.detect_provider):
        with pytest.raises(OpenAIConversationsError, match="OPENAI_API_KEY environment variable not set"):
            construct()


@pytest.mark.parametrize("constructor", ["from_env", "detect_provider"])
async def test_named_constructors_read_the_dotenv_file_too(
    kind: Any, call: Caller, backend: Backend, constructor: str
) -> None:
    Path(".env").write_text("OPENAI_API_KEY='sk-file'\n", encoding="utf-8")
    client = getattr(kind, constructor)()
    assert str(client.base_url).rstrip("/") == OPENAI_URL
    seen = await first_call(call, backend, client.with_options(base_url=backend.base_url))
    assert seen.headers["authorization"] == "Bearer sk-file"


def test_options_go_through_the_named_constructors(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    for client in (
        kind.from_env(timeout=3),
        kind.detect_provider(timeout=3),
        kind.with_url(OPENAI_URL, "k", timeout=3),
    ):
        assert client.timeout == 3


async def test_a_dotenv_file_of_the_working_directory_counts(kind: Any, call: Caller, backend: Backend) -> None:
    Path(".env").write_text('# keys\nexport OPENAI_API_KEY="sk-file" # of Ada\n', encoding="utf-8")
    seen = await first_call(call, backend, kind(base_url=backend.base_url))
    assert seen.headers["authorization"] == "Bearer sk-file"


async def test_the_environment_wins_over_the_dotenv_file(
    kind: Any, call: Caller, backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(".env").write_text("OPENAI_API_KEY=sk-file\n", encoding="utf-8")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    seen = await first_call(call, backend, kind(base_url=backend.base_url))
    assert seen.headers["authorization"] == "Bearer sk-env"


async def test_azure_sends_its_own_header_and_no_authorization(
    kind: Any, call: Caller, backend: Backend, azure_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-key")
    monkeypatch.setenv("AZURE_OPENAI_BASE_URL", azure_url)
    seen = await first_call(call, backend, kind.azure())
    assert seen.headers["api-key"] == "azure-key"
    assert "authorization" not in seen.headers


def test_azure_asks_for_the_key_first_and_then_for_the_address(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OpenAIConversationsError, match="AZURE_OPENAI_API_KEY environment variable not set"):
        kind.azure()
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-key")
    with pytest.raises(OpenAIConversationsError, match="AZURE_OPENAI_BASE_URL environment variable not set"):
        kind.azure()


async def test_detection_prefers_azure(
    kind: Any, call: Caller, backend: Backend, azure_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", "azure-key")
    monkeypatch.setenv("AZURE_OPENAI_BASE_URL", azure_url)
    seen = await first_call(call, backend, kind.detect_provider())
    assert seen.headers["api-key"] == "azure-key"


def test_detection_takes_openai_if_there_is_no_azure_key(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    monkeypatch.setenv("AZURE_OPENAI_BASE_URL", "https://ada.openai.azure.com/openai/v1")
    client = kind.detect_provider()
    assert str(client.base_url).rstrip("/") == OPENAI_URL
    assert client.api_key == "sk-env"


@pytest.mark.parametrize("key", ["azure-key", ""], ids=["key", "empty key"])
def test_an_azure_key_even_an_empty_one_decides_and_there_is_no_way_back(
    kind: Any, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", key)
    with pytest.raises(OpenAIConversationsError, match="AZURE_OPENAI_BASE_URL environment variable not set"):
        kind.detect_provider()


@pytest.mark.parametrize(
    ("url", "azure"),
    [
        ("https://api.openai.com/v1", False),
        ("http://localhost:11434/v1", False),
        ("https://my.company.example/llm", False),
        ("https://ada.openai.azure.com/openai/v1", True),
        ("https://ada.openai.azure.com/openai/deployments/x?api-version=2026-01-01", True),
        ("https://proxy.example/ada.openai.azure.com/v1", True),
        ("https://proxy.example/v1?to=ada.openai.azure.com", True),
        ("https://ada.OPENAI.azure.com/v1", False),
        ("https://openai.azure.com/v1", False),
        ("https://ada.services.ai.azure.com/v1", False),
        ("https://ada.cognitiveservices.azure.com/v1", False),
    ],
)
def test_a_url_says_whose_key_is_needed(kind: Any, url: str, azure: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search is plain and case-sensitive, in the whole URL."""
    missing = (
        "Azure URL detected but AZURE_OPENAI_API_KEY is not set"
        if azure
        else "OPENAI_API_KEY environment variable not set"
    )
    with pytest.raises(OpenAIConversationsError, match=missing):
        kind.from_url(url)
    monkeypatch.setenv("AZURE_OPENAI_API_KEY" if azure else "OPENAI_API_KEY", "right-key")
    monkeypatch.setenv("AZURE_OPENAI_BASE_URL", "https://not.used.example")
    client = kind.from_url(url)
    assert client.api_key == "right-key"
    assert client.base_url.host == urlsplit(url).hostname


async def test_an_azure_url_and_an_explicit_key(kind: Any, call: Caller, backend: Backend, azure_url: str) -> None:
    seen = await first_call(call, backend, kind.with_url(azure_url, "given"))
    assert seen.headers["api-key"] == "given"
    assert "authorization" not in seen.headers


async def test_any_other_url_and_an_explicit_key(kind: Any, call: Caller, backend: Backend) -> None:
    seen = await first_call(call, backend, kind.with_url(backend.base_url, "given"))
    assert seen.headers["authorization"] == "Bearer given"
    assert "api-key" not in seen.headers


@pytest.mark.parametrize("slashes", ["", "/", "//"])
async def test_trailing_slashes_do_not_matter(kind: Any, call: Caller, backend: Backend, slashes: str) -> None:
    seen = await first_call(call, backend, kind.with_url(backend.base_url + slashes, "given"))
    assert seen.path == "/conversations/conv_1"


async def test_the_path_goes_before_the_query_of_the_base_url(
    kind: Any, call: Caller, backend: Backend, azure_url: str
) -> None:
    client = kind.with_url(f"{azure_url}?api-version=2026-01-01", "given")
    async with call.entered(client):
        await call(client.conversations.retrieve("conv_1"))
        await call(client.conversations.items.list("conv_1", limit=3, include=["file_search_call.results"]))
    get, listed = backend.calls
    assert (get.path, get.query) == ("/conversations/conv_1", (("api-version", "2026-01-01"),))
    assert listed.path == "/conversations/conv_1/items"
    assert sorted(listed.query) == [
        ("api-version", "2026-01-01"),
        ("include[]", "file_search_call.results"),
        ("limit", "3"),
    ]


async def test_pages_keep_the_query_of_the_base_url(
    kind: Any, call: Caller, server: Server, backend: Backend, azure_url: str
) -> None:
    server.add({"topic": "sailing"})
    async with call.entered(kind.with_url(f"{azure_url}?api-version=preview", "given")) as client:
        assert len(await call.all(client.conversations.list(limit=1))) == 2
    assert [dict(each.query)["api-version"] for each in backend.calls] == ["preview", "preview"]


async def test_a_copy_stays_with_its_provider(kind: Any, call: Caller, backend: Backend, azure_url: str) -> None:
    client = kind.with_url(azure_url, "given").with_options(timeout=5, max_retries=0)
    seen = await first_call(call, backend, client)
    assert seen.headers["api-key"] == "given"
    assert "authorization" not in seen.headers
