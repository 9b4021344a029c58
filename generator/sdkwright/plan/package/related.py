"""What the docstring of a method says of calls that the API makes in return, and of what can be called next."""

from __future__ import annotations

from collections.abc import Iterator

from sdkwright.ir.operations import Callback, Link, Operation
from sdkwright.ir.symbols import Mode
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Context
from sdkwright.prose import wrap_markdown


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
    arguments = ", ".join(f"{name}={value}" for name, value in link.arguments)
    return f"{link.name}: `{_target(context, link)}({arguments})`. {link.doc}"


def _target(context: Context, link: Link) -> str:
    """The method that calls an operation; the operation itself where a config leaves it out."""
    for path, node in context.tree.walk():
        for method in node.methods:
            if method.operation == link.operation:
                return ".".join(("client", *_attributes(context, path), method.name))
    verb, _, template = link.operation.partition(" ")
    return f"{verb.upper()} {template} "


def _attributes(context: Context, path: tuple[str, ...]) -> Iterator[str]:
    return (context.names.resources[path[: end + 1]].attribute for end in range(len(path)))
