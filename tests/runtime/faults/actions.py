"""What the user does while things go wrong, on either client."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import io
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["sync", "async"]


@dataclass(frozen=True, slots=True)
class World:
    """One of the two clients on one of the two HTTP libraries."""

    package: str
    kind: Kind

    def module(self, name: str) -> Any:
        """A module of the runtime."""
        return importlib.import_module(f"{self.package}.{name}")

    def item(self) -> Any:
        """A model with one required field."""
        base = self.module("_models").BaseModel
        return type("Item", (base,), {"__annotations__": {"id": str}, "__module__": __name__})

    def streamed(self, cast_to: Any = object) -> dict[str, Any]:
        """The arguments of a call that returns a stream."""
        cls = getattr(self.module("_streaming"), "AsyncStream" if self.kind == "async" else "Stream")
        return {"cast_to": cast_to, "stream": True, "stream_cls": cls[cast_to]}


@dataclass(frozen=True, slots=True)
class Action:
    """The same thing in both worlds; what it returns is shown as the result."""

    sync: Callable[[Any, World], Any]
    asynchronous: Callable[[Any, World], Awaitable[Any]]

    def run(self, client: Any, world: World) -> Any:
        """Do it with the sync client."""
        return self.sync(client, world)

    async def arun(self, client: Any, world: World) -> Any:
        """Do it with the async client."""
        return await self.asynchronous(client, world)


def call(make: Callable[[Any, World], Any]) -> Action:
    """One method call, which both clients spell the same."""

    async def asynchronous(client: Any, world: World) -> Any:
        made = make(client, world)
        return await made if inspect.isawaitable(made) else made

    return Action(make, asynchronous)


def calls(count: int, make: Callable[[Any, World], Any]) -> Action:
    """The same call several times, one after another; the result of the last."""

    def sync(client: Any, world: World) -> Any:
        return [make(client, world) for _ in range(count)][-1]

    async def asynchronous(client: Any, world: World) -> Any:
        return [await make(client, world) for _ in range(count)][-1]

    return Action(sync, asynchronous)


def get(client: Any, world: World) -> Any:
    return client.get("/x", cast_to=object)


def upload(client: Any, world: World) -> Any:
    return client.post(
        "/x",
        cast_to=object,
        body={"purpose": "test"},
        files={"file": ("f.bin", io.BytesIO(b"z" * 3_000_000))},
        options={"content_type": "multipart/form-data"},
    )


GET = call(get)
TYPED = call(lambda client, world: client.get("/x", cast_to=world.item()))
NOTHING = call(lambda client, world: client.get("/x", cast_to=type(None)))
BYTES = call(lambda client, world: client.get("/x", cast_to=bytes))
TEXT = call(lambda client, world: client.get("/x", cast_to=str))
POST = call(lambda client, world: client.post("/x", cast_to=object, body={"a": 1}))
UPLOAD = call(upload)
GENERATOR = call(lambda client, world: client.post("/x", cast_to=object, content=(piece for piece in [b"a", b"b"])))


def _stream_all(client: Any, world: World) -> Any:
    return list(client.get("/x", **world.streamed()))


async def _astream_all(client: Any, world: World) -> Any:
    return [value async for value in await client.get("/x", **world.streamed())]


STREAM = Action(_stream_all, _astream_all)


def leave_stream(how: Literal["break", "raise", "with"]) -> Action:
    """Read one event, and leave the loop by a `break`, an error of the user's own, or the end of a `with`."""

    def sync(client: Any, world: World) -> Any:
        stream = client.get("/x", **world.streamed())
        if how == "with":
            with stream:
                next(stream)
            return f"closed={stream.response.is_closed}"
        try:
            for _ in stream:
                if how == "break":
                    break
                raise KeyError
        except KeyError:
            pass
        return f"closed={stream.response.is_closed}"

    async def asynchronous(client: Any, world: World) -> Any:
        stream = await client.get("/x", **world.streamed())
        if how == "with":
            async with stream:
                await anext(stream)
            return f"closed={stream.response.is_closed}"
        try:
            async for _ in stream:
                if how == "break":
                    break
                raise KeyError
        except KeyError:
            pass
        await asyncio.sleep(0.02)  # the loop finalises an abandoned generator in a task of its own
        return f"closed={stream.response.is_closed}"

    return Action(sync, asynchronous)


class Interrupted(BaseException):
    """What a signal handler raises, as Ctrl-C does."""


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise `Interrupted` in the main thread, wherever it is then."""

    def interrupt(number: int, frame: object) -> None:
        raise Interrupted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def cancelled(action: Action, after: float = 0.15) -> Action:
    """The action stopped in the middle: a thread by a signal, a task by `cancel`."""

    def sync(client: Any, world: World) -> Any:
        with interrupted_after(after):
            return action.run(client, world)

    async def asynchronous(client: Any, world: World) -> Any:
        task = asyncio.ensure_future(action.arun(client, world))
        await asyncio.sleep(after)
        task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            raise Interrupted from None

    return Action(sync, asynchronous)


def closing(action: Action, after: float = 0.15) -> Action:
    """The client is closed by another thread or task while the action goes on."""

    def sync(client: Any, world: World) -> Any:
        timer = threading.Timer(after, client.close)
        timer.start()
        try:
            return action.run(client, world)
        finally:
            timer.join()

    async def asynchronous(client: Any, world: World) -> Any:
        task = asyncio.ensure_future(action.arun(client, world))
        await asyncio.sleep(after)
        await client.close()
        return await task

    return Action(sync, asynchronous)


def together(count: int, turns: int = 1) -> Action:
    """Many threads or tasks on one client, each with a path of its own; the result is how many got their answer."""

    def path(number: int, turn: int) -> str:
        return f"/{number}/{turn}"

    def sync(client: Any, world: World) -> Any:
        right: list[bool] = []

        def work(number: int) -> None:
            for turn in range(turns):
                found = client.get(path(number, turn), cast_to=object)
                right.append(found == {"path": path(number, turn)})

        threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return f"{sum(right)} right"

    async def asynchronous(client: Any, world: World) -> Any:
        async def work(number: int) -> int:
            found = [await client.get(path(number, turn), cast_to=object) for turn in range(turns)]
            return sum(each == {"path": path(number, turn)} for turn, each in enumerate(found))

        return f"{sum(await asyncio.gather(*[work(number) for number in range(count)]))} right"

    return Action(sync, asynchronous)


def _hold_and_get(client: Any, world: World) -> Any:
    with client.get("/x", **world.streamed()):
        return client.get("/x", cast_to=object, options={"timeout": 0.1})


async def _ahold_and_get(client: Any, world: World) -> Any:
    async with await client.get("/x", **world.streamed()):
        return await client.get("/x", cast_to=object, options={"timeout": 0.1})


HOLD_AND_GET = Action(_hold_and_get, _ahold_and_get)
"""A call while a stream holds the only connection."""


def failing_then(count: int, action: Action) -> Action:
    """A call that fails so many times, and then the action."""

    def sync(client: Any, world: World) -> Any:
        error = world.module("_exceptions").APIError
        for _ in range(count):
            try:
                get(client, world)
            except error:
                continue
        return action.run(client, world)

    async def asynchronous(client: Any, world: World) -> Any:
        error = world.module("_exceptions").APIError
        for _ in range(count):
            try:
                await get(client, world)
            except error:
                continue
        return await action.arun(client, world)

    return Action(sync, asynchronous)
