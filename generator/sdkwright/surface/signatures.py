"""Two signatures compared: can every call that worked before be written as it was?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdkwright.surface.model import Atom, Function, Parameter, ParameterKind, Place, Ref, Signature, Type
from sdkwright.surface.relate import Relate
from sdkwright.surface.rules import ARGUMENT, PARAMETER, RETURN, RULES, Facet, Rule, Who, merged, type_rule

_ABSENT = {"NotGiven", "Omit"}
_WIDER = {
    (ParameterKind.POSITIONAL_ONLY, ParameterKind.EITHER),
    (ParameterKind.KEYWORD_ONLY, ParameterKind.EITHER),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a function; `parameter` is empty for the function as a whole."""

    rule: Rule
    parameter: str
    before: str
    after: str
    old: Place
    new: Place
    hint: str = ""


def compare_functions(old: Function, new: Function, relate: Relate, *, constructor: bool) -> list[Change]:
    """All changes from one function to its successor. Those of a constructor concern who constructs."""
    compare = _Signatures(relate, constructor)
    first, last = old.signatures[0], new.signatures[0]
    found: list[Change] = []
    if old.is_async != new.is_async:
        found.append(_whole("made-async" if new.is_async else "made-sync", first, last))
    if old.binding is not new.binding:
        found.append(_whole("binding-changed", first, last, f"{old.binding} became {new.binding}"))
    if new.abstract and not old.abstract:
        found.append(_whole("method-made-abstract", first, last))
    if old.deprecated != new.deprecated:
        found.append(_whole("deprecated" if new.deprecated else "deprecation-lifted", first, last))
    return found + list(_overloads(old, new, compare))


def _overloads(old: Function, new: Function, compare: _Signatures) -> Iterator[Change]:
    """Each old signature has to be covered by a new one; what differs from the nearest is what is reported."""
    if len(old.signatures) == len(new.signatures) == 1:
        yield from compare.changes(old.signatures[0], new.signatures[0])
        return
    seen: set[Change] = set()
    for index, was in enumerate(old.signatures):
        options = [list(compare.changes(was, now)) for now in new.signatures]
        in_order = sorted(range(len(options)), key=lambda at: (_cost(options[at]), abs(at - index)))
        best = options[in_order[0]]
        if len(old.signatures) > len(new.signatures) and _cost(best):
            yield _whole("overload-removed", was, new.signatures[in_order[0]])
        else:
            yield from (change for change in best if change not in seen)
            seen.update(best)


def _cost(changes: Sequence[Change]) -> int:
    return sum(change.rule.breaking for change in changes)


def _whole(rule: str, old: Signature, new: Signature, hint: str = "") -> Change:
    return Change(RULES[rule], "", old.text, new.text, old.place, new.place, hint)


