"""Types that no method needs once its list is a page: the page class takes the place of the response's own."""

from __future__ import annotations

from dataclasses import replace

from sdkwright.ir.graph import usage
from sdkwright.ir.operations import Operation
from sdkwright.ir.symbols import Symbol, Symbols, TypeModule
from sdkwright.ir.types import Type
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.pages import Pages


def without_unused(context: Context, pages: Pages) -> Symbols:
    """The symbol table without the modules that nothing refers to any more."""
    items = _items(context, pages)
    if not items:
        return context.symbols
    operations = tuple(_paged(operation, items.get(operation.key)) for operation in context.api.operations)
    needed = usage(replace(context.api, operations=operations)).forms
    symbols = context.symbols
    dropped = {
        module.module
        for module in symbols.modules
        if module.definitions and not any((each.id, each.mode) in needed for each in module.definitions)
    }

    def stays(symbol: Symbol) -> bool:
        return symbol.module not in dropped

    def is_kept(module: TypeModule) -> bool:
        return module.module not in dropped and (
            not module.reexports or any(stays(symbol) for _, symbol in module.reexports)
        )

    return replace(
        symbols,
        table={form: symbol for form, symbol in symbols.table.items() if stays(symbol)},
        modules=tuple(module for module in symbols.modules if is_kept(module)),
        packages=tuple(replace(package, exports=tuple(filter(stays, package.exports))) for package in symbols.packages),
        typed={id: symbol for id, symbol in symbols.typed.items() if stays(symbol)},
    )


def _items(context: Context, pages: Pages) -> dict[str, Type]:
    """The item of each operation whose methods all return pages."""
    methods = [method for _, node in context.tree.walk() for method in node.methods]
    whole = {method.operation for method in methods if pages.match(method) is None}
    found = {method.operation: page.item for method in methods if (page := pages.match(method))}
    return {operation: item for operation, item in found.items() if operation not in whole}


def _paged(operation: Operation, item: Type | None) -> Operation:
    return operation if item is None else replace(operation, response=replace(operation.response, type=item))
