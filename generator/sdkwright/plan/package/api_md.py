"""`api.md`: every resource with its types and methods, as SURFACE.md lays the page out, and all other types."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sdkwright.ir.graph import named
from sdkwright.ir.models import Alias
from sdkwright.ir.operations import Operation, ResponseKind
from sdkwright.ir.symbols import Mode, Symbol
from sdkwright.ir.tree import MethodNode, ModelNode, ResourceNode, UnwrapNode
from sdkwright.ir.types import NULL, DeclarationId, ListOf, MapOf, Named, Type, UnionOf, union
from sdkwright.name.classes import SHARED, SHARED_PARAMS
from sdkwright.pages import Pages
from sdkwright.plan.annotations import annotate
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.arguments import is_positional, positional_wires
from sdkwright.plan.package.configured import method_arguments, method_operation, unwrapping
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.model import ApiMethod, ApiPage, ApiSection
from sdkwright.plan.package.returns import RAW_EVENT, is_raw
from sdkwright.plan.package.webhooks import webhooks_attribute
from sdkwright.text import Code, code, html_attr, join, md_text, py_dotted, py_ident

_PLAIN = {
    ResponseKind.NONE: "None",
    ResponseKind.TEXT: "str",
    ResponseKind.BINARY: "BinaryAPIResponse",
}
_STREAMS = {ResponseKind.SSE: "Stream", ResponseKind.JSON_LINES: "JSONLStream"}
Path = tuple[str, ...]
_WEBHOOKS: Path = ("webhooks ",)
_SHARED: Path = ("shared ",)
"""The sections about webhooks and about models that belong to no resource, which are no resources of the tree."""
TypeBlock = tuple[tuple[Code, Code], ...]
"""Import statements of types: packages and the names that each gives."""


@dataclass(frozen=True, slots=True)
class ApiDocs:
    """Plans the page."""

    context: Context
    pages: Pages

    def page(self) -> ApiPage:
        """The whole page: the resources, then the types that no resource names by itself."""
        nodes = {path: node for path, node in self.context.tree.walk() if self._has_section(node)}
        placed = {self._model(model): path for path, node in nodes.items() for model in node.models}
        placed |= dict.fromkeys([*self._shared(SHARED), *self._shared(SHARED_PARAMS)], _SHARED)
        for path, node in nodes.items():
            for symbol in self._symbols(path, node):
                placed.setdefault(symbol, path)
        for symbol in self._exported(self._event, Mode.MODEL, set()):
            placed.setdefault(symbol, _WEBHOOKS)
        placed = {**self._other_forms(placed), **placed}
        sections = [self._section(path, node, nodes.keys(), placed) for path, node in nodes.items()]
        if shared := self._block(self._shared(SHARED)):
            sections.insert(0, ApiSection(Code("Shared Types"), Code("#"), shared, ()))
        linked = {symbol for node in nodes.values() for symbol in self._linked_params(node)}
        sections += self._webhooks(placed)
        exported = [symbol for package in self.context.symbols.packages for symbol in package.exports]
        if others := self._block(symbol for symbol in exported if symbol not in placed and symbol not in linked):
            sections.append(ApiSection(Code("Further types"), Code("#"), others, ()))
        return ApiPage(tuple(sections) or (self._section((), self.context.tree, (), {}),))

    def _has_section(self, node: ResourceNode) -> bool:
        return bool(node.methods or node.unwraps) or any(map(self._model, node.models))

    def _shared(self, module: str) -> Iterator[Symbol]:
        """The models that belong to no resource, as they are read or as they are sent, which have the same names."""
        for package in self.context.symbols.packages if self.context.config.dialect.shared_packages else ():
            if package.module == module:
                yield from package.exports

    @property
    def _event(self) -> Type:
        event = self.context.api.webhook_event
        return NULL if event is None else Named(event)

    def _webhooks(self, placed: Mapping[Symbol | None, Path]) -> Iterator[ApiSection]:
        if self._event == NULL:
            return
        attribute = webhooks_attribute(self.context)
        unwrap = ApiMethod(
            title=Code("webhooks"),
            target=code("client.{}", py_ident(attribute)),
            href=self._file(f"resources.{attribute}"),
            name=Code("unwrap"),
            arguments=Code("payload, headers"),
            returns=self._linked(self._event),
        )
        yield ApiSection(Code("Webhooks"), Code("#"), self._types(_WEBHOOKS, placed), (unwrap,))

    def _types(self, path: Path, placed: Mapping[Symbol | None, Path]) -> TypeBlock:
        return self._block(symbol for symbol, place in placed.items() if symbol is not None and place == path)

    def _section(
        self, path: Path, node: ResourceNode, sections: Collection[Path], placed: Mapping[Symbol | None, Path]
    ) -> ApiSection:
        """One resource, below those of the resources above it that have a section. A type stands in one place."""
        above = sum(path[:end] in sections for end in range(1, len(path)))
        title = " / ".join(self.context.config.casing.pascal(name, "Resource") for name in path)
        return ApiSection(
            title=md_text(title or self.context.names.client.client),
            level=Code("#" * min(1 + above, 6)),
            types=self._types(path, placed),
            methods=(
                *(self._method(path, method) for method in node.methods),
                *(self._unwrap(path, method) for method in node.unwraps),
            ),
        )

    def _block(self, symbols: Iterable[Symbol]) -> TypeBlock:
        """The types by the package that exports them."""
        above_first = reversed(self.context.symbols.packages)
        exporting = {symbol: package.module for package in above_first for symbol in package.exports}
        packages: dict[str, list[Code]] = {}
        for symbol in sorted({*symbols}, key=lambda symbol: symbol.name):
            package = exporting.get(symbol, symbol.module)
            packages.setdefault(package, []).append(py_ident(symbol.name))
        root = self.context.names.client.package
        return tuple((py_dotted(f"{root}.{package}"), _listed(names)) for package, names in sorted(packages.items()))

    def _unwrap(self, path: Path, node: UnwrapNode) -> ApiMethod:
        return ApiMethod(
            title=Code("webhooks"),
            target=self._target(path),
            href=self._file(self._home(path)),
            name=py_ident(node.name),
            arguments=Code("payload, \\*, headers" if node.key_option else "payload"),
            returns=self._linked(Named(node.id(path))),
        )

    def _home(self, path: Path) -> str:
        return self.context.names.resources[path].module if path else "_client"

    def _target(self, path: Path) -> Code:
        names = self.context.names.resources
        return join(".", map(py_ident, ["client", *(names[path[: end + 1]].attribute for end in range(len(path)))]))

    def _method(self, path: Path, node: MethodNode) -> ApiMethod:
        operation = method_operation(self.context, node)
        return ApiMethod(
            title=html_attr(f"{operation.method.lower()} {operation.path}"),
            target=self._target(path),
            href=self._file(self._home(path)),
            name=py_ident(node.name),
            arguments=self._arguments(node, operation),
            returns=self._returns(node, operation),
            deprecated=operation.deprecated or node.deprecated is not None,
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
            return code("{}[{}]", self._link(Symbol(page.class_name(is_async=False), "pagination")), shown)
        if kind in _STREAMS:
            return self._stream(kind, operation.response.type)
        if operation.stream_switch and operation.stream_type and operation.stream_kind:
            return code("{} | {}", shown, self._stream(operation.stream_kind, operation.stream_type))
        return shown

    def _stream(self, kind: ResponseKind, type_: Type) -> Code:
        event = Code(RAW_EVENT) if is_raw(kind, type_) else self._linked(type_)
        return code("{}[{}]", py_ident(_STREAMS[kind]), event)

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

    def _symbols(self, path: Path, node: ResourceNode) -> Iterator[Symbol]:
        """The types of a resource: its models, what its methods return and raise, what they take."""
        read: list[Type] = [Named(method.id(path)) for method in node.unwraps]
        sent: list[Type] = []
        for method in node.methods:
            operation = method_operation(self.context, method)
            if operation.response.kind not in _PLAIN:
                read.append(self._result(method, operation))
            read += [operation.stream_type or NULL, *(error.type for error in operation.errors)]
            read += [callback.type for callback in operation.callbacks]
            sent += [argument.type for argument, _ in method_arguments(self.context, method)]
        for types, mode in ((read, Mode.MODEL), (sent, Mode.PARAM)):
            for type_ in types:
                yield from self._exported(type_, mode, set())

    def _other_forms(self, placed: Mapping[Symbol | None, Path]) -> dict[Symbol | None, Path]:
        """The model of what is listed as it is sent, and the other way round."""
        table, roots = self.context.symbols.table, self.context.api.declarations
        forms = ((id, mode) for id, mode in table if not roots[id].position.steps)
        pairs = (
            (table[form], table.get((form[0], Mode.PARAM if form[1] is Mode.MODEL else Mode.MODEL))) for form in forms
        )
        return {symbol: placed[other] for symbol, other in pairs if other is not None and other in placed}

    def _model(self, model: ModelNode) -> Symbol | None:
        table, id = self.context.symbols.table, model.pointer.removeprefix("#")
        return table.get((id, Mode.MODEL)) or table.get((id, Mode.PARAM))

    def _exported(self, type_: Type, mode: Mode, seen: set[DeclarationId]) -> Iterator[Symbol]:
        """The classes of a type that have a module of their own; what an alias stands for is looked at as well."""
        for id in named(type_):
            declaration = self.context.api.declarations.get(id)
            if declaration is None or id in seen:
                continue
            seen.add(id)
            symbol = self.context.symbols.table.get((id, mode))
            if symbol is not None and not declaration.position.steps:
                yield symbol
            if isinstance(declaration, Alias):
                yield from self._exported(declaration.type, mode, seen)

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
