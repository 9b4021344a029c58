"""Blocking functions on an event loop."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

__all__ = ["asyncify"]

P = ParamSpec("P")
R = TypeVar("R")


async def to_thread(func: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Call a blocking function in a worker thread, under asyncio or trio."""
    from anyio import to_thread as threads

    return await threads.run_sync(functools.partial(func, *args, **kwargs))


def asyncify(function: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """A coroutine function that calls a blocking one in a worker thread."""

    @functools.wraps(function)
    async def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        return await to_thread(function, *args, **kwargs)

    return wrapper
