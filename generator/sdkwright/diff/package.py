"""The surface of the package that a document would become: classes, members and methods, without rendering it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.arrange import arrange
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.ir.models import Alias, Object, RootKind
from sdkwright.ir.symbols import Mode
from sdkwright.lower.api import lower
from sdkwright.lower.heads import heads
from sdkwright.lower.nodes import Tree
from sdkwright.name import client_names, name
from sdkwright.plan.imports import Imports
from sdkwright.plan.package import plan_package
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.symbols import plan_symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sdkwright.config import Config
    from sdkwright.diff.facts import Node
    from sdkwright.ir.api import Api
    from sdkwright.ir.operations import Operation
    from sdkwright.ir.symbols import Symbols
    from sdkwright.ir.tree import ResourceNode
    from sdkwright.limits import Limits
    from sdkwright.plan.package import PackagePlan
    from sdkwright.plan.package.model import Method


@dataclass(frozen=True, slots=True)
class Member:
    """A field, a key or an argument: its annotation, whether it must be given, and where the document has it."""

    name: str
    annotation: str
    required: bool
    pointer: str
    positional: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    """A name in a module of types. `sent` is true for what callers write; an alias has `text` and no members."""

    symbol: str
    name: str
    sent: bool
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


@dataclass(frozen=True, slots=True)
class Package:
    """The public surface that a document and a config decide."""

    client: str
    classes: Mapping[str, Class]
    calls: Mapping[str, Call]


def plan_surface(document: Node, stem: str, config: Config, limits: Limits) -> Package | None:
    """Plan the package of a canonical document; None where it has errors. Locations are canonical pointers."""
    diagnostics = Diagnostics()
    tree = Tree(document, lambda pointer: Location("", pointer))
    resources = arrange(heads(tree), config, config.casing, diagnostics)
    wanted = {method.operation for _, node in resources.walk() for method in node.methods}
    listed = frozenset(model.pointer.removeprefix("#") for _, node in resources.walk() for model in node.models)
    api = lower(tree, wanted, listed.__contains__ if listed else _everything, limits, diagnostics)
    if diagnostics.failed:
        return None
    target = config.targets.python
    client = client_names(
        api.title, stem, config.casing,
        organization=config.organization.name or "",
        package=(target.package_name if target else None) or "",
        project=(target.project_name if target else None) or "",
    )  # fmt: skip
    names = name(api, resources, client, config.casing)
    symbols = plan_symbols(api, names)
    plan = plan_package(api, resources, names, symbols, config)
    context = Context(api, resources, names, plan.symbols, config)
    classes = {each.symbol: each for each in _classes(context, plan.symbols)}
    calls = {each.symbol: each for each in _calls(api, context, resources, plan)}
    return Package(f"{client.package}.{client.client}", classes, calls)


def _everything(_pointer: str) -> bool:
    return True


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
        shown = attribute if mode is Mode.MODEL else key
        yield Member(shown, annotation, field.required, field.location.pointer)


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
        bool(method.deprecated),
    )  # fmt: skip


def _arguments(written: Iterable[str], operation: Operation, *, positional: bool) -> Iterator[Member]:
    """Arguments as their signature has them: `name: annotation = default`."""
    for text in written:
        head, _, rest = text.partition(": ")
        annotation, equals, _ = rest.partition(" = ")
        plain = annotation.removesuffix(" | Omit")
        yield Member(head, plain, not equals, _pointer(operation, head), positional)


def _pointer(operation: Operation, written: str) -> str:
    """Where the document has an argument; names are compared by their letters, since casing is ours."""
    wanted = _letters(written)
    for argument in operation.arguments:
        if _letters(argument.wire) == wanted:
            return argument.location.pointer
    return operation.location.pointer


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())
