"""Errors of older versions."""

from __future__ import annotations

from .._exceptions import APIError
from .._http import httpx

__all__ = ["APIWebhookValidationError"]


class APIWebhookValidationError(APIError):
    """A webhook does not hold what its type says. `body` is what it holds."""

    def __init__(self, message: str = "The webhook does not match its type.", *, body: object | None = None) -> None:
        super().__init__(message, httpx.Request("POST", "http://localhost/"), body=body)
