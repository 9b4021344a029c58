"""Parameters of an operation (OpenAPI 3.1, 4.8.12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from sdkwright.ir.models import Position, Step
from sdkwright.ir.operations import Parameter, ParameterIn
from sdkwright.ir.types import STRING, Json
from sdkwright.lower import media
from sdkwright.lower.docs import described, remarks
from sdkwright.lower.examples import example, shown
from sdkwright.lower.nodes import Node, Raw, Tree, as_mapping, as_schema, as_text
from sdkwright.lower.schemas import Schemas
from sdkwright.lower.styles import STYLES, Styles
from sdkwright.lower.walk import RawOperation
from sdkwright.pointers import escape

_FORM = "application/x-www-form-urlencoded"
_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_NOT_PARAMETERS = {
    "accept": "the media types of the responses decide; a caller can set it in `extra_headers`",
    "content-type": "the media types of the request body decide",
    "authorization": "describe it under `security`",
}
"""Header parameters that are ignored, with what defines these headers (OpenAPI 3.1, 4.8.12.2)."""


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
                message = f"the header {name!r} is no parameter; it was left out"
                where = self.schemas.tree.locate(pointer)
                self.schemas.diagnostics.note("parameter/ignored", message, where, _NOT_PARAMETERS[name.lower()])
                continue
            if not place:
                continue
            if place not in STYLES or not name:
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
        said = remarks(node.schema, self.schemas.tree)
        style, explode = Styles(self.schemas, pointer).of(raw, place, node if content_type is None else None)
        return Parameter(
            wire=name,
            location_in=place,
            type=type_,
            required=place == "path" or raw.get("required") is True,
            style=style,
            explode=explode,
            location=self.schemas.tree.locate(pointer),
            allow_reserved=raw.get("allowReserved") is True,
            content_type=content_type,
            doc=described(as_text(raw.get("description")) or as_text(said.get("description")), said.get("default")),
            deprecated=raw.get("deprecated") is True,
            example=_example(raw, node, self.schemas.tree),
        )

    def _schema(self, raw: Raw, pointer: str) -> tuple[str | None, Node]:
        """The media type of a parameter that is a document of its own, and what its schema is."""
        content = as_mapping(raw.get("content"))
        if not content:
            return None, Node(as_schema(raw.get("schema")), f"{pointer}/schema")
        media_type = min(content, key=lambda item: (not media.is_json(item), item))
        at = f"{pointer}/content/{escape(media_type)}"
        if media.is_json(media_type):
            return media_type, Node(as_schema(as_mapping(content[media_type]).get("schema")), f"{at}/schema")
        if media.essence(media_type) != "text/plain":
            self._warn(
                "parameter/content",
                f"a parameter in {media_type[:80]} is the text that it is given; its schema has no effect",
                at,
                "offer it as application/json",
            )
        return None, Node({"type": "string"}, f"{at}/schema")

    def _warn(self, code: str, message: str, pointer: str, hint: str) -> None:
        self.schemas.diagnostics.warning(code, message, self.schemas.tree.locate(pointer), hint)


def _example(raw: Raw, node: Node, tree: Tree) -> Json:
    """What a parameter shows of itself, else what its schema does."""
    own = shown(raw, tree)
    return example(node.schema, tree) if own is None else own
