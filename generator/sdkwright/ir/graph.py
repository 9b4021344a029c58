"""What refers to what: which forms of each declaration are needed, and which roots refer to each other in rings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Declaration
from sdkwright.ir.operations import Operation
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import DeclarationId, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf

Form = tuple[DeclarationId, Mode]
"""A declaration in one of its two Python forms."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Which forms are needed. `shared` are aliases that read and send alike: they exist once, as models."""

    forms: frozenset[Form]
    shared: frozenset[DeclarationId]

    def form(self, id: DeclarationId, mode: Mode) -> Form:
        """The form that stands for a declaration in a mode."""
        return (id, Mode.MODEL) if id in self.shared else (id, mode)


def usage(api: Api) -> Usage:
    """The forms that the operations of an API reach."""
    shared = _shared(api.declarations)
    needed: set[Form] = set()
    pending: list[Form] = []

    def need(type_: Type, mode: Mode) -> None:
        for id in named(type_):
            form = (id, Mode.MODEL) if id in shared else (id, mode)
            if form not in needed:
                needed.add(form)
                pending.append(form)

    for operation in api.operations:
        for type_, mode in _entries(operation):
            need(type_, mode)
    for webhook in api.webhooks:
        need(webhook.type, Mode.MODEL)
    while pending:
        id, mode = pending.pop()
        for type_ in parts(api.declarations[id]):
            need(type_, mode)
    return Usage(frozenset(needed), shared)


def _entries(operation: Operation) -> Iterator[tuple[Type, Mode]]:
    yield operation.response.type, Mode.MODEL
    if operation.stream_type is not None:
        yield operation.stream_type, Mode.MODEL
    for error in operation.errors:
        yield error.type, Mode.MODEL
    if operation.params_id is not None:
        yield Named(operation.params_id), Mode.PARAM
    for argument in operation.arguments:
        yield argument.type, Mode.PARAM


def named(type_: Type) -> Iterator[DeclarationId]:
    """The declarations that a type refers to, in order."""
    match type_:
        case Named(id):
            yield id
        case ListOf(item):
            yield from named(item)
        case MapOf(value):
            yield from named(value)
        case UnionOf(members):
            for member in members:
                yield from named(member)
        case _:
            return


def parts(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration is made of: bases first."""
    if isinstance(declaration, Alias):
        yield declaration.type
        return
    yield from (Named(base) for base in declaration.bases)
    yield from (field.type for field in declaration.fields)
    if declaration.extra is not None:
        yield declaration.extra


def _shared(declarations: Mapping[DeclarationId, Declaration]) -> frozenset[DeclarationId]:
    """The aliases that come out the same for reading and for sending: no object, list, map, date or file inside."""
    answers: dict[DeclarationId, bool] = {}

    def same(type_: Type) -> bool:
        match type_:
            case Scalar(kind):
                return kind not in {Kind.DATETIME, Kind.DATE, Kind.FILE}
            case ListOf() | MapOf():
                return False
            case UnionOf(members):
                return all(map(same, members))
            case Named(id):
                return alias(id)
            case _:
                return True

    def alias(id: DeclarationId) -> bool:
        if id not in answers:
            answers[id] = False
            declaration = declarations[id]
            answers[id] = isinstance(declaration, Alias) and same(declaration.type)
        return answers[id]

    return frozenset(id for id in declarations if alias(id))


def root_edges(api: Api, use: Usage) -> dict[Form, set[Form]]:
    """For each root form, the other root forms that its declarations refer to."""
    edges: dict[Form, set[Form]] = {}
    for id, mode in sorted(use.forms):
        declaration = api.declarations[id]
        source = (declaration.position.root, mode)
        targets = edges.setdefault(source, set())
        for type_ in parts(declaration):
            for other in named(type_):
                form = use.form(other, mode)
                root = (api.declarations[form[0]].position.root, form[1])
                if root != source:
                    targets.add(root)
    return edges


def rings(edges: Mapping[Form, Iterable[Form]]) -> tuple[tuple[Form, ...], ...]:
    """The groups of forms that reach each other, each sorted (Tarjan's algorithm, without recursion)."""
    return tuple(
        tuple(sorted(group))
        for group in components(sorted(edges), lambda form: sorted(edges.get(form, ())))
    )


def components(
    nodes: Iterable[Form], successors: Callable[[Form], Iterable[Form]]
) -> list[list[Form]]:
    """Strongly connected components, each after those it leads to."""
    index: dict[Form, int] = {}
    low: dict[Form, int] = {}
    stack: list[Form] = []
    on_stack: set[Form] = set()
    found: list[list[Form]] = []
    for start in nodes:
        if start in index:
            continue
        work: list[tuple[Form, Iterator[Form]]] = [(start, iter(successors(start)))]
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, children = work[-1]
            for child in children:
                if child not in index:
                    index[child] = low[child] = len(index)
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(successors(child))))
                    break
                if child in on_stack:
                    low[node] = min(low[node], index[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group: list[Form] = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        group.append(member)
                        if member == node:
                            break
                    found.append(group)
    return found
