"""Several services behind one client, and the file `.env`."""

from __future__ import annotations

from pathlib import Path

import pytest
from sdk_runtime._auth import APIKey, BearerToken
from sdk_runtime._base_client import SyncAPIClient
from sdk_runtime._dotenv import environment, parse_dotenv
from sdk_runtime._exceptions import SDKError
from sdk_runtime._providers import Provider, detect_provider, from_url, provider_from_env, with_url

AZURE = Provider(
    "Azure",
    "AZURE_OPENAI_API_KEY",
    base_url_env="AZURE_OPENAI_BASE_URL",
    credential="api-key",
    url_contains=(".openai.azure.com",),
)
OPENAI = Provider("OpenAI", "OPENAI_API_KEY", base_url="https://api.openai.com/v1")
PROVIDERS = (AZURE, OPENAI)


def test_azure_comes_first_when_its_key_is_set() -> None:
    env = {
        "AZURE_OPENAI_API_KEY": "a",
        "AZURE_OPENAI_BASE_URL": "https://x.openai.azure.com",
        "OPENAI_API_KEY": "o",
    }
    found = detect_provider(PROVIDERS, env)
    assert (found.provider, found.base_url, found.api_key) == (
        AZURE,
        "https://x.openai.azure.com",
        "a",
    )


def test_otherwise_openai_and_its_error() -> None:
    assert detect_provider(PROVIDERS, {"OPENAI_API_KEY": "o"}).provider is OPENAI
    with pytest.raises(SDKError, match=r"^OPENAI_API_KEY environment variable not set$"):
        detect_provider(PROVIDERS, {})


def test_a_key_without_its_url_does_not_fall_back_to_another_service() -> None:
    with pytest.raises(SDKError, match=r"^AZURE_OPENAI_BASE_URL environment variable not set$"):
        detect_provider(PROVIDERS, {"AZURE_OPENAI_API_KEY": "a", "OPENAI_API_KEY": "o"})
    with pytest.raises(SDKError, match=r"^AZURE_OPENAI_API_KEY environment variable not set$"):
        provider_from_env(AZURE, {})


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://my.openai.azure.com/openai?api-version=1", AZURE),
        ("https://api.openai.com/v1", OPENAI),
        ("http://localhost:11434/v1", OPENAI),
    ],
)
def test_a_url_names_its_service(url: str, expected: Provider) -> None:
    found = with_url(PROVIDERS, url, "k")
    assert (found.provider, found.base_url, found.api_key) == (expected, url, "k")


def test_a_url_takes_the_key_of_its_service() -> None:
    assert from_url(PROVIDERS, "https://x.openai.azure.com", {"AZURE_OPENAI_API_KEY": "a"}).api_key == "a"
    with pytest.raises(SDKError, match=r"^Azure URL detected but AZURE_OPENAI_API_KEY is not set$"):
        from_url(PROVIDERS, "https://x.openai.azure.com", {"OPENAI_API_KEY": "o"})
    with pytest.raises(SDKError, match=r"^OPENAI_API_KEY environment variable not set$"):
        from_url(PROVIDERS, "http://localhost", {})


def test_each_service_gets_its_key_in_its_own_way_and_repr_hides_it() -> None:
    assert isinstance(OPENAI.sign_with("secret-key"), BearerToken)
    azure = AZURE.sign_with("secret-key")
    assert isinstance(azure, APIKey) and azure.name == "api-key"
    assert (
        "secret-key"
        not in f"{azure!r}{OPENAI.sign_with('secret-key')!r}{with_url(PROVIDERS, 'http://x', 'secret-key')!r}"
    )


def test_a_query_in_the_base_url_stays_a_query() -> None:
    from sdk_runtime._auth import Signature
    from sdk_runtime._options import FinalRequestOptions

    client = SyncAPIClient(version="1", base_url="https://x.openai.azure.com/openai/?api-version=2024")
    options = FinalRequestOptions("get", "/conversations/c1/items", params={"limit": 0})
    url = client._prepare(options, Signature(), client._client).url
    assert str(url) == "https://x.openai.azure.com/openai/conversations/c1/items?api-version=2024&limit=0"


def test_dotenv_syntax() -> None:
    text = (
        "# comment\nA=1\nexport B = two words # not this\nC='single # $A'\n"
        'D="line\\nbreak \\"x\\"" # c\nE=\nnot a line\nF=a#b\nG=#c\n1X=2\n'
    )
    assert parse_dotenv(text) == {
        "A": "1",
        "B": "two words",
        "C": "single # $A",
        "D": 'line\nbreak "x"',
        "E": "",
        "F": "a#b",
        "G": "",
    }


def test_dotenv_fills_gaps_and_never_overrides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("DOTENV_A=file\nDOTENV_B=file\n")
    monkeypatch.setenv("DOTENV_A", "environment")
    found = environment(tmp_path)
    assert (found["DOTENV_A"], found["DOTENV_B"]) == ("environment", "file")
    assert "DOTENV_B" not in environment(tmp_path / "elsewhere")
