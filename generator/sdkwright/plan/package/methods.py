"""Methods: an operation under its name in a resource, in its sync or its async form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import LiteralString

from sdkwright.ir.operations import Argument, Operation, Overload, ResponseKind
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import MethodNode
from sdkwright.ir.types import Type, is_nullable
from sdkwright.pages import PageMatch
from sdkwright.plan.package.arguments import is_positional, method_doc, positional_wires, told_errors, written
from sdkwright.plan.package.bodies import body_arguments, content_type_option
from sdkwright.plan.package.configured import method_arguments, method_operation, unwrapping
from sdkwright.plan.package.context import Scope
from sdkwright.plan.package.model import Call, Method, Signature
from sdkwright.plan.package.parameters import (
    Named,
    cookie_items,
    dict_or_none,
    header_items,
    path_expression,
    query_items,
)
from sdkwright.plan.package.returns import Returned, class_expression, returned, stream_class, unwrapped
from sdkwright.plan.package.security import default_requirement, requirement_literal
from sdkwright.plan.package.wire_keys import WireKeys
from sdkwright.text import Code, code, py_ident, py_str

_VERBS = frozenset({"get", "post", "put", "patch", "delete"})
_STREAMING_VERBS = frozenset({"get", "post"})
_SAFE = frozenset({"get", "head", "options", "trace", "query"})


@dataclass(frozen=True, slots=True)
class Switch:
    """The argument that turns a response into a stream: the keyword at `index`, and what the stream yields."""

    argument: Argument
    name: Code
    index: int
    event: Type
    kind: ResponseKind


def find_switch(operation: Operation, keywords: list[Named]) -> Switch | None:
    """The stream switch of an operation, if it has one."""
    if operation.stream_switch is None or operation.stream_type is None or operation.stream_kind is None:
        return None
    for index, (argument, name) in enumerate(keywords):
        if argument.place == "field" and argument.wire == operation.stream_switch:
            return Switch(argument, name, index, operation.stream_type, operation.stream_kind)
    return None


@dataclass(frozen=True, slots=True)
class MethodPlanner:
    """Plans the methods of one class. `own` is true for methods of the client itself, `target` is what holds them."""

    scope: Scope
    keys: WireKeys
    is_async: bool
    target: str
    own: bool = False

    def plan(self, node: MethodNode, page: PageMatch | None) -> Method:
        """One method."""
        scope = self.scope
        operation = method_operation(scope.context, node)
        arguments: list[Named] = list(method_arguments(scope.context, node))
        wires = positional_wires(operation, node.positional_params)
        said = node.deprecated or f"`{self.target}.{node.name}` is deprecated"
        deprecated = said if node.deprecated or operation.deprecated else ""
        positional = [(argument, name) for argument, name in arguments if is_positional(argument, wires)]
        keywords = [(argument, name) for argument, name in arguments if not is_positional(argument, wires)]
        switch = None if page else find_switch(operation, keywords)
        back = self._page(page) if page else self._returned(node, operation, switch)
        signature = Signature(
            tuple(written(scope, argument, name) for argument, name in positional),
            tuple(written(scope, argument, name) for argument, name in keywords),
            back.annotation,
        )
        if deprecated:
            scope.imports.add_module("typing_extensions")
        return Method(
            name=py_ident(node.name),
            define=Code("async def" if self.is_async and page is None else "def"),
            signature=signature,
            doc=method_doc(scope, operation, [*positional, *keywords]),
            call=self._call(operation, arguments, back, page),
            overloads=self._overloads(operation, switch, signature)
            if switch
            else self._of_body(operation, keywords, signature),
            deprecated=py_str(deprecated) if deprecated else Code(),
        )

    def _returned(self, node: MethodNode, operation: Operation, switch: Switch | None) -> Returned:
        scope = self.scope
        if switch is None:
            part = unwrapping(scope.context, node)
            if part is not None:
                return unwrapped(scope, operation.response, part)
            return returned(scope, operation.response, is_async=self.is_async)
        plain = returned(scope, operation.response, is_async=self.is_async)
        stream = stream_class(self.scope, switch.kind, switch.event, is_async=self.is_async)
        return Returned(
            code("{} | {}", plain.annotation, stream.annotation),
            (
                *plain.arguments,
                code("stream={} or False", switch.name),
                code("stream_cls={}", stream.expression),
            ),
            is_stream=True,
        )

    def _overloads(self, operation: Operation, switch: Switch, whole: Signature) -> tuple[Signature, ...]:
        """The plain form, the streaming form, and the one for a flag that is not known before."""
        scope = self.scope
        plain = returned(scope, operation.response, is_async=self.is_async).annotation
        stream = stream_class(scope, switch.kind, switch.event, is_async=self.is_async).annotation
        literal = scope.typing("typing", "Literal")
        null = Code(" | None") if is_nullable(switch.argument.type) else Code()
        tail = code(" | {} = {}", scope.typing("._types", "Omit"), scope.runtime("._types", "omit"))
        off = code(
            "{}: {}[False]{}{}",
            switch.name,
            literal,
            null,
            Code() if switch.argument.required else tail,
        )
        on = code("{}: {}[True]", switch.name, literal)
        either = code("{}: {}", switch.name, scope.builtin("bool"))

        def signature(flag: Code, returns: Code) -> Signature:
            keywords = list(whole.keywords)
            keywords[switch.index] = flag
            return Signature(whole.positional, tuple(keywords), returns)

        scope.runtime("typing", "overload")
        return signature(off, plain), signature(on, stream), signature(either, whole.returns)

    def _of_body(self, operation: Operation, keywords: list[Named], whole: Signature) -> tuple[Signature, ...]:
        """One form for each object that the body can be."""
        names: dict[tuple[str, str], Code] = {(argument.place, argument.wire): name for argument, name in keywords}
        if not operation.overloads or ("body", "body") in names:
            return ()
        self.scope.runtime("typing", "overload")
        return tuple(
            Signature(whole.positional, tuple(self._keywords(each, names)), whole.returns)
            for each in operation.overloads
        )

    def _keywords(self, overload: Overload, names: Mapping[tuple[str, str], Code]) -> Iterator[Code]:
        """The keywords of one form; its constants tell it from the others, so they have no default."""
        for item in overload.arguments:
            if name := names.get((item.place, item.wire)):
                yield written(self.scope, item, name, constant=False)

    def _page(self, page: PageMatch) -> Returned:
        scope = self.scope
        item, shown = scope.expression(page.item), scope.annotation(page.item, Mode.MODEL)
        name = scope.runtime(".pagination", page.class_name(is_async=self.is_async))
        arguments = (
            code("page={}[{}]", name, item),
            code("model={}", class_expression(scope, page.item)),
        )
        if not self.is_async:
            return Returned(code("{}[{}]", name, shown), arguments)
        paginator = scope.typing("._base_client", "AsyncPaginator")
        return Returned(code("{}[{}, {}[{}]]", paginator, shown, name, shown), arguments)

    def _call(self, operation: Operation, arguments: list[Named], back: Returned, page: PageMatch | None) -> Call:
        scope = self.scope
        method = operation.method.lower()
        path = path_expression(scope, self.keys, operation, arguments)
        body = body_arguments(scope, self.keys, operation, arguments)
        start = Code(f"{'await ' if self.is_async and page is None else ''}self.{'' if self.own else '_'}")
        if page:
            function = code("{}get_api_list", start)
            verb = () if method == "get" else (code("method={}", py_str(method)),)
            leading: tuple[Code, ...] = (path, *back.arguments, *verb, *body)
            results: tuple[Code, ...] = ()
        else:
            known = method in self._verbs(back) and not (method == "get" and body)
            function = code("{}{}", start, py_ident(method) if known else Code("send_request"))
            leading = (path, *body) if known else (py_str(operation.method.upper()), path, *body)
            results = back.arguments
        scope.runtime("._base_client", "make_request_options")
        settings = self._settings()
        keyed = scope.context.config.client_settings.idempotency is not None and method not in _SAFE
        key = (Code("idempotency_key: str | None = None"),) if keyed else ()
        return Call(
            function=function,
            arguments=leading,
            options=self._options(operation, arguments, back),
            results=results,
            settings=(*settings, *key),
            passed=tuple(Code(argument.partition(":")[0]) for argument in (*settings, *key)),
        )

    def _verbs(self, back: Returned) -> frozenset[str]:
        """The verbs of the runtime that do what is asked; everything else goes through `request`."""
        return _STREAMING_VERBS if back.is_stream else _VERBS

    def _options(self, operation: Operation, arguments: list[Named], back: Returned) -> tuple[Code, ...]:
        scope = self.scope
        headers = header_items(scope, self.keys, arguments)
        if back.accept is not None:
            headers.insert(0, (py_str("Accept"), back.accept))
        parts: tuple[tuple[LiteralString, Code | None], ...] = (
            ("query={}", dict_or_none(query_items(scope, self.keys, arguments))),
            ("headers={}", dict_or_none(headers)),
            ("cookies={}", dict_or_none(cookie_items(scope, self.keys, arguments))),
            ("security={}", self._security(operation)),
            ("errors={}", self._errors(operation)),
            ("post_parser={}", back.parser),
        )
        written_parts = [code(template, value) for template, value in parts if value is not None]
        return (*written_parts, *content_type_option(operation))

    def _settings(self) -> tuple[Code, ...]:
        """What can be set for each call."""
        scope = self.scope
        not_given_type, not_given = (
            scope.typing("._types", "NotGiven"),
            scope.runtime("._types", "not_given"),
        )
        number, integer = scope.builtin("float"), scope.builtin("int")
        timeout = scope.typing("._types", "Timeout")
        return (
            code("extra_headers: {} | None = None", scope.typing("._types", "Headers")),
            code("extra_query: {} | None = None", scope.typing("._types", "Query")),
            code("extra_body: {} | None = None", scope.typing("._types", "Body")),
            code("timeout: {} | {} | None | {} = {}", number, timeout, not_given_type, not_given),
            code("max_retries: {} | {} = {}", integer, not_given_type, not_given),
        )

    def _security(self, operation: Operation) -> Code | None:
        context = self.scope.context
        if operation.security is None or operation.security == default_requirement(context):
            return None
        return requirement_literal(context, operation.security)

    def _errors(self, operation: Operation) -> Code | None:
        """The types of error bodies by status."""
        told = told_errors(operation)
        return dict_or_none([(py_str(error.status), self.scope.expression(error.type)) for error in told])
