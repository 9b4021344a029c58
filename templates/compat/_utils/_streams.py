"""Iterators read to their end, for what reading does."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator
from typing import Any

__all__ = ["consume_async_iterator", "consume_sync_iterator"]


def consume_sync_iterator(iterator: Iterator[Any]) -> None:
    """Read an iterator to its end."""
    deque(iterator, maxlen=0)


async def consume_async_iterator(iterator: AsyncIterator[Any]) -> None:
    """Read an asynchronous iterator to its end."""
    async for _ in iterator:
        pass