class _Signatures:
    def __init__(self, relate: Relate, constructor: bool) -> None:
        self._relate = relate
        self._constructor = constructor
        self._position = ARGUMENT if constructor else PARAMETER

    def changes(self, old: Signature, new: Signature) -> Iterator[Change]:
        """The changes of parameters, then of what is returned."""
        was = {parameter.name: parameter for parameter in old.parameters}
        now = {parameter.name: parameter for parameter in new.parameters}
        removed = [one for name, one in was.items() if name not in now and not _matched_variadic(one, new)]
        added = [one for name, one in now.items() if name not in was and not _matched_variadic(one, old)]
        renamed = _renamed(removed, added, old, new)
        for parameter in removed:
            if parameter.name in renamed:
                other = renamed[parameter.name]
                if parameter.kind is not ParameterKind.POSITIONAL_ONLY:  # else nobody could use the name
                    yield self._of("parameter-renamed", parameter, other, old, new)
            else:
                yield self._of(_removal(parameter, new), parameter, None, old, new)
        fresh = [one for one in added if one not in renamed.values()]
        for parameter in fresh:
            rule = "parameter-added-required" if parameter.required else "parameter-added"
            yield self._of(rule, None, parameter, old, new)
        for name, parameter in was.items():
            if name in now:
                yield from self._parameter(parameter, now[name], old, new)
        yield from self._moved(old, new, {one.name for one in fresh}, renamed)
        facets = self._relate.facets(old.returns, new.returns)
        for facet in sorted(facets - {Facet.NONE_REMOVED} if Facet.GIVEN in facets else facets):
            hint = self._relate.explain(old.returns, new.returns) if _arrow(old) == _arrow(new) else ""
            yield Change(type_rule(RETURN, facet), "", old.text, new.text, old.place, new.place, hint)

    def _parameter(self, was: Parameter, now: Parameter, old: Signature, new: Signature) -> Iterator[Change]:
        if was.kind is not now.kind:
            wider = (was.kind, now.kind) in _WIDER
            yield self._of("parameter-kind-widened" if wider else "parameter-kind-changed", was, now, old, new)
        if was.required is not now.required:
            yield self._of("parameter-now-required" if now.required else "parameter-now-optional", was, now, old, new)
        elif was.default != now.default:
            yield self._of("parameter-default-changed", was, now, old, new)
        switched = was.required is not now.required
        facets = self._relate.facets(
            _sent(was.type) if switched else was.type, _sent(now.type) if switched else now.type
        )
        for facet in sorted(facets - merged(was.required, now.required)):
            hint = self._relate.explain(was.type, now.type) if was.text == now.text else ""
            yield Change(type_rule(self._position, facet), was.name, was.text, now.text, old.place, new.place, hint)

    def _moved(
        self, old: Signature, new: Signature, fresh: set[str], renamed: Mapping[str, Parameter]
    ) -> Iterator[Change]:
        """A parameter whose place among the positional ones changed, removals before it apart."""
        names = {name: other.name for name, other in renamed.items()}
        after = [one.name for one in new.parameters if one.kind.positional]
        before = [names.get(one.name, one.name) for one in old.parameters if one.kind.positional]
        common = [name for name in before if name in after]
        reached = [name for name in after if name in common or name in fresh]
        for at, name in enumerate(common):
            if reached.index(name) != at:
                was = next(one for one in old.parameters if names.get(one.name, one.name) == name)
                now = next(one for one in new.parameters if one.name == name)
                yield self._of("parameter-moved", was, now, old, new)
                return

    def _of(self, rule: str, was: Parameter | None, now: Parameter | None, old: Signature, new: Signature) -> Change:
        name = was.name if was else now.name if now else ""
        made = RULES[rule]
        if self._constructor and Who.CALLS in made.who:
            made = Rule(made.id, tuple(Who.CONSTRUCTS if one is Who.CALLS else one for one in made.who), made.says)
        return Change(made, name, was.text if was else "", now.text if now else "", old.place, new.place)


def _sent(type_: Type | None) -> Type | None:
    """The type without what stands for no argument, which goes without saying when a parameter becomes required."""
    return type_ and Type(frozenset(atom for atom in type_.atoms if not _absent(atom)))


def _absent(atom: Atom) -> bool:
    return isinstance(atom, Ref) and atom.path.rpartition(".")[2] in _ABSENT


def _arrow(signature: Signature) -> str:
    return signature.text.rpartition(" -> ")[2]


def _matched_variadic(parameter: Parameter, other: Signature) -> bool:
    """Whether `*args` or `**kwargs` is there on the other side too, under whatever name."""
    return parameter.kind.variadic and any(one.kind is parameter.kind for one in other.parameters)


def _removal(parameter: Parameter, new: Signature) -> str:
    variadic = {one.kind for one in new.parameters}
    by_name = ParameterKind.VAR_KEYWORD in variadic
    by_place = ParameterKind.VAR_POSITIONAL in variadic
    absorbed = {
        ParameterKind.KEYWORD_ONLY: by_name,
        ParameterKind.EITHER: by_name and by_place,
        ParameterKind.POSITIONAL_ONLY: by_place,
    }
    return "parameter-absorbed" if absorbed.get(parameter.kind, False) else "parameter-removed"


def _renamed(
    removed: Sequence[Parameter], added: Sequence[Parameter], old: Signature, new: Signature
) -> dict[str, Parameter]:
    """Parameters that only lost their name: the same kind, type and default in the same place, or the only pair."""
    found: dict[str, Parameter] = {}
    for was in removed:
        alike = [one for one in added if _alike(was, one) and one not in found.values()]
        here = [one for one in alike if new.parameters.index(one) == old.parameters.index(was)]
        rivals = [one for one in removed if _alike(was, one)]
        if here and was.kind.positional:
            found[was.name] = here[0]
        elif len(alike) == 1 and len(rivals) == 1:
            found[was.name] = alike[0]
    return found


def _alike(was: Parameter, now: Parameter) -> bool:
    kind = was.kind is now.kind or (was.kind.positional and now.kind.positional)
    return kind and was.type == now.type and was.default == now.default
