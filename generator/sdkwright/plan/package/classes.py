"""What resources and the client have in common: methods, children as cached properties, and the two views."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sdkwright.ir.names import ResourceNames
from sdkwright.ir.operations import ResponseKind
from sdkwright.ir.symbols import Symbol
from sdkwright.ir.tree import MethodNode, ResourceNode, UnwrapNode
from sdkwright.ir.types import Named
from sdkwright.name.reserved import argument_name
from sdkwright.pages import Pages
from sdkwright.plan.package.configured import method_arguments, method_operation
from sdkwright.plan.package.context import OURS, Context, ModuleImports, Scope, import_statement
from sdkwright.plan.package.methods import MethodPlanner
from sdkwright.plan.package.model import Child, Method, Unwrap, View, Wrapped
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, join, py_doc, py_ident, py_str

RAW, STREAMING = "WithRawResponse", "WithStreamingResponse"
_BUILTINS = frozenset(dir(builtins))
_PROPERTIES = {RAW: "with_raw_response", STREAMING: "with_streaming_response"}
_VERBS = {RAW: "raw", STREAMING: "streamed"}
_BINARY = {RAW: "BinaryAPIResponse", STREAMING: "StreamedBinaryAPIResponse"}
_DOCS = {
    RAW: "The same methods, returning the HTTP response, whose `parse()` gives the usual result.",
    STREAMING: "The same methods as context managers around a response that is read on demand.",
}

_CLASS_DOCS = {
    RAW: "returning the HTTP response",
    STREAMING: "as context managers around the HTTP response",
}


@dataclass(frozen=True, slots=True)
class ClassPlanner:
    """Plans one class of a node, sync or async; `own` is true for the client."""

    context: Context
    scope: Scope
    pages: Pages
    keys: WireKeys
    path: tuple[str, ...]
    node: ResourceNode
    is_async: bool
    own: bool = False

    @property
    def prefix(self) -> str:
        """How the names of async classes start."""
        return "Async" if self.is_async else ""

    def methods(self) -> tuple[Method, ...]:
        """The methods of the node."""
        names = self.context.names.resources
        target = ".".join(names[self.path[: end + 1]].attribute for end in range(len(self.path))) or "client"
        planner = MethodPlanner(self.scope, self.keys, self.is_async, target, self.own)
        return tuple(planner.plan(node, self.pages.match(node)) for node in self.node.methods)

    def unwraps(self) -> tuple[Unwrap, ...]:
        """The methods of the node that read webhooks."""
        return tuple(self._unwrap(node) for node in self.node.unwraps)

    def children(self, view: str = "") -> tuple[Child, ...]:
        """The nodes below as cached properties; with `view`, as those of that view."""
        return tuple(
            self._child(node, names, view) for node, names in self._below() if not (view and node.sends_nothing)
        )

    def view(self, owner: str, kind: str) -> View:
        """The class `owner` seen raw or streaming."""
        self.scope.runtime("._compat", "cached_property")
        suffix = kind if kind == RAW else streaming_view(self.context, own=self.own)
        return View(
            name=py_ident(f"{owner}{suffix}"),
            property=py_ident(_PROPERTIES[kind]),
            doc=py_doc(_DOCS[kind], 8),
            class_doc=py_doc(f"The methods of `{owner}`, {_CLASS_DOCS[kind]}.", 4),
            methods=tuple(self._wrapped(node, kind) for node in self.node.methods),
            children=self.children(kind),
        )

    def _unwrap(self, node: UnwrapNode) -> Unwrap:
        scope = self.scope
        event = scope.expression(Named(node.id(self.path)))
        scope.runtime("typing", "cast")
        scope.runtime("._legacy.webhooks", "read_webhook")
        if node.key_option is not None:
            scope.runtime("._legacy.webhooks", "verify_webhook")
            scope.typing("collections.abc", "Mapping")
        option = Code() if node.key_option is None else py_ident(argument_name(node.key_option))
        return Unwrap(py_ident(node.name), event, py_str(event), option)

    def _below(self) -> Iterator[tuple[ResourceNode, ResourceNames]]:
        for child in self.node.children:
            yield child, self.context.names.resources[(*self.path, child.name)]

    def _child(self, node: ResourceNode, names: ResourceNames, view: str) -> Child:
        symbol = Symbol(f"{self.prefix}{names.stem}Resource{view}", names.module)
        local = self.scope.imports.symbol(symbol, runtime=False)
        return Child(
            attribute=py_ident(names.attribute),
            annotation=py_ident(local),
            statement=import_statement(self.scope.imports.module, symbol, local),
            doc=Code() if view else py_doc(node.doc, 8),
        )

    def _wrapped(self, node: MethodNode, kind: str) -> Wrapped:
        operation = method_operation(self.context, node)
        binary = operation.response.kind is ResponseKind.BINARY
        start = "async_to" if self.is_async else "to"
        wrapper = f"{start}_{'custom_' if binary else ''}{_VERBS[kind]}_response_wrapper"
        return Wrapped(
            name=py_ident(node.name),
            wrapper=self.scope.runtime("._response", wrapper),
            extra=self.scope.runtime("._response", f"{self.prefix}{_BINARY[kind]}") if binary else Code(),
            deprecated=operation.deprecated or node.deprecated is not None,
        )


def streaming_view(context: Context, *, own: bool) -> str:
    """How the name of a streaming view ends; `own` is true for that of the client."""
    return "WithStreamedResponse" if own and context.config.dialect.streamed_client else STREAMING


def export_list(context: Context, names: Iterable[str]) -> Code:
    """What `__all__` of a module of classes holds; empty where such modules have none."""
    return join(", ", map(py_str, names)) if context.config.dialect.listed_resources else Code()


def new_scope(
    context: Context, module: str, node: ResourceNode, defined: frozenset[str], ours: frozenset[str] = OURS
) -> Scope:
    """The scope of a module that holds the classes of a node.

    Methods and children hide builtins and imports from the annotations of their class, arguments hide imports
    from the body of their method.
    """
    attributes = {*node.names} | set(_PROPERTIES.values())
    attributes |= {child.name for child in node.children}
    arguments = {str(name) for method in node.methods for _, name in method_arguments(context, method)}
    imports = ModuleImports(module, reserved=defined | attributes | arguments, ours=ours)
    return Scope(context, imports, frozenset(attributes & _BUILTINS), frozenset(arguments & _BUILTINS))
