"""Cursor pages as the platform's lists have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams

    from e2e.support.document import JSON


def page(newest_last: Sequence[JSON], query: QueryParams, *, order: str = "desc") -> JSON:
    """The part of a list that `limit`, `order`, `after` and `before` ask for; `order` is the default."""
    found = list(newest_last) if query.get("order", order) == "asc" else list(reversed(newest_last))
    identifiers = [each["id"] for each in found]
    start = identifiers.index(query["after"]) + 1 if "after" in query else 0
    stop = identifiers.index(query["before"]) if "before" in query else len(found)
    end = min(start + int(query.get("limit", 20)), stop)
    data = found[start:end]
    return {
        "object": "list",
        "data": data,
        "first_id": data[0]["id"] if data else None,
        "last_id": data[-1]["id"] if data else None,
        "has_more": end < stop,
    }
