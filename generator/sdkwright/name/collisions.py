"""What is told of names that had to give way to others: nobody looks for `userId` under `user_id_2`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from sdkwright.diagnostics import Diagnostics, Location
from sdkwright.ir.api import Api
from sdkwright.ir.models import Object, RootKind
from sdkwright.ir.names import Names
from sdkwright.ir.symbols import Mode
from sdkwright.name import reserved
from sdkwright.words import Casing

_HINT = "give them names that differ in more than case and punctuation, if the number is not wanted"


def report(api: Api, names: Names, casing: Casing, configured: frozenset[str], diagnostics: Diagnostics) -> None:
    """Note every schema, property and parameter that is called otherwise than it would be if it were alone.

    `configured` are schemas that a config names.
    """
    for where, wire, wanted, given in _renamed(api, names, casing, configured):
        message = f"{wire[:60]!r} is called {given}, since {wanted} is the name of another"
        diagnostics.note("name/collision", message, where, _HINT)


def _renamed(
    api: Api, names: Names, casing: Casing, configured: frozenset[str]
) -> Iterator[tuple[Location, str, str, str]]:
    params = {operation.params_id for operation in api.operations}
    attribute = _speller(reserved.field_name, casing, "field")
    argument = _speller(reserved.argument_name, casing, "value")
    for id, item in api.declarations.items():
        symbol = names.symbols.get((id, Mode.MODEL))
        if symbol and item.position.kind is RootKind.COMPONENT and not item.position.steps and id not in configured:
            wanted = reserved.class_name(casing.pascal(item.position.name, "Model"))
            if symbol.name != wanted:
                yield item.location, item.position.name, wanted, symbol.name
        if isinstance(item, Object) and id not in params:
            for field, given in zip(item.fields, names.fields[id], strict=True):
                if given != attribute(field.wire):
                    yield field.location, field.wire, attribute(field.wire), given
    for operation in api.operations:
        for each, given in zip(operation.arguments, names.arguments[operation.key], strict=True):
            if given != argument(each.wire):
                yield each.location, each.wire, argument(each.wire), given


def _speller(spell: Callable[[str], str], casing: Casing, fallback: str) -> Callable[[str], str]:
    @cache
    def spelled(wire: str) -> str:
        return spell(casing.snake(wire, fallback))

    return spelled
