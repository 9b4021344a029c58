# pyright: reportPrivateUsage=false
# The modules of the runtime share what is private to the package.
"""How the synchronous client sends a call: attempts, redirects and middleware."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeAlias

from ._api_response import APIResponse
from ._auth import Signature
from ._client_core import BaseClient
from ._deadline import Deadline
from ._http import httpx
from ._oauth import Tokens
from ._options import FinalRequestOptions
from ._reading import read_bounded
from ._redirect import follow
from ._request import PreparedRequest

__all__ = ["Middleware", "Next", "SyncSender"]

Next: TypeAlias = "Callable[[httpx.Request], httpx.Response]"
Middleware: TypeAlias = "Callable[[httpx.Request, Next], httpx.Response]"
"""Sees each attempt: gets the request and the function that sends it, returns the response, whose body is not read."""


class SyncSender(BaseClient[httpx.Client]):
    """Sends calls: `_call` is what every verb leads to."""

    _response_cls = APIResponse
    _middleware: tuple[Middleware, ...]

    def _call(self, cast_to: Any, options: FinalRequestOptions, *, stream_cls: Any) -> Any:
        self._resolve(options, stream_cls)
        keep_open = stream_cls is not None or options.raw == "stream"
        response, taken = self._send(options, keep_open=keep_open)
        try:
            return self._finish(response, cast_to, options, stream_cls, taken)
        except BaseException:
            response.close()
            raise

    def _send(self, options: FinalRequestOptions, *, keep_open: bool) -> tuple[httpx.Response, int]:
        """The response of the first attempt that succeeds, and how often the request was sent again."""
        with Deadline(self.total_timeout) as deadline:
            return self._try(options, deadline, keep_open=keep_open)

    def _try(self, options: FinalRequestOptions, deadline: Deadline, *, keep_open: bool) -> tuple[httpx.Response, int]:
        retries = self._retries(options, deadline)
        tokens = Tokens(self._token_cache, self._client, self._timeout(options), retries)
        prepared = self._sign(options, tokens)
        taken, renewed = 0, False
        while True:
            outcome = self._attempt(prepared, options, deadline, taken=taken, keep_open=keep_open)
            if isinstance(outcome, httpx.Response):
                self._note(prepared, outcome)
                if outcome.is_success:
                    return outcome, taken
                if outcome.status_code == 401 and not renewed and prepared.replayable and tokens.forget():
                    prepared, renewed = self._sign(options, tokens, prepared), True
                    continue
            delay = self._delay(prepared, outcome, retries, taken)
            if delay is None:
                raise self._failure(outcome, prepared, options, taken)
            taken += 1
            time.sleep(delay)

    def _sign(
        self, options: FinalRequestOptions, tokens: Tokens, again: PreparedRequest | None = None
    ) -> PreparedRequest:
        """The request with its credentials, anew when the server refused those of `again`."""
        signature = Signature()
        for credential in self._signers(options.security, options.url):
            credential.sign(signature, tokens)
        prepared = self._prepare(options, signature, self._client, again)
        if prepared.body is not None and prepared.body.asynchronous:
            raise TypeError("an asynchronous body cannot be sent by the synchronous client")
        return prepared

    def _attempt(
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
                response = self._transmit(request, foreign=prepared.foreign)
                following = follow(prepared, response) if follows else None
                if following is None:
                    break
                response.close()
                prepared = following
            if not (keep_open and response.is_success):
                read_bounded(response, deadline)
        except httpx.RequestError as error:
            return error
        except httpx.InvalidURL:  # httpx looks at `Location` even when it does not follow it
            return httpx.UnsupportedProtocol("The server redirects to an invalid URL.")
        return response

    def _transmit(self, request: httpx.Request, *, foreign: bool) -> httpx.Response:
        http = self._client
        if not foreign and not self._middleware:
            return http.send(request, stream=True, follow_redirects=False)

        def transmit(request: httpx.Request) -> httpx.Response:
            if foreign:  # the credentials that the caller's own HTTP client carries stay at home too
                return http.send(request, stream=True, follow_redirects=False, auth=None)
            return http.send(request, stream=True, follow_redirects=False)

        send: Next = transmit
        for middleware in reversed(self._middleware):
            send = _around(middleware, send)
        return send(request)


def _around(middleware: Middleware, send: Next) -> Next:
    def sent(request: httpx.Request) -> httpx.Response:
        return middleware(request, send)

    return sent
