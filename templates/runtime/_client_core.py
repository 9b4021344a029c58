# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""What the sync and the async client share: settings, headers, URLs, credentials, and every decision about a retry."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

from typing_extensions import override

from ._api_response import BaseAPIResponse
from ._auth import NO_TOKENS, BasicAuth, Credential, Signature
from ._body import RequestBody
from ._constants import (
    DEFAULT_MAX_RETRIES,
    DEFAULT_TIMEOUT,
    IDEMPOTENCY_HEADER,
    RAW_RESPONSE_HEADER,
    TELEMETRY_PREFIX,
)
from ._exceptions import APIError, SDKError, request_id_of
from ._failure import status_error, transport_error
from ._headers import HeaderSet, cookie_header
from ._http import httpx
from ._oauth import TokenCache
from ._pages import BasePage, page_cast, page_of
from ._parse import parse_content
from ._platform import platform_headers
from ._providers import Provider
from ._qs import Querystring
from ._redirect import public_headers, same_origin
from ._request import FinalRequestOptions, FormStyle, Hops, PreparedRequest, RawMark, encode_body
from ._retry import RetryBudget, is_retryable_error, is_retryable_response, retry_delay
from ._stream_events import DEFAULT_STREAM_EVENTS, StreamRule
from ._streaming import open_stream
from ._transport import Deadline
from ._types import NotGiven, Omit, Security, Timeout, not_given
from ._utils._logs import logger, setup_logging, without_query
from ._utils._path import refuse_dot_segments, template_of
from ._version import __title__

HttpClientT = TypeVar("HttpClientT", bound="httpx.Client | httpx.AsyncClient")

__all__ = ["BaseClient", "HttpClientT"]

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "QUERY"})


