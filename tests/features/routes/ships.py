"""Ships and signals: plain JSON, kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request


class Ships:
    """`kept` are the ships by their id; `signals` and `odd` are sent as they are."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {"s1": {"id": "s1", "name": "Anna", "captain": None, "rig": "sloop"}}
        self.signals: list[dict[str, Any]] = [{"kind": "flare", "colour": "red"}, {"kind": "horn", "blasts": 3}]

    def routes(self) -> list[Route]:
        """Those of this part."""
        one = "/ships/{ship_id:path}"
        return [
            Route("/ships", self._create, methods=["POST"]),
            Route(one, self._get, methods=["GET", "HEAD"]),
            Route(one, self._update, methods=["PATCH"]),
            Route(one, self._delete, methods=["DELETE"]),
            Route("/signals/{number:int}", self._signal, methods=["GET"]),
            Route("/signals", self._signals, methods=["GET"]),
            Route("/weather", self._weather, methods=["GET"]),
            Route("/lighthouses", self._names, methods=["GET"]),
            Route("/pilots", self._names, methods=["GET"]),
            Route("/foghorn", self._nothing, methods=["POST"]),
            Route("/soundings/{rest:path}", self._pass, methods=["GET"]),
            Route("/undocumented", self._pass, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]),
        ]

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        holder = next((ship["id"] for ship in self.kept.values() if ship["name"] == body["name"]), None)
        if holder is not None:
            return JSONResponse({"taken_by": holder}, 409, {"x-should-retry": "false"})
        if not body["name"]:
            return JSONResponse({"message": "a ship needs a name", "fields": [{"field": "name"}]}, 422)
        identifier = f"s{len(self.kept) + 1}"
        self.kept[identifier] = ship = {"captain": None, **body, "id": identifier}
        return JSONResponse(ship, 201)

    async def _get(self, request: Request) -> Response:
        ship_id = request.path_params["ship_id"]
        if ship_id not in self.kept:
            return JSONResponse({"ship_id": ship_id, "near": sorted(self.kept)}, 404)
        return JSONResponse(self.kept[ship_id])

    async def _update(self, request: Request) -> Response:
        ship = self.kept[request.path_params["ship_id"]]
        ship.update(await request.json())
        return JSONResponse(ship)

    async def _delete(self, request: Request) -> Response:
        del self.kept[request.path_params["ship_id"]]
        return Response(status_code=204)

    async def _signal(self, request: Request) -> Response:
        return JSONResponse(self.signals[request.path_params["number"]])

    async def _signals(self, _request: Request) -> Response:
        return JSONResponse(self.signals)

    async def _weather(self, _request: Request) -> Response:
        return JSONResponse({"data": {"wind": 7}, "served_by": "west"})

    async def _names(self, _request: Request) -> Response:
        return JSONResponse(["Alba", "Skagen"])

    async def _nothing(self, _request: Request) -> Response:
        return Response(status_code=204)

    async def _pass(self, request: Request) -> Response:
        return JSONResponse({"gate": request.method})
