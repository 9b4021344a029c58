"""The surface of the package that a document would become: classes, members and methods, without rendering it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright import pipeline
from sdkwright.diagnostics import Diagnostics, Location, Refusal, Severity
from sdkwright.diff.directions import with_directions
from sdkwright.ir.models import Alias, Object, RootKind
from sdkwright.ir.symbols import Mode
from sdkwright.lower.nodes import Tree
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Context, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sdkwright.config import Config
    from sdkwright.diff.sides import Side
    from sdkwright.ir.api import Api
    from sdkwright.ir.operations import Argument, Operation
    from sdkwright.ir.symbols import Symbols
    from sdkwright.ir.tree import ResourceNode
    from sdkwright.limits import Limits
    from sdkwright.plan.package import PackagePlan
    from sdkwright.plan.package.model import Method


@dataclass(frozen=True, slots=True)
class Member:
    """A field, a key or an argument: its annotation, whether it must be given, and where the document has it.

    `line` is how the code declares it, and `in_path` says that it is a part of the path.
    """

    name: str
    annotation: str
    required: bool
    pointer: str
    line: str
    positional: bool = False
    in_path: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A name in a module of types. `sent` is true for what callers write, `read` for what they get, both may be for an
    alias, which has `text` and no members."""

    symbol: str
    name: str
    sent: bool
    read: bool
    text: str
    members: Mapping[str, Member]
    pointer: str


@dataclass(frozen=True, slots=True)
class Call:
    """A method as it is called on the client."""

    symbol: str
    arguments: Mapping[str, Member]
    returns: str
    pointer: str
    deprecated: bool
    operation: str


@dataclass(frozen=True, slots=True)
class Package:
    """The public surface that a document and a config decide."""

    client: str
    classes: Mapping[str, Class]
    calls: Mapping[str, Call]

    @property
    def name(self) -> str:
        """The name of the import package."""
        return self.client.partition(".")[0]


class Unplanned(Exception):  # noqa: N818  (it names the finding)
    """A document becomes no package; the message says where and why."""


def plan_surface(side: Side, stem: str, config: Config, limits: Limits) -> Package:
    """Plan the package of a canonical document. Raises `Unplanned` where it has errors."""
    tree = Tree(side.bundle.document, lambda pointer: Location("", pointer))
    run = pipeline.Run(Diagnostics())
    try:
        planned = pipeline.plan(tree, stem, config, limits, run)
    except Refusal:
        planned = None
    if planned is None:
        raise Unplanned(_reason(side, run.diagnostics))
    context = Context(planned.api, planned.resources, planned.names, planned.package.symbols, planned.config)
    declared = {each.symbol: each for each in _classes(context, planned.package.symbols)}
    calls = {each.symbol: each for each in _calls(planned.api, context, planned.resources, planned.package)}
    classes = with_directions(declared, calls)
    client = planned.names.client
    return Package(f"{client.package}.{client.client}", classes, calls)


def _reason(side: Side, diagnostics: Diagnostics) -> str:
    """The first error, as `file:line: message`."""
    errors = [item for item in diagnostics.items if item.severity is Severity.ERROR]
    if not errors:
        return f"{side.name} becomes no package"
    place = errors[0].location
    if not place.file:
        place = side.bundle.origins.locate(place.pointer)
    line = f":{side.position(place)[0]}" if place.file in side.texts else ""
    rest = f" (and {len(errors) - 1} more errors)" if len(errors) > 1 else ""
    return f"{side.display(place.file)}{line}: {errors[0].message}{rest}"


def _classes(context: Context, symbols: Symbols) -> Iterator[Class]:
    for (id, mode), symbol in symbols.table.items():
        declaration = context.api.declarations[id]
        scope = Scope(context, Imports(symbol.module))
        position = declaration.position
        members: dict[str, Member] = {}
        text = ""
        if isinstance(declaration, Alias):
            text = str(scope.annotation(declaration.type, mode))
        elif position.kind is not RootKind.PARAMS or position.steps:
            members = {each.name: each for each in _fields(context, scope, declaration, mode)}
        yield Class(
            f"{symbol.module}.{symbol.name}",
            symbol.name,
            mode is Mode.PARAM,
            mode is Mode.MODEL,
            text,
            members,
            declaration.location.pointer,
        )


def _fields(context: Context, scope: Scope, item: Object, mode: Mode) -> Iterator[Member]:
    for field, attribute, key in context.fields(item):
        if field.read_only and mode is Mode.PARAM:
            continue
        annotation = str(scope.annotation(field.type, mode))
        if mode is Mode.MODEL and not field.required and not annotation.endswith("| None"):
            annotation += " | None"
        if mode is Mode.MODEL:
            line = f"{attribute}: {annotation}{'' if field.required else ' = None'}"
        else:
            line = f"{key}: {f'Required[{annotation}]' if field.required else annotation}"
        shown = attribute if mode is Mode.MODEL else key
        yield Member(shown, annotation, field.required, field.location.pointer, line)


def _calls(api: Api, context: Context, resources: ResourceNode, plan: PackagePlan) -> Iterator[Call]:
    planned = {str(each.name): each.methods for module in plan.resources for each in module.classes}
    planned |= {"": plan.client.classes[0].methods}
    operations = {operation.key: operation for operation in api.operations}
    for path, node in resources.walk():
        names = context.names.resources.get(path)
        methods = {str(each.name): each for each in planned.get(f"{names.stem}Resource" if path and names else "", ())}
        for method in node.methods:
            if method.name in methods and method.operation in operations:
                prefix = ".".join(["client", *path])
                yield _call(f"{prefix}.{method.name}", methods[method.name], operations[method.operation])


def _call(symbol: str, method: Method, operation: Operation) -> Call:
    signature = method.signature
    arguments = [
        *_arguments(map(str, signature.positional), operation, positional=True),
        *_arguments(map(str, signature.keywords), operation, positional=False),
    ]
    return Call(
        symbol, {each.name: each for each in arguments}, str(signature.returns), operation.location.pointer,
        bool(method.deprecated), f"{operation.method.upper()} {operation.path}",
    )  # fmt: skip


def _arguments(written: Iterable[str], operation: Operation, *, positional: bool) -> Iterator[Member]:
    """Arguments as their signature has them: `name: annotation = default`."""
    for text in written:
        head, _, rest = text.partition(": ")
        annotation, equals, _ = rest.partition(" = ")
        plain = annotation.removesuffix(" | Omit")
        given = _given(operation, head)
        yield Member(
            head, plain, not equals, (given or operation).location.pointer, text, positional,
            given is not None and given.place == "path",
        )  # fmt: skip


def _given(operation: Operation, written: str) -> Argument | None:
    """The argument as the document has it; names are compared by their letters, since casing is ours."""
    wanted = _letters(written)
    return next((each for each in operation.arguments if _letters(each.wire) == wanted), None)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
