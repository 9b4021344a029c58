# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""The asynchronous client: how it is made and closed. Its methods are in `_async_verbs`, sending in `_async_send`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

from typing_extensions import override

from ._async_send import AsyncMiddleware, AsyncNext
from ._async_verbs import AsyncVerbs
from ._constants import DEFAULT_MAX_RETRIES
from ._http import httpx
from ._lazy_http import LazyHttp
from ._platform import get_async_library
from ._settings import timeout_of
from ._transport import DefaultAsyncHttpxClient, no_cookies
from ._types import NotGiven, Timeout, not_given

__all__ = ["AsyncAPIClient", "AsyncMiddleware", "AsyncNext"]


class AsyncAPIClient(AsyncVerbs):
    """Base of generated asynchronous clients; its verbs also reach endpoints that have no method.

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
        http_client: httpx.AsyncClient | None = None,
        custom_headers: Mapping[str, str] | None = None,
        custom_query: Mapping[str, object] | None = None,
        middleware: Sequence[AsyncMiddleware] = (),
        _strict_response_validation: bool = False,
    ) -> None:
        if http_client is not None and not isinstance(http_client, httpx.AsyncClient):  # pyright: ignore[reportUnnecessaryIsInstance] # untyped callers mix HTTP libraries
            raise TypeError(
                f"`http_client` must be a `{httpx.__name__}.AsyncClient`, not {type(http_client).__module__}."
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
        self._http = LazyHttp(http_client, lambda: DefaultAsyncHttpxClient(cookies=no_cookies()))
        self._middleware = tuple(middleware)

    @property
    @override
    def _runtime(self) -> str:
        return f"async:{get_async_library()}"

    async def close(self) -> None:
        """Close the connections, also those of the copies that `with_options` made."""
        http = self._http.retire()
        if http is not None:
            await http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
