"""The tests of one method: plain, with everything, raw, streaming, and without a value in its path."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdkwright.ir.operations import Operation, ResponseKind
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import NULL, union
from sdkwright.pages import Pages
from sdkwright.plan.package.configured import unwrapping
from sdkwright.plan.package.context import Scope
from sdkwright.plan.package.suite.ways import Way
from sdkwright.plan.package.suite_model import TestCase
from sdkwright.text import Code, code, py_ident, py_str

_STREAMS = frozenset({ResponseKind.SSE, ResponseKind.JSON_LINES})
_INSIDE = Code("    ")
CHECK = "assert_matches_type"
"""The function of `tests.utils` that looks at what a call returns."""


@dataclass(frozen=True, slots=True)
class CaseWriter:
    """Writes the tests of methods of one resource; `target` is the resource, an attribute of the fixture."""

    scope: Scope
    pages: Pages
    target: Code
    is_async: bool

    def cases(self, node: MethodNode, operation: Operation, way: Way) -> Iterator[TestCase]:
        """The tests of one way to call a method."""
        name = py_ident(node.name)
        plain = self._call(Code(), name, way.needed)
        checked = self._checked(node, operation, way)
        deprecated = operation.deprecated or node.deprecated is not None

        def case(kind: Code, lines: list[Code], *, whole: bool = False) -> TestCase:
            title = code("{}_{}{}{}", kind, name, Code("_with_all_params" if whole else ""), way.suffix)
            return TestCase(title, tuple(self._warned(lines) if deprecated else lines))

        yield case(Code("method"), self._plain(plain, checked))
        if way.whole:
            yield case(Code("method"), self._plain(self._call(Code(), name, way.whole), checked), whole=True)
        yield case(Code("raw_response"), self._raw(self._call(Code("with_raw_response"), name, way.needed), checked))
        streamed = code("{}.with_streaming_response.{}({})", self.target, name, way.needed)
        yield case(Code("streaming_response"), self._streamed(streamed, checked))
        if way.emptied:
            yield case(Code("path_params"), self._emptied(name, way))

    def _call(self, view: Code, name: Code, arguments: Code) -> Code:
        target = code("{}.{}", self.target, view) if view else self.target
        return code("{}{}.{}({})", self._await, target, name, arguments)

    @property
    def _await(self) -> Code:
        return Code("await " if self.is_async else "")

    def _plain(self, call: Code, checked: _Checked) -> list[Code]:
        if not checked.variable:
            return [call]
        return [code("{} = {}", checked.variable, call), *checked.lines]

    def _raw(self, call: Code, checked: _Checked) -> list[Code]:
        closed = [] if checked.stays_open else [Code("assert response.is_closed")]
        return [code("response = {}", call), *closed, *self._parsed(checked)]

    def _streamed(self, call: Code, checked: _Checked) -> list[Code]:
        with_ = code("{}with {} as response:", Code("async " if self.is_async else ""), call)
        cast = self.scope.runtime("typing", "cast")
        any_ = self.scope.runtime("typing", "Any")
        return [
            with_,
            Code("    assert not response.is_closed"),
            *(code("{}{}", _INSIDE, line) for line in self._parsed(checked)),
            # Checkers take the property for what it was found to be above.
            code("assert {}({}, response).is_closed", cast, any_),
        ]

    def _parsed(self, checked: _Checked) -> list[Code]:
        """What is done with a response: a binary one is read, everything else has a type of its own."""
        parsed = code("{}response.{}()", self._await, Code("read" if checked.is_binary else "parse"))
        if not checked.variable:
            return [parsed]
        if checked.is_binary:
            return [code("content = {}", parsed), *checked.content]
        return [code("{} = {}", checked.variable, parsed), *checked.lines]

    def _emptied(self, name: Code, way: Way) -> list[Code]:
        pytest = Code(self.scope.imports.add_module("pytest"))
        lines: list[Code] = []
        for parameter, arguments in way.emptied:
            expected = py_str(f"Expected a non-empty value for `{parameter}`")
            lines.append(code("with {}.raises(ValueError, match={}):", pytest, expected))
            lines.append(code("{}{}", _INSIDE, self._call(Code("with_raw_response"), name, arguments)))
        return lines

    def _warned(self, lines: list[Code]) -> list[Code]:
        pytest = Code(self.scope.imports.add_module("pytest"))
        return [code("with {}.warns(DeprecationWarning):", pytest), *(code("{}{}", _INSIDE, line) for line in lines)]

    def _checked(self, node: MethodNode, operation: Operation, way: Way) -> _Checked:
        """How the result of a call is looked at."""
        kind = operation.response.kind
        if way.streams or kind in _STREAMS:
            return _Checked(Code("stream"), (code("{}stream.close()", self._await),), stays_open=True)
        match kind:
            case ResponseKind.NONE:
                return _Checked(Code(), ())
            case ResponseKind.BINARY:
                content = _matches(Code("bytes"), Code("content"))
                read = code("content = {}response.read()", self._await)
                return _Checked(Code("response"), (read, content), (content,), is_binary=True)
            case ResponseKind.TEXT:
                expected = Code("str")
            case _:
                expected = self._expected(node, operation)
        return _Checked(Code("result"), (_matches(expected, Code("result")),))

    def _expected(self, node: MethodNode, operation: Operation) -> Code:
        scope, response = self.scope, operation.response
        if (page := self.pages.match(node)) is not None:
            name = scope.runtime(".pagination", page.class_name(is_async=self.is_async))
            return code("{}[{}]", name, scope.expression(page.item))
        part = unwrapping(scope.context, node)
        if part is not None:
            return scope.expression(part.type)
        maybe = response.or_none or response.none_untold
        return scope.expression(union(response.type, NULL) if maybe else response.type)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What holds the result of a call, empty for none, and what is said of it; `content` of a binary one's bytes."""

    variable: Code
    lines: tuple[Code, ...]
    content: tuple[Code, ...] = ()
    is_binary: bool = False
    stays_open: bool = False


def _matches(expected: Code, value: Code) -> Code:
    return code('{}({}, {}, path=["response"])', Code(CHECK), expected, value)
