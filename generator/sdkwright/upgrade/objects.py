"""The objects around schemas, of every version, in their canonical form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from sdkwright.bundle.grammar import METHODS
from sdkwright.upgrade.parameters import upgrade_loose_parameter
from sdkwright.upgrade.schemas import upgrade_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from sdkwright.bundle.grammar import Where
    from sdkwright.upgrade.context import Context, Node

    Rule = Callable[[Node, Where | None, Context], None]

_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|default")
_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_PLACES: Final = frozenset({"query", "querystring", "header", "path", "cookie"})


def _document(node: Node, where: Where | None, context: Context) -> None:
    info = node.get("info")
    if not isinstance(info, dict):
        info = node["info"] = dict[str, object]()
        context.warn(
            "document/info",
            "the document has no `info`",
            where,
            "add `info` with `title` and `version`",
        )
    details = cast("Node", info)
    for key, default in (("title", "API"), ("version", "0.0.0")):
        value = details.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            details[key] = str(value)
        elif not isinstance(value, str) or not value.strip():
            details[key] = default
            context.warn(
                "document/info",
                f"`info.{key}` is missing; {default!r} is used",
                (where, "info"),
                f"add `{key}` to `info`",
            )
    if not isinstance(node.get("paths"), dict):
        node["paths"] = {}
    node.pop("$self", None)
    _servers(node, where, context)
    _security(node)


def _servers(node: Node, where: Where | None, context: Context) -> None:
    """Keep servers that have a URL; variables become text."""
    servers = node.get("servers")
    if servers is None:
        node.pop("servers", None)
        return
    entries = cast("list[object]", servers) if isinstance(servers, list) else [servers]
    kept: list[Node] = []
    for number, entry in enumerate(entries):
        server = cast("Node", entry) if isinstance(entry, dict) else {"url": entry}
        if isinstance(server.get("url"), str):
            _server_variables(server)
            kept.append(server)
        else:
            context.warn(
                "document/server",
                "a server without a `url` is left out",
                ((where, "servers"), number),
                "give it a `url`",
            )
    node["servers"] = kept


def _server_variables(server: Node) -> None:
    variables = server.get("variables")
    if not isinstance(variables, dict):
        server.pop("variables", None)
        return
    for name, entry in list(cast("Node", variables).items()):
        variable = cast("Node", entry) if isinstance(entry, dict) else {"default": entry}
        variable["default"] = _word(variable.get("default", ""))
        if isinstance(variable.get("enum"), list):
            variable["enum"] = [_word(value) for value in cast("list[object]", variable["enum"])]
        cast("Node", variables)[name] = variable


def _word(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else "" if value is None else str(value)


def _security(node: Node) -> None:
    """Security requirements are an array of objects from scheme names to arrays of scopes."""
    security = node.get("security")
    if security is None:
        node.pop("security", None)
        return
    entries = cast("list[object]", security) if isinstance(security, list) else [security]
    node["security"] = [
        {name: scopes if isinstance(scopes, list) else [] for name, scopes in cast("Node", entry).items()}
        for entry in entries
        if isinstance(entry, dict)
    ]


def _paths(node: Node, where: Where | None, context: Context) -> None:
    for path in [path for path in node if not path.startswith(("/", "x-"))]:
        if f"/{path}" in node:
            context.error(
                "document/path",
                f"the path {path!r} exists with and without a leading slash",
                (where, path),
                "remove one of them",
            )
            continue
        _rename(node, path, f"/{path}", where, context)
        context.warn(
            "document/path",
            f"the path {path!r} does not start with a slash; one is added",
            (where, path),
            f"write /{path}",
        )

    for path in node:
        if "#" in path:
            message = f"the path {path!r} has a fragment, which only tells it from others; it is not sent"
            context.warn("document/path", message, (where, path), "give each operation a path of its own")
        elif "?" in path:
            message = f"the path {path!r} has a query; it is sent with every call"
            context.warn("document/path", message, (where, path), "declare what is behind `?` as parameters")


def _path_item(node: Node, where: Where | None, context: Context) -> None:
    """All methods beside the eight fixed ones stand in `additionalOperations`, also `query` of 3.2."""
    extra = node.get("additionalOperations")
    others = cast("Node", extra) if isinstance(extra, dict) else {}
    node.pop("additionalOperations", None)
    for method in list(others):
        if method.lower() in METHODS and method.lower() not in node:
            node[method.lower()] = others.pop(method)
            context.move((where, method.lower()), ((where, "additionalOperations"), method))
        elif method.lower() in METHODS or not _TOKEN.fullmatch(method):
            del others[method]
            context.error(
                "document/method",
                f"{method!r} cannot be an additional method",
                ((where, "additionalOperations"), method),
                "use a method name of its own",
            )
    if "query" in node:
        others["QUERY"] = node.pop("query")
        context.move(((where, "additionalOperations"), "QUERY"), (where, "query"))
    if others:
        node["additionalOperations"] = others
    if "servers" in node:
        _servers(node, where, context)


def _operation(node: Node, where: Where | None, context: Context) -> None:
    tags = node.get("tags", [])
    entries = cast("list[object]", tags) if isinstance(tags, list) else [tags]
    node["tags"] = [str(tag) for tag in entries if isinstance(tag, str | int | float)]
    if not node["tags"]:
        del node["tags"]
    if "operationId" in node and not isinstance(node["operationId"], str):
        identifier = node.pop("operationId")
        if isinstance(identifier, int | float):
            node["operationId"] = str(identifier)
    if "servers" in node:
        _servers(node, where, context)
    _security(node)


def _responses(node: Node, where: Where | None, context: Context) -> None:
    for status in [status for status in node if not status.startswith("x-") and not _STATUS.fullmatch(status)]:
        upper = status.upper()
        repaired = "default" if upper == "DEFAULT" else upper
        if _STATUS.fullmatch(repaired) and repaired not in node:
            context.warn(
                "response/status",
                f"the status {status!r} is read as {repaired!r}",
                (where, status),
                f"write {repaired}",
            )
            _rename(node, status, repaired, where, context)
        else:
            context.warn(
                "response/status",
                f"{status!r} is no status; the response is left out",
                (where, status),
                "use a number such as 404, a range such as 4XX, or default",
            )
            del node[status]


def _rename(node: Node, old: str, new: str, where: Where | None, context: Context) -> None:
    """Rename a key in its place, since the order of keys is the order of what is generated."""
    items = [(new if key == old else key, value) for key, value in node.items()]
    node.clear()
    node.update(items)
    context.move((where, new), (where, old))


def _parameter(node: Node, where: Where | None, context: Context) -> None:
    if "$ref" in node:
        return
    upgrade_loose_parameter(node, where, context)
    _named_example(node, where, context)
    if not isinstance(node.get("name"), str) or str(node.get("in")) not in _PLACES:
        places = ", ".join(sorted(_PLACES))
        context.error(
            "parameter/invalid",
            f"a parameter needs a `name` and an `in` of {places}",
            where,
            "complete the parameter",
        )
    if node.get("in") == "path" and node.get("required") is not True:
        node["required"] = True
        context.warn(
            "parameter/optional-path",
            f"the path parameter {str(node.get('name'))[:60]!r} lacks `required: true`; it is taken as required",
            where,
            "write `required: true` (OpenAPI 3.1, 4.8.12.2)",
        )


def _header(node: Node, where: Where | None, context: Context) -> None:
    upgrade_loose_parameter(node, where, context)
    _named_example(node, where, context)


def _named_example(node: Node, _where: Where | None, _context: Context) -> None:
    """`example` becomes the member `default` of `examples`, which outside schemas is a map."""
    if "example" in node:
        value = node.pop("example")
        if not node.get("examples"):
            node["examples"] = {"default": {"value": value}}


def _example(node: Node, _where: Where | None, _context: Context) -> None:
    """3.2 tells `dataValue` from `serializedValue`; what later stages show is data."""
    if "dataValue" in node:
        node["value"] = node.pop("dataValue")


def _security_scheme(node: Node, where: Where | None, context: Context) -> None:
    if node.get("type") == "basic":
        node["type"], node["scheme"] = "http", "basic"
        if context.minor >= 1:
            context.warn(
                "security/type",
                "the security type basic is read as http with the scheme basic",
                where,
                "write `type: http` and `scheme: basic`",
            )


OBJECTS: Final[dict[str, Rule]] = {
    "document": _document,
    "paths": _paths,
    "pathItem": _path_item,
    "sharedPathItem": _path_item,
    "operation": _operation,
    "responses": _responses,
    "parameter": _parameter,
    "header": _header,
    "mediaType": _named_example,
    "example": _example,
    "securityScheme": _security_scheme,
    "schema": upgrade_schema,
}
"""The rule of each kind of object that has one."""
