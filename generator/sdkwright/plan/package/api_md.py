"""`api.md`: every resource with its types and methods, as SURFACE.md lays the page out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdkwright.ir.operations import Operation, ResponseKind
from sdkwright.ir.symbols import Mode, Symbol
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import Named, Type, members
from sdkwright.plan.package.arguments import is_positional, positional_wires
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.model import ApiMethod, ApiPage, ApiSection
from sdkwright.plan.package.pages import Pages
from sdkwright.text import Code, code, html_attr, join, md_text, py_dotted, py_ident

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = {
    ResponseKind.NONE: "None",
    ResponseKind.TEXT: "str",
    ResponseKind.BINARY: "BinaryAPIResponse",
}


@dataclass(frozen=True, slots=True)
class ApiDocs:
    """Plans the page."""

    context: Context
    pages: Pages

    def page(self) -> ApiPage:
        """The whole page."""
        nodes = [(path, node) for path, node in self.context.tree.walk() if node.methods]
        return ApiPage(tuple(self._section(path, node) for path, node in nodes))

    def _section(self, path: tuple[str, ...], node: ResourceNode) -> ApiSection:
        title = " / ".join(self.context.names.resources[path[: end + 1]].stem for end in range(len(path)))
        found = [(method, self.context.operations[method.operation]) for method in node.methods]
        symbols = sorted({symbol for _, operation in found for symbol in self._types(operation)}, key=_by_module)
        modules: dict[str, list[Code]] = {}
        for symbol in symbols:
            modules.setdefault(symbol.module.rpartition(".")[0], []).append(py_ident(symbol.name))
        package = self.context.names.client.package
        return ApiSection(
            title=md_text(title or self.context.names.client.client),
            level=Code("#" * min(len(path) or 1, 6)),
            types=tuple(
                (py_dotted(f"{package}.{module}"), join(", ", names)) for module, names in sorted(modules.items())
            ),
            methods=tuple(self._method(path, method, operation) for method, operation in found),
        )

    def _method(self, path: tuple[str, ...], node: MethodNode, operation: Operation) -> ApiMethod:
        names = self.context.names
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
        named = zip(operation.arguments, self.context.names.arguments[operation.key], strict=True)
        shown = [py_ident(name) for argument, name in named if is_positional(argument, wires)]
        others = len(operation.arguments) > len(shown)
        symbol = self._params(operation)
        if others and symbol:
            shown.append(code('\\*\\*<a href="{}">params</a>', self._file(symbol.module)))
        elif others:
            shown.append(Code("\\*\\*params"))
        return join(", ", shown)

    def _params(self, operation: Operation) -> Symbol | None:
        return (
            None if operation.params_id is None else self.context.symbols.table.get((operation.params_id, Mode.PARAM))
        )

    def _returns(self, node: MethodNode, operation: Operation) -> Code:
        kind = operation.response.kind
        if kind in _PLAIN:
            return Code(_PLAIN[kind])
        page = self.pages.match(node)
        shown = self._linked(page.item if page else operation.response.type)
        if page:
            return code("{}[{}]", py_ident(page.class_name(is_async=False)), shown)
        if kind is ResponseKind.SSE:
            return code("Stream[{}]", shown)
        return code("JSONLStream[{}]", shown) if kind is ResponseKind.JSON_LINES else shown

    def _linked(self, type_: Type) -> Code:
        symbol = self.context.symbols.table.get((type_.id, Mode.MODEL)) if isinstance(type_, Named) else None
        if symbol is not None:
            return code('<a href="{}">{}</a>', self._file(symbol.module), py_ident(symbol.name))
        return html_attr(self._plain(type_))

    def _plain(self, type_: Type) -> str:
        from sdkwright.plan.annotations import annotate
        from sdkwright.plan.imports import Imports

        return annotate(type_, Mode.MODEL, self.context.symbols, Imports("api"))

    def _types(self, operation: Operation) -> Iterator[Symbol]:
        types: Iterable[Type] = (
            operation.response.type,
            *(argument.type for argument in operation.arguments),
        )
        for type_ in types:
            for member in members(type_):
                symbol = self.context.symbols.table.get((member.id, Mode.MODEL)) if isinstance(member, Named) else None
                if symbol is not None:
                    yield symbol

    def _file(self, module: str) -> Code:
        """The path of a module from the page: identifiers and slashes need no encoding in a link."""
        return code(
            "./src/{}/{}.py",
            py_ident(self.context.names.client.package),
            join("/", map(py_ident, module.split("."))),
        )


def _by_module(symbol: Symbol) -> tuple[str, str]:
    return symbol.module, symbol.name
