"""What the methods that read webhooks do: signatures are checked by the library `standardwebhooks`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic_core import from_json

from .._base_client import BaseClient
from .._exceptions import SDKError
from .._lenient import Lenient
from .._version import __title__
from .exceptions import APIWebhookValidationError

__all__ = ["read_webhook", "verify_webhook"]


def verify_webhook(
    client: BaseClient[Any], option: str, payload: str | bytes, headers: Mapping[str, str], key: str | bytes | None
) -> None:
    """Check that a webhook was signed with the key, by default with the client's `option`.

    Raises ValueError without a key, and `standardwebhooks.WebhookVerificationError` for a wrong signature.
    """
    key = getattr(client, option) if key is None else key
    if key is None:
        raise ValueError(
            f"Cannot verify a webhook without a key on either the client's {option} or passed in as an argument"
        )
    try:
        library: Any = import_module("standardwebhooks")
    except ImportError as error:
        raise SDKError(f"Webhooks need the package `standardwebhooks`: install `{__title__}[webhooks]`") from error
    library.Webhook(key).verify(payload, dict(headers))


def read_webhook(client: BaseClient[Any], kind: Any, payload: str | bytes) -> Any:
    """The event of a webhook.

    Raises APIWebhookValidationError for what is not JSON, and, if the client validates strictly, for what does not
    match the type.
    """
    try:
        value: object = from_json(payload)
    except ValueError as error:
        raise APIWebhookValidationError("The webhook is not JSON.") from error
    reader = Lenient()
    event = reader.build(kind, value)
    if reader.problems and client._strict_response_validation:  # pyright: ignore[reportPrivateUsage] # ours
        raise APIWebhookValidationError(body=value)
    return event
