"""Errors that a call can raise. They pickle, and neither their text nor their attributes hold a credential."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Literal, cast

from typing_extensions import override

from ._constants import REQUEST_ID_HEADERS
from ._http import httpx
from ._redact import Secrets, portable_response, redact_request, scrub_json

__all__ = [
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConflictError",
    "InternalServerError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "SDKError",
    "UnprocessableEntityError",
    "request_id_of",
    "status_error_class",
]

_MAX_MESSAGE = 500


class SDKError(Exception):
    """Base of every error that this package raises on purpose."""


class APIError(SDKError):
    """A call failed.

    `request` is a copy without credentials and body. `body` is the decoded JSON of the response, its text when it
    is not JSON, None when there was none. `parsed` is the body as the type that the document declares for this
    status, None when it declares none.
    """

    message: str
    request: httpx.Request
    body: object | None
    parsed: Any | None
    retries_taken: int
    """How often the request was sent again before this error was raised."""

    def __init__(self, message: str, request: httpx.Request, *, body: object | None) -> None:
        super().__init__(message)
        self.message = message
        self.request = redact_request(request)
        self.body = body
        self.parsed = None
        self.retries_taken = 0

    @override
    def __reduce__(self) -> tuple[Any, ...]:
        state = dict(self.__dict__)
        response = state.get("response")
        if isinstance(response, httpx.Response):
            state["response"] = portable_response(response)
        return _revive, (type(self), self.args, state)


class APIConnectionError(APIError):
    """No response arrived: refused, reset, unknown host, TLS failure."""

    def __init__(self, *, message: str = "Connection error.", request: httpx.Request) -> None:
        super().__init__(message, request, body=None)


class APITimeoutError(APIConnectionError):
    """No response arrived in time."""

    def __init__(self, request: httpx.Request, *, message: str = "Request timed out.") -> None:
        super().__init__(message=message, request=request)


class APIResponseValidationError(APIError):
    """A response arrived that is not what the document promises, too large, or cannot be decoded."""

    response: httpx.Response
    status_code: int
    request_id: str | None

    def __init__(self, response: httpx.Response, body: object | None, *, message: str | None = None) -> None:
        super().__init__(message or "The response does not match its schema.", response.request, body=body)
        _adopt(self, response)


class APIStatusError(APIError):
    """The server answered with a status of 4xx or 5xx, or with a redirect that is not followed, such as the sixth."""

    response: httpx.Response
    status_code: int
    request_id: str | None

    def __init__(self, message: str, *, response: httpx.Response, body: object | None) -> None:
        super().__init__(message, response.request, body=body)
        _adopt(self, response)

    @classmethod
    def from_response(cls, response: httpx.Response, body: object | None) -> APIStatusError:
        """The error of the class that belongs to the status, with the server's own message in its text."""
        return status_error_class(response.status_code)(
            describe(response.status_code, body), response=response, body=body
        )


class BadRequestError(APIStatusError):
    """Status 400."""

    status_code: Literal[400] = 400  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class AuthenticationError(APIStatusError):
    """Status 401."""

    status_code: Literal[401] = 401  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class PermissionDeniedError(APIStatusError):
    """Status 403."""

    status_code: Literal[403] = 403  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class NotFoundError(APIStatusError):
    """Status 404."""

    status_code: Literal[404] = 404  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class ConflictError(APIStatusError):
    """Status 409."""

    status_code: Literal[409] = 409  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class UnprocessableEntityError(APIStatusError):
    """Status 422."""

    status_code: Literal[422] = 422  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class RateLimitError(APIStatusError):
    """Status 429."""

    status_code: Literal[429] = 429  # pyright: ignore[reportIncompatibleVariableOverride] # narrows int


class InternalServerError(APIStatusError):
    """Status 500 and above."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def status_error_class(status: int) -> type[APIStatusError]:
    """The class of errors with this status."""
    return InternalServerError if status >= 500 else _BY_STATUS.get(status, APIStatusError)


def request_id_of(headers: httpx.Headers) -> str | None:
    """The id that the server gave to the request, if it did."""
    for name in REQUEST_ID_HEADERS:
        found: str | None = headers.get(name)
        if found is not None:
            return found
    return None


def describe(status: int, body: object | None) -> str:
    """One line: the status and what the server says about it, without control characters and not too long."""
    try:
        title = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        title = str(status)
    said = "".join(char if char.isprintable() else " " for char in _server_message(body) or "").strip()
    if len(said) > _MAX_MESSAGE:
        said = said[:_MAX_MESSAGE] + "..."
    return f"{title}: {said}" if said else title


def _server_message(body: object | None) -> str | None:
    """The human sentence of the common shapes of error bodies; never the body itself."""
    if not isinstance(body, dict):
        return None
    fields = cast("dict[str, object]", body)
    nested = fields.get("error")
    for holder in (cast("dict[str, object]", nested) if isinstance(nested, dict) else {}, fields):
        for name in ("message", "detail", "error_description", "title", "error"):
            said = holder.get(name)
            if isinstance(said, str) and said:
                return said
    return None


def _adopt(error: APIStatusError | APIResponseValidationError, response: httpx.Response) -> None:
    error.response = response
    error.status_code = response.status_code
    error.request_id = request_id_of(response.headers)
    # The response leads to its request, so that one must not hold credentials either.
    secrets = Secrets.of(response.request)
    secrets.learn(response.request)
    error.body = scrub_json(error.body, secrets)
    response.request = error.request
    secrets.attach(response.request)


def _revive(cls: type[APIError], args: tuple[Any, ...], state: dict[str, Any]) -> APIError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