class BaseClient(Generic[HttpClientT]):
    """Settings of a client.

    `timeout` is in seconds for each step (connect, one write, one read, a free connection), or a `Timeout` with a
    value for each; None waits for ever. `total_timeout`, in seconds, limits one call with all its attempts and
    the waits between them; None is no limit. The sync client looks at it before each attempt and between pieces of
    a body, since nothing can wake a thread that waits for headers. `max_retries` counts the attempts after the first.
    """

    default_security: ClassVar[Security] = ()
    """Used by operations that state no security of their own."""
    auth_required: ClassVar[bool] = False
    """Whether a call without the credentials that it needs fails here instead of at the server."""
    _form_style: ClassVar[FormStyle] = FormStyle()
    _stream_events: ClassVar[tuple[StreamRule, ...]] = DEFAULT_STREAM_EVENTS
    _idempotency_header: str | None = IDEMPOTENCY_HEADER
    _provider: Provider | None = None
    """The service that a constructor such as `from_env` chose, where the package knows several."""
    _response_cls: ClassVar[type[BaseAPIResponse[Any]]]

    _retry_budget: RetryBudget
    _token_cache: TokenCache
    max_retries: int
    timeout: float | Timeout | None
    total_timeout: float | None

    def __init__(
        self,
        *,
        version: str,
        base_url: str | httpx.URL,
        max_retries: int = DEFAULT_MAX_RETRIES,
        timeout: float | Timeout | NotGiven | None = not_given,
        total_timeout: float | None = None,
        custom_headers: Mapping[str, str] | None = None,
        custom_query: Mapping[str, object] | None = None,
        _strict_response_validation: bool = False,
    ) -> None:
        if max_retries < 0:
            raise ValueError("max_retries must not be negative; pass 0 to turn retries off")
        setup_logging()
        self._version = version
        self.max_retries = max_retries
        self.timeout = DEFAULT_TIMEOUT if isinstance(timeout, NotGiven) else timeout
        self.total_timeout = total_timeout
        self._custom_headers: Mapping[str, str] = dict(custom_headers or {})
        self._custom_query: Mapping[str, object] = dict(custom_query or {})
        self._strict_response_validation = _strict_response_validation
        self._retry_budget = RetryBudget()
        self._token_cache = TokenCache()
        self._last_headers: tuple[object, HeaderSet] | None = None
        self.base_url = base_url

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={without_query(self._base_url)!r})"

    @override
    def __reduce__(self) -> str:
        raise TypeError(
            f"{type(self).__name__} holds credentials and connections, and does not pickle: make one in each process"
        )

    # Settings that a generated client overrides.

    @property
    def qs(self) -> Querystring:
        """How plain query parameters are written."""
        return Querystring()

    @property
    def auth_schemes(self) -> Mapping[str, Credential]:
        """The credentials of this client by the names of their security schemes."""
        return {}

    @property
    def auth_headers(self) -> dict[str, str]:
        """The headers of the credentials that apply by default, as far as they need no request of their own."""
        signature = Signature()
        for credential in self._signers(None):
            credential.sign(signature, NO_TOKENS)
        return signature.headers

    @property
    def user_agent(self) -> str:
        """What `User-Agent` says."""
        return f"{type(self).__name__}/Python {self._version}"

    @property
    def default_headers(self) -> dict[str, str | Omit]:
        """The headers of every request, below those of the operation and of the call."""
        return {
            "Accept": "application/json",
            "User-Agent": self.user_agent,
            **platform_headers(self._version, self._runtime),
            **self._custom_headers,
        }

    @property
    def _runtime(self) -> str:
        """What the header `<TELEMETRY_PREFIX>-Async` says."""
        return "false"

    @property
    def default_query(self) -> dict[str, object]:
        """The query parameters of every request."""
        return dict(self._custom_query)

    @property
    def base_url(self) -> httpx.URL:
        """Where paths start.

        A query in it is kept and sent with every request. A user name and password in it are sent as basic
        authentication, unless the client has a credential of its own for the header `Authorization`.
        Raises ValueError when it is set to anything but an absolute HTTP URL.
        """
        return self._base_url

    @base_url.setter
    def base_url(self, url: str | httpx.URL) -> None:
        parsed = httpx.URL(url) if isinstance(url, str) else url
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise ValueError("base_url must start with http:// or https:// and name a host")
        self._base_url = parsed
        path, _, query = parsed.raw_path.decode("ascii").partition("?")
        self._base_prefix = f"{parsed.scheme}://{parsed.netloc.decode('ascii')}{path.rstrip('/')}"
        self._base_query = query
        self._base_auth = (BasicAuth(parsed.username, parsed.password),) if parsed.userinfo else ()

    def _copied_headers(self, added: Mapping[str, str] | None, replaced: Mapping[str, str] | None) -> Mapping[str, str]:
        """The custom headers of a copy: those of this client with more added, or others in their place."""
        if added is not None and replaced is not None:
            raise ValueError("`default_headers` and `set_default_headers` exclude each other")
        return {**self._custom_headers, **(added or {})} if replaced is None else replaced

    def _copied_query(
        self, added: Mapping[str, object] | None, replaced: Mapping[str, object] | None
    ) -> Mapping[str, object]:
        """The same for the custom query."""
        if added is not None and replaced is not None:
            raise ValueError("`default_query` and `set_default_query` exclude each other")
        return {**self._custom_query, **(added or {})} if replaced is None else replaced

    # Building a request.

    def _resolve(self, options: FinalRequestOptions, stream_cls: Any) -> None:
        """Take the mark of the raw-response wrappers off, and choose one idempotency key for all attempts."""
        headers = options.headers
        if stream_cls is not None:
            options.headers = headers = {"Accept": stream_cls.accept, **headers}
        if RAW_RESPONSE_HEADER in headers:
            mark = headers[RAW_RESPONSE_HEADER]
            options.raw = mark if isinstance(mark, RawMark) else RawMark("raw")
            options.headers = {name: value for name, value in headers.items() if name != RAW_RESPONSE_HEADER}
        unkeyed = self._idempotency_header is not None and options.idempotency_key is None
        if unkeyed and options.method.upper() not in _SAFE_METHODS:
            options.idempotency_key = f"{__title__}-retry-{uuid.uuid4()}"

    def _credentials(self, security: Security | None) -> list[Credential]:
        """The credentials of the first alternative that is complete; none if no alternative is.

        Raises SDKError if the client must have credentials and an operation needs some that are missing.
        """
        alternatives = self.default_security if security is None else security
        schemes = self.auth_schemes
        for alternative in alternatives:
            found = [schemes[name] for name in alternative if name in schemes]
            if len(found) == len(alternative) and all(credential.satisfied for credential in found):
                return found
        if self.auth_required and alternatives:
            raise SDKError(
                f"This call needs credentials: {' or '.join('+'.join(names) for names in alternatives)}."
                " Pass them to the client, or set their environment variables."
            )
        return []

    def _signers(self, security: Security | None) -> list[Credential]:
        """The credentials of one request; those of the base URL first, so that the others take their place."""
        return [*self._base_auth, *self._credentials(security)]

    def _is_foreign(self, options: FinalRequestOptions) -> bool:
        """Whether the call goes to another origin, as the next page of a list can."""
        return _is_absolute(options.url) and not same_origin(self._base_url, httpx.URL(options.url))

    def _prepare(
        self,
        options: FinalRequestOptions,
        signature: Signature,
        http_client: httpx.Client | httpx.AsyncClient,
        again: PreparedRequest | None = None,
    ) -> PreparedRequest:
        """The request; `again` is one that was refused, whose body and count of redirects go on."""
        foreign = self._is_foreign(options)
        body = encode_body(options, self._form_style) if again is None else again.body
        headers = self._base_headers(http_client, signature)
        timeout = self.timeout if isinstance(options.timeout, NotGiven) else options.timeout
        timeout = timeout if isinstance(timeout, Timeout) else Timeout(timeout)
        if own := self._own_headers(options, signature, body, timeout):
            headers.update(own)
            headers.check()
        return PreparedRequest(
            method=options.method.upper(),
            url=self._url(options, signature, http_client, foreign=foreign),
            headers=public_headers(headers) if foreign else headers,
            body=body,
            timeout=timeout,
            secrets=signature.secrets,
            cookies=None if foreign or not http_client.cookies else http_client.cookies,
            foreign=foreign,
            template=None if _is_absolute(options.url) else template_of(options.url),
            hops=Hops() if again is None else again.hops,
        )

    def _base_headers(self, http_client: httpx.Client | httpx.AsyncClient, signature: Signature) -> HeaderSet:
        """The headers below those of the operation. They rarely change between calls, so the last set is kept."""
        parts = (http_client.headers.raw, signature.headers, self.default_headers)
        last = self._last_headers  # read once: another thread may replace it
        if last is None or last[0] != parts:
            headers = HeaderSet()
            headers.update(dict(http_client.headers))
            headers.update(signature.headers)
            headers.update(parts[2])
            headers.check()
            self._last_headers = last = parts, headers
        return last[1].copy()

    def _own_headers(
        self, options: FinalRequestOptions, signature: Signature, body: RequestBody | None, timeout: Timeout
    ) -> dict[str, str | Omit]:
        """The headers of this call alone."""
        own: dict[str, str | Omit] = {}
        if body is not None and body.content_type:
            own["Content-Type"] = body.content_type
        if options.idempotency_key and self._idempotency_header:
            own[self._idempotency_header] = options.idempotency_key
        if TELEMETRY_PREFIX is not None and timeout.read is not None:
            own[f"{TELEMETRY_PREFIX}-Read-Timeout"] = f"{timeout.read:g}"
        if options.cookies or signature.cookies:
            cookie = cookie_header({**options.cookies, **signature.cookies})
            if cookie is not None:
                own["Cookie"] = cookie
        own.update(options.headers)
        return own

    def _url(
        self,
        options: FinalRequestOptions,
        signature: Signature,
        http_client: httpx.Client | httpx.AsyncClient,
        *,
        foreign: bool,
    ) -> httpx.URL:
        path, _, query = options.url.partition("?")
        refuse_dot_segments(path)
        if _is_absolute(path):
            prefix = ""
        else:
            prefix = self._base_prefix
            path = path if path.startswith("/") or not path else f"/{path}"
            query = "&".join(part for part in (self._base_query, query) if part)
        params: Mapping[str, object] = options.params
        if not foreign:
            params = {**http_client.params, **self.default_query, **params, **signature.params}
        if params:
            if query:
                query = _without(query, params)
            written = self.qs.stringify(params)
            query = f"{query}&{written}" if query and written else query or written
        text = f"{prefix}{path}?{query}" if query else f"{prefix}{path}"
        return httpx.URL(text) if signature.params else _url(text)

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
            response=response,
            client=self,
            cast_to=bytes if is_response else cast_to,
            options=options,
            stream_cls=stream_cls,
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

    def _allowed_retries(self, options: FinalRequestOptions) -> int:
        allowed = self.max_retries if isinstance(options.max_retries, NotGiven) else options.max_retries
        if allowed < 0:
            raise ValueError("max_retries must not be negative; pass 0 to turn retries off")
        return allowed

    def _delay(
        self,
        prepared: PreparedRequest,
        outcome: httpx.Response | httpx.RequestError,
        *,
        taken: int,
        allowed: int,
        deadline: Deadline,
    ) -> float | None:
        """Seconds to wait before the request is sent again; None if it is not."""
        if isinstance(outcome, httpx.Response):
            retryable, response = is_retryable_response(outcome), outcome
        else:
            retryable, response = is_retryable_error(outcome), None
        if not retryable or taken >= allowed or not prepared.replayable:
            return None
        delay = retry_delay(taken, response)
        if not deadline.allows(delay) or not self._retry_budget.take():
            return None
        logger.info("Retrying %s %s in %.2f seconds", prepared.method, without_query(prepared.url), delay)
        return delay

    def _note(self, prepared: PreparedRequest, response: httpx.Response) -> None:
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


@functools.lru_cache(maxsize=128)
def _url(text: str) -> httpx.URL:
    """Parsing takes a good part of a small call, and most programs call the same few URLs."""
    return httpx.URL(text)


def _is_absolute(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _is_subclass(kind: Any, base: type[Any]) -> bool:
    return isinstance(kind, type) and issubclass(kind, base)


def _without(query: str, params: Mapping[str, object]) -> str:
    """The query without the parameters that are set again."""
    return "&".join(part for part in query.split("&") if part.split("=", 1)[0] not in params)
