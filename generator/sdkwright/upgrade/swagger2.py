"""Swagger 2.0 to the structure of OpenAPI 3: https://spec.openapis.org/oas/v2.0.

Only structure is changed here; schemas keep their dialect, which the pass over all versions knows.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from sdkwright import pointers
from sdkwright.bundle.grammar import METHODS, members
from sdkwright.upgrade.parameters import style_of, take_schema, upgrade_parameter

if TYPE_CHECKING:
    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

_FORMS: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
_JSON: Final = "application/json"
_FLOWS: Final = {
    "implicit": "implicit",
    "password": "password",
    "application": "clientCredentials",
    "accessCode": "authorizationCode",
}


def convert(document: Node, context: Context) -> None:
    """Rewrite a 2.0 document as a 3.0 one, in place."""
    _Conversion(document, context).run()


@dataclass(slots=True)
class _Conversion:
    document: Node
    context: Context
    consumes: list[str] = field(default_factory=list[str])
    produces: list[str] = field(default_factory=list[str])
    bodies: dict[str, Node] = field(default_factory=dict[str, "Node"])
    """Shared parameters that are bodies or form fields: they stand in no parameter list in 3.x."""
    responses: Node = field(default_factory=dict[str, object])

    def run(self) -> None:
        document = self.document
        self.consumes = _media_types(document.pop("consumes", None))
        self.produces = _media_types(document.pop("produces", None))
        _set_servers(document)
        self._components()
        for path, item in _objects(document.get("paths")):
            self._path_item(item, ((None, "paths"), path))
        self._references()
        document.pop("swagger", None)

    def _components(self) -> None:
        document, components = self.document, cast("Node", {})
        for old, new in (
            ("definitions", "schemas"),
            ("parameters", "parameters"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ):
            section = document.pop(old, None)
            if isinstance(section, dict):
                components[new] = section
                self.context.move(((None, "components"), new), (None, old))
        for name, node in _objects(components.get("parameters")):
            where: Where = ((None, "parameters"), name)
            if str(node.get("in")) in {"body", "formData"}:
                self.bodies[f"/parameters/{pointers.escape(name)}"] = node
            else:
                upgrade_parameter(node, where, self.context)
        shared = cast("Node", components.get("parameters") or {})
        for pointer in self.bodies:
            shared.pop(pointers.split(pointer)[1])
        self.responses = cast("Node", components.get("responses") or {})
        for name, node in _objects(components.get("responses")):
            way: Where = (((None, "components"), "responses"), name)
            self._response(node, self.produces, way, ((None, "responses"), name))
        for _, node in _objects(components.get("securitySchemes")):
            _security_scheme(node)
        document["components"] = components

    def _path_item(self, item: Node, where: Where) -> None:
        shared, shared_bodies = self._split(item, where)
        if shared:
            item["parameters"] = shared
        for method in METHODS:
            operation = item.get(method)
            if isinstance(operation, dict):
                self._operation(cast("Node", operation), (where, method), shared_bodies)

    def _operation(self, operation: Node, where: Where, shared: list[tuple[Node, Where]]) -> None:
        consumes = _media_types(operation.pop("consumes", None)) or self.consumes
        own_produces = operation.pop("produces", None)
        produces = _media_types(own_produces) or self.produces
        operation.pop("schemes", None)
        parameters, bodies = self._split(operation, where)
        if parameters:
            operation["parameters"] = parameters
        named = {_identity(node) for node, _ in bodies}
        bodies = [
            *(pair for pair in shared if _identity(pair[0]) not in named),
            *bodies,
        ]
        fields = [pair for pair in bodies if pair[0].get("in") == "formData"]
        body = next((pair for pair in bodies if pair[0].get("in") == "body"), None)
        if body is not None:
            operation["requestBody"] = self._body(*body, consumes, (where, "requestBody"))
            if fields:
                self.context.warn(
                    "body/both",
                    "an operation has a body and form fields; the body is kept",
                    where,
                    "use one of them",
                )
        elif fields:
            operation["requestBody"] = self._form(fields, consumes, (where, "requestBody"))
        responses = operation.get("responses")
        for status, response in _objects(responses):
            way: Where = ((where, "responses"), status)
            if "$ref" not in response:
                self._response(response, produces, way, way)
            elif produces != self.produces:
                cast("Node", responses)[status] = self._own_response(response, produces)

    def _split(self, holder: Node, where: Where) -> tuple[list[object], list[tuple[Node, Where]]]:
        """Take the parameters of an operation or path item apart: those of 3.x, and body and form fields."""
        kept: list[object] = []
        bodies: list[tuple[Node, Where]] = []
        declared = holder.pop("parameters", None)
        for number, item in enumerate(cast("list[object]", declared) if isinstance(declared, list) else []):
            old: Where = ((where, "parameters"), number)
            if not isinstance(item, dict):
                continue
            node = cast("Node", item)
            reference = node.get("$ref")
            if isinstance(reference, str) and reference[1:] in self.bodies:
                node = copy.deepcopy(self.bodies[reference[1:]])
            if str(node.get("in")) in {"body", "formData"}:
                bodies.append((node, old))
                continue
            if "$ref" not in node:
                upgrade_parameter(node, old, self.context)
            if len(kept) != number:
                self.context.move(((where, "parameters"), len(kept)), old)
            kept.append(node)
        return kept, bodies

    def _body(self, parameter: Node, old: Where, consumes: list[str], where: Where) -> Node:
        parameter = copy.deepcopy(parameter)
        types = [name for name in consumes if name not in _FORMS] or [_JSON]
        schema = parameter.get("schema", {})
        body: Node = {"content": {name: {"schema": copy.deepcopy(schema)} for name in types}}
        self.context.move(where, old)
        for name in types:
            self.context.move((((where, "content"), name), "schema"), (old, "schema"))
        for key in ("description", "required"):
            if key in parameter:
                body[key] = parameter[key]
        return body

    def _form(self, fields: list[tuple[Node, Where]], consumes: list[str], where: Where) -> Node:
        has_file = any(node.get("type") == "file" for node, _ in fields)
        types = [name for name in consumes if name in _FORMS] or [_FORMS[0] if has_file else _FORMS[1]]
        if has_file:
            types = [_FORMS[0]]
        properties: Node = {}
        required: list[str] = []
        encoding: Node = {}
        self.context.move(where, (fields[0][1][0] or fields[0][1]))
        for parameter, old in fields:
            node = copy.deepcopy(parameter)
            name = str(node.get("name", ""))
            style = style_of(node, "formData", old, self.context)
            schema = take_schema(node)
            schema.update((key, node[key]) for key in node if key == "description" or key.startswith("x-"))
            properties[name] = schema
            if node.get("required") is True:
                required.append(name)
            if style is not None:
                encoding[name] = {"style": style[0], "explode": style[1]}
            for media_type in types:
                way: Where = (((where, "content"), media_type), "schema")
                self.context.move(((way, "properties"), name), old)
        form: Node = {"type": "object", "properties": properties}
        if required:
            form["required"] = required
        content = {
            name: {
                "schema": copy.deepcopy(form),
                **({"encoding": dict(encoding)} if encoding else {}),
            }
            for name in types
        }
        return {"content": content, "required": bool(required)}

    def _response(self, response: Node, produces: list[str], where: Where, old: Where) -> None:
        schema = response.pop("schema", None)
        examples = response.pop("examples", None)
        named = cast("Node", examples) if isinstance(examples, dict) else {}
        if isinstance(schema, dict | bool):
            is_file = isinstance(schema, dict) and cast("Node", schema).get("type") == "file"
            # What `produces` says of the whole API is about its JSON; a file may be anything.
            types = [name for name in produces if not is_file or name != _JSON] or (["*/*"] if is_file else [_JSON])
            content: Node = {}
            for number, name in enumerate(types):
                media_type: Node = {"schema": schema if number == 0 else copy.deepcopy(cast("object", schema))}
                if name in named:
                    media_type["example"] = named[name]
                content[name] = media_type
                self.context.move((((where, "content"), name), "schema"), (old, "schema"))
            response["content"] = content
        for name, header in _objects(response.get("headers")):
            if "$ref" not in header and "schema" not in header:
                upgrade_parameter(header, ((old, "headers"), name), self.context)

    def _own_response(self, response: Node, produces: list[str]) -> Node:
        """A copy of a shared response with the media types of an operation that has its own."""
        reference = cast("str", response["$ref"])
        way = pointers.split(reference)
        shared = self.responses.get(way[1]) if len(way) == 2 and way[0] == "responses" else None
        if not isinstance(shared, dict) or not isinstance(cast("Node", shared).get("content"), dict):
            return response
        own = copy.deepcopy(cast("Node", shared))
        first = next(iter(cast("Node", own["content"]).values()), cast("object", None))
        own["content"] = {name: copy.deepcopy(first) for name in produces}
        return own

    def _references(self) -> None:
        """Point every `$ref` to where its target has moved."""
        moved: dict[str, str] = {}
        for new, old in self.context.moves.items():
            moved.setdefault(old, new)
        stack: list[tuple[dict[str, object] | list[object], str, Where | None]] = [(self.document, "document", None)]
        while stack:
            node, kind, where = stack.pop()
            if isinstance(node, dict):
                reference = node.get("$ref")
                if isinstance(reference, str):
                    node["$ref"] = "#" + _moved(reference[1:], moved)
            stack.extend(members(node, kind, where))


def _moved(pointer: str, moved: dict[str, str]) -> str:
    """Apply the moves, outermost first: a response's schema moves inside a response that has moved."""
    prefix = pointer
    while prefix and prefix not in moved:
        prefix = prefix[: prefix.rfind("/")]
    return moved[prefix] + pointer[len(prefix) :] if prefix else pointer


