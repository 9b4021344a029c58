# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The synchronous client: how it is made and closed. Its methods are in `_sync_verbs`, sending in `_sync_send`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from ._constants import DEFAULT_MAX_RETRIES
from ._http import httpx
from ._lazy_http import LazyHttp
from ._settings import timeout_of
from ._sync_send import Middleware, Next
from ._sync_verbs import SyncVerbs
from ._transport import DefaultHttpxClient, no_cookies
from ._types import NotGiven, Timeout, not_given

__all__ = ["Middleware", "Next", "SyncAPIClient"]


class SyncAPIClient(SyncVerbs):
    """Base of generated synchronous clients; its verbs also reach endpoints that have no method.

    See `BaseClient` for the arguments. `http_client` replaces the one that is built on the first request; `close`
    closes it too.
    """

    def __init__(
        self,
        *,
        version: str,
        base_url: str | httpx.URL,
        max_retries: int = DEFAULT_MAX_RETRIES,
        timeout: float | Timeout | NotGiven | None = not_given,
        total_timeout: float | None = None,
        http_client: httpx.Client | None = None,
        custom_headers: Mapping[str, str] | None = None,
        custom_query: Mapping[str, object] | None = None,
        middleware: Sequence[Middleware] = (),
        _strict_response_validation: bool = False,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.Client):  # pyright: ignore[reportUnnecessaryIsInstance] # untyped callers mix HTTP libraries
            raise TypeError(
                f"`http_client` must be a `{httpx.__name__}.Client`, not {type(http_client).__module__}."
                f"{type(http_client).__name__}"
            )
        super().__init__(
            version=version,
            base_url=base_url,
            max_retries=max_retries,
            timeout=timeout_of(timeout, http_client),
            total_timeout=total_timeout,
            custom_headers=custom_headers,
            custom_query=custom_query,
            _strict_response_validation=_strict_response_validation,
        )
        self._http = LazyHttp(http_client, lambda: DefaultHttpxClient(cookies=no_cookies()))
        self._middleware = tuple(middleware)

    def close(self) -> None:
        """Close the connections, also those of the copies that `with_options` made."""
        http = self._http.retire()
        if http is not None:
            http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
