"""In which direction values of a type travel: given by users, taken by users, or both."""

from __future__ import annotations

from collections.abc import Iterable

from sdkwright.surface.model import Class, Family, Function, Lit, Ref, Surface, Type, Value
from sdkwright.surface.rules import ALIAS, GIVEN_ALIAS, TAKEN_ALIAS, Position


class Usage:
    """What reaches users from calls, and what users pass to them, by path of the definition."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        given: set[str] = set()
        taken: set[str] = set()
        for path, item in surface.definitions.items():
            functions = [item] if isinstance(item, Function) else []
            if isinstance(item, Class) and path in surface.paths:
                functions += [one.value for one in item.members.values() if isinstance(one.value, Function)]
                for member in item.members.values():
                    if isinstance(member.value, Value) and item.family is not Family.TYPED_DICT:
                        taken |= _refs(member.value.type)
                        given |= _refs(member.value.type) if item.family is Family.MODEL else set()
            for function in functions:
                for signature in function.signatures:
                    taken |= _refs(signature.returns)
                    for parameter in signature.parameters:
                        given |= _refs(parameter.type)
        self._given = self._reached(given)
        self._taken = self._reached(taken)

    def returned(self, path: str) -> bool:
        """Whether users take values of this class or alias out of calls or fields."""
        return path in self._taken

    def position(self, path: str) -> Position:
        """The position of a type alias."""
        if path in self._given and path not in self._taken:
            return GIVEN_ALIAS
        if path in self._taken and path not in self._given:
            return TAKEN_ALIAS
        return ALIAS

    def _reached(self, start: Iterable[str]) -> set[str]:
        """All paths that values of the given types lead to: through aliases and the keys of TypedDicts."""
        found: set[str] = set()
        todo = list(start)
        while todo:
            path = todo.pop()
            if path in found:
                continue
            found.add(path)
            item = self._surface.definitions.get(path)
            if isinstance(item, Value):
                todo += _refs(item.type)
            elif isinstance(item, Class) and item.family is Family.TYPED_DICT:
                for member in item.members.values():
                    todo += _refs(member.value.type) if isinstance(member.value, Value) else ()
        return found


def _refs(type_: Type | None) -> set[str]:
    found: set[str] = set()
    for atom in type_.atoms if type_ else ():
        match atom:
            case Ref(path, args):
                found.add(path)
                for arg in args:
                    found |= _refs(arg)
            case Lit() | _:
                pass
    return found
