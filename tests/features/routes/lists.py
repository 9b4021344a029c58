"""Lists that page in every way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

SIZE = 2
"""Items on a page."""


class Lists:
    """Each list has `total` items. `repeats` lets the cursor of the ships stay where it is."""

    def __init__(self) -> None:
        self.total = 5
        self.repeats = False
        self.promises_more = False

    def routes(self) -> list[Route]:
        """Those of this part."""
        return [
            Route("/ships", self._ships, methods=["GET"]),
            Route("/crew", self._crew, methods=["GET"]),
            Route("/manifests", self._manifests, methods=["GET"]),
            Route("/docks", self._docks, methods=["GET"]),
            Route("/logs", self._logs, methods=["GET"]),
            Route("/flags", self._flags, methods=["GET"]),
            Route("/tugs", self._tugs, methods=["GET"]),
            Route("/searches", self._search, methods=["POST"]),
        ]

    def _from(self, start: int, size: int = SIZE) -> tuple[range, str | None]:
        """The numbers of a page, and the cursor of the next one."""
        end = min(start + size, self.total)
        return range(start, end), f"c{end}" if end < self.total or self.promises_more else None

    async def _ships(self, request: Request) -> Response:
        cursor = request.query_params.get("cursor")
        found, following = self._from(_number(cursor), int(request.query_params.get("limit", SIZE)))
        following = cursor or "c0" if self.repeats else following
        return JSONResponse({"ships": [_ship(number) for number in found], "next_cursor": following})

    async def _crew(self, request: Request) -> Response:
        after = request.query_params.get("after")
        found, following = self._from(0 if after is None else int(after.removeprefix("sailor-")) + 1)
        return JSONResponse({"data": [{"id": f"sailor-{number}"} for number in found], "has_more": bool(following)})

    async def _manifests(self, request: Request) -> Response:
        found, following = self._from(_number(request.query_params.get("from")))
        url = f"manifests?from={following}&signed=a%2Fb" if following else None
        return JSONResponse({"manifests": [{"id": f"m{number}"} for number in found], "next_url": url})

    async def _docks(self, request: Request) -> Response:
        query = request.query_params
        found, _ = self._from(int(query.get("offset", 0)), int(query.get("limit", SIZE)))
        return JSONResponse({"docks": [{"number": number} for number in found], "total": self.total})

    async def _logs(self, request: Request) -> Response:
        page = int(request.query_params.get("page", 1))
        found, _ = self._from((page - 1) * SIZE)
        entries = [{"line": number} for number in found]
        return JSONResponse({"entries": entries, "page": page, "total_pages": -(-self.total // SIZE)})

    async def _flags(self, _request: Request) -> Response:
        return JSONResponse({"flags": [{"letter": letter} for letter in "ABC"]})

    async def _tugs(self, request: Request) -> Response:
        found, following = self._from(_number(request.query_params.get("cursor")))
        headers = {"x-next-cursor": following} if following else {}
        return JSONResponse([{"name": f"tug {number}"} for number in found], headers=headers)

    async def _search(self, request: Request) -> Response:
        body: dict[str, Any] = await request.json()
        found, following = self._from(_number(body.get("cursor")))
        return JSONResponse({"found": [_ship(number) for number in found], "meta": {"next_cursor": following}})


def _number(cursor: str | None) -> int:
    return int(cursor.removeprefix("c")) if cursor else 0


def _ship(number: int) -> dict[str, Any]:
    return {"id": f"s{number}", "name": f"Ship {number}", "captain": None}
