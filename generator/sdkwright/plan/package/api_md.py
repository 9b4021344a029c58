"""`api.md`: every resource with its types and methods, as SURFACE.md lays the page out, and all other types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdkwright.ir.operations import Operation, ResponseKind
from sdkwright.ir.symbols import Mode, Symbol
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import NULL, ListOf, MapOf, Named, Type, UnionOf, union
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.arguments import is_positional, positional_wires
from sdkwright.plan.package.configured import method_arguments, method_operation, unwrapping
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.model import ApiMethod, ApiPage, ApiSection
from sdkwright.plan.package.pages import Pages
from sdkwright.plan.package.webhooks import webhook_type, webhooks_attribute
from sdkwright.text import Code, code, html_attr, join, md_text, py_dotted, py_ident

_PLAIN = {
    ResponseKind.NONE: "None",
    ResponseKind.TEXT: "str",
    ResponseKind.BINARY: "BinaryAPIResponse",
}
_STREAMS = {ResponseKind.SSE: "Stream", ResponseKind.JSON_LINES: "JSONLStream"}
TypeBlock = tuple[tuple[Code, Code], ...]
"""Import statements of types: packages and the names that each gives."""


@dataclass(frozen=True, slots=True)
class ApiDocs:
    """Plans the page."""

    context: Context
    pages: Pages

    def page(self) -> ApiPage:
        """The whole page: the resources, then the types that no resource names by itself."""
        nodes = [(path, node) for path, node in self.context.tree.walk() if node.methods]
        shown = {symbol for _, node in nodes for symbol in self._symbols(node)}
        shown |= {symbol for _, node in nodes for symbol in self._linked_params(node)}
        exported = [symbol for package in self.context.symbols.packages for symbol in package.exports]
        others = self._block(symbol for symbol in exported if symbol not in shown)
        return ApiPage(tuple(self._section(path, node) for path, node in nodes), tuple(self._webhooks()), others)

    def _webhooks(self) -> Iterator[ApiMethod]:
        if not self.context.api.webhooks:
            return
        attribute = webhooks_attribute(self.context)
        yield ApiMethod(
            title=Code("webhooks"),
            target=code("client.{}", py_ident(attribute)),
            href=self._file(f"resources.{attribute}"),
            name=Code("unwrap"),
            arguments=Code("payload, headers"),
            returns=self._linked(webhook_type(self.context)),
        )

    def _section(self, path: tuple[str, ...], node: ResourceNode) -> ApiSection:
        title = " / ".join(self.context.names.resources[path[: end + 1]].stem for end in range(len(path)))
        return ApiSection(
            title=md_text(title or self.context.names.client.client),
            level=Code("#" * min(len(path) or 1, 6)),
            types=self._block(self._symbols(node)),
            methods=tuple(self._method(path, method) for method in node.methods),
        )

    def _block(self, symbols: Iterable[Symbol]) -> TypeBlock:
        """The types by the package that exports them."""
        exporting = {symbol: package.module for package in self.context.symbols.packages for symbol in package.exports}
        packages: dict[str, list[Code]] = {}
        for symbol in sorted({*symbols}, key=lambda symbol: symbol.name):
            package = exporting.get(symbol, symbol.module)
            packages.setdefault(package, []).append(py_ident(symbol.name))
        root = self.context.names.client.package
        return tuple((py_dotted(f"{root}.{package}"), _listed(names)) for package, names in sorted(packages.items()))

    def _method(self, path: tuple[str, ...], node: MethodNode) -> ApiMethod:
        names = self.context.names
        operation = method_operation(self.context, node)
        module = names.resources[path].module if path else "_client"
        target = [names.resources[path[: end + 1]].attribute for end in range(len(path))]
        return ApiMethod(
            title=html_attr(f"{operation.method.lower()} {operation.path}"),
            target=join(".", map(py_ident, ["client", *target])),
            href=self._file(module),
            name=py_ident(node.name),
            arguments=self._arguments(node, operation),
            returns=self._returns(node, operation),
        )

    def _arguments(self, node: MethodNode, operation: Operation) -> Code:
        wires = positional_wires(operation, node.positional_params)
        shown = [name for argument, name in method_arguments(self.context, node) if is_positional(argument, wires)]
        others = len(operation.arguments) > len(shown)
        symbol = self._params(operation)
        if others and symbol:
            shown.append(code('\\*\\*<a href="{}">params</a>', self._file(symbol.module)))
        elif others:
            shown.append(Code("\\*\\*params"))
        return join(", ", shown)

    def _params(self, operation: Operation) -> Symbol | None:
        id_ = operation.params_id
        return None if id_ is None else self.context.symbols.table.get((id_, Mode.PARAM))

    def _returns(self, node: MethodNode, operation: Operation) -> Code:
        kind = operation.response.kind
        if kind in _PLAIN:
            return Code(_PLAIN[kind])
        shown = self._linked(self._result(node, operation))
        if page := self.pages.match(node):
            return code("{}[{}]", py_ident(page.class_name(is_async=False)), shown)
        if kind in _STREAMS:
            return code("{}[{}]", py_ident(_STREAMS[kind]), shown)
        if operation.stream_switch and operation.stream_type and operation.stream_kind:
            stream = py_ident(_STREAMS[operation.stream_kind])
            return code("{} | {}[{}]", shown, stream, self._linked(operation.stream_type))
        return shown

    def _result(self, node: MethodNode, operation: Operation) -> Type:
        """What a method returns, or one item of it."""
        if page := self.pages.match(node):
            return page.item
        part = unwrapping(self.context, node)
        response = operation.response
        if part is not None and not operation.stream_switch:
            return part.type
        return union(response.type, NULL) if response.or_none else response.type

    def _linked(self, type_: Type) -> Code:
        """A type with links to the classes in it."""
        match type_:
            case Named(id):
                symbol = self.context.symbols.table.get((id, Mode.MODEL))
                return html_attr(self._plain(type_)) if symbol is None else self._link(symbol)
            case ListOf(item):
                return code("List[{}]", self._linked(item))
            case MapOf(value):
                return code("Dict[str, {}]", self._linked(value))
            case UnionOf(members):
                return join(" | ", dict.fromkeys(map(self._linked, members)))
            case _:
                return html_attr(self._plain(type_))

    def _link(self, symbol: Symbol) -> Code:
        return code('<a href="{}">{}</a>', self._file(symbol.module), py_ident(symbol.name))

    def _plain(self, type_: Type) -> str:
        return annotate(type_, Mode.MODEL, self.context.symbols, Imports("api"))

    def _symbols(self, node: ResourceNode) -> Iterator[Symbol]:
        """The types of a resource: its models, what its methods return, what they take."""
        types: list[Type] = [Named(model.pointer.removeprefix("#")) for model in node.models]
        for method in node.methods:
            operation = method_operation(self.context, method)
            types += [self._result(method, operation), operation.stream_type or NULL]
            types += [argument.type for argument, _ in method_arguments(self.context, method)]
        for type_ in types:
            yield from self._exported(type_)

    def _exported(self, type_: Type) -> Iterator[Symbol]:
        """The classes of a type that have a module of their own."""
        match type_:
            case Named(id):
                declaration = self.context.api.declarations.get(id)
                symbol = self.context.symbols.table.get((id, Mode.MODEL))
                if symbol is not None and declaration is not None and not declaration.position.steps:
                    yield symbol
            case ListOf(inner) | MapOf(inner):
                yield from self._exported(inner)
            case UnionOf(members):
                for member in members:
                    yield from self._exported(member)
            case _:
                return

    def _linked_params(self, node: ResourceNode) -> Iterator[Symbol]:
        for method in node.methods:
            symbol = self._params(method_operation(self.context, method))
            if symbol is not None:
                yield symbol

    def _file(self, module: str) -> Code:
        """The path of a module from the page: identifiers and slashes need no encoding in a link."""
        return code(
            "./src/{}/{}.py",
            py_ident(self.context.names.client.package),
            join("/", map(py_ident, module.split("."))),
        )


def _listed(names: list[Code]) -> Code:
    """Imported names: on one line, or one line each if there are many."""
    line = join(", ", names)
    return line if len(line) <= 72 else code("(\n    {},\n)", join(",\n    ", names))
