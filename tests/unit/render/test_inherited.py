"""How the packages of the inherited golden cases behave for programs that were written against published ones."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from unit.render.conftest import Package


class Server:
    """Answers every request alike and remembers it."""

    def __init__(self, status: int = 200, json: object = None) -> None:
        self.requests: list[httpx.Request] = []
        self.status, self.json = status, json
        self.http = httpx.Client(transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return httpx.Response(self.status, json=self.json) if self.json is not None else httpx.Response(self.status)


def test_the_headers_that_owners_read_are_sent(package: Package) -> None:
    server = Server(json={})
    client = package("inherited_runtime").Orchard(http_client=server.http)
    client.trees.with_raw_response.retrieve("t1")
    headers = server.requests[0].headers
    sent = {"lang", "package-version", "os", "arch", "runtime", "runtime-version"}
    sent |= {"async", "retry-count", "read-timeout"}
    assert {name for name in headers if name.startswith("x-stainless-")} == {f"x-stainless-{name}" for name in sent}
    assert headers["x-stainless-lang"] == "python"


def test_a_server_of_a_path_gets_credentials_and_gives_way_to_a_base_url_of_the_user(package: Package) -> None:
    server, films = Server(204), package("inherited_path_servers")
    usual = films.FilmArchive(api_key="secret", http_client=server.http)
    usual.films.upload(file=b"reel")
    usual.with_options(timeout=1).films.upload(file=b"reel")
    films.FilmArchive(api_key="secret", base_url="https://proxy.example.com/v1", http_client=server.http).films.upload(
        file=b"reel"
    )
    assert [str(request.url) for request in server.requests] == [
        "https://upload.films.example.com/films",
        "https://upload.films.example.com/films",
        "https://proxy.example.com/v1/films",
    ]
    assert {request.headers["authorization"] for request in server.requests} == {"Bearer secret"}


def test_the_arguments_of_any_variant_make_the_body(package: Package) -> None:
    server, desk = Server(204), package("inherited_body_union")
    parcels = desk.ParcelDesk(http_client=server.http).depots.parcels
    parcels.send("d1", by="van", street="Elm", dry=True)
    parcels.send("d1", by="drone", place={"lat": 1.5}, door_bell=False)
    assert [request.read() for request in server.requests] == [
        b'{"by":"van","street":"Elm"}',
        b'{"by":"drone","doorBell":false,"place":{"lat":1.5}}',
    ]
    assert server.requests[0].url.query == b"dry=true"


def test_an_empty_success_is_none_and_an_optional_body_is_sent_all_the_same(package: Package) -> None:
    server, room = Server(204), package("inherited_params")
    lockers = room.LockerRoom(http_client=server.http).lockers
    assert lockers.delete("1", room="a") is None
    lockers.change("1", room="a")
    assert server.requests[1].read() == b"{}"


def test_keys_of_params_are_found_by_code_of_the_owner(package: Package) -> None:
    desk = package("inherited_body_union")
    params = importlib.import_module("parcel_desk.types.depots.parcel_send_params").ParcelSendParams
    given = {"by": "drone", "door_bell": True, "place": {"lat": 1.0}}
    assert desk._utils.maybe_transform(given, params) == {"by": "drone", "doorBell": True, "place": {"lat": 1.0}}


class TestWebhooks:
    """The methods that read webhooks. Signatures are a matter of `standardwebhooks`, which stands in here."""

    @pytest.fixture
    def tower(self, package: Package, monkeypatch: pytest.MonkeyPatch) -> Any:
        class Webhook:
            def __init__(self, key: object) -> None:
                self.key = key

            def verify(self, payload: object, headers: dict[str, str]) -> None:
                if headers["signature"] != f"{self.key!r}":
                    raise ArithmeticError("wrong signature")

        monkeypatch.setitem(sys.modules, "standardwebhooks", SimpleNamespace(Webhook=Webhook))
        monkeypatch.delenv("BELL_KEY", raising=False)
        return package("inherited_webhook_methods")

    def test_an_event_is_typed_once_its_signature_was_checked(self, tower: Any) -> None:
        client, payload = tower.BellTower(webhook_key="k"), '{"type": "bell.rung", "times": 3}'
        event = client.webhooks.unwrap(payload, headers={"signature": "'k'"})
        assert (type(event), event.times) == (tower.types.BellRungEvent, 3)
        assert client.webhooks.unwrap(payload, headers={"signature": "b'other'"}, key=b"other") == event
        with pytest.raises(ArithmeticError):
            client.webhooks.unwrap(payload, headers={"signature": "'forged'"})

    def test_without_a_key_nothing_is_believed(self, tower: Any) -> None:
        with pytest.raises(ValueError, match="Cannot verify a webhook without a key on either"):
            tower.BellTower().webhooks.unwrap("{}", headers={})

    def test_without_the_library_the_error_says_what_to_install(
        self, tower: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "standardwebhooks", None)
        with pytest.raises(tower.BellTowerError, match=r"install `bell-tower\[webhooks\]`"):
            tower.BellTower(webhook_key="k").webhooks.unwrap("{}", headers={})

    def test_what_is_not_json_or_not_of_the_type_has_an_error_of_its_own(self, tower: Any) -> None:
        with pytest.raises(tower.APIWebhookValidationError, match="not JSON"):
            tower.BellTower().webhooks.unsafe_unwrap("no")
        wrong = '{"type": "bell.rung", "times": "many"}'
        assert tower.BellTower().webhooks.unsafe_unwrap(wrong).times == "many"
        strict = tower.BellTower(_strict_response_validation=True)
        with pytest.raises(tower.APIWebhookValidationError) as caught:
            strict.webhooks.unsafe_unwrap(wrong)
        assert caught.value.body == {"type": "bell.rung", "times": "many"}
