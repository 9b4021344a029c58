"""Two classes compared, with what they inherit. A member's change is reported once, at the class that defines it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdkwright.surface.build import private, semi_public
from sdkwright.surface.findings import Finding
from sdkwright.surface.model import Class, Family, Function, Member, Role, Surface, Value
from sdkwright.surface.pairs import LIKELY, shape_text, similarity
from sdkwright.surface.relate import Relate
from sdkwright.surface.rules import RULES, Rule
from sdkwright.surface.signatures import Change, compare_functions
from sdkwright.surface.usage import Usage
from sdkwright.surface.values import compare_values

_CONSTRUCTORS = {"__init__", "__new__"}
_DATA = {Role.FIELD, Role.KEY}


class Members:
    """Compares classes of two packages."""

    def __init__(self, old: Surface, new: Surface, same: Mapping[str, str], relate: Relate, usage: Usage) -> None:
        self._old = old
        self._new = new
        self._same = same
        self._relate = relate
        self._usage = usage

    def classes(self, path: str, old: Class, new: Class) -> Iterator[Finding]:
        """What changed from a class to its successor."""
        for rule, hint in self._heads(old, new):
            yield self._class_finding(rule, path, old, new, hint)
        if old.family is not new.family and {old.family, new.family} & {Family.TYPED_DICT, Family.ENUM}:
            return  # nothing of the members compares
        for name, member in old.members.items():
            if name in new.members:
                yield from self._member(path, name, member, new.members[name])
            else:
                yield self._removed(path, name, member, old, new)
        for name, member in new.members.items():
            if name not in old.members:
                yield self._fresh(path, name, member)

    def finding(self, path: str, change: Change, name: str = "") -> Finding:
        """The finding for a change of a function, or of the method `name` of the class at `path`."""
        shown, *also = self._old.paths.get(path, (path,))
        tail = f".{name}" if name else ""
        return Finding(
            change.rule,
            f"{self._old.package}{shown}{tail}",
            change.parameter,
            change.before,
            change.after,
            change.old,
            change.new,
            tuple(f"{self._old.package}{one}{tail}" for one in also),
            semi_public(shown),
            change.hint,
        )

    def _heads(self, old: Class, new: Class) -> Iterator[tuple[Rule, str]]:
        if old.family is not new.family:
            yield RULES["family-changed"], f"{old.family} became {new.family}"
        was = [self._same.get(one, one) for one in old.ancestors if self._known(self._old, one)]
        now = [one for one in new.ancestors if self._known(self._new, one)]
        if lost := [one for one in was if one not in now]:
            yield RULES["base-removed"], f"was a {', a '.join(_shown(self._new, one) for one in lost)}"
        if fresh := [one for one in now if one not in was]:
            yield RULES["base-added"], f"is a {', a '.join(_shown(self._new, one) for one in fresh)}"
        if old.generic != new.generic:
            yield RULES["generic-changed" if old.generic else "generic-added"], ""
        if new.final and not old.final:
            yield RULES["class-made-final"], ""
        if old.deprecated != new.deprecated:
            yield RULES["deprecated" if new.deprecated else "deprecation-lifted"], ""

    @staticmethod
    def _known(surface: Surface, path: str) -> bool:
        """Whether users can name a base: it is of another package, or this one exports it."""
        return not path.startswith(".") or path in surface.paths

    def _member(self, path: str, name: str, old: Member, new: Member) -> Iterator[Finding]:
        owner = self._owner(path, old, new)
        match old.value, new.value:
            case Function() as was, Function() as now:
                constructor = name in _CONSTRUCTORS
                for change in compare_functions(was, now, self._relate, constructor=constructor):
                    yield self.finding(owner, change, name)
            case Value() as was, Value() as now:
                if was.role is now.role or not {was.role, now.role} & {Role.KEY, Role.ENUM_MEMBER}:
                    returned = was.role is Role.KEY and self._usage.returned(path)
                    hint = self._relate.explain(was.type, now.type) if was.text == now.text else ""
                    for rule in compare_values(was, now, self._relate, returned=returned):
                        yield self._value_finding(rule, owner, name, was, now, hint)
                else:
                    yield self._value_finding(RULES["kind-changed"], owner, name, was, now)
            case Function() as was, Value() as now:
                if now.role is Role.PROPERTY:
                    yield self._value_finding(RULES["method-made-property"], owner, name, was, now)
                elif now.type is not None:
                    yield self._value_finding(RULES["kind-changed"], owner, name, was, now)
            case Value() as was, Function() as now:
                if was.role is Role.PROPERTY or was.type is not None:
                    yield self._value_finding(RULES["property-made-method"], owner, name, was, now)

    def _removed(self, path: str, name: str, member: Member, old: Class, new: Class) -> Finding:
        rule = RULES[f"{_noun(member.value)}-removed"]
        hint = _rename_hint(name, member.value, old, new)
        successor = self._new.definitions.get(self._same.get(member.owner, member.owner))
        lost = isinstance(successor, Class) and name not in successor.members
        owner = member.owner if lost and member.owner in self._old.paths else path
        return self._value_finding(rule, owner, name, member.value, None, hint)

    def _fresh(self, path: str, name: str, member: Member) -> Finding:
        value = member.value
        rule = f"{_noun(value)}-added"
        if isinstance(value, Value) and value.role in _DATA and value.required:
            rule += "-required"
        return self._value_finding(RULES[rule], path, name, None, value)

    def _owner(self, path: str, old: Member, new: Member) -> str:
        """The class to report at: the one that defines the member before and after, if users can import it."""
        kept = self._same.get(old.owner, old.owner) == new.owner
        return old.owner if kept and old.owner in self._old.paths else path

    def _value_finding(
        self,
        rule: Rule,
        path: str,
        name: str,
        old: Function | Value | None,
        new: Function | Value | None,
        hint: str = "",
    ) -> Finding:
        shown, *also = self._old.paths.get(path, (path,))
        return Finding(
            rule,
            f"{self._old.package}{shown}.{name}",
            "",
            _text(old),
            _text(new),
            old.place if old else None,
            new.place if new else None,
            tuple(f"{self._old.package}{one}.{name}" for one in also),
            semi_public(shown),
            hint,
        )

    def _class_finding(self, rule: Rule, path: str, old: Class, new: Class, hint: str) -> Finding:
        shown, *also = self._old.paths[path]
        names = tuple(f"{self._old.package}{one}" for one in also)
        symbol = f"{self._old.package}{shown}"
        return Finding(rule, symbol, "", old.text, new.text, old.place, new.place, names, semi_public(shown), hint)


def _noun(value: Function | Value) -> str:
    if isinstance(value, Function):
        return "method"
    return value.role.replace(" ", "-")


def _text(value: Function | Value | None) -> str:
    if value is None:
        return ""
    return value.signatures[0].text if isinstance(value, Function) else value.text


def _shown(surface: Surface, path: str) -> str:
    return f"{surface.package}{path}" if path.startswith(".") else path


def _rename_hint(name: str, value: Function | Value, old: Class, new: Class) -> str:
    """Which added member of the same kind a removed one has perhaps become."""
    best, score = "", 0.0
    shape = frozenset(shape_text(value).split(", "))
    for other, member in new.members.items():
        if other not in old.members and not private(other) and type(member.value) is type(value):
            alike = similarity(name, other, shape, frozenset(shape_text(member.value).split(", ")))
            if alike > score:
                best, score = other, alike
    return f"perhaps {best} now ({score:.0%} alike)" if score >= LIKELY else ""
