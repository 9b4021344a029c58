"""Example calls for the README: a real method of this API with plausible arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import cast

from sdkwright.ir.operations import Argument, Operation, ResponseKind
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import Json
from sdkwright.pages import Pages
from sdkwright.plan.package.arguments import is_positional, positional_wires
from sdkwright.plan.package.configured import method_arguments, method_forms, method_operation
from sdkwright.plan.package.context import Context, is_constant
from sdkwright.plan.package.samples import NoSample, fits, sample
from sdkwright.plan.package.spelling import Spelling
from sdkwright.text import Code, code, join, py_ident

_FILE = Code('Path("upload.bin")')
_NOTHING: Mapping[str, Json] = {}


@dataclass(frozen=True, slots=True)
class Example:
    """`client.sessions.create(...)`: the target of the call, its arguments, and the names around it."""

    target: Code
    arguments: tuple[Code, ...]
    node: MethodNode
    operation: Operation


@dataclass(frozen=True, slots=True)
class Examples:
    """Finds the methods that show a feature best: those of the config, else those that need the fewest arguments."""

    context: Context
    pages: Pages
    found: tuple[Example, ...]
    configured: Mapping[str, Example]
    """Those that the config names, by what for (`readme.example_requests`)."""

    @classmethod
    def of(cls, context: Context, pages: Pages) -> Examples:
        """Every method of the package, the simplest first."""
        ranked: list[tuple[tuple[int, int, int, str], Example]] = []
        for path, resource in context.tree.walk():
            target = [context.names.resources[path[: end + 1]].attribute for end in range(len(path))]
            for node in resource.methods:
                operation = method_operation(context, node)
                needed = sum(argument.required for argument in operation.arguments)
                rank = (operation.deprecated, needed, len(path), ".".join([*target, node.name]))
                dotted = join(".", map(py_ident, [*target, node.name]))
                with suppress(NoSample):
                    ranked.append((rank, Example(dotted, _arguments(context, node), node, operation)))
        found = tuple(example for _, example in sorted(ranked, key=lambda pair: pair[0]))
        return cls(context, pages, found, dict(_configured(context, found)))

    def first(self) -> Example | None:
        """The method that the README starts with: one that returns an object, by preference a well-known verb."""
        for purpose in ("headline", "default"):
            if purpose in self.configured:
                return self.configured[purpose]
        return min(self.found, key=lambda example: (self._rank(example), _verb(example.node)), default=None)

    def _rank(self, example: Example) -> int:
        kind = example.operation.response.kind
        if kind is not ResponseKind.JSON:
            return _RANKS[kind]
        return 0 if example.operation.stream_switch is None and self.pages.match(example.node) is None else 1

    def page(self) -> Example | None:
        """A method that returns pages."""
        return next((example for example in self._all("pagination") if self.pages.match(example.node)), None)

    def stream(self) -> Example | None:
        """A method that returns a stream."""
        streams = {ResponseKind.SSE, ResponseKind.JSON_LINES}
        return next((item for item in self._all() if item.operation.response.kind in streams), None) or next(
            (item for item in self._all() if item.operation.stream_switch and item.operation.stream_type),
            None,
        )

    def of_kind(self, kind: ResponseKind) -> Example | None:
        """A method whose response is of a kind, by preference one that only reads."""
        found = [example for example in self._all() if example.operation.response.kind is kind]
        return next(
            (example for example in found if example.operation.method.lower() == "get"), next(iter(found), None)
        )

    def upload(self) -> Example | None:
        """A method that takes a file, by preference one that is about files."""
        found = [item for item in self._all() if any(argument.is_file for argument in item.operation.arguments)]
        chosen = next((item for item in found if item in self.configured.values()), None)
        return chosen or next((item for item in found if _is_about_files(item.target)), next(iter(found), None))

    def _all(self, purpose: str = "") -> Iterator[Example]:
        """The methods to choose from: that of a purpose, others of the config, then all."""
        if purpose in self.configured:
            yield self.configured[purpose]
        yield from self.configured.values()
        yield from self.found


def _configured(context: Context, found: tuple[Example, ...]) -> Iterator[tuple[str, Example]]:
    """The examples of the config, as far as the package has their methods."""
    for purpose, request in context.config.readme.example_requests.items():
        for example in found:
            if example.node.operation == request.endpoint:
                params = cast("Mapping[str, Json]", request.params)
                with suppress(NoSample):
                    yield purpose, replace(example, arguments=_arguments(context, example.node, params))
                break


_RANKS = {
    ResponseKind.TEXT: 2,
    ResponseKind.BINARY: 3,
    ResponseKind.NONE: 4,
    ResponseKind.SSE: 5,
    ResponseKind.JSON_LINES: 5,
}
_VERBS = ("create", "retrieve", "get", "list")


def _verb(node: MethodNode) -> int:
    return _VERBS.index(node.name) if node.name in _VERBS else len(_VERBS)


def _is_about_files(target: str) -> bool:
    return any(word in target for word in ("file", "upload", "document"))


def _arguments(context: Context, node: MethodNode, given: Mapping[str, Json] = _NOTHING) -> tuple[Code, ...]:
    """What a call must be given, and what is `given` by wire name as far as it fits. Raises `NoSample`."""
    forms = method_forms(context, node)
    arguments = max(forms or (method_arguments(context, node),), key=lambda form: _suits(context, form, given))
    wires = positional_wires(method_operation(context, node), node.positional_params)
    spelling = Spelling(context, {}, _FILE)
    positional: list[Code] = []
    keywords: list[Code] = []
    for argument, name in arguments:
        wanted = given.get(argument.wire)
        is_needed = argument.required and (bool(forms) or not is_constant(argument.type))
        if is_positional(argument, wires):
            positional.append(_value(spelling, argument, wanted))
        elif argument.is_file or is_needed or (wanted is not None and fits(context, argument.type, wanted)):
            keywords.append(code("{}={}", name, _value(spelling, argument, wanted)))
    return (*positional, *keywords)


def _suits(context: Context, form: tuple[tuple[Argument, Code], ...], given: Mapping[str, Json]) -> int:
    """How many of the values are arguments of a form; of forms that are equal in that the first one is taken."""
    return sum(each.wire in given and fits(context, each.type, given[each.wire]) for each, _ in form)


def _value(spelling: Spelling, argument: Argument, wanted: Json) -> Code:
    shown = argument.example if wanted is None else wanted
    spelled = spelling.spell(argument.type, sample(spelling.context, argument.type, argument.wire, shown))
    # Both stand inside of string literals only; what shows Markdown may take them for HTML, or for the end of the code.
    return Code(spelled.replace("<", r"\x3c").replace("`", r"\x60"))
