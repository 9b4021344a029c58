"""Resources: the modules under `resources/` with their six classes each."""

from __future__ import annotations

from dataclasses import dataclass

from sdkwright.ir.names import ResourceNames
from sdkwright.ir.symbols import Symbol
from sdkwright.ir.tree import ResourceNode
from sdkwright.pages import Pages
from sdkwright.plan.package.classes import RAW, STREAMING, ClassPlanner, export_list, new_scope
from sdkwright.plan.package.context import Context, ModuleImports, Scope
from sdkwright.plan.package.lazy import lazy_package
from sdkwright.plan.package.model import LazyPackage, ResourceClass, ResourceModule
from sdkwright.plan.package.webhooks import webhook_symbols
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, py_doc, py_ident

Path = tuple[str, ...]


def class_names(stem: str, node: ResourceNode) -> tuple[str, ...]:
    """The six classes of a resource; two without the views of one that sends nothing."""
    views = ("",) if node.sends_nothing else ("", RAW, STREAMING)
    return tuple(f"{prefix}{stem}Resource{view}" for prefix in ("", "Async") for view in views)


@dataclass(frozen=True, slots=True)
class ResourcePlanner:
    """Plans the modules of the resource tree."""

    context: Context
    pages: Pages
    keys: WireKeys

    def modules(self) -> tuple[ResourceModule, ...]:
        """One module for each resource below the root."""
        return tuple(self._module(path, node) for path, node in self.context.tree.walk() if path)

    def packages(self) -> tuple[LazyPackage, ...]:
        """`resources` itself and every resource that has children."""
        return tuple(self._package(path, node) for path, node in self.context.tree.walk() if node.children or not path)

    def _package(self, path: Path, node: ResourceNode) -> LazyPackage:
        resources = self.context.names.resources
        below = [(resources[*path, child.name], child) for child in node.children]
        named = [(resources[path], node), *below] if path else below
        symbols = [Symbol(name, each.module) for each, item in named for name in class_names(each.stem, item)]
        folders = [_folder(each) for each, child in below if child.children]
        if not path:
            symbols += webhook_symbols(self.context)
            return lazy_package("resources", "The resources of the client.", symbols, folders)
        doc = f"The resource `{'.'.join(path)}` and those below it."
        return lazy_package(_folder(resources[path]), doc, symbols, folders)

    def _module(self, path: Path, node: ResourceNode, ours: frozenset[str] = frozenset()) -> ResourceModule:
        """One module. `ours` are names that types of the API must not have in it, which planning it finds out."""
        names = self.context.names.resources[path]
        defined = frozenset(class_names(names.stem, node))
        scope = new_scope(self.context, names.module, node, defined, ours)
        classes = tuple(self._class(scope, path, node, names, is_async=is_async) for is_async in (False, True))
        if not ours and isinstance(scope.imports, ModuleImports) and scope.imports.clashes:
            return self._module(path, node, scope.imports.clashes)
        listed = [f"{prefix}{names.stem}Resource" for prefix in ("", "Async")]
        exports = export_list(self.context, listed)
        return ResourceModule(names.module, scope.imported(), classes, defined, exports)

    def _class(
        self, scope: Scope, path: Path, node: ResourceNode, names: ResourceNames, *, is_async: bool
    ) -> ResourceClass:
        base = scope.runtime("._resource", f"{'Async' if is_async else 'Sync'}APIResource")
        planner = ClassPlanner(self.context, scope, self.pages, self.keys, path, node, is_async)
        name = f"{planner.prefix}{names.stem}Resource"
        return ResourceClass(
            name=py_ident(name),
            base=base,
            attribute=py_ident(names.attribute),
            client=Code("self._client"),
            doc=py_doc(node.doc, 4),
            methods=planner.methods(),
            unwraps=planner.unwraps(),
            children=planner.children(),
            views=() if node.sends_nothing else (planner.view(name, RAW), planner.view(name, STREAMING)),
        )


def _folder(names: ResourceNames) -> str:
    return names.module.rpartition(".")[0]
