# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""How the asynchronous client sends a call: attempts, redirects and middleware."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

from ._api_response import AsyncAPIResponse
from ._auth import Signature
from ._client_core import BaseClient
from ._deadline import Deadline
from ._failure import transport_error
from ._http import httpx
from ._oauth import AsyncTokens
from ._options import FinalRequestOptions
from ._reading import aread_bounded
from ._redirect import follow
from ._request import PreparedRequest

__all__ = ["AsyncMiddleware", "AsyncNext", "AsyncSender"]

T = TypeVar("T")

AsyncNext: TypeAlias = "Callable[[httpx.Request], Awaitable[httpx.Response]]"
AsyncMiddleware: TypeAlias = "Callable[[httpx.Request, AsyncNext], Awaitable[httpx.Response]]"
"""Sees each attempt: gets the request and the function that sends it, returns the response, whose body is not read."""


class AsyncSender(BaseClient[httpx.AsyncClient]):
    """Sends calls: `_call` is what every verb leads to."""

    _response_cls = AsyncAPIResponse
    _middleware: tuple[AsyncMiddleware, ...]

    async def _call(self, cast_to: Any, options: FinalRequestOptions, *, stream_cls: Any) -> Any:
        self._resolve(options, stream_cls)
        keep_open = stream_cls is not None or options.raw == "stream"
        response, taken = await self._send(options, keep_open=keep_open)
        try:
            return self._finish(response, cast_to, options, stream_cls, taken)
        except BaseException:
            await response.aclose()
            raise

    async def _send(self, options: FinalRequestOptions, *, keep_open: bool) -> tuple[httpx.Response, int]:
        """The response of the first attempt that succeeds, and how often the request was sent again."""
        deadline = Deadline(self.total_timeout)
        retries = self._retries(options, deadline)
        tokens = AsyncTokens(self._token_cache, self._client, self._timeout(options), retries)
        prepared = await self._sign_in_time(options, tokens, deadline)
        taken, renewed = 0, False
        while True:
            outcome = await _within(
                deadline, self._attempt(prepared, options, deadline, taken=taken, keep_open=keep_open)
            )
            if isinstance(outcome, httpx.Response):
                self._note(prepared, outcome)
                if outcome.is_success:
                    return outcome, taken
                if outcome.status_code == 401 and not renewed and prepared.replayable and tokens.forget():
                    prepared, renewed = await self._sign_in_time(options, tokens, deadline, prepared), True
                    continue
            delay = self._delay(prepared, outcome, retries, taken)
            if delay is None:
                raise self._failure(outcome, prepared, options, taken)
            taken += 1
            await _sleep(delay)

    async def _sign_in_time(
        self,
        options: FinalRequestOptions,
        tokens: AsyncTokens,
        deadline: Deadline,
        again: PreparedRequest | None = None,
    ) -> PreparedRequest:
        signed = await _within(deadline, self._sign(options, tokens, again))
        if isinstance(signed, httpx.ReadTimeout):
            raise transport_error(signed, httpx.Request(options.method, self.base_url))
        return signed

    async def _sign(
        self, options: FinalRequestOptions, tokens: AsyncTokens, again: PreparedRequest | None = None
    ) -> PreparedRequest:
        """The request with its credentials, anew when the server refused those of `again`."""
        signature = Signature()
        for credential in self._signers(options.security, options.url):
            await credential.asign(signature, tokens)
        return self._prepare(options, signature, self._client, again)

    async def _attempt(
        self,
        prepared: PreparedRequest,
        options: FinalRequestOptions,
        deadline: Deadline,
        *,
        taken: int,
        keep_open: bool,
    ) -> httpx.Response | httpx.RequestError:
        """One attempt with its redirects: a response that was read, or kept open, or what went wrong."""
        follows = options.follow_redirects and self._client.follow_redirects
        try:
            while True:
                request = prepared.build(taken, deadline.cut(prepared.timeout))
                response = await self._transmit(request, foreign=prepared.foreign)
                following = follow(prepared, response) if follows else None
                if following is None:
                    break
                await response.aclose()
                prepared = following
            if not (keep_open and response.is_success):
                await aread_bounded(response, deadline)
        except httpx.RequestError as error:
            return error
        except httpx.InvalidURL:  # httpx looks at `Location` even when it does not follow it
            return httpx.UnsupportedProtocol("The server redirects to an invalid URL.")
        return response

    async def _transmit(self, request: httpx.Request, *, foreign: bool) -> httpx.Response:
        http = self._client
        if not foreign and not self._middleware:
            return await http.send(request, stream=True, follow_redirects=False)

        async def transmit(request: httpx.Request) -> httpx.Response:
            if foreign:  # the credentials that the caller's own HTTP client carries stay at home too
                return await http.send(request, stream=True, follow_redirects=False, auth=None)
            return await http.send(request, stream=True, follow_redirects=False)

        send: AsyncNext = transmit
        for middleware in reversed(self._middleware):
            send = _around(middleware, send)
        return await send(request)


def _around(middleware: AsyncMiddleware, send: AsyncNext) -> AsyncNext:
    async def sent(request: httpx.Request) -> httpx.Response:
        return await middleware(request, send)

    return sent


async def _within(deadline: Deadline, work: Coroutine[Any, Any, T]) -> T | httpx.ReadTimeout:
    """What the work returns; it is cancelled when the time is up: no timeout of a step ends what comes drop by drop."""
    if deadline.ends is None:
        return await work
    import anyio

    with anyio.move_on_after(deadline.left):
        return await work
    return httpx.ReadTimeout("The total time of the call is up.")


async def _sleep(seconds: float) -> None:
    import anyio

    await anyio.sleep(seconds)
