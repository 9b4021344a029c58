"""From what went wrong to the error that the user gets: nothing of the HTTP library, and no secret, comes through."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from pydantic_core import from_json, to_json

from ._exceptions import (
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    SDKError,
)
from ._http import httpx
from ._parse import is_json
from ._redact import Secrets, mask_content, redact_request, scrub, scrub_json
from ._validators import read_json

__all__ = ["status_error", "translated", "transport_error"]

_STEPS: Mapping[type[httpx.TimeoutException], str] = {
    httpx.ConnectTimeout: " while connecting",
    httpx.WriteTimeout: " while sending the request",
    httpx.ReadTimeout: " while waiting for the response",
    httpx.PoolTimeout: " while waiting for a free connection",
}
"""What a call was doing when a step took longer than its timeout."""


def transport_error(error: httpx.RequestError, request: httpx.Request, taken: int = 0) -> APIError:
    """Our error for one of the HTTP library; that one stays as its cause, without the request's secrets.

    `taken` is how often the request was sent again before.
    """
    if isinstance(error, httpx.TimeoutException):
        ours: APIError = APITimeoutError(request, message=f"Request timed out{_waiting_for(error)}.")
    elif isinstance(error, httpx.DecodingError):
        empty = httpx.Response(200, request=request)
        ours = APIResponseValidationError(empty, None, message="The response body could not be decompressed.")
    else:
        ours = APIConnectionError(message=f"Connection error: {_reason(error, request)}.", request=request)
    ours.retries_taken = taken
    error.request = redact_request(request)
    _forget_frames(error)
    if not isinstance(error, httpx.LocalProtocolError):  # whose text quotes header values
        ours.__cause__ = error
    ours.__suppress_context__ = True
    return ours


def _waiting_for(error: httpx.TimeoutException) -> str:
    for kind, words in _STEPS.items():
        if isinstance(error, kind):
            return words
    return ""


def _reason(error: httpx.RequestError, request: httpx.Request) -> str:
    """What went wrong: the words of the operating system where nothing was sent yet, else only the kind of error.

    The text of other errors can quote what was sent, or what a server says.
    """
    if not isinstance(error, httpx.ConnectError):
        return type(error).__name__
    return f"cannot connect to {request.url.host}: {str(error).rstrip('.') or type(error).__name__}"


def _forget_frames(error: BaseException | None) -> None:
    """Drop the tracebacks of the HTTP library's errors.

    Tools that report errors print the variables of each frame, and in its frames are headers and URLs with credentials.
    """
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__


@contextmanager
def translated(response: httpx.Response) -> Generator[None, None, None]:
    """Turns errors of the HTTP library, raised while a body is read, into ours."""
    try:
        yield
    except httpx.StreamError:
        raise SDKError("The response was closed before its body was read") from None
    except httpx.RequestError as error:
        ours = transport_error(error, response.request)
        raise ours from ours.__cause__


def status_error(response: httpx.Response, errors: Mapping[str, Any] | None, taken: int) -> APIStatusError:
    """The error for a response that was read.

    `errors` are the types that the document declares for the bodies of errors, by status (`404`, `4XX`, `default`).
    """
    secrets = Secrets.of(response.request)
    secrets.learn(response.request)
    mask_content(response, secrets)
    text = scrub(response.content.decode("utf-8", "replace"), secrets)
    body: object | None = text or None
    parsed: object | None = None
    if text and (is_json(response) or text.lstrip()[:1] in {"{", "["}):
        try:
            body = scrub_json(from_json(text), secrets)
            parsed = _parsed(to_json(body), response.status_code, errors or {})
        except ValueError:  # the server promised JSON and sent something else
            parsed = None
    error = APIStatusError.from_response(response, body)
    error.parsed = parsed
    error.retries_taken = taken
    return error


def _parsed(text: bytes, status: int, errors: Mapping[str, Any]) -> object | None:
    """The body as the type that the document declares for the status, its class or the default."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in errors:
            try:
                return cast("object", read_json(errors[key], text))
            except ValueError:
                return None
    return None
