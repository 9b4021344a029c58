"""The packages of the harbour, generated once for each HTTP library, and what a test does with one of them."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from e2e.support.harness import Caller
from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options, Run, generate

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractAsyncContextManager

    import pytest
    from sdkwright.diagnostics import Diagnostic
    from sdkwright.report.json import Summary

    from features.server import Harbor

HERE: Final = Path(__file__).parent
LIBRARIES: Final = ("httpx2", "httpx")
MODES: Final = ("sync", "asyncio", "trio")
TOKEN: Final = "harbor-token-0123456789"


@dataclass(frozen=True, slots=True)
class Package:
    """A generated package that can be imported."""

    name: str
    library: str
    root: Path
    summary: Summary
    diagnostics: tuple[Diagnostic, ...]

    @property
    def top(self) -> Any:
        """What `import harbor` gives."""
        return self.module("")

    @property
    def http(self) -> Any:
        """The HTTP library."""
        return importlib.import_module(self.library)

    def module(self, name: str) -> Any:
        """A module of it, such as `_streaming`."""
        return importlib.import_module(f"{self.name}.{name}" if name else self.name)

    def replace(self, monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
        """Put a value in the place of a constant or function of the runtime, wherever it was imported."""
        self.module("_client")
        users = [each for key, each in sys.modules.items() if key.startswith(f"{self.name}.") and name in vars(each)]
        assert users, f"nothing in {self.name} is called {name}"
        for module in users:
            monkeypatch.setattr(module, name, value)


def build(library: str, origin: str, directory: Path) -> Package:
    """Generate the package for an HTTP library and a server at `origin`, whose port is only known now."""
    name = f"harbor_{library}"
    elsewhere = origin.replace("127.0.0.1", "localhost")
    for file in ("openapi.yaml", "sdk.yaml"):
        text = (HERE / file).read_text()
        text = text.replace("https://harbor.example", origin).replace("https://pilots.example", elsewhere)
        text = text.replace("package_name: harbor", f"package_name: {name}")
        text = text.replace("http_library: httpx2", f"http_library: {library}")
        (directory / file).write_text(text)
    run = Run(Diagnostics())
    generated = generate(directory / "openapi.yaml", Options(config=directory / "sdk.yaml"), run)
    assert generated is not None, run.diagnostics.items
    for path, content in generated.files.items():
        target = directory / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Package(name, library, directory, generated.summary, tuple(run.diagnostics.items))


@dataclass(slots=True)
class Kit:
    """One package in one mode: `sync`, `asyncio` or `trio`. What it makes is closed when the test is over."""

    package: Package
    mode: str
    origin: str
    harbor: Harbor
    _made: list[Any] = field(default_factory=list[Any])

    @property
    def top(self) -> Any:
        """The package itself."""
        return self.package.top

    @property
    def is_async(self) -> bool:
        """Whether its client is the asynchronous one."""
        return self.mode != "sync"

    @property
    def caller(self) -> Caller:
        """Runs what the two clients return in the way of each."""
        return Caller("async" if self.is_async else "sync")

    def pick(self, sync: Any, asynchronous: Any) -> Any:
        """The one of two things that belongs to this mode."""
        return self.caller.pick(sync, asynchronous)

    def module(self, name: str) -> Any:
        """A module of the package."""
        return self.package.module(name)

    def client(self, **options: Any) -> Any:
        """A client with a token, and these options."""
        made = self.pick(self.top.Harbor, self.top.AsyncHarbor)(**{"token": TOKEN, **options})
        self._made.append(made)
        return made

    async def __call__(self, result: Any) -> Any:
        """What a method returned, awaited where the client is async."""
        return await self.caller(result)

    async def all(self, iterable: Any) -> list[Any]:
        """The elements of a page, a stream or an iterator."""
        return await self.caller.all(iterable)

    def each(self, iterable: Any) -> AsyncIterator[Any]:
        """The same, one after another."""
        return self.caller.each(iterable)

    def entered(self, manager: Any) -> AbstractAsyncContextManager[Any]:
        """`manager` as a context of either kind."""
        return self.caller.entered(manager)

    def middleware(self, before: Any = None, after: Any = None) -> Any:
        """A middleware that shows each request to `before` and each response to `after`."""

        def see(watch: Any, value: Any) -> None:
            if watch is not None:
                watch(value)

        def sync(request: Any, send: Any) -> Any:
            see(before, request)
            response = send(request)
            see(after, response)
            return response

        async def asynchronous(request: Any, send: Any) -> Any:
            see(before, request)
            response = await send(request)
            see(after, response)
            return response

        return self.pick(sync, asynchronous)

    async def close(self) -> None:
        """Close every client."""
        for client in self._made:
            await self(client.close())
