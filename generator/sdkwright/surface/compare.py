"""Two surfaces compared: one finding per root cause."""

from __future__ import annotations

from collections.abc import Iterator

from sdkwright.surface.build import semi_public
from sdkwright.surface.findings import Comparison, Finding
from sdkwright.surface.members import Members
from sdkwright.surface.model import ROOT, Atom, Class, Definition, External, Function, Module, Ref, Role, Surface, Value
from sdkwright.surface.pairs import Pairs, pair
from sdkwright.surface.relate import Relate
from sdkwright.surface.rules import RULES, Rule, type_rule
from sdkwright.surface.signatures import compare_functions
from sdkwright.surface.usage import Usage
from sdkwright.surface.values import compare_values


def compare(old: Surface, new: Surface) -> Comparison:
    """What changed from one version of a package to another, for those who use it."""
    found = sorted(
        set(_Comparison(old, new).findings()),
        key=lambda item: (not item.rule.breaking, item.name, item.rule.id, repr(item)),
    )
    return Comparison(old.package, new.package, tuple(found), old.unread, new.unread)


class _Comparison:
    def __init__(self, old: Surface, new: Surface) -> None:
        self._old = old
        self._new = new
        self._pairs: Pairs = pair(old, new)
        self._relate = Relate(old, new, self._pairs.same)
        self._usage = Usage(old)
        self._members = Members(old, new, self._pairs.same, self._relate, self._usage)

    def findings(self) -> Iterator[Finding]:
        yield from self._gone()
        yield from self._added()
        for path, successor in self._pairs.matched.items():
            if path in self._old.paths:
                yield from self._pair(path, self._old.definitions[path], self._new.definitions[successor])

    def _gone(self) -> Iterator[Finding]:
        modules = {path for target, path in self._lost() if isinstance(self._old.definitions[target], Module)}
        owners = {path for target, path in self._lost() if target not in self._pairs.matched}
        for target, paths in self._pairs.gone.items():
            left = [path for path in paths if not _within(path, modules)]
            if not left:
                continue  # it goes with its module
            if target in self._pairs.matched:
                elsewhere = self._new.paths[self._pairs.matched[target]][0]
                yield self._removal("import-removed", target, left, f"import it from {_absolute(self._new, elsewhere)}")
            elif not all(_within(path, owners) for path in left):
                rule = f"{_kind(self._old.definitions[target])}-removed"
                yield self._removal(rule, target, paths, self._renamed(target))

    def _lost(self) -> Iterator[tuple[str, str]]:
        return ((target, path) for target, paths in self._pairs.gone.items() for path in paths)

    def _renamed(self, target: str) -> str:
        rename = self._pairs.renames.get(target)
        if rename is None:
            return ""
        shown = _absolute(self._new, self._new.paths[rename.path][0])
        return f"perhaps {shown} now ({rename.confidence:.0%} alike)"

    def _removal(self, rule: str, target: str, paths: tuple[str, ...] | list[str], hint: str) -> Finding:
        item = self._old.definitions[target]
        shown, *also = (_absolute(self._old, path) for path in paths)
        semi = all(semi_public(path) for path in paths)
        return Finding(RULES[rule], shown, "", _text(item), "", item.place, None, tuple(also), semi, hint)

    def _added(self) -> Iterator[Finding]:
        known = set(self._pairs.matched.values())
        fresh = {path for target, paths in self._pairs.added.items() if target not in known for path in paths}
        modules = {path for path in fresh if isinstance(self._new.definitions.get(path), Module)}
        for target, paths in self._pairs.added.items():
            item = self._new.definitions[target]
            owners = modules if target in known else fresh
            left = [path for path in paths if not _within(path, owners)]
            if left:
                rule = "import-added" if target in known else f"{_kind(item)}-added"
                shown, *also = (_absolute(self._new, path) for path in left)
                semi = all(semi_public(path) for path in left)
                yield Finding(RULES[rule], shown, "", "", _text(item), None, item.place, tuple(also), semi)

    def _pair(self, path: str, old: Definition, new: Definition) -> Iterator[Finding]:
        match old, new:
            case Class(), Class():
                yield from self._members.classes(path, old, new)
            case Function(), Function():
                for change in compare_functions(old, new, self._relate, constructor=False):
                    yield self._members.finding(path, change)
            case Value(role=Role.ALIAS), Value(role=Role.ALIAS):
                position = self._usage.position(path)
                for facet in sorted(self._relate.facets(old.type, new.type)):
                    yield self._finding(type_rule(position, facet), path, old, new)
            case Value(), Value() if old.role is new.role:
                for rule in compare_values(old, new, self._relate):
                    yield self._finding(rule, path, old, new)
            case External(), External():
                if old.path != new.path:
                    yield self._finding(RULES["import-changed"], path, old, new)
            case Module(), Module():
                return
            case Value(role=Role.ALIAS), External() if _stands_for(old) == new.path:
                return
            case External(), Value(role=Role.ALIAS) if _stands_for(new) == old.path:
                return
            case Value(role=Role.ALIAS), Class() if _stands_for(old) in new.ancestors:
                return  # instances of the class are what the alias promised
            case ((Value() | External()), (Value() | External())) if External in {type(old), type(new)}:
                yield self._finding(RULES["import-unknown"], path, old, new)
            case _:
                yield self._finding(RULES["kind-changed"], path, old, new)

    def _finding(self, rule: Rule, path: str, old: Definition, new: Definition) -> Finding:
        shown, *also = self._old.paths[path]
        semi = semi_public(shown)
        before, after = _text(old), _text(new)
        names = tuple(_absolute(self._old, one) for one in also)
        return Finding(rule, _absolute(self._old, shown), "", before, after, old.place, new.place, names, semi)


def _within(path: str, owners: set[str]) -> bool:
    """Whether a path is below one of others, and so goes and comes with it."""
    while path := path.rpartition(".")[0]:
        if path in owners:
            return True
    return False


def _absolute(surface: Surface, path: str) -> str:
    return surface.package if path == ROOT else f"{surface.package}{path}"


def _stands_for(alias: Value) -> str:
    """The path of the one thing that an alias is another name for."""
    atoms = alias.type.atoms if alias.type else frozenset[Atom]()
    return "".join(atom.path for atom in atoms if isinstance(atom, Ref) and not atom.args) if len(atoms) == 1 else ""


def _kind(item: Definition) -> str:
    match item:
        case Class():
            return "class"
        case Function():
            return "function"
        case Value(role=Role.ALIAS):
            return "alias"
        case External():
            return "import"
        case Module():
            return "module"
        case _:
            return "constant"


def _text(item: Definition) -> str:
    match item:
        case Function():
            return item.signatures[0].text
        case Class() | Value():
            return item.text
        case External():
            return f"import {item.path}"
        case _:
            return ""
