"""The tests that a package brings with it: every method called against a server that answers as the document says."""

from __future__ import annotations

from sdkwright.diagnostics import Location
from sdkwright.ir.operations import Operation, SchemeKind
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import Kind
from sdkwright.pages import Pages
from sdkwright.plan.imports import Imports
from sdkwright.plan.package.configured import method_operation
from sdkwright.plan.package.context import Context, Scope
from sdkwright.plan.package.distribution import http_library
from sdkwright.plan.package.options import Option, client_options
from sdkwright.plan.package.samples import NoSample
from sdkwright.plan.package.spelling import Spelling
from sdkwright.plan.package.suite.cases import CHECK, CaseWriter
from sdkwright.plan.package.suite.ways import Way, ways
from sdkwright.plan.package.suite_model import Conftest, Scripts, TestCase, TestClass, TestModule, TestSuite
from sdkwright.text import Code, code, join, py_ident, py_literal, py_str

_Found = list[tuple[MethodNode, Operation, list[Way]]]
_DATES = {Kind.DATETIME: Code("datetime"), Kind.DATE: Code("date")}
_ARRAYS = {"comma": Code("comma"), "repeat": Code("repeat"), "brackets": Code("brackets")}
_OBJECTS = {"brackets": Code("brackets"), "dots": Code("dots")}


def plan_suite(context: Context, pages: Pages) -> TestSuite | None:
    """The tests of a package; None for one that has none but `tests/test_package.py`."""
    if not context.config.dialect.api_tests:
        return None
    writer = _ModuleWriter(context, pages)
    modules = [writer.module(path, node) for path, node in context.tree.walk() if node.methods]
    names, disabled = context.names.client, context.config.settings.disable_mock_tests
    return TestSuite(
        modules=tuple(module for module, _ in modules if module.classes[0].cases),
        conftest=Conftest(
            package=py_ident(names.package),
            client=py_ident(names.client),
            arguments=join(", ", [Code("base_url=base_url"), *map(_given, _needed(context))]),
            http=Code(http_library(context.config)),
            queried=tuple(py_str(f"query.{name}") for name in sorted(_queried(context))),
            disabled=disabled,
        ),
        scripts=Scripts(
            extras=Code("aiohttp,webhooks") if context.api.unwraps else Code("aiohttp"),
            mock_options=tuple(_mock_options(context)),
            disabled=disabled,
        ),
        untested=tuple(item for _, untested in modules for item in untested),
    )


def _needed(context: Context) -> list[Option]:
    """The arguments that a client is built with: what it cannot do without, and its credentials."""
    return [option for option in client_options(context) if option.required or option.scheme is not None]


def _queried(context: Context) -> frozenset[str]:
    options = [option.query for option in client_options(context) if option.query]
    schemes = [
        each.name for each in context.api.schemes if each.kind is SchemeKind.API_KEY and each.location_in == "query"
    ]
    return frozenset((*options, *schemes))


def _given(option: Option) -> Code:
    value = py_str(f"My {option.name}") if option.type == "str" else py_literal(1)
    return code("{}={}", py_ident(option.name), value)


def _mock_options(context: Context) -> list[Code]:
    """How the mock server reads lists and objects, where the config says how they are written (`query_settings`)."""
    if context.config.query_settings is None:
        return []
    found = [("array", _ARRAYS.get(context.array_format)), ("object", _OBJECTS.get(context.nested_format))]
    return [
        code("--validator-{}-{}-format={}", Code(place), Code(kind), value)
        for place in ("query", "form")
        for kind, value in found
        if value is not None
    ]


class _ModuleWriter:
    """Writes the modules of tests, one for each resource that has methods."""

    def __init__(self, context: Context, pages: Pages) -> None:
        self._context = context
        self._pages = pages

    def module(self, path: tuple[str, ...], node: ResourceNode) -> tuple[TestModule, list[tuple[Location, str]]]:
        """The tests of a resource, and its methods that have none."""
        context, names = self._context, self._context.names
        found, untested = self._ways(node)
        attributes = [names.resources[path[: end + 1]].attribute for end in range(len(path))]
        stem = names.resources[path].stem if path else "Client"
        client = names.client.client
        titles = (f"Test{stem}", f"TestAsync{stem}")
        imports = Imports("", reserved=frozenset({*titles, client, f"Async{client}", CHECK}))
        scope = Scope(context, imports)
        classes = tuple(
            TestClass(
                name=py_ident(title),
                is_async=is_async,
                define=Code("async def" if is_async else "def"),
                fixture=Code("async_client" if is_async else "client"),
                client=py_ident(f"Async{client}" if is_async else client),
                clients=Code("async_clients" if is_async else "clients"),
                cases=tuple(self._cases(scope, attributes, found, is_async=is_async)),
            )
            for title, is_async in zip(titles, (False, True), strict=True)
        )
        lines = [line for each in classes for case in each.cases for line in case.lines]
        for name in _DATES.values():
            if any(f"{name}.fromisoformat(" in line for line in lines):
                scope.runtime("datetime", name)
        folders = [*attributes[:-1], f"test_{attributes[-1] if attributes else 'client'}"]
        module = TestModule(
            path="/".join(folders),
            package=py_ident(names.client.package),
            target=py_ident(attributes[-1]) if attributes else Code("client"),
            imports=tuple(_absolute(line, names.client.package) for line in imports.lines(runtime=True)),
            helpers=join(", ", [Code(CHECK)] * any(CHECK in line for line in lines) + [Code("async_clients, clients")]),
            deprecated=any(operation.deprecated or method.deprecated is not None for method, operation, _ in found),
            classes=classes,
        )
        return module, untested

    def _ways(self, node: ResourceNode) -> tuple[_Found, list[tuple[Location, str]]]:
        """The methods of a resource with the ways to call them, and those for which no values were found."""
        spelling = Spelling(self._context, _DATES)
        found: _Found = []
        untested: list[tuple[Location, str]] = []
        for method in node.methods:
            operation = method_operation(self._context, method)
            try:
                found.append(
                    (method, operation, list(ways(spelling, method, paged=self._pages.match(method) is not None)))
                )
            except NoSample:
                untested.append(
                    (operation.location, f"no test calls `{operation.key[:120]}`: it needs values that do not end")
                )
        return found, untested

    def _cases(self, scope: Scope, attributes: list[str], found: _Found, *, is_async: bool) -> list[TestCase]:
        target = join(".", map(py_ident, ["async_client" if is_async else "client", *attributes]))
        writer = CaseWriter(scope, self._pages, target, is_async)
        return [
            case for method, operation, many in found for way in many for case in writer.cases(method, operation, way)
        ]


def _absolute(line: str, package: str) -> Code:
    """An import of a module at the root of the package, as tests outside of it write it."""
    start = "from ."
    return (
        code("from {}.{}", py_ident(package), Code(line.removeprefix(start))) if line.startswith(start) else Code(line)
    )
