"""How one type differs from another, as facets: what can no longer be given, and what can newly be received."""

from __future__ import annotations

from collections.abc import Mapping

from sdkwright.surface.model import Atom, Class, Lit, Ref, Role, Surface, Type, Value
from sdkwright.surface.rules import Facet
from sdkwright.surface.types import ANY, NONE

_ITERABLE = ("Iterable", "Container")
_COLLECTION = ("Collection", "Reversible", *_ITERABLE)
_SEQUENCE = ("Sequence", *_COLLECTION)
_SUPERS: Mapping[str, tuple[str, ...]] = {
    "bool": ("int", "float", "complex"),
    "int": ("float", "complex"),
    "float": ("complex",),
    "datetime.datetime": ("datetime.date",),
    "list": ("MutableSequence", *_SEQUENCE),
    "tuple": _SEQUENCE,
    "MutableSequence": _SEQUENCE,
    "Sequence": _COLLECTION,
    "Collection": _ITERABLE,
    "set": ("MutableSet", "AbstractSet", "Collection", *_ITERABLE),
    "frozenset": ("AbstractSet", "Collection", *_ITERABLE),
    "dict": ("MutableMapping", "Mapping", "Collection", *_ITERABLE),
    "MutableMapping": ("Mapping", "Collection", *_ITERABLE),
    "Mapping": ("Collection", *_ITERABLE),
    "Iterator": _ITERABLE,
    "Generator": ("Iterator", *_ITERABLE),
    "Coroutine": ("Awaitable",),
}
"""What a type may be passed for, beside what its own class says. `float` takes an `int` (PEP 484)."""

_ARRAYS = {"list", "tuple", "set", "frozenset", "Sequence", "MutableSequence", "Collection"}
_DEPTH = 12
_NOTHING: frozenset[Facet] = frozenset()


class Relate:
    """Compares types of two packages. `same` maps the path of each old definition to that of its successor."""

    def __init__(self, old: Surface, new: Surface, same: Mapping[str, str]) -> None:
        self._old = old
        self._new = new
        self._same = same
        self._translated: dict[Type, Type] = {}
        self._known: dict[tuple[Type, Type], frozenset[Facet]] = {}

    def facets(self, old: Type | None, new: Type | None) -> frozenset[Facet]:
        """How `new` differs from `old`; None stands for no annotation, which is Any."""
        if old is None or new is None or ANY in old.atoms or ANY in new.atoms:
            return _any(old, new)
        if (old, new) not in self._known:
            self._known[old, new] = _NOTHING  # what a recursive alias finds on its way back to itself
            self._known[old, new] = self._compare(old, new)
        return self._known[old, new]

    def _compare(self, old: Type, new: Type) -> frozenset[Facet]:
        if self.translate(old) == new:
            return _NOTHING
        old, new = self._expanded(old, new)
        if ANY in old.atoms or ANY in new.atoms:
            return _any(old, new)
        origins = {self._atom(atom): atom for atom in old.atoms}
        was, now = frozenset(origins), new.atoms
        both = was & now
        gone = {atom for atom in was - now if not any(self._below(atom, wide) for wide in both)}
        come = {atom for atom in now - was if not any(self._below(atom, wide) for wide in both)}
        found: set[Facet] = set()
        pairs = self._related(gone, come)
        for left, right in pairs:
            found |= self._step(origins[left], left, right)
        return frozenset(found) | _classify(was, now, gone, come, kept=bool(pairs or both - {NONE}))

    def explain(self, old: Type | None, new: Type | None) -> str:
        """What a change is made of when both sides read the same in the source: `httpx.URL became httpx2.URL`."""
        was = _paths(self.translate(old)) if old else set[str]()
        now = _paths(new) if new else set[str]()
        if was == now:
            return ""
        return f"{', '.join(sorted(was - now)) or 'nothing'} became {', '.join(sorted(now - was)) or 'nothing'}"

    def translate(self, type_: Type) -> Type:
        """An old type in the words of the new package."""
        if type_ not in self._translated:
            self._translated[type_] = Type(frozenset(self._atom(atom) for atom in type_.atoms))
        return self._translated[type_]

    def _atom(self, atom: Atom) -> Atom:
        match atom:
            case Ref(path, args):
                return Ref(self._same.get(path, path), tuple(self.translate(arg) for arg in args))
            case Lit(text) if text.startswith("."):
                owner, _, name = text.rpartition(".")
                return Lit(f"{self._same.get(owner, owner)}.{name}")
            case _:
                return atom

    def _expanded(self, old: Type, new: Type) -> tuple[Type, Type]:
        """Both types with those aliases replaced by what they stand for that the other side does not name."""
        for _ in range(_DEPTH):
            was = self.translate(old).atoms
            left = {atom for atom in old.atoms if self._atom(atom) not in new.atoms and _aliased(self._old, atom)}
            right = {atom for atom in new.atoms if atom not in was and _aliased(self._new, atom)}
            if not left and not right:
                break
            old, new = _replaced(self._old, old, left), _replaced(self._new, new, right)
        return old, new

    def _related(self, gone: set[Atom], come: set[Atom]) -> list[tuple[Atom, Atom]]:
        """Pairs of a lost and a new member that are the same class with other arguments, or one a kind of the other.
        What is paired is taken out of both sets."""
        pairs: list[tuple[Atom, Atom]] = []
        for related in (_same_path, self._below, self._above):
            found = [(left, right) for left in gone for right in come if related(left, right)]
            gone.difference_update(left for left, _ in found)
            come.difference_update(right for _, right in found)
            pairs += found
        return pairs

    def _step(self, origin: Atom, left: Atom, right: Atom) -> frozenset[Facet]:
        """The facets of one member that became another; `left` is `origin` in the words of the new package."""
        found: frozenset[Facet] = _NOTHING
        if not _same_path(left, right):
            found = frozenset({Facet.WIDENED if self._below(left, right) else Facet.NARROWED})
        if not isinstance(origin, Ref) or not isinstance(right, Ref) or not origin.args or not right.args:
            return found
        if len(origin.args) != len(right.args):
            return found or frozenset({Facet.CHANGED})
        return found.union(*(self.facets(was, now) for was, now in zip(origin.args, right.args, strict=True)))

    def _above(self, wide: Atom, narrow: Atom) -> bool:
        return self._below(narrow, wide)

    def _below(self, narrow: Atom, wide: Atom) -> bool:
        """Whether a value of `narrow` is always one of `wide`, type arguments apart."""
        if not isinstance(wide, Ref) or narrow == wide:
            return False
        if isinstance(narrow, Lit):
            name = _literal_type(narrow.text)
            return wide.path in {"object", name, *_SUPERS.get(name, ())}
        if not isinstance(narrow, Ref) or narrow == NONE:
            return False
        if wide.path == "object" or wide.path in _SUPERS.get(narrow.path, ()):
            return True
        if wide.path.endswith(".SequenceNotStr"):
            return narrow.path in _ARRAYS
        known = self._new.definitions.get(narrow.path)
        return isinstance(known, Class) and wide.path in known.ancestors


