"""Webhook signatures after the Standard Webhooks specification, version 1.0."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Mapping

from ._exceptions import SDKError

__all__ = ["WebhookVerificationError", "sign_webhook", "verify_webhook"]

_PREFIX = "whsec_"
_SECONDS = re.compile(r"[0-9]{1,15}")


class WebhookVerificationError(SDKError):
    """A webhook was not signed with the secret, was changed, or is too old."""


def verify_webhook(payload: str | bytes, headers: Mapping[str, str], secret: str, *, tolerance: float = 300.0) -> None:
    """Check that a webhook comes from the holder of the secret.

    `payload` is the body exactly as it came, `headers` those of the request in any case, `secret` the base64 text
    with or without `whsec_`, and `tolerance` the seconds by which its time may be off, which bounds replays.
    Raises WebhookVerificationError, also for a secret that is empty or not base64.
    """
    found = {name.lower(): value for name, value in headers.items()}
    missing = [name for name in ("webhook-id", "webhook-timestamp", "webhook-signature") if not found.get(name)]
    if missing:
        raise WebhookVerificationError(f"The webhook lacks the header `{missing[0]}`")
    if not _SECONDS.fullmatch(found["webhook-timestamp"]):
        raise WebhookVerificationError("The webhook's timestamp is not a number of seconds")
    sent = int(found["webhook-timestamp"])
    if abs(time.time() - sent) > tolerance:
        raise WebhookVerificationError("The webhook's timestamp is too far from now")
    expected = sign_webhook(payload, found["webhook-id"], sent, secret).encode()
    given = found["webhook-signature"].encode("utf-8", "replace").split(b" ")
    # Every signature is compared, in constant time, so that time tells nothing about the secret.
    matches = [hmac.compare_digest(expected, signature) for signature in given[:100]]
    if not any(matches):
        raise WebhookVerificationError("No signature of the webhook matches")


def sign_webhook(payload: str | bytes, id: str, timestamp: int, secret: str) -> str:
    """The signature header for a webhook, for tests of a receiver. `timestamp` is in seconds since 1970."""
    content = payload.encode() if isinstance(payload, str) else payload
    signed = f"{id}.{timestamp}.".encode() + content
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise WebhookVerificationError("The webhook secret is not base64 text") from None
    if not key:  # anybody could sign with it
        raise WebhookVerificationError("The webhook secret is empty")
    return key
