"""What refers to what: which forms of each declaration are needed, and which roots refer to each other in rings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sdkwright.ir.api import Api
from sdkwright.ir.models import Alias, Declaration
from sdkwright.ir.symbols import Mode
from sdkwright.ir.types import DeclarationId, Kind, ListOf, MapOf, Named, Scalar, Type, UnionOf

_Node = TypeVar("_Node", bound=Hashable)
Form = tuple[DeclarationId, Mode]
"""A declaration in one of its two Python forms."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Which forms are needed. `shared` are aliases that read and send alike: they exist once, as models.

    `links` are the declarations that each one refers to, in order, bases first.
    """

    forms: frozenset[Form]
    shared: frozenset[DeclarationId]
    links: Mapping[DeclarationId, tuple[DeclarationId, ...]]

    def form(self, id: DeclarationId, mode: Mode) -> Form:
        """The form that stands for a declaration in a mode."""
        return (id, Mode.MODEL) if id in self.shared else (id, mode)

    def below(self, form: Form) -> Iterator[Form]:
        """The forms that a form refers to."""
        return (self.form(id, form[1]) for id in self.links[form[0]])


def usage(api: Api) -> Usage:
    """The forms that the operations of an API reach."""
    links = {
        id: tuple(dict.fromkeys(other for type_ in parts(item) for other in named(type_)))
        for id, item in api.declarations.items()
    }
    use = Usage(frozenset(), _shared(api.declarations, api.two_forms), links)
    pending = [use.form(id, mode) for type_, mode in _entries(api) for id in named(type_)]
    needed = set(pending)
    while pending:
        fresh = [form for form in use.below(pending.pop()) if form not in needed]
        needed.update(fresh)
        pending += fresh
    return replace(use, forms=frozenset(needed))


def _entries(api: Api) -> Iterator[tuple[Type, Mode]]:
    """The types that the operations themselves name, each in the form in which they use it."""
    for operation in api.operations:
        yield operation.response.type, Mode.MODEL
        if operation.stream_type is not None:
            yield operation.stream_type, Mode.MODEL
        for error in operation.errors:
            yield error.type, Mode.MODEL
        if operation.params_id is not None:
            yield Named(operation.params_id), Mode.PARAM
        if operation.body is not None and operation.body.model is not None and operation.overloads:
            yield Named(operation.body.model), Mode.PARAM
        for argument in operation.arguments:
            yield argument.type, Mode.PARAM
        for callback in operation.callbacks:
            yield callback.type, Mode.MODEL
    for webhook in api.webhooks:
        yield webhook.type, Mode.MODEL
    for id in (api.webhook_event, *api.unwraps) if api.webhook_event else api.unwraps:
        yield Named(id), Mode.MODEL
    for id, mode in api.offered:
        yield Named(id), mode


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


def _shared(
    declarations: Mapping[DeclarationId, Declaration], two_forms: frozenset[DeclarationId]
) -> frozenset[DeclarationId]:
    """The root aliases that come out the same for reading and for sending: no object, list, map, date or file inside.

    What is nested stays in the module of the form that needs it, and so do those that shall have `two_forms`.
    """
    candidates = {
        id: item.type
        for id, item in declarations.items()
        if isinstance(item, Alias) and not item.position.steps and _is_alike(item.type) and id not in two_forms
    }
    users: dict[DeclarationId, list[DeclarationId]] = {}
    for id, type_ in candidates.items():
        for other in named(type_):
            users.setdefault(other, []).append(id)
    pending = [id for id in users if id not in candidates]
    different = set(pending)
    while pending:
        fresh = [user for user in users.get(pending.pop(), ()) if user not in different]
        different.update(fresh)
        pending += fresh
    return frozenset(candidates.keys() - different)


def _is_alike(type_: Type) -> bool:
    """Whether an expression reads and sends alike if the declarations in it do."""
    match type_:
        case Scalar(kind):
            return kind not in {Kind.DATETIME, Kind.DATE, Kind.FILE, Kind.CONTENT}
        case ListOf() | MapOf():
            return False
        case UnionOf(members):
            return all(map(_is_alike, members))
        case _:
            return True


def postorder(starts: Iterable[_Node], successors: Callable[[_Node], Iterator[_Node]]) -> list[_Node]:
    """Every node after those it leads to, as far as rings allow (depth first, without recursion)."""
    order: dict[_Node, None] = {}
    seen: set[_Node] = set()
    for start in starts:
        stack = [] if start in seen else [(start, successors(start))]
        seen.add(start)
        while stack:
            node, following = stack[-1]
            target = next((item for item in following if item not in seen), None)
            if target is None:
                order[node] = None
                stack.pop()
            else:
                seen.add(target)
                stack.append((target, successors(target)))
    return list(order)


def root_edges(api: Api, use: Usage) -> dict[Form, set[Form]]:
    """For each root form, the other root forms that its declarations refer to."""
    roots = {id: item.position.root for id, item in api.declarations.items()}
    edges: dict[Form, set[Form]] = {}
    for form in sorted(use.forms):
        source = (roots[form[0]], form[1])
        targets = edges.setdefault(source, set())
        targets.update((roots[id], mode) for id, mode in use.below(form))
        targets.discard(source)
    return edges


def rings(edges: Mapping[Form, Iterable[Form]]) -> tuple[tuple[Form, ...], ...]:
    """The groups of forms that reach each other, each sorted (Tarjan's algorithm, without recursion)."""
    return tuple(tuple(sorted(group)) for group in components(sorted(edges), lambda form: sorted(edges.get(form, ()))))


def recursive_aliases(api: Api) -> frozenset[DeclarationId]:
    """The aliases that refer to themselves through aliases alone, so that plain assignments cannot define them."""
    aliases = {id: item for id, item in api.declarations.items() if isinstance(item, Alias)}
    links = {id: [other for other in named(item.type) if other in aliases] for id, item in aliases.items()}
    groups = components(aliases, lambda id: links[id])
    return frozenset(id for group in groups for id in group if len(group) > 1 or id in links[id])


def components(nodes: Iterable[_Node], successors: Callable[[_Node], Iterable[_Node]]) -> list[list[_Node]]:
    """Strongly connected components, each after those it leads to."""
    index: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    stack: list[_Node] = []
    place: dict[_Node, int] = {}
    grouped: set[_Node] = set()
    found: list[list[_Node]] = []
    for start in nodes:
        work = [] if start in index else [(start, iter(successors(start)))]
        while work:
            node, children = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                place[node] = len(stack)
                stack.append(node)
            child = next((child for child in children if child not in grouped), None)
            if child is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    found.append(stack[place[node] :])
                    grouped.update(found[-1])
                    del stack[place[node] :]
            elif child in index:
                low[node] = min(low[node], index[child])
            else:
                work.append((child, iter(successors(child))))
    return found
