"""The resource for webhooks of the tiny package."""

from __future__ import annotations

import importlib
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sdkwright.config import Config
from sdkwright.ir.operations import Webhook
from sdkwright.ir.tree import ResourceNode
from sdkwright.ir.types import Named
from sdkwright.render.package import render
from unit.render.conftest import imported
from unit.render.tiny import API, HERE, NAMES, TREE, tiny_plan

SECRET = "whsec_c2VjcmV0"
WEBHOOKS = (Webhook("born", Named("Pet"), "", HERE), Webhook("failed", Named("Problem"), "", HERE))
HOOKED = replace(API, webhooks=WEBHOOKS, webhook_event="Pet")


def headers(payload: bytes, runtime: object, secret: str = SECRET) -> dict[str, str]:
    now = int(time.time())
    signature = runtime.sign_webhook(payload, "m1", now, secret)  # type: ignore[attr-defined]  # a generated module
    return {"Webhook-Id": "m1", "Webhook-Timestamp": str(now), "Webhook-Signature": signature}


def test_a_webhook_with_a_good_signature_is_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = b'{"id": "1"}'
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, HOOKED):
        runtime = importlib.import_module("tiny._webhooks")
        for client in (tiny.Tiny(), tiny.AsyncTiny()):
            event = client.webhooks.unwrap(payload, headers(payload, runtime), secret=SECRET)
            assert (type(event).__name__, event.id) == ("Pet", "1")


def test_the_secret_can_come_from_the_environment_and_must_come_from_somewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TINY_WEBHOOK_SECRET", raising=False)
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, HOOKED):
        runtime = importlib.import_module("tiny._webhooks")
        webhooks = tiny.Tiny().webhooks
        with pytest.raises(tiny.TinyError, match="TINY_WEBHOOK_SECRET"):
            webhooks.unwrap(b"{}", headers(b"{}", runtime))
        monkeypatch.setenv("TINY_WEBHOOK_SECRET", SECRET)
        assert webhooks.unwrap(b"{}", headers(b"{}", runtime)) is not None


def test_a_forged_webhook_and_one_that_is_not_json_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tiny in imported(tmp_path, monkeypatch, Config(), TREE, HOOKED):
        runtime = importlib.import_module("tiny._webhooks")
        webhooks = tiny.Tiny().webhooks
        with pytest.raises(tiny.WebhookVerificationError, match="No signature"):
            webhooks.unwrap(b"{}", headers(b"{}", runtime, "whsec_b3RoZXI="), secret=SECRET)
        with pytest.raises(tiny.WebhookVerificationError, match="not JSON"):
            webhooks.unwrap(b"{", headers(b"{", runtime), secret=SECRET)


def test_a_resource_called_webhooks_keeps_its_name() -> None:
    names = replace(NAMES, resources={**NAMES.resources, ("webhooks",): replace(NAMES.resources["pets",], module="x")})
    tree = replace(TREE, children=(*TREE.children, ResourceNode("webhooks")))
    files = render(tiny_plan(tree=tree, api=HOOKED, names=names), {})
    assert "class WebhookEventsResource" in files["src/tiny/resources/webhook_events.py"]
    assert "def webhook_events(self) -> WebhookEventsResource:" in files["src/tiny/_client.py"]


def test_the_page_and_the_readme_tell_of_webhooks() -> None:
    files = render(tiny_plan(api=HOOKED), {})
    assert ">unwrap</a>(payload, headers) -> <a" in files["api.md"]
    assert "client.webhooks.unwrap(request_body, request_headers)" in files["README.md"]
    assert "ebhook" not in render(tiny_plan(), {})["README.md"]
