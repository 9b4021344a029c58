# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The settings of a client: what its constructor takes, and what a generated client says about its API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from ._auth import Credential
from ._constants import DEFAULT_MAX_RETRIES, DEFAULT_TIMEOUT, IDEMPOTENCY_HEADER
from ._encode import FormStyle
from ._http import httpx
from ._oauth import TokenCache
from ._platform import platform_headers
from ._providers import Provider
from ._qs import Querystring
from ._retry import RetryBudget
from ._stream_events import DEFAULT_STREAM_EVENTS, StreamRule
from ._types import NotGiven, Omit, Security, Timeout, not_given
from ._urls import BaseURL
from ._utils._logs import setup_logging, without_query

__all__ = ["ClientSettings", "check_retries", "stepwise", "timeout_of"]

_LIBRARY_TIMEOUT = Timeout(5.0)
"""What the HTTP library sets by itself; anything else was meant."""

_LONGEST = 1e9
"""Seconds: thirty years, and still a time that every platform can count."""


class ClientSettings:
    """What does not change from call to call. The docstring of `BaseClient` explains the arguments."""

    default_security: ClassVar[Security] = ()
    """Used by operations that state no security of their own."""
    auth_required: ClassVar[bool] = False
    """Whether a call without the credentials that it needs fails here instead of at the server."""
    _servers: ClassVar[tuple[str, ...]] = ()
    """The URLs of the document's servers, those of single operations included; see `is_named`."""
    _form_style: ClassVar[FormStyle] = FormStyle()
    _stream_events: ClassVar[tuple[StreamRule, ...]] = DEFAULT_STREAM_EVENTS
    _idempotency_header: str | None = IDEMPOTENCY_HEADER
    _provider: Provider | None = None
    """The service that a constructor such as `from_env` chose, where the package knows several."""

    _retry_budget: RetryBudget
    _token_cache: TokenCache
    max_retries: int
    """How many attempts may follow the first one of a call."""
    timeout: float | Timeout | None
    """Seconds for each step of an attempt, or a `Timeout` with a value for each; None waits for ever."""
    total_timeout: float | None
    """Seconds for a call with all its attempts and the waits between them; None is no limit."""

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
        check_retries(max_retries)
        if total_timeout is not None and not total_timeout > 0:
            raise ValueError("total_timeout must be more than 0 seconds; pass None for no limit")
        setup_logging()
        self._version = version
        self.max_retries = max_retries
        self.timeout = DEFAULT_TIMEOUT if isinstance(timeout, NotGiven) else timeout
        stepwise(self.timeout)
        self.total_timeout = total_timeout
        self._custom_headers: Mapping[str, str] = dict(custom_headers or {})
        self._custom_query: Mapping[str, object] = dict(custom_query or {})
        self._strict_response_validation = _strict_response_validation
        self._retry_budget = RetryBudget()
        self._token_cache = TokenCache()
        self.base_url = base_url

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={without_query(self.base_url)!r})"

    @override
    def __reduce__(self) -> str:
        raise TypeError(
            f"{type(self).__name__} holds credentials and connections, and does not pickle: make one in each process"
        )

    @property
    def qs(self) -> Querystring:
        """How plain query parameters are written."""
        return Querystring()

    @property
    def auth_schemes(self) -> Mapping[str, Credential]:
        """The credentials of this client by the names of their security schemes."""
        return {}

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
            **self.platform_headers(),
            **self._custom_headers,
        }

    def platform_headers(self) -> dict[str, str]:
        """The headers that describe this platform; none unless the owner of the package wants them."""
        return platform_headers(self._version, self._runtime)

    @property
    def _runtime(self) -> str:
        """What the header `<TELEMETRY_PREFIX>-Async` says."""
        return "false"

    @property
    def default_query(self) -> dict[str, object]:
        """The query parameters of every request, below those of the operation and of the call."""
        return dict(self._custom_query)

    @property
    def base_url(self) -> httpx.URL:
        """Where paths start.

        A query in it is kept and sent with every request. A user name and password in it are sent as basic
        authentication, unless the client has a credential of its own for the header `Authorization`.
        Raises ValueError when it is set to anything but an absolute HTTP URL.
        """
        return self._base.url

    @base_url.setter
    def base_url(self, url: str | httpx.URL) -> None:
        self._base = BaseURL.of(url)

    def _copied_headers(self, added: Mapping[str, str] | None, replaced: Mapping[str, str] | None) -> Mapping[str, str]:
        """The custom headers of a copy: those of this client with more added, or others in their place."""
        if added is not None and replaced is not None:
            raise ValueError("`default_headers` and `set_default_headers` exclude each other")
        return {**self._custom_headers, **(added or {})} if replaced is None else replaced

    def _with_defaults(
        self, headers: Mapping[str, str | Omit], defaults: Mapping[str, str | Omit]
    ) -> dict[str, str | Omit]:
        """The headers of the client with those that the package adds where its user set none of that name."""
        given = {name.lower() for name in self._custom_headers}
        return {**headers, **{name: value for name, value in defaults.items() if name.lower() not in given}}

    def _copied_query(
        self, added: Mapping[str, object] | None, replaced: Mapping[str, object] | None
    ) -> Mapping[str, object]:
        """The same for the custom query."""
        if added is not None and replaced is not None:
            raise ValueError("`default_query` and `set_default_query` exclude each other")
        return {**self._custom_query, **(added or {})} if replaced is None else replaced


def check_retries(max_retries: int) -> None:
    """Raise TypeError or ValueError for what is no number of retries; callers without type checks pass None."""
    if not isinstance(max_retries, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance] # as said; `math.inf` is a number
        raise TypeError(f"max_retries must be a number, not {type(max_retries).__name__}; 0 turns retries off")
    if max_retries < 0:
        raise ValueError("max_retries must not be negative; pass 0 to turn retries off")


def stepwise(timeout: float | Timeout | None) -> Timeout:
    """The timeout of each step. Raises ValueError for seconds that no socket can wait."""
    if isinstance(timeout, Timeout):
        return timeout
    if timeout is not None and not 0 < timeout <= _LONGEST:
        raise ValueError("timeout must be more than 0 seconds; pass None to wait for ever")
    return Timeout(timeout)


def timeout_of(
    timeout: float | Timeout | NotGiven | None, http_client: httpx.Client | httpx.AsyncClient | None
) -> float | Timeout | NotGiven | None:
    """The timeout that was passed, else the one that the caller gave to their own HTTP client."""
    if isinstance(timeout, NotGiven) and http_client is not None and http_client.timeout != _LIBRARY_TIMEOUT:
        return http_client.timeout
    return timeout
