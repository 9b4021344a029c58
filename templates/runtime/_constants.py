"""Facts of this package that the runtime needs. Times are in seconds, sizes in bytes."""

from __future__ import annotations

from typing import Final

from ._http import httpx

ENV_PREFIX: Final = "EXAMPLE"
"""Environment variables of this package start with it: `EXAMPLE_LOG`, `EXAMPLE_BASE_URL`."""

DEFAULT_TIMEOUT: Final = httpx.Timeout(60.0, connect=5.0)
DEFAULT_MAX_RETRIES: Final = 2
DEFAULT_CONNECTION_LIMITS: Final = httpx.Limits(max_connections=1000, max_keepalive_connections=100)

INITIAL_RETRY_DELAY: Final = 0.5
MAX_RETRY_DELAY: Final = 8.0
MAX_RETRY_AFTER: Final = 60.0
"""A server's `Retry-After` is obeyed up to this many seconds."""

MAX_REDIRECTS: Final = 5
MAX_RESPONSE_BYTES: Final = 100 * 1024 * 1024
"""Largest decoded body that is read into memory; a streamed response has no such limit."""
MAX_ERROR_BYTES: Final = 1024 * 1024
"""Largest decoded body of an error response that is kept; the rest is cut off."""
MAX_EVENT_BYTES: Final = 16 * 1024 * 1024
"""Largest single event (or line) of a stream."""

IDEMPOTENCY_HEADER: Final[str | None] = None
"""Header that carries the idempotency key of a request that is not a GET, if the API knows one."""
REQUEST_ID_HEADERS: Final = ("x-request-id",)
"""Response headers that name the request, in order of preference."""

RAW_RESPONSE_HEADER: Final = "X-Sdk-Raw-Response"
"""Set by `with_raw_response` and `with_streaming_response`; taken off before anything is sent."""
TELEMETRY_PREFIX: Final[str | None] = None
"""Prefix of the headers that describe the platform, such as `X-Stainless`; None sends none."""
