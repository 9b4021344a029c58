"""What is told of names that had to give way: nobody looks for `userId` under `user_id_2`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from sdkwright.config.dialect import OURS, Dialect
from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.ir.api import Api
from sdkwright.ir.models import Object, Position, RootKind
from sdkwright.ir.names import Names
from sdkwright.ir.operations import Argument
from sdkwright.ir.symbols import Mode
from sdkwright.ir.tree import ResourceNode
from sdkwright.name import reserved
from sdkwright.name.client import resource_stem
from sdkwright.words import Casing

_HINT = "give them names that differ in more than case and punctuation, if the number is not wanted"
_Renamed = Iterator[tuple[Location, str, str, str, str]]
"""Where, what it is, the name it wanted, the name it has, and why."""


def report(
    api: Api, tree: ResourceNode, names: Names, casing: Casing, diagnostics: Diagnostics, dialect: Dialect = OURS
) -> None:
    """Note every resource, schema, property and parameter that is called otherwise than it would be alone."""
    found = (
        _resources(api, tree, names, casing),
        _classes(api, names),
        _attributes(api, names, casing),
        _arguments(api, names, casing, dialect),
    )
    for renamed in found:
        for where, what, wanted, given, reason in renamed:
            hint = _HINT if given.startswith(wanted) else ""
            diagnostics.note("name/collision", f"{what} `{given}`: {reason}", where, hint)
    for where, name, wanted, given in _reserved(api, names, casing):
        message = f"the schema {name[:60]!r} is the class `{given}`: `{wanted}` means something else in Python or here"
        diagnostics.note("name/reserved", message, where)


def _resources(api: Api, tree: ResourceNode, names: Names, casing: Casing) -> _Renamed:
    """Resources stand where their first operation does, or the first one below them."""
    places = {operation.key: operation.location for operation in api.operations}
    for path, node in tree.walk():
        first = next((method.operation for _, below in node.walk() for method in below.methods), None)
        if not path or first is None:
            continue
        given, wanted = f"{names.resources[path].stem}Resource", f"{resource_stem(node.name, casing)}Resource"
        if given != wanted:
            what = f"the resource {'.'.join(path)[:120]!r} is the class"
            yield places[first], what, wanted, given, f"another one is called `{wanted}`"


def _classes(api: Api, names: Names) -> _Renamed:
    owners = {
        (symbol.module.rpartition(".")[0], symbol.name.casefold()): symbol.name for symbol in names.symbols.values()
    }
    for (id, mode), wanted in sorted(names.renamed.items()):
        symbol, item = names.symbols.get((id, mode)), api.declarations.get(id)
        if symbol is None or item is None or (mode is Mode.PARAM and (id, Mode.MODEL) in names.renamed):
            continue
        owner = owners.get((symbol.module.rpartition(".")[0], wanted.casefold()), wanted)
        alike = f"`{wanted}` would differ from `{owner}` in case alone"
        reason = f"another one is called `{wanted}`" if owner == wanted else alike
        yield item.location, f"{_root(item.position)} is the class", wanted, symbol.name, reason


def _root(position: Position) -> str:
    if position.kind is RootKind.COMPONENT:
        return f"the schema {position.name[:60]!r}"
    return f"the {position.root.rpartition('#')[2] or 'type'} of {position.name[:120]!r}"


def _reserved(api: Api, names: Names, casing: Casing) -> Iterator[tuple[Location, str, str, str]]:
    for id, item in api.declarations.items():
        symbol = names.symbols.get((id, Mode.MODEL))
        if symbol and item.position.kind is RootKind.COMPONENT and not item.position.steps:
            wanted = casing.pascal(item.position.name, "Model")
            if wanted.isidentifier() and symbol.name == reserved.class_name(wanted) == f"{wanted}Model":
                yield item.location, item.position.name, wanted, symbol.name


def _attributes(api: Api, names: Names, casing: Casing) -> _Renamed:
    forms = (each for operation in api.operations for each in (*operation.overloads, *operation.stream_forms))
    params = {operation.params_id for operation in api.operations} | {each.params_id for each in forms}
    spelled = _speller(reserved.field_name, casing)
    for id, item in api.declarations.items():
        if not isinstance(item, Object) or id in params:
            continue
        owners = {given: field.wire for field, given in zip(item.fields, names.fields[id], strict=True)}
        for field, given in zip(item.fields, names.fields[id], strict=True):
            if given != (wanted := spelled(field.wire)):
                owner = f"the property {owners[wanted][:60]!r}" if wanted in owners else "an inherited property"
                what = f"the property {field.wire[:60]!r} is called"
                yield field.location, what, wanted, given, f"{owner} has the name `{wanted}`"


def _arguments(api: Api, names: Names, casing: Casing, dialect: Dialect) -> _Renamed:
    spelled = _speller(partial(reserved.argument_name, free=dialect.free_arguments), casing)
    for operation in api.operations:
        given_names = names.arguments[operation.key]
        owners = dict(zip(given_names, operation.arguments, strict=True))
        for each, given in zip(operation.arguments, given_names, strict=True):
            if given != (wanted := spelled(each.wire)):
                owner = _called(owners[wanted]) if wanted in owners else "another one"
                what = f"{_called(each)} is called"
                yield each.location, what, wanted, given, f"{owner} has the name `{wanted}`"


def _called(argument: Argument) -> str:
    kind = "the property" if argument.place in {"field", "body"} else f"the {argument.place} parameter"
    return f"{kind} {argument.wire[:60]!r}"


def _speller(spell: Callable[[str], str], casing: Casing) -> Callable[[str], str]:
    @cache
    def spelled(wire: str) -> str:
        return spell(casing.snake(wire, reserved.NAMELESS))

    return spelled
