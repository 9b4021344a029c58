"""Webhooks: the resource that checks the signature of a call to the user and gives its payload a type."""

from __future__ import annotations

from sdkwright.ir.symbols import Symbol
from sdkwright.ir.types import Named
from sdkwright.plan.package.context import Context, ModuleImports, Scope
from sdkwright.plan.package.model import Child, WebhookModule
from sdkwright.text import Code, code, py_ident, py_str


def plan_webhooks(context: Context) -> WebhookModule | None:
    """The module of the resource; None where the document has no webhooks."""
    event = context.api.webhook_event
    if event is None:
        return None
    stem, attribute = _stem(context), webhooks_attribute(context)
    names = frozenset({"_Webhooks", f"{stem}Resource", f"Async{stem}Resource"})
    scope = Scope(context, ModuleImports(f"resources.{attribute}", reserved=names))
    for module, each in _IMPORTS:
        scope.runtime(module, each)
    error = scope.runtime("._exceptions", f"{context.names.client.client}Error")
    env = f"{context.names.client.env_prefix}_WEBHOOK_SECRET"
    return WebhookModule(
        module=f"resources.{attribute}",
        event=scope.expression(Named(event)),
        imports=scope.imported(),
        classes=(
            (py_ident(f"{stem}Resource"), Code("SyncAPIResource")),
            (py_ident(f"Async{stem}Resource"), Code("AsyncAPIResource")),
        ),
        error=error,
        env=py_str(env),
        env_name=py_ident(env),
        attribute=py_ident(attribute),
        names=names,
    )


def webhook_symbols(context: Context) -> tuple[Symbol, ...]:
    """The classes of the resource."""
    if not context.api.webhooks:
        return ()
    module = f"resources.{webhooks_attribute(context)}"
    return tuple(Symbol(f"{prefix}{_stem(context)}Resource", module) for prefix in ("", "Async"))


def webhook_child(context: Context, scope: Scope, *, is_async: bool) -> tuple[Child, ...]:
    """The attribute of the client."""
    symbols = webhook_symbols(context)
    if not symbols:
        return ()
    symbol = symbols[is_async]
    local = py_ident(scope.imports.symbol(symbol, runtime=False))
    statement = code("from .{} import {}", Code(symbol.module), py_ident(symbol.name))
    return (
        Child(
            attribute=py_ident(webhooks_attribute(context)),
            annotation=local,
            statement=statement if local == symbol.name else code("{} as {}", statement, local),
            doc=Code(),
        ),
    )


def webhooks_attribute(context: Context) -> str:
    """`webhooks`, or another name where the API has a resource of that name."""
    used = {child.name for child in context.tree.children} | {method.name for method in context.tree.methods}
    return next(name for name in ("webhooks", "webhook_events", "webhook_events_") if name not in used)


def _stem(context: Context) -> str:
    return "Webhooks" if webhooks_attribute(context) == "webhooks" else "WebhookEvents"


_IMPORTS = (
    ("os", "environ"),
    ("collections.abc", "Mapping"),
    ("typing", "cast"),
    ("pydantic_core", "from_json"),
    ("._lenient", "Lenient"),
    ("._resource", "SyncAPIResource"),
    ("._resource", "AsyncAPIResource"),
    ("._webhooks", "WebhookVerificationError"),
    ("._webhooks", "verify_webhook"),
)