def _any(old: Type | None, new: Type | None) -> frozenset[Facet]:
    """The facets where Any is on a side: a type checker lets everything pass there."""
    was = old is None or ANY in old.atoms
    now = new is None or ANY in new.atoms
    if was == now:
        return _NOTHING
    return frozenset({Facet.LOOSENED if now else Facet.TIGHTENED})


def _same_path(left: Atom, right: Atom) -> bool:
    return isinstance(left, Ref) and isinstance(right, Ref) and left.path == right.path


def _paths(type_: Type) -> set[str]:
    """Every path in a type, arguments included."""
    refs = [atom for atom in type_.atoms if isinstance(atom, Ref)]
    return {atom.path for atom in refs}.union(*(_paths(arg) for atom in refs for arg in atom.args))


def _aliased(surface: Surface, atom: Atom) -> bool:
    if not isinstance(atom, Ref):
        return False
    found = surface.definitions.get(atom.path)
    return isinstance(found, Value) and found.role is Role.ALIAS and found.type is not None


def _replaced(surface: Surface, type_: Type, aliases: set[Atom]) -> Type:
    atoms = set(type_.atoms - aliases)
    for alias in aliases:
        found = surface.definitions.get(alias.path) if isinstance(alias, Ref) else None
        if isinstance(found, Value) and found.type is not None:
            atoms |= found.type.atoms - {alias}
    return Type(frozenset(atoms))


def _literal_type(text: str) -> str:
    """The class of a literal value, by its spelling; the path of the enum for a member of one."""
    if text in {"True", "False"}:
        return "bool"
    if text[:1] in {"'", '"'}:
        return "str"
    if text[:2] in {"b'", 'b"'}:
        return "bytes"
    if text.startswith("."):
        return text.rpartition(".")[0]
    return "int"


def _classify(
    was: frozenset[Atom], now: frozenset[Atom], gone: set[Atom], come: set[Atom], *, kept: bool
) -> frozenset[Facet]:
    """Facets for what no subtype explains. `kept` says whether something other than None is left of the old type."""
    found: set[Facet] = set()
    values_gone, values_come = gone - {NONE}, come - {NONE}
    if was <= {NONE} and values_come:
        return frozenset({Facet.GIVEN, Facet.NONE_REMOVED} if NONE in gone and was else {Facet.GIVEN})
    if values_gone and not kept:
        found.add(Facet.CHANGED)
        values_gone, values_come = set[Atom](), set[Atom]()
        if now <= {NONE}:
            return frozenset(found)
    if NONE in come:
        found.add(Facet.NONE_ADDED)
    if NONE in gone:
        found.add(Facet.NONE_REMOVED)
    literal = {isinstance(atom, Lit) for atom in was - {NONE}}
    for atom in values_gone:
        found.add(Facet.LITERAL_REMOVED if isinstance(atom, Lit) else Facet.MEMBER_REMOVED)
    for atom in values_come:
        if isinstance(atom, Lit) and True in literal:
            found.add(Facet.LITERAL_ADDED)
        else:
            kinds = sum(not isinstance(one, Lit) for one in was - {NONE}) + (True in literal)
            found.add(Facet.MEMBER_ADDED if kinds > 1 else Facet.UNION_MADE)
    return frozenset(found)
