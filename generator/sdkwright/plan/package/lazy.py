"""The `__init__` of every package: names that are imported on first use, so that importing costs next to nothing."""

from __future__ import annotations

from collections.abc import Iterable

from sdkwright.ir.symbols import Symbol
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.distribution import title
from sdkwright.plan.package.model import LazyPackage
from sdkwright.text import Code, code, py_doc, py_dotted, py_ident, py_str

_RUNTIME_EXPORTS: tuple[tuple[str, str], ...] = (
    (
        "_types",
        "NOT_GIVEN NoneType NotGiven Omit ProxiesTypes RequestOptions Timeout Transport not_given omit",
    ),
    (
        "_exceptions",
        "APIConnectionError APIError APIResponseValidationError APIStatusError APITimeoutError AuthenticationError "
        "BadRequestError ConflictError InternalServerError NotFoundError PermissionDeniedError RateLimitError "
        "UnprocessableEntityError",
    ),
    ("_client", "AsyncClient Client"),
    ("_streaming", "AsyncStream Stream"),
    ("_response", "APIResponse AsyncAPIResponse"),
    ("_files", "file_from_path"),
    ("_models", "BaseModel"),
    ("_constants", "DEFAULT_CONNECTION_LIMITS DEFAULT_MAX_RETRIES DEFAULT_TIMEOUT"),
    ("_base_client", "DefaultAioHttpClient DefaultAsyncHttpxClient DefaultHttpxClient"),
)


def root_package(context: Context, *, environments: bool) -> LazyPackage:
    """The package itself, with the exports of SURFACE.md."""
    client = context.names.client.client
    symbols = [Symbol(name, module) for module, names in _RUNTIME_EXPORTS for name in names.split()]
    symbols += [
        Symbol(client, "_client"),
        Symbol(f"Async{client}", "_client"),
        Symbol(f"{client}Error", "_exceptions"),
    ]
    if environments:
        symbols.append(Symbol("ENVIRONMENTS", "_client"))
    if context.api.unwraps:
        symbols.append(Symbol("APIWebhookValidationError", "_exceptions"))
    if context.api.webhooks:
        symbols.append(Symbol("WebhookVerificationError", "_webhooks"))
    doc = f"{title(context)}: `{client}` and `Async{client}` are its clients."
    return lazy_package(
        "",
        doc,
        symbols,
        ("types", "resources"),
        eager=(Code("from ._version import __title__ as __title__, __version__ as __version__"),),
    )


def type_packages(context: Context) -> tuple[LazyPackage, ...]:
    """`types` and the packages below it."""
    return tuple(
        lazy_package(package.module, "Types of requests and responses.", package.exports, package.subpackages)
        for package in context.symbols.packages
    )


def lazy_package(
    module: str,
    doc: str,
    symbols: Iterable[Symbol],
    submodules: Iterable[str] = (),
    eager: tuple[Code, ...] = (),
) -> LazyPackage:
    """The `__init__` of the package `module` (dotted, empty for the root). `submodules` may be dotted or not."""
    ordered = sorted(symbols, key=lambda symbol: (symbol.module, symbol.name))
    children = sorted(name.rsplit(".", 1)[-1] for name in submodules)
    statements = [code("from . import {} as {}", py_ident(name), py_ident(name)) for name in children]
    exports: list[tuple[Code, Code]] = []
    for symbol in ordered:
        relative = py_dotted_relative(module, symbol.module)
        name = py_ident(symbol.name)
        statements.append(code("from {} import {} as {}", relative, name, name))
        exports.append((py_str(symbol.name), py_str(relative)))
    exports += [(py_str(name), py_str("")) for name in children]
    return LazyPackage(
        module=module,
        doc=py_doc(doc, 0),
        lazy_module=py_dotted_relative(module, "_lazy"),
        statements=tuple(statements),
        exports=tuple(sorted(exports)),
        eager=eager,
    )


def py_dotted_relative(package: str, target: str) -> Code:
    """A module of this package as a relative import in the `__init__` of `package` spells it."""
    imports = Imports(package, is_package=True) if package else Imports("")
    imports.add(f".{target}", "x")
    (line,) = imports.lines(runtime=True)
    spelled = line.split()[1]
    stem = spelled.lstrip(".")
    return Code("." * (len(spelled) - len(stem)) + (py_dotted(stem) if stem else ""))
