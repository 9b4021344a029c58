"""Parameters of an operation (OpenAPI 3.1, 4.8.12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sdkwright.ir.models import Position, Step
from sdkwright.ir.operations import Parameter, ParameterIn, Style
from sdkwright.ir.types import STRING
from sdkwright.lower import media
from sdkwright.lower.nodes import Node, Raw, as_mapping, as_schema, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape

_DEFAULT_STYLE: Mapping[str, Style] = {
    "path": "simple",
    "header": "simple",
    "query": "form",
    "cookie": "form",
}
_STYLES: Mapping[str, frozenset[str]] = {
    "path": frozenset({"simple", "label", "matrix"}),
    "header": frozenset({"simple"}),
    "query": frozenset({"form", "spaceDelimited", "pipeDelimited", "deepObject"}),
    "cookie": frozenset({"form"}),
}
_FORM = "application/x-www-form-urlencoded"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters with these names are ignored (4.8.12.2.1): other parts of the document define them."""


def template_names(path: str) -> tuple[str, ...]:
    """The names in a path template, in order."""
    return tuple(_TEMPLATE.findall(path))


@dataclass(frozen=True, slots=True)
class Parameters:
    """Lowers the parameters of one operation."""

    schemas: Schemas
    operation: RawOperation
    position: Position

    def lower(self) -> tuple[Parameter, ...]:
        """All parameters: those of the path in the template's order, the others by place and name."""
        names = template_names(self.operation.path)
        found: dict[tuple[str, str], Parameter] = {}
        for raw, pointer in self.operation.parameters:
            place, name = as_text(raw.get("in")), as_text(raw.get("name"))
            if place == "querystring":
                place, raw = self._whole_query(raw, pointer)
            if place == "header" and name.lower() in _NOT_PARAMETERS:
                continue
            if not place:
                continue
            if place not in _STYLES or not name:
                self._warn(
                    "parameter/place",
                    f"a parameter {name[:60]!r} in {place[:40]!r} cannot be sent, so it was left out",
                    pointer,
                    "give it a name, and path, query, header or cookie as its place",
                )
                continue
            if place == "path" and name not in names:
                self._warn(
                    "parameter/not-in-path",
                    f"the path has no {{{name[:60]}}}, so this path parameter was left out",
                    pointer,
                    f"add {{{name[:60]}}} to the path or remove the parameter",
                )
                continue
            found[place, name] = self._parameter(raw, pointer, cast("ParameterIn", place), name)
        for name in names:
            if ("path", name) not in found:
                self._warn(
                    "parameter/undeclared",
                    f"the path names {{{name[:60]}}} but no parameter declares it; it was taken as a required string",
                    self.operation.pointer,
                    f"declare a parameter with `name: {name[:60]}` and `in: path`",
                )
                where = self.schemas.tree.locate(self.operation.pointer)
                found["path", name] = Parameter(name, "path", STRING, True, "simple", False, where)
        path = [found["path", name] for name in dict.fromkeys(names)]
        others = [item for item in found.values() if item.location_in != "path"]
        order = {"query": 0, "header": 1, "cookie": 2}
        return (*path, *sorted(others, key=lambda item: (order[item.location_in], item.wire)))

    def _whole_query(self, raw: Raw, pointer: str) -> tuple[str, Raw]:
        """A parameter that is the whole query string (OpenAPI 3.2, 4.8.12.2), as one of the query.

        As a form it is what an exploded object with the style `form` comes to; nothing else has a counterpart.
        """
        content = {media.essence(str(key)): str(key) for key in as_mapping(raw.get("content"))}
        if _FORM not in content:
            self._warn(
                "parameter/querystring",
                "a parameter that is the whole query string, but no form, cannot be sent; it was left out",
                pointer,
                f"offer it as {_FORM}",
            )
            return "", raw
        schema = {"$ref": f"#{pointer}/content/{escape(content[_FORM])}/schema"}
        others = {key: value for key, value in raw.items() if key != "content"}
        return "query", {**others, "schema": schema, "style": "form", "explode": True}

    def _parameter(self, raw: Raw, pointer: str, place: ParameterIn, name: str) -> Parameter:
        content_type, node = self._schema(raw, pointer)
        type_ = self.schemas.lower(node, self.position.child(Step.PROPERTY, name, f"{place} "))
        style = as_text(raw.get("style")) or _DEFAULT_STYLE[place]
        if style not in _STYLES[place]:
            self._warn(
                "parameter/style",
                f"the style {style[:40]!r} does not exist for {place} parameters; {_DEFAULT_STYLE[place]} is used",
                pointer,
                f"use one of {', '.join(sorted(_STYLES[place]))}",
            )
            style = _DEFAULT_STYLE[place]
        schema, _ = self.schemas.tree.follow(node.schema, node.pointer)
        explode = raw.get("explode")
        return Parameter(
            wire=name,
            location_in=place,
            type=type_,
            required=place == "path" or raw.get("required") is True,
            style=cast("Style", style),
            explode=explode if isinstance(explode, bool) else style in {"form", "deepObject"},
            location=self.schemas.tree.locate(pointer),
            allow_reserved=raw.get("allowReserved") is True,
            content_type=content_type,
            doc=as_text(raw.get("description")) or as_text(schema.get("description")),
            deprecated=raw.get("deprecated") is True,
        )

    def _schema(self, raw: Raw, pointer: str) -> tuple[str | None, Node]:
        content = as_mapping(raw.get("content"))
        if content:
            media_type = min(content)
            schema = as_schema(as_mapping(content[media_type]).get("schema"))
            return media_type, Node(schema, f"{pointer}/content/{escape(media_type)}/schema")
        return None, Node(as_schema(raw.get("schema")), f"{pointer}/schema")

    def _warn(self, code: str, message: str, pointer: str, hint: str) -> None:
        self.schemas.diagnostics.warning(code, message, self.schemas.tree.locate(pointer), hint)
