"""Webhooks: Standard Webhooks 1.0, signed here by another implementation."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from features.kit import Kit

pytestmark = pytest.mark.anyio

KEY = b"0123456789abcdef0123456789abcdef"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
ARRIVED = {"event": "ship.arrived", "ship_id": "s1", "at": "2026-01-02T03:04:05Z"}
Headers = dict[str, str]


def signed(payload: bytes, *, key: bytes = KEY, age: float = 0) -> Headers:
    """The headers that the API would send."""
    moment = str(int(time.time() - age))
    signature = base64.b64encode(hmac.digest(key, f"msg_1.{moment}.".encode() + payload, hashlib.sha256)).decode()
    return {"Webhook-Id": "msg_1", "Webhook-Timestamp": moment, "Webhook-Signature": f"v1a,none v1,{signature}"}


@pytest.mark.parametrize("secret", [SECRET, SECRET.removeprefix("whsec_")])
async def test_a_webhook_becomes_the_event_that_it_is(kit: Kit, secret: str) -> None:
    client, types = kit.client(), kit.module("types")
    payload = json.dumps(ARRIVED).encode()
    arrived = client.webhooks.unwrap(payload, signed(payload), secret=secret)
    assert type(arrived) is types.ShipArrived and arrived.at.year == 2026
    text = json.dumps({"event": "ship.left", "ship_id": "s2"})
    left = client.webhooks.unwrap(text, signed(text.encode()), secret=secret)
    assert type(left) is types.ShipLeft and left.ship_id == "s2"


async def test_the_secret_is_read_from_the_environment(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = json.dumps(ARRIVED).encode()
    with pytest.raises(kit.top.HarborError, match="HARBOR_WEBHOOK_SECRET"):
        kit.client().webhooks.unwrap(payload, signed(payload))
    monkeypatch.setenv("HARBOR_WEBHOOK_SECRET", SECRET)
    assert kit.client().webhooks.unwrap(payload, signed(payload)).ship_id == "s1"


BAD: dict[str, Callable[[bytes], tuple[bytes, Headers]]] = {
    "changed": lambda payload: (payload.replace(b"s1", b"s2"), signed(payload)),
    "another key": lambda payload: (payload, signed(payload, key=b"x" * 32)),
    "too old": lambda payload: (payload, signed(payload, age=301)),
    "from the future": lambda payload: (payload, signed(payload, age=-310)),
    "no signature": lambda payload: (payload, {**signed(payload), "Webhook-Signature": ""}),
    "no id": lambda payload: (payload, {k: v for k, v in signed(payload).items() if k != "Webhook-Id"}),
    "no time": lambda payload: (payload, {**signed(payload), "Webhook-Timestamp": "soon"}),
}


@pytest.mark.parametrize("fault", BAD)
async def test_a_webhook_that_is_not_right_is_refused(kit: Kit, fault: str) -> None:
    payload, headers = BAD[fault](json.dumps(ARRIVED).encode())
    with pytest.raises(kit.top.WebhookVerificationError) as raised:
        kit.client().webhooks.unwrap(payload, headers, secret=SECRET)
    assert isinstance(raised.value, kit.top.HarborError) and SECRET[6:] not in str(raised.value)


async def test_a_signed_webhook_that_is_no_json_is_refused(kit: Kit) -> None:
    with pytest.raises(kit.top.WebhookVerificationError, match="not JSON"):
        kit.client().webhooks.unwrap(b"{cut", signed(b"{cut"), secret=SECRET)


async def test_an_event_of_a_later_version_is_none_of_those_known(kit: Kit) -> None:
    payload = json.dumps({"event": "ship.sunk", "ship_id": "s1"}).encode()
    event: Any = kit.client().webhooks.unwrap(payload, signed(payload), secret=SECRET)
    assert isinstance(event, kit.module("_models").UnknownVariant) and event.raw["event"] == "ship.sunk"
