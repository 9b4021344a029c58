"""The HTTP client behind a client and its copies: built on the first request, once, and closed with them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from ._http import httpx

__all__ = ["LazyHttp"]

HttpT = TypeVar("HttpT", bound="httpx.Client | httpx.AsyncClient")


class LazyHttp(Generic[HttpT]):
    """Holds the HTTP client that was passed in, or builds one when it is first needed."""

    def __init__(self, given: HttpT | None, build: Callable[[], HttpT]) -> None:
        self._http = given
        self._build = build
        self._lock = threading.Lock()
        self._closed = False

    def get(self) -> HttpT:
        """The HTTP client; raises RuntimeError after it was closed."""
        if self._closed:
            raise RuntimeError("The client is closed; make a new one to send more requests.")
        if self._http is None:
            with self._lock:
                if self._closed:  # meanwhile: what is built now would never be closed
                    return self.get()
                if self._http is None:
                    self._http = self._build()
        return self._http

    def retire(self) -> HttpT | None:
        """Refuse new requests; returns the HTTP client that is to be closed, if there is one."""
        with self._lock:
            self._closed = True
        return self._http

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, here or by its owner."""
        return self._closed or (self._http is not None and self._http.is_closed)
