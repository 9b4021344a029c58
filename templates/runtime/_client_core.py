# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""What the sync and the async client share: the meaning of an answer, and every decision about another attempt."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, Self, TypeVar

from ._api_response import BaseAPIResponse
from ._deadline import Deadline
from ._exceptions import APIError, request_id_of
from ._failure import status_error, transport_error
from ._http import httpx
from ._lazy_http import LazyHttp
from ._options import FinalRequestOptions
from ._pages import BasePage, page_cast, page_of
from ._parse import parse_content
from ._prepare import Preparer
from ._request import PreparedRequest
from ._retry import Retries
from ._settings import check_retries
from ._streaming import open_stream
from ._utils._logs import logger, without_query

HttpClientT = TypeVar("HttpClientT", bound="httpx.Client | httpx.AsyncClient")

__all__ = ["BaseClient", "HttpClientT"]


class BaseClient(Preparer, Generic[HttpClientT]):
    """A client of an API: `SyncAPIClient` or `AsyncAPIClient`.

    `timeout` is in seconds for each step (connect, one write, one read, a free connection), or a `Timeout` with a
    value for each; None waits for ever. `total_timeout`, in seconds, limits one call with all its attempts and the
    waits between them; None is no limit. It ends what comes drop by drop too, with an HTTP client of this package
    (`DefaultHttpxClient`); given another one, a sync client looks at it before each attempt and between pieces of a
    body. `max_retries` counts the attempts after the first. `base_url`, `custom_headers` and `custom_query` go into
    every request. `middleware` sees each attempt. `_strict_response_validation` raises APIResponseValidationError for
    a body that does not match the document, which is returned as far as it goes otherwise.

    Raises ValueError for a negative `max_retries`, for times that are not more than 0 and for a `base_url` that is not
    an absolute HTTP URL, TypeError for an `http_client` of another library.

    An operation with a server of its own gets the credentials only if the document names the server that this client
    points to as well: a key for a gateway or a test server stays there.
    """

    _response_cls: ClassVar[type[BaseAPIResponse[Any]]]
    _http: LazyHttp[HttpClientT]
    _middleware: tuple[Any, ...]

    @property
    def _client(self) -> HttpClientT:
        """The HTTP client, built on first use. Raises RuntimeError after `close`."""
        return self._http.get()

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called, here or on a copy."""
        return self._http.is_closed

    def _inherit(self, parent: Self, *, http_client: bool = True) -> Self:
        """Share with the client that this one is a copy of: retry budget, tokens, and the connections."""
        self._retry_budget = parent._retry_budget
        self._token_cache = parent._token_cache
        self._provider = parent._provider
        if http_client:
            self._http = parent._http
        return self

    # Making sense of an answer.

    def _finish(
        self,
        response: httpx.Response,
        cast_to: Any,
        options: FinalRequestOptions,
        stream_cls: Any,
        taken: int,
    ) -> Any:
        """What the method returns: the parsed body, a stream, or the response itself."""
        is_response = _is_subclass(cast_to, BaseAPIResponse)
        if options.raw is None and not is_response:
            return self._parse_response(response, cast_to, options, stream_cls)
        default: Any = cast_to if is_response else self._response_cls
        wanted: Any = options.raw.response_cls if options.raw is not None else None
        return (wanted or default)(
            raw=response,
            cast_to=bytes if is_response else cast_to,
            client=self,
            stream=stream_cls is not None,
            stream_cls=stream_cls,
            options=options,
            retries_taken=taken,
        )

    def _parse_response(
        self,
        response: httpx.Response,
        cast_to: Any,
        options: FinalRequestOptions,
        stream_cls: Any = None,
    ) -> Any:
        if stream_cls is not None:
            return open_stream(stream_cls, cast_to, response, self)
        if cast_to is httpx.Response:
            return response
        strict = self._strict_response_validation
        if _is_subclass(cast_to, BasePage):
            parsed: Any = parse_content(response, page_cast(cast_to, options.page_model), strict=strict)
            page = page_of(cast_to, parsed)
            page._bind(self, options, response)
            return page
        parsed = parse_content(response, cast_to, strict=strict)
        return parsed if options.post_parser is None else options.post_parser(parsed)

    # Deciding about retries and errors.

    def _retries(self, options: FinalRequestOptions, deadline: Deadline) -> Retries:
        allowed = options.get_max_retries(self.max_retries)
        check_retries(allowed)
        return Retries(allowed, deadline, self._retry_budget)

    def _delay(
        self, prepared: PreparedRequest, outcome: httpx.Response | httpx.RequestError, retries: Retries, taken: int
    ) -> float | None:
        """Seconds to wait before the request is sent again; None if it is not. Raises RuntimeError once closed."""
        delay = retries.delay(outcome, taken) if prepared.replayable else None
        if delay is not None:
            self._http.get()  # raises at once, and not after the wait, if the client was closed meanwhile
            logger.info("Retrying %s %s in %.2f seconds", prepared.method, without_query(prepared.url), delay)
        return delay

    def _note(self, prepared: PreparedRequest, response: httpx.Response) -> None:
        """Count a success for the retry budget, and log the answer."""
        if response.is_success:
            self._retry_budget.give()
        if logger.isEnabledFor(20):
            logger.info(
                "%s %s -> %d (request id %s)",
                prepared.method,
                without_query(prepared.url),
                response.status_code,
                request_id_of(response.headers),
            )

    def _failure(
        self,
        outcome: httpx.Response | httpx.RequestError,
        prepared: PreparedRequest,
        options: FinalRequestOptions,
        taken: int,
    ) -> APIError:
        """The error for the last attempt."""
        if isinstance(outcome, httpx.Response):
            return status_error(outcome, options.errors, taken)
        return transport_error(outcome, prepared.build(taken), taken)


def _is_subclass(kind: Any, base: type[Any]) -> bool:
    return isinstance(kind, type) and issubclass(kind, base)
