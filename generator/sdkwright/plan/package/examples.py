"""Example calls for the README: a real method of this API with plausible arguments."""

from __future__ import annotations

from dataclasses import dataclass

from sdkwright.ir.models import Object
from sdkwright.ir.operations import Argument, Operation, ResponseKind
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import Choice, DeclarationId, Kind, ListOf, MapOf, Scalar, Type
from sdkwright.pages import Pages
from sdkwright.plan.package.arguments import is_positional, positional_wires
from sdkwright.plan.package.configured import method_arguments, method_operation
from sdkwright.plan.package.context import Context, is_constant
from sdkwright.text import Code, code, join, py_dict, py_ident, py_literal, py_str

_SCALARS = {
    Kind.INTEGER: Code("1"),
    Kind.NUMBER: Code("1.0"),
    Kind.BOOLEAN: Code("True"),
    Kind.NULL: Code("None"),
    Kind.DATETIME: Code('"2026-01-31T12:00:00Z"'),
    Kind.DATE: Code('"2026-01-31"'),
    Kind.FILE: Code('Path("upload.bin")'),
    Kind.CONTENT: Code('Path("upload.bin")'),
    Kind.BASE64: Code('"AAAA"'),
    Kind.ANY: Code("{}"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """`client.sessions.create(...)`: the target of the call, its arguments, and the names around it."""

    target: Code
    arguments: tuple[Code, ...]
    node: MethodNode
    operation: Operation


@dataclass(frozen=True, slots=True)
class Examples:
    """Finds the methods that show a feature best: those that need the fewest arguments."""

    context: Context
    pages: Pages
    found: tuple[Example, ...]

    @classmethod
    def of(cls, context: Context, pages: Pages) -> Examples:
        """Every method of the package, the simplest first."""
        ranked: list[tuple[tuple[int, int, int, str], Example]] = []
        for path, resource in context.tree.walk():
            target = [context.names.resources[path[: end + 1]].attribute for end in range(len(path))]
            for node in resource.methods:
                operation = method_operation(context, node)
                needed = sum(argument.required for argument in operation.arguments)
                rank = (operation.deprecated, needed, len(path), ".".join([*target, node.name]))
                dotted = join(".", map(py_ident, [*target, node.name]))
                ranked.append((rank, Example(dotted, _arguments(context, node, operation), node, operation)))
        return cls(
            context,
            pages,
            tuple(example for _, example in sorted(ranked, key=lambda pair: pair[0])),
        )

    def first(self) -> Example | None:
        """The method that the README starts with: one that returns an object, by preference a well-known verb."""
        return min(self.found, key=lambda example: (self._rank(example), _verb(example.node)), default=None)

    def _rank(self, example: Example) -> int:
        kind = example.operation.response.kind
        if kind is not ResponseKind.JSON:
            return _RANKS[kind]
        return 0 if example.operation.stream_switch is None and self.pages.match(example.node) is None else 1

    def page(self) -> Example | None:
        """A method that returns pages."""
        return next((example for example in self.found if self.pages.match(example.node)), None)

    def stream(self) -> Example | None:
        """A method that returns a stream."""
        streams = {ResponseKind.SSE, ResponseKind.JSON_LINES}
        return next((item for item in self.found if item.operation.response.kind in streams), None) or next(
            (item for item in self.found if item.operation.stream_switch and item.operation.stream_type),
            None,
        )

    def of_kind(self, kind: ResponseKind) -> Example | None:
        """A method whose response is of a kind, by preference one that only reads."""
        found = [example for example in self.found if example.operation.response.kind is kind]
        return next(
            (example for example in found if example.operation.method.lower() == "get"), next(iter(found), None)
        )

    def upload(self) -> Example | None:
        """A method that takes a file, by preference one that is about files."""
        found = [item for item in self.found if any(argument.is_file for argument in item.operation.arguments)]
        return next((item for item in found if _is_about_files(item.target)), next(iter(found), None))


_RANKS = {
    ResponseKind.TEXT: 2,
    ResponseKind.BINARY: 3,
    ResponseKind.NONE: 4,
    ResponseKind.SSE: 5,
    ResponseKind.JSON_LINES: 5,
}
_VERBS = ("create", "retrieve", "get", "list")


def _verb(node: MethodNode) -> int:
    return _VERBS.index(node.name) if node.name in _VERBS else len(_VERBS)


def _is_about_files(target: str) -> bool:
    return any(word in target for word in ("file", "upload", "document"))


def _arguments(context: Context, node: MethodNode, operation: Operation) -> tuple[Code, ...]:
    wires = positional_wires(operation, node.positional_params)
    positional: list[Code] = []
    keywords: list[Code] = []
    for argument, name in method_arguments(context, node):
        if is_positional(argument, wires):
            positional.append(_value(context, argument, name))
        elif argument.is_file or (argument.required and not is_constant(argument.type)):
            keywords.append(code("{}={}", name, _value(context, argument, name)))
    return (*positional, *keywords)


def _value(context: Context, argument: Argument, name: str) -> Code:
    return sample(context, argument.type, name)


def sample(context: Context, type_: Type, name: str, above: tuple[DeclarationId, ...] = ()) -> Code:
    """A value of a type, as short as its required parts allow; `name` stands in for text."""
    leaf = next(iter(context.leaves(type_)), Scalar(Kind.ANY))
    match leaf:
        case Choice(values):
            return py_literal(values[0])
        case ListOf(item):
            return code("[{}]", sample(context, item, name, above)) if len(above) < 3 else Code("[]")
        case MapOf():
            return Code("{}")
        case Scalar(kind):
            return _SCALARS.get(kind) or py_str(name)
        case _:
            declaration = context.declaration(leaf)
            if not isinstance(declaration, Object) or declaration.id in above:
                return Code("{}")
            return py_dict(
                (py_str(key), sample(context, field.type, key, (*above, declaration.id)))
                for field, _, key in context.fields(declaration)
                if field.required and not field.read_only
            )
