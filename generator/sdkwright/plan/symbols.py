"""Modules of types: which definitions each holds, in which order, and what the packages around them export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdkwright.ir.api import Api
from sdkwright.ir.graph import Form, Usage, postorder, recursive_aliases, rings, root_edges, usage
from sdkwright.ir.models import Alias, Object
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Definition, Mode, Symbol, Symbols, TypeModule, TypePackage
from sdkwright.ir.types import DeclarationId, Named, Scalar, members
from sdkwright.name.reserved import free
from sdkwright.plan.annotations import TEXT


def plan_symbols(api: Api, names: Names) -> Symbols:
    """The symbol table and the modules of types.

    Roots that refer to each other in a ring are defined in one module, the first of theirs, so that imports
    between modules never form a cycle; the others re-export what would have been theirs.
    """
    use = usage(api)
    table: dict[Form, Symbol] = {}
    typed: dict[DeclarationId, Symbol] = {}
    modules: list[TypeModule] = []
    by_root = _by_root(api, use)
    for ring in rings(root_edges(api, use)):
        home = min(_module(names, by_root[root]) for root in ring)
        if names.hidden_rings and len(ring) > 1:
            package, _, stem = home.rpartition(".")
            home = f"{package}._{stem}"
        definitions = _order(api, use, [form for root in ring for form in by_root[root]])
        table |= {form: Symbol(names.symbols[form].name, home) for form in definitions}
        typed |= _typed(api, definitions, table)
        modules.append(TypeModule(home, tuple(_definitions(definitions, table, typed))))
        place = {form: at for at, form in enumerate(definitions)}
        for root in ring:
            module = _module(names, by_root[root])
            if module != home:
                forms = sorted(by_root[root], key=place.__getitem__)
                modules.append(TypeModule(module, (), tuple((table[form].name, table[form]) for form in forms)))
    for id, mode in list(table):
        if id in use.shared and mode is Mode.MODEL:
            table[id, Mode.PARAM] = table[id, mode]
    modules.sort(key=lambda item: item.module)
    return Symbols(table, tuple(modules), _packages(api, names, table), typed, recursive_aliases(api), _textual(api))


def _textual(api: Api) -> frozenset[DeclarationId]:
    """The aliases of what can be text, other aliases among their alternatives followed."""
    aliases = {id: members(item.type) for id, item in api.declarations.items() if isinstance(item, Alias)}
    found = {
        id for id, parts in aliases.items() if any(isinstance(part, Scalar) and part.kind in TEXT for part in parts)
    }
    fresh = found
    while fresh:
        fresh = {
            id
            for id, parts in aliases.items()
            if id not in found and any(isinstance(part, Named) and part.id in fresh for part in parts)
        }
        found |= fresh
    return frozenset(found)


def _typed(api: Api, forms: list[Form], table: Mapping[Form, Symbol]) -> dict[DeclarationId, Symbol]:
    """The second names of objects that take further keys, which no `TypedDict` of today's checkers can say."""
    taken = {table[form].name.casefold() for form in forms}
    found: dict[DeclarationId, Symbol] = {}
    for id, mode in forms:
        if mode is Mode.PARAM and _is_open(api, id):
            name = free(f"{table[id, mode].name}Typed", taken)
            taken.add(name.casefold())
            found[id] = Symbol(name, table[id, mode].module)
    return found


def _is_open(api: Api, id: DeclarationId) -> bool:
    """Whether the document gives a type to further keys of an object, or of one that it inherits from."""
    pending = [id]
    for current in pending:
        declaration = api.declarations[current]
        if isinstance(declaration, Object):
            if declaration.extra is not None:
                return True
            pending += [base for base in declaration.bases if base not in pending]
    return False


def _definitions(
    forms: list[Form], table: Mapping[Form, Symbol], typed: Mapping[DeclarationId, Symbol]
) -> Iterator[Definition]:
    for form in forms:
        if form[1] is Mode.PARAM and form[0] in typed:
            yield Definition(*form, typed[form[0]])
        yield Definition(*form, table[form])


def _module(names: Names, forms: list[Form]) -> str:
    return names.symbols[forms[0]].module


def _by_root(api: Api, use: Usage) -> dict[Form, list[Form]]:
    found: dict[Form, list[Form]] = {}
    for id, mode in sorted(use.forms):
        found.setdefault((api.declarations[id].position.root, mode), []).append((id, mode))
    return found


def _order(api: Api, use: Usage, forms: list[Form]) -> list[Form]:
    """The definitions of a module, inner ones before outer ones, what is evaluated at import first in any case."""
    inside = frozenset(forms)

    def inner(form: Form) -> Iterator[Form]:
        return (other for other in use.below(form) if other in inside)

    def evaluated(form: Form) -> Iterator[Form]:
        declaration = api.declarations[form[0]]
        ids = declaration.bases if isinstance(declaration, Object) else use.links[form[0]]
        forms = (use.form(id, form[1]) for id in ids)
        return (other for other in forms if other in inside)

    return postorder(postorder(forms, inner), evaluated)


def _packages(api: Api, names: Names, table: Mapping[Form, Symbol]) -> tuple[TypePackage, ...]:
    """Every package of types with the roots that it exports; nested classes are reached through their modules."""
    exports: dict[str, list[Symbol]] = {"types": []}
    for form, symbol in names.symbols.items():
        if not api.declarations[form[0]].position.steps:
            package = symbol.module.rsplit(".", 1)[0]
            exports.setdefault(package, []).append(table[form])
            if package in names.offered:
                exports.setdefault(names.offered[package], []).append(table[form])
    for package in list(exports):
        while "." in package:
            package = package.rsplit(".", 1)[0]
            exports.setdefault(package, [])
    return tuple(
        TypePackage(
            package,
            tuple(sorted(symbols, key=lambda item: item.name)),
            tuple(sorted(other.rsplit(".", 1)[1] for other in exports if other.rpartition(".")[0] == package)),
        )
        for package, symbols in sorted(exports.items())
    )
