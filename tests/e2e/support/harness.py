"""What a test holds in its hands: the server behind its checks, and one way to use both kinds of client."""

from __future__ import annotations

import inspect
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from e2e.support import document
from e2e.support.checks import Call, Checked, Contract
from e2e.support.document import Document

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator
    from contextlib import AbstractAsyncContextManager, AbstractContextManager
    from types import ModuleType

    from starlette.types import ASGIApp

    from e2e.support.live import LiveServer

ROOT: Final = Path(__file__).parents[3]
MODES: Final = ("sync", "async")


@dataclass(frozen=True, slots=True)
class Caller:
    """Lets one test speak to the sync and to the async client. Each must answer in its own way."""

    mode: str

    def pick(self, sync: Any, asynchronous: Any) -> Any:
        """The one of two things that belongs to this kind of client."""
        return asynchronous if self.mode == "async" else sync

    async def __call__(self, result: Any) -> Any:
        """What a method of the client returned, awaited where the client is async."""
        assert inspect.isawaitable(result) == (self.mode == "async"), f"{self.mode}: got {type(result)}"
        return await result if self.mode == "async" else result

    async def each(self, iterable: Any) -> AsyncIterator[Any]:
        """The elements of a page, a stream or an iterator of pages."""
        if self.mode == "async":
            async for element in iterable:
                yield element
        else:
            for element in iterable:
                yield element

    async def all(self, iterable: Any) -> list[Any]:
        """All elements that `each` gives."""
        return [element async for element in self.each(iterable)]

    @asynccontextmanager
    async def entered(self, manager: Any) -> AsyncGenerator[Any]:
        """`manager` as a context, which is the async kind for the async client alone."""
        if self.mode == "async":
            async with cast("AbstractAsyncContextManager[Any]", manager) as value:
                yield value
        else:
            with cast("AbstractContextManager[Any]", manager) as value:
                yield value


@dataclass(frozen=True, slots=True)
class Backend:
    """A test server that is reachable, and what it has seen."""

    document: Document
    checked: Checked
    origin: str

    @property
    def base_url(self) -> str:
        """What a client takes for the address of the API."""
        return self.origin + self.document.base_path

    @property
    def calls(self) -> list[Call]:
        """The requests that agreed with the document, in order."""
        return self.checked.calls

    @property
    def call(self) -> Call:
        """The only request so far."""
        (call,) = self.checked.calls
        return call


def load_document(api: str) -> Document:
    """The document of one of the APIs under `specs/`."""
    return document.load(ROOT / "specs" / api / "openapi.yaml")


def serve(live: LiveServer, app: ASGIApp, contract: Contract) -> Backend:
    """Put `app`, behind its checks, on the socket of `live`."""
    checked = Checked(app, contract)
    live.app = checked
    return Backend(contract.document, checked, live.origin)


def operations_called(module: ModuleType) -> set[tuple[str, str]]:
    """The operations that the tests of `module` are marked with, each with every kind of client that the test uses.

    That a marked test does call its operation is checked by the fixture `backend`, when the test has run.
    """
    return {
        (mark.args[0], mode)
        for test in vars(module).values()
        for mark in getattr(test, "pytestmark", ())
        if mark.name == "operation" and "call" in inspect.signature(test).parameters
        for mode in MODES
    }


def all_operations(api: str) -> set[tuple[str, str]]:
    """The operations of a document, each with every kind of client."""
    return {(each.id, mode) for each in load_document(api).operations for mode in MODES}
