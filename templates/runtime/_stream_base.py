# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""What sync and async streams share: turning one event into a value, and naming what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from typing_extensions import override

from ._exceptions import APIError, APIResponseValidationError, SDKError, describe
from ._failure import transport_error
from ._http import httpx
from ._parse import parse_json
from ._redact import Secrets, scrub, scrub_json
from ._sse import EventTooLargeError, ServerSentEvent
from ._stream_events import StreamRule, rule_for

if TYPE_CHECKING:
    from ._client_core import BaseClient

__all__ = ["StreamBase"]

T_co = TypeVar("T_co", covariant=True)


class StreamBase(Generic[T_co]):
    """What sync and async streams share: turning one event into a value, and naming what went wrong."""

    accept = "text/event-stream"
    response: httpx.Response

    def __init__(self, *, cast_to: Any, response: httpx.Response, client: BaseClient[Any]) -> None:
        self.response = response
        self._cast_to = cast_to
        self._client = client
        self._rules: tuple[StreamRule, ...] = client._stream_events
        self._strict = client._strict_response_validation

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.response.status_code}, closed={self.response.is_closed})"

    @override
    def __reduce__(self) -> str:
        raise TypeError(f"{type(self).__name__} holds a connection, and does not pickle: put its events in the queue")

    def _check_type(self) -> None:
        media_type = self.response.headers.get("content-type", "").split(";", 1)[0].strip().lower()
        if media_type in {"text/html", "application/json"}:
            raise self._invalid(f"it is {media_type} instead of a stream of events")

    def _value(self, data: bytes) -> Any:
        return parse_json(self.response, data, self._cast_to, strict=self._strict)

    def _event_value(self, event: ServerSentEvent) -> Any:
        """What the event is for the user; the event itself where the document says nothing about its data."""
        return event if self._cast_to is ServerSentEvent else self._value(event.raw)

    def _rule(self, event: ServerSentEvent) -> StreamRule:
        rule = rule_for(event, self._rules)
        if rule.handle == "error":
            raise self._event_error(event)
        if rule.error_property is not None and rule.handle == "yield":
            self._check_error_property(event, rule.error_property)
        return rule

    def _check_error_property(self, event: ServerSentEvent, name: str) -> None:
        try:
            data: object = event.json()
        except ValueError:
            return
        if isinstance(data, dict) and data.get(name):  # pyright: ignore[reportUnknownMemberType] # JSON
            raise self._event_error(event)

    def _event_error(self, event: ServerSentEvent) -> APIError:
        secrets = Secrets.of(self.response.request)
        try:
            body = scrub_json(event.json(), secrets)
        except ValueError:
            body = scrub(event.raw.decode("utf-8", "replace"), secrets)
        said = describe(self.response.status_code, body).partition(": ")[2]
        return APIError(
            f"The stream reports an error: {said}" if said else "The stream reports an error.",
            self.response.request,
            body=body,
        )

    def _invalid(self, reason: str) -> APIResponseValidationError:
        return APIResponseValidationError(self.response, None, message=f"The stream cannot be read: {reason}")

    def _translate(self, error: Exception) -> Exception:
        """Our error for what reading the stream raised."""
        if isinstance(error, httpx.RequestError):
            return transport_error(error, self.response.request)
        if isinstance(error, EventTooLargeError):
            return self._invalid(str(error))
        if isinstance(error, httpx.StreamError):
            return SDKError("The stream was closed, so that no event can be read from it any more")
        return error