def _set_servers(document: Node) -> None:
    """`schemes`, `host` and `basePath` (2.0, 4.2.1) as server URLs, https first."""
    schemes = [scheme for scheme in _media_types(document.pop("schemes", None)) if scheme in {"http", "https"}]
    host, base = document.pop("host", None), document.pop("basePath", None)
    path = base.rstrip("/") if isinstance(base, str) else ""
    if isinstance(host, str) and host:
        ordered = sorted(schemes or ["https"], reverse=True)
        document["servers"] = [{"url": f"{scheme}://{host}{path}"} for scheme in ordered]
    elif path:
        document["servers"] = [{"url": path}]


def _security_scheme(node: Node) -> None:
    """OAuth 2 flows become an object of their own; `basic` is handled for every version."""
    if node.get("type") != "oauth2":
        return
    flow = _FLOWS.get(str(node.pop("flow", "")), "implicit")
    node["flows"] = {
        flow: {
            **{key: node.pop(key) for key in ("authorizationUrl", "tokenUrl") if key in node},
            "scopes": node.pop("scopes", {}),
        }
    }


def _identity(parameter: Node) -> tuple[str, str]:
    """What makes a parameter of an operation override one of its path: `in` and `name`; there is but one body."""
    place = str(parameter.get("in"))
    return place, "" if place == "body" else str(parameter.get("name"))


def _media_types(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in cast("list[object]", value) if isinstance(item, str)] if isinstance(value, list) else []


def _objects(node: object) -> list[tuple[str, Node]]:
    """The members of an object that are objects themselves."""
    if not isinstance(node, dict):
        return []
    return [(key, cast("Node", value)) for key, value in cast("Node", node).items() if isinstance(value, dict)]
