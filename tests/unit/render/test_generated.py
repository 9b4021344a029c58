"""The tiny package, generated, imported and called over an in-process transport."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest
from sdkwright.config import Config
from sdkwright.ir.operations import SchemeKind, ServerVariable
from sdkwright.ir.operations import Server as Server_
from sdkwright.ir.symbols import Symbol
from sdkwright.plan.package.context import ModuleImports
from sdkwright.render.package import render
from unit.render.conftest import imported, write_package
from unit.render.tiny import API, HERE, TREE, tiny_plan

Handler = Callable[[httpx2.Request], httpx2.Response]


class Server:
    """Answers every request with one response and keeps what it was asked."""

    def __init__(self, *responses: httpx2.Response) -> None:
        self.responses = list(responses) or [httpx2.Response(200, json={})]
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        return self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]

    @property
    def last(self) -> httpx2.Request:
        return self.requests[-1]


def client_of(tiny: ModuleType, server: Server, **options: Any) -> Any:
    return tiny.Tiny(http_client=httpx2.Client(transport=httpx2.MockTransport(server)), **options)


def test_a_body_is_sent_with_its_wire_names_also_in_nested_objects(tiny: ModuleType) -> None:
    server = Server()
    animal = {"kind": "dog", "friends": [{"id": "1", "pet_name": "Rex"}]}
    client_of(tiny, server).pets.create(pet_name="Tom", animal=animal)
    assert server.last.content == (b'{"petName":"Tom","animal":{"kind":"dog","friends":[{"id":"1","petName":"Rex"}]}}')


def test_an_argument_that_is_left_out_is_not_sent(tiny: ModuleType) -> None:
    server = Server()
    client_of(tiny, server).pets.create(pet_name="Tom")
    assert server.last.content == b'{"petName":"Tom"}'


def test_a_path_value_is_encoded_and_an_empty_one_refused(tiny: ModuleType) -> None:
    server = Server()
    pets = client_of(tiny, server).pets
    pets.retrieve("a/b", x_trace="t1")
    assert server.last.url.raw_path == b"/v1/pets/a%2Fb"
    assert server.last.headers["x-trace"] == "t1"
    with pytest.raises(ValueError, match=r"Expected a non-empty value for `pet_id` but received ''"):
        pets.retrieve("")


def test_an_operation_sends_the_credentials_of_its_own_requirement(tiny: ModuleType) -> None:
    server = Server()
    client = client_of(tiny, server, token="T", key="K")
    client.pets.retrieve("1")
    assert (server.last.headers.get("authorization"), server.last.headers.get("x-key")) == ("Bearer T", None)
    client.pets.delete("1")
    assert (server.last.headers.get("authorization"), server.last.headers.get("x-key")) == (None, "K")
    server.responses = [httpx2.Response(200, json=[])]
    client.status()
    assert (server.last.headers.get("authorization"), server.last.headers.get("x-key")) == (None, None)


def test_a_list_goes_through_its_pages(tiny: ModuleType) -> None:
    first = httpx2.Response(200, json={"data": [{"id": "1"}], "next_cursor": "c2"})
    server = Server(first, httpx2.Response(200, json={"data": [{"id": "2"}], "next_cursor": None}))
    items = list(client_of(tiny, server).pets.list(tags=["a", "b"]))
    assert len(items) == 2
    assert [request.url.query for request in server.requests] == [b"tags=a,b", b"cursor=c2&tags=a,b"]


def test_files_and_fields_of_a_multipart_body_are_parts(tiny: ModuleType) -> None:
    server = Server()
    client_of(tiny, server).pets.photos.upload("1", image=b"PNG", caption="hello")
    assert server.last.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert b'name="caption"\r\n\r\nhello' in server.last.content
    assert b'name="image"' in server.last.content


def test_a_raw_body_is_sent_as_it_is_and_text_comes_back(tiny: ModuleType) -> None:
    server = Server(httpx2.Response(200, text="stored"))
    assert client_of(tiny, server).pets.replace("1", body=b"\x00\x01") == "stored"
    assert server.last.content == b"\x00\x01"
    assert server.last.headers["content-type"] == "application/octet-stream"
    assert server.last.headers["accept"] == "text/plain"


def test_a_binary_response_can_be_read_and_its_method_says_that_it_is_deprecated(tiny: ModuleType) -> None:
    server = Server(httpx2.Response(200, content=b"PNG"))
    with pytest.deprecated_call():
        assert client_of(tiny, server).pets.photos.download("1").read() == b"PNG"


def test_the_switch_turns_a_response_into_a_stream(tiny: ModuleType) -> None:
    events = httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=b'data: {"id": "1"}\n\n')
    server = Server(events)
    with client_of(tiny, server).pets.chat(prompt="hi", stream=True) as stream:
        assert len(list(stream)) == 1
    assert server.last.content == b'{"prompt":"hi","stream":true}'


def test_errors_are_parsed_as_the_type_that_is_declared(tiny: ModuleType) -> None:
    server = Server(httpx2.Response(422, json={"message": "no"}))
    with pytest.raises(tiny.UnprocessableEntityError) as caught:
        client_of(tiny, server).pets.create(pet_name="")
    assert isinstance(caught.value, tiny.TinyError)
    assert type(caught.value.parsed).__name__ == "Problem"


def test_methods_of_the_root_are_methods_of_the_client(tiny: ModuleType) -> None:
    server = Server(httpx2.Response(200, json=["fine"]))
    assert client_of(tiny, server).status() == ["fine"]


def test_a_verb_without_a_short_name_is_sent(tiny: ModuleType) -> None:
    server = Server()
    assert client_of(tiny, server).pets.check() is None
    assert server.last.method == "HEAD"


def test_views_exist_at_every_level(tiny: ModuleType) -> None:
    server = Server(httpx2.Response(200, json={"id": "1"}, headers={"x-request-id": "r"}))
    client = client_of(tiny, server)
    assert client.with_raw_response.pets.retrieve("1").headers["x-request-id"] == "r"
    assert client.pets.with_raw_response.retrieve("1").http_response.status_code == 200
    with client.pets.with_streaming_response.retrieve("1") as response:
        assert type(response.parse()).__name__ == "Pet"


def test_the_async_client_does_the_same(tiny: ModuleType) -> None:
    first = httpx2.Response(200, json={"data": [{"id": "1"}], "next_cursor": "c2"})
    server = Server(first, httpx2.Response(200, json={"data": []}))

    async def run() -> list[Any]:
        async with tiny.AsyncTiny(http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(server))) as client:
            await client.pets.create(pet_name="Tom")
            return [item async for item in client.pets.list()]

    server.responses.insert(0, httpx2.Response(200, json={}))
    assert len(asyncio.run(run())) == 1
    assert len(server.requests) == 3


def test_options_come_from_the_environment_and_copies_keep_them(
    tiny: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_TOKEN", "from env")
    monkeypatch.setenv("TINY_BASE_URL", "https://other.example")
    client = tiny.Tiny(default_headers={"a": "1"})
    copy = client.with_options(key="K", default_headers={"b": "2"}, timeout=3)
    assert (copy.token, copy.key, str(copy.base_url), copy.timeout) == ("from env", "K", "https://other.example", 3)
    assert (copy.default_headers["a"], copy.default_headers["b"]) == ("1", "2")
    assert client.key is None


def test_importing_the_package_imports_no_client_no_model_and_no_http_library(tmp_path: Path) -> None:
    source = write_package(tmp_path, Config())
    program = (
        "import sys, tiny; print(*sorted(n for n in sys.modules if n.split('.')[0] in {'tiny','httpx2','pydantic'}))"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=source, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["tiny", "tiny._lazy", "tiny._version"]


def test_every_export_of_every_package_resolves(tiny: ModuleType) -> None:
    for package in (tiny, tiny.types, tiny.resources, tiny.resources.pets):
        assert package.__all__ == sorted(package.__all__)
        for name in package.__all__:
            assert getattr(package, name) is not None
            assert name in dir(package)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        tiny.nothing  # noqa: B018


PROVIDERS = {
    "client_settings": {
        "opts": {"token": {"type": "string", "auth": {"security_scheme": "token"}, "read_env": "ONE_KEY"}},
        "providers": {
            "one": {"default": True, "base_url": "https://one.example/v1", "api_key_env": "ONE_KEY"},
            "two": {
                "base_url_env": "TWO_URL",
                "api_key_env": "TWO_KEY",
                "credential": {"header": "X-Two"},
                "url_contains": ".two.example",
                "detect_first": True,
            },
        },
    }
}


def test_providers_choose_url_and_credential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    for name in ("ONE_KEY", "TWO_KEY", "TWO_URL", "TINY_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for tiny in imported(tmp_path, monkeypatch, Config.model_validate(PROVIDERS)):
        http = httpx2.Client(transport=httpx2.MockTransport(server))
        client = tiny.Tiny.with_url("https://eu.two.example/x?v=1", "K", http_client=http)
        client.pets.retrieve("1")
        assert str(server.last.url) == "https://eu.two.example/x/pets/1?v=1"
        assert (server.last.headers["x-two"], server.last.headers.get("authorization")) == ("K", None)
        with pytest.raises(tiny.TinyError, match="ONE_KEY environment variable not set"):
            tiny.Tiny.detect_provider()
        monkeypatch.setenv("TWO_KEY", "")
        with pytest.raises(tiny.TinyError, match="TWO_URL environment variable not set"):
            tiny.Tiny.detect_provider()
        monkeypatch.setenv("ONE_KEY", "K1")
        tiny.Tiny.one(http_client=http).pets.retrieve("1")
        assert server.last.headers["authorization"] == "Bearer K1"


def test_environments_are_an_argument_and_an_ambiguous_url_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"environments": {"production": "https://a.example", "sandbox": "https://b.example"}}
    monkeypatch.delenv("TINY_BASE_URL", raising=False)
    for tiny in imported(tmp_path, monkeypatch, Config.model_validate(config)):
        assert str(tiny.Tiny().base_url) == "https://a.example"
        assert str(tiny.Tiny(environment="sandbox").base_url) == "https://b.example"
        assert sorted(tiny.ENVIRONMENTS) == ["production", "sandbox"]
        monkeypatch.setenv("TINY_BASE_URL", "https://c.example")
        assert str(tiny.Tiny().base_url) == "https://c.example"
        with pytest.raises(ValueError, match="Ambiguous URL"):
            tiny.Tiny(environment="sandbox")
        assert str(tiny.Tiny(environment="sandbox", base_url=None).base_url) == "https://b.example"


def test_settings_of_a_config_reach_the_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = {
        "client_settings": {
            "opts": {
                "team": {"type": "string", "nullable": True, "send_in_header": "X-Team"},
                "size": {"type": "integer", "default": 3, "read_env": "SIZE", "send_as_query_param": "size"},
                "token": {"type": "string", "auth": {"security_scheme": "token"}},
            },
            "default_headers": {"X-Beta": "1"},
            "default_timeout": "2m",
            "default_retries": {"max_retries": 5},
            "idempotency": {"header": "Idempotency-Key"},
        },
        "query_settings": {"array_format": "brackets"},
    }
    server = Server()
    for tiny in imported(tmp_path, monkeypatch, Config.model_validate(config)):
        with pytest.raises(tiny.TinyError, match="The token client option must be set by passing token to the client"):
            tiny.Tiny()
        monkeypatch.setenv("SIZE", "7")
        client = client_of(tiny, server, token="T", team="red")
        assert (client.max_retries, client.timeout.read, client.timeout.connect) == (5, 120.0, 5.0)
        client.pets.create(pet_name="Tom", idempotency_key="once")
        headers = server.last.headers
        assert (headers["x-team"], headers["x-beta"], headers["idempotency-key"]) == ("red", "1", "once")
        client.pets.list(tags=["a", "b"])
        assert server.last.url.query == b"size=7&tags%5B%5D=a&tags%5B%5D=b"


def test_a_header_of_the_caller_wins_over_that_of_the_config_whatever_its_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server()
    config = Config.model_validate({"client_settings": {"default_headers": {"X-Beta": "1", "User-Agent": "tiny"}}})
    for tiny in imported(tmp_path, monkeypatch, config):
        client = client_of(tiny, server)
        for each in (client, client.with_options(default_headers={"x-beta": "2", "user-agent": "mine"})):
            each.pets.retrieve("1")
        sent = [(request.headers.get_list("x-beta"), request.headers["user-agent"]) for request in server.requests]
        assert sent == [(["1"], "tiny"), (["2"], "mine")]


def test_a_copy_can_change_its_environment_and_else_keeps_its_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = {"environments": {"production": "https://a.example", "sandbox": "https://b.example"}}
    monkeypatch.delenv("TINY_BASE_URL", raising=False)
    for tiny in imported(tmp_path, monkeypatch, Config.model_validate(config)):
        client = tiny.Tiny(environment="sandbox")
        assert str(client.with_options(timeout=1).base_url) == "https://b.example"
        assert str(client.with_options(environment="production").base_url) == "https://a.example"
        assert str(client.with_options(base_url="https://c.example").base_url) == "https://c.example"


REGIONAL = Server_("https://{region}.tiny.example", HERE, variables=(ServerVariable("region", "eu"),))


def test_a_copy_with_another_value_of_a_variable_has_another_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TINY_BASE_URL", raising=False)
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, replace(API, servers=(REGIONAL,))):
        client = tiny.Tiny().with_options(timeout=3)
        assert str(client.base_url) == "https://eu.tiny.example"
        assert str(client.with_options(region="us").base_url) == "https://us.tiny.example"
        assert str(tiny.Tiny(base_url="http://mine").with_options(region="us").base_url) == "http://mine"


def test_a_copy_in_an_environment_with_variables_stays_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = Config.model_validate(
        {
            "environments": {"production": "https://{region}.a.example", "sandbox": "https://{region}.b.example"},
            "client_settings": {"opts": {"zone": {"type": "string", "default": "eu", "server_variable": "region"}}},
        }
    )
    monkeypatch.delenv("TINY_BASE_URL", raising=False)
    for tiny in imported(tmp_path, monkeypatch, config):
        client = tiny.Tiny(environment="sandbox")
        assert str(client.with_options(zone="us").base_url) == "https://us.b.example"


def test_an_option_that_is_called_like_a_resource_or_a_part_of_the_client_gets_another_name() -> None:
    schemes = (replace(API.schemes[0], id="pets"), replace(API.schemes[1], id="baseUrl"))
    api = replace(API, schemes=schemes, security=(("pets",), ("baseUrl",)))
    source = render(tiny_plan(api=api), {})["src/tiny/_client.py"]
    assert "pets_2: str | None" in source
    assert "base_url_2: str | None" in source


@pytest.mark.parametrize(
    ("id_", "name"),
    [("AdminApiKeyAuth", "admin_api_key"), ("bearerAuth", "bearer_token"), ("BotToken", "bot_token")],
)
def test_a_credential_of_several_is_called_like_its_scheme(id_: str, name: str) -> None:
    schemes = (replace(API.schemes[0], id=id_), API.schemes[1])
    api = replace(API, schemes=schemes, security=((id_,), ("key",)))
    source = render(tiny_plan(api=api), {})["src/tiny/_client.py"]
    assert f'environ.get("TINY_{name.upper()}")' in source


def test_a_type_that_is_called_like_one_of_the_runtime_is_the_one_that_is_renamed() -> None:
    imports = ModuleImports("resources.pets")
    assert imports.symbol(Symbol("Body", "types.body")) == "BodyModel"
    assert imports.add("._types", "Body") == "Body"
    assert imports.symbol(Symbol("BodyModel", "types.body_model")) == "BodyModelBodyModel"


@pytest.mark.parametrize(("issued", "name"), [(True, "access_token"), (False, "api_key")])
def test_the_only_credential_is_called_by_where_it_comes_from(issued: bool, name: str) -> None:
    scheme = replace(API.schemes[0], kind=SchemeKind.BEARER, issued=issued)
    api = replace(API, schemes=(scheme,), security=((scheme.id,),))
    source = render(tiny_plan(api=api), {})["src/tiny/_client.py"]
    assert f"{name}: str | None = None" in source
    assert f'environ.get("TINY_{name.upper()}")' in source
