"""Parameters of a call: each value as it goes into the path, the query, a header or a cookie.

Keys of objects are renamed first. A value is passed as it is wherever the client's own way of writing it is what the
document asks for; only the rest goes through a style function of the runtime (OpenAPI 3.1, 4.8.12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sdkwright.ir.operations import Argument, Operation, Parameter
from sdkwright.plan.package.context import Scope
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, code, join, py_dict, py_str

Named = tuple[Argument, Code]
"""An argument and its name in Python."""


def path_expression(scope: Scope, keys: WireKeys, operation: Operation, arguments: Iterable[Named]) -> Code:
    """The path of a call, or its whole URL: a literal, or `path_template` with a value for each placeholder."""
    path = own_server(operation) + operation.path
    values = [(argument, name) for argument, name in arguments if argument.place == "path"]
    if not values:
        return py_str(path)
    by_wire = {argument.wire: name for argument, name in values}
    template = re.sub(
        r"\{([^{}]+)\}",
        lambda found: f"{{{by_wire[found[1]]}}}" if found[1] in by_wire else found[0],
        path,
    )
    function = scope.runtime("._utils", "path_template")
    fills = (code("{}={}", name, _path_value(scope, keys, argument, name)) for argument, name in values)
    return code("{}({}, {})", function, py_str(template), join(", ", fills))


def own_server(operation: Operation) -> str:
    """The absolute URL that the document gives to an operation in the place of the client's; empty without one."""
    server = operation.server or ""
    return server.rstrip("/") if "://" in server and "{" not in server else ""


def query_items(scope: Scope, keys: WireKeys, arguments: Iterable[Named]) -> list[tuple[Code, Code]]:
    """Query parameters by wire name."""
    return [
        (py_str(argument.wire), _query_value(scope, argument, keys.encoded(scope, argument.type, name)))
        for argument, name in arguments
        if argument.place == "query"
    ]


def header_items(scope: Scope, keys: WireKeys, arguments: Iterable[Named]) -> list[tuple[Code, Code]]:
    """Header parameters by wire name."""
    return [
        (py_str(argument.wire), _simple_value(scope, argument, keys.encoded(scope, argument.type, name)))
        for argument, name in arguments
        if argument.place == "header"
    ]


def cookie_items(scope: Scope, keys: WireKeys, arguments: Iterable[Named]) -> list[tuple[Code, Code]]:
    """Cookie parameters by wire name."""
    return [
        (py_str(argument.wire), _cookie_value(scope, argument, keys.encoded(scope, argument.type, name)))
        for argument, name in arguments
        if argument.place == "cookie"
    ]


def dict_or_none(items: list[tuple[Code, Code]]) -> Code | None:
    """A dict display, None when it would be empty."""
    return py_dict(items) if items else None


def _path_value(scope: Scope, keys: WireKeys, argument: Argument, name: Code) -> Code:
    parameter = argument.parameter
    if parameter is None:
        return name
    value = keys.encoded(scope, argument.type, name)
    if parameter.content_type:
        return code("{}({})", scope.runtime("._params", "simple"), _styled(scope, "json_content", value))
    if parameter.style == "simple" and not parameter.allow_reserved:
        return _simple_value(scope, argument, value)
    function = scope.runtime("._params", parameter.style)
    wire = code("{}, ", py_str(argument.wire)) if parameter.style == "matrix" else Code()
    explode = Code(", explode=True") if parameter.explode else Code()
    reserved = Code(", reserved=True") if parameter.allow_reserved else Code()
    return code("{}({}{}{}{})", function, wire, value, explode, reserved)


def _simple_value(scope: Scope, argument: Argument, name: Code) -> Code:
    parameter = argument.parameter
    if parameter is not None and parameter.content_type:
        return _styled(scope, "json_content", name)
    if parameter is None or not scope.context.is_composite(argument.type):
        return name
    return _styled(scope, "simple", name, explode=parameter.explode, default=False)


def _cookie_value(scope: Scope, argument: Argument, name: Code) -> Code:
    parameter = argument.parameter
    if parameter is not None and parameter.content_type:
        return _styled(scope, "json_content", name)
    if parameter is None or not scope.context.is_composite(argument.type):
        return name
    return _styled(scope, parameter.style, name, explode=parameter.explode, default=True)


def _query_value(scope: Scope, argument: Argument, name: Code) -> Code:
    parameter = argument.parameter
    if parameter is None:
        return name
    value = _query_styled(scope, argument, parameter, name)
    if parameter.allow_reserved and not parameter.content_type:
        return code("{}({})", scope.runtime("._params", "allow_reserved"), value)
    return value


def field_value(scope: Scope, argument: Argument, name: Code) -> Code:
    """The field of a form, in the style that the document gives it."""
    parameter = argument.parameter
    if parameter is None or not scope.context.is_composite(argument.type):
        return name
    if parameter.style == "form":
        return _form(scope, parameter, name)
    if parameter.style == "deepObject":
        return _styled(scope, "deep_object", name)
    return _query_styled(scope, argument, parameter, name)


def _query_styled(scope: Scope, argument: Argument, parameter: Parameter, name: Code) -> Code:
    if parameter.content_type:
        return _styled(scope, "json_content", name)
    if not scope.context.is_composite(argument.type):
        return name
    match parameter.style:
        case "spaceDelimited":
            return _styled(scope, "space_delimited", name, explode=parameter.explode, default=False)
        case "pipeDelimited":
            return _styled(scope, "pipe_delimited", name, explode=parameter.explode, default=False)
        case "deepObject":
            return _styled(scope, "deep_object", name) if scope.context.nested_format == "dots" else name
        case _:
            return name if _is_client_format(scope, argument, parameter) else _form(scope, parameter, name)


def _form(scope: Scope, parameter: Parameter, name: Code) -> Code:
    return _styled(scope, "form", name, explode=parameter.explode, default=True)


def _is_client_format(scope: Scope, argument: Argument, parameter: Parameter) -> bool:
    """Whether the client writes the value as `form` says: always if the config chose a format (SURFACE.md)."""
    if scope.context.config.query_settings is not None:
        return True
    return parameter.explode and not scope.context.is_keyed(argument.type)


def _styled(
    scope: Scope,
    function: str,
    name: Code,
    *,
    explode: bool | None = None,
    default: bool | None = None,
) -> Code:
    local = scope.runtime("._params", function)
    if explode is None or explode is default:
        return code("{}({})", local, name)
    return code("{}({}, explode={})", local, name, explode)
