"""What the docstring of a method says of calls that the API makes in return, and of what can be called next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import cast

from sdkwright.ir.operations import Argument, Callback, Link, Operation
from sdkwright.ir.symbols import Mode
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.configured import method_arguments
from sdkwright.plan.package.context import Context
from sdkwright.prose import wrap_markdown
from sdkwright.text import Code, py_literal


def related(context: Context, operation: Operation, width: int) -> list[str]:
    """The sections of the docstring, each after an empty line."""
    calls = [line for callback in operation.callbacks for line in _entry(_callback(context, callback), width)]
    links = [line for link in operation.links for line in _entry(_link(context, link), width)]
    found: list[str] = []
    for title, lines in (("Callbacks:", calls), ("Links:", links)):
        if lines:
            found += ["", title, *lines]
    return found


def _entry(text: str, width: int) -> Iterator[str]:
    first, *rest = wrap_markdown(text, width - 8)
    yield f"    {first}"
    yield from (f"        {line}" if line else "" for line in rest)


def _callback(context: Context, callback: Callback) -> str:
    payload = annotate(callback.type, Mode.MODEL, context.symbols, Imports("api"))
    return f"{callback.name}: a `{payload}` is sent to `{callback.url}`. {callback.doc}"


def _link(context: Context, link: Link) -> str:
    for path, node in context.tree.walk():
        for method in node.methods:
            if method.operation == link.operation:
                called = ".".join(("client", *_attributes(context, path), method.name))
                arguments = ", ".join(_arguments(link, method_arguments(context, method)))
                return f"{link.name}: `{called}({arguments})`. {link.doc}"
    # A config leaves the operation out.
    verb, _, template = link.operation.partition(" ")
    return f"{link.name}: `{verb.upper()} {template}`. {link.doc}"


def _arguments(link: Link, known: Sequence[tuple[Argument, Code]]) -> Iterator[str]:
    """The arguments of the call that a link describes; what the method has no argument for is left out."""
    parameters = [(argument, name) for argument, name in known if argument.place not in {"field", "body"}]
    for place, wire, value in link.parameters:
        name = next((name for each, name in parameters if each.wire == wire and place in {"", each.place}), None)
        if name is not None:
            yield f"{name}={_python(value)}"
    if link.body:
        yield from _body(link.body, known)


def _body(value: str, known: Sequence[tuple[Argument, Code]]) -> Iterator[str]:
    """The body as the argument that it is, or as one argument for each of its properties."""
    fields = {argument.wire: name for argument, name in known if argument.place == "field"}
    whole = [name for argument, name in known if argument.place == "body"]
    if whole or (fields and value.startswith("$")):
        yield f"{whole[0]}={_python(value)}" if whole else f"**{value}"
    elif fields:
        given: object = json.loads(value)
        properties = cast("dict[str, object]", given) if isinstance(given, dict) else {}
        yield from (f"{fields[key]}={_python(json.dumps(properties[key]))}" for key in properties if key in fields)


def _python(value: str) -> str:
    """A constant of JSON as Python writes it; an expression as it is."""
    if value.startswith("$"):
        return value
    try:
        return py_literal(json.loads(value))
    except ValueError:
        return value


def _attributes(context: Context, path: tuple[str, ...]) -> Iterator[str]:
    return (context.names.resources[path[: end + 1]].attribute for end in range(len(path)))
