"""One document with an operation for each cell of the table, and for each further way to write a parameter."""

from __future__ import annotations

from typing import Any

from parameters.table import CELLS, Cell

TITLE = "Paint Box"
PACKAGE = "paint_box"
_JSON = {"schema": {"type": "object", "properties": {"R": {"type": "integer"}, "name": {"type": "string"}}}}


def document() -> dict[str, Any]:
    """The whole document."""
    paths = {f"/{cell.place}/{cell.method}": _operation(cell) for cell in CELLS if cell.place != "path"}
    paths |= {f"/path/{cell.method}/{{color}}": _operation(cell) for cell in CELLS if cell.place == "path"}
    for place in ("path", "query", "header", "cookie"):
        tail = "/{color}" if place == "path" else ""
        paths[f"/{place}/content{tail}"] = _method(place, "content", {"content": {"application/json": _JSON}})
        paths[f"/{place}/text{tail}"] = _method(place, "text", {"content": {"text/plain": {}}})
        free = {"allowReserved": True, "schema": {"type": "string"}}
        paths[f"/{place}/reserved{tail}"] = _method(place, "reserved", free)
    many = {"allowReserved": True, "style": "form", "schema": {"type": "array", "items": {"type": "string"}}}
    paths["/query/reserved_list"] = _method("query", "reserved_list", many)
    return {
        "openapi": "3.2.0",
        "info": {"title": TITLE, "version": "1.0.0"},
        "servers": [{"url": "https://paint.example.com"}],
        "paths": paths,
    }


def _operation(cell: Cell) -> dict[str, Any]:
    return _method(cell.place, cell.method, {"style": cell.style, "explode": cell.explode, "schema": cell.schema})


def _method(place: str, name: str, how: dict[str, Any]) -> dict[str, Any]:
    parameter = {"name": "color", "in": place, "required": place == "path", **how}
    return {
        "get": {
            "operationId": f"{place}_{name}",
            "x-sdkwright-resource": place,
            "x-sdkwright-method": name,
            "parameters": [parameter],
            "responses": {"204": {"description": "Fine."}},
        }
    }
