"""What changed in the modules of types: classes and aliases, their fields and keys."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sdkwright.diff.consequence import CONSTRUCTS, IMPORTS, READS, Change, Consequence, Thing
from sdkwright.diff.levels import Level
from sdkwright.diff.members import Owner, Spots, Words, both, paired, retyped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sdkwright.diff.package import Class, Member
    from sdkwright.diff.pairs import Pairs


def compare_classes(
    old: Mapping[str, Class], new: Mapping[str, Class], packages: tuple[str, str], pairs: Pairs
) -> tuple[list[Consequence], tuple[Words, Words]]:
    """What changed, in the order of symbols, and the words in which the annotations of both sides compare."""
    gone = [each for symbol, each in old.items() if symbol not in new]
    moved = _moved(gone, [each for symbol, each in new.items() if symbol not in old], pairs)
    targets = {each.symbol for each in moved.values()}
    words = (
        Words(
            {each.name: moved[each.symbol].name for each in gone if each.symbol in moved},
            _aliases(each for each in gone if each.symbol not in moved),
        ),
        Words(aliases=_aliases(each for symbol, each in new.items() if symbol not in old and symbol not in targets)),
    )
    shown = _Shown.of(old), _Shown.of(new)
    found: list[Consequence] = []
    for symbol in sorted(old.keys() | new.keys()):
        before, after = old.get(symbol), new.get(symbol) or moved.get(symbol)
        if before and after:
            if after.symbol != symbol:
                found.append(_class_moved(before, after, packages, shown[0]))
            found += _class(_put(before, words[0]), _put(after, words[1]), pairs)
        elif before:
            found.append(
                Consequence(
                    Thing.CLASS, Change.GONE, symbol, Level.MAJOR, f"{shown[0].name(before)} is gone", IMPORTS,
                    symbol, "", before.pointer, None, symbol,
                )
            )  # fmt: skip
        elif after and symbol not in targets:
            found.append(
                Consequence(
                    Thing.CLASS, Change.NEW, symbol, Level.MINOR, f"{shown[1].name(after)} is new", (), "", symbol,
                    None, after.pointer, "", symbol,
                )
            )  # fmt: skip
    return found, words


@dataclass(frozen=True, slots=True)
class _Shown:
    """How the classes of a package are called: by their names, with the module where several have one."""

    several: frozenset[str]

    @classmethod
    def of(cls, classes: Mapping[str, Class]) -> _Shown:
        counts = Counter(each.name for each in classes.values())
        return cls(frozenset(name for name, count in counts.items() if count > 1))

    def name(self, item: Class) -> str:
        return item.symbol if item.name in self.several else item.name


def _aliases(classes: Iterable[Class]) -> dict[str, str]:
    """The aliases among classes, by name, and what they stand for."""
    return {each.name: each.text for each in classes if each.text}


def _class_moved(old: Class, new: Class, packages: tuple[str, str], shown: _Shown) -> Consequence:
    before, after = (_import(package, each) for package, each in zip(packages, (old, new), strict=True))
    if before == after:
        before, after = old.symbol, new.symbol
    return Consequence(
        Thing.CLASS, Change.RENAMED, old.symbol, Level.MAJOR, f"{shown.name(old)} is now {new.symbol}", IMPORTS,
        before, after, old.pointer, new.pointer, old.symbol, new.symbol,
        shim=f"{old.name} = {new.name}  # deprecated alias" if old.name != new.name else "",
    )  # fmt: skip


def _import(package: str, item: Class) -> str:
    """How users import a class: from the package of types that holds its module."""
    return f"from {package}.{item.symbol.rpartition('.')[0].rpartition('.')[0]} import {item.name}"


def _put(item: Class, words: Words) -> Class:
    return replace(item, text=words.text(item.text), members=words.members(item.members))


def _moved(gone: list[Class], came: list[Class], pairs: Pairs) -> dict[str, Class]:
    """Classes under another name or in another module: the same name, place in the document, or shape."""

    def place(item: Class) -> object:
        return pairs.new(item.pointer), item.sent

    found: dict[str, Class] = {}
    for left_key, right_key in ((_name_key, _name_key), (place, _place_key), (_shape_key, _shape_key)):
        taken = {each.symbol for each in found.values()}
        left = _unique([each for each in gone if each.symbol not in found], left_key)
        right = _unique([each for each in came if each.symbol not in taken], right_key)
        for name, each in left.items():
            if name in right:
                found[each.symbol] = right[name]
    return found


def _unique(classes: list[Class], key: Callable[[Class], object]) -> dict[object, Class]:
    """The classes that alone have their key."""
    found: dict[object, list[Class]] = {}
    for each in classes:
        found.setdefault(key(each), []).append(each)
    return {name: each[0] for name, each in found.items() if name is not None and len(each) == 1}


def _name_key(item: Class) -> object:
    return item.name, item.sent


def _place_key(item: Class) -> object:
    return item.pointer, item.sent


def _shape_key(item: Class) -> object:
    if not item.members and not item.text:
        return None
    return item.sent, item.text, tuple((each.name, each.annotation, each.required) for each in item.members.values())


def _class(old: Class, new: Class, pairs: Pairs) -> Iterator[Consequence]:
    owner = Owner(old.symbol, new.symbol, new.name)
    if old.text or new.text:
        if old.text != new.text:
            spots = Spots(old.symbol, new.name, old.pointer, new.pointer)
            lines = f"{new.name}: {old.text}", f"{new.name}: {new.text}"
            things = [thing for thing, used in ((Thing.KEY, old.sent), (Thing.FIELD, old.read)) if used]
            found = [each for thing in things for each in retyped(thing, owner, spots, old.text, new.text, *lines)]
            yield from sorted(found, key=lambda each: -each.level)[:1]
        return
    thing = Thing.KEY if old.sent else Thing.FIELD
    for before, after in paired(old.members, new.members, pairs, new.pointer):
        yield from _member(thing, owner, before, after)


def _member(thing: Thing, owner: Owner, old: Member | None, new: Member | None) -> Iterator[Consequence]:
    """A field that is read, or a key that is written."""
    meets = CONSTRUCTS if thing is Thing.KEY else READS
    if old and new:
        yield from both(thing, owner, old, new, meets, "{owner}.{name}")
    elif old:
        shown = f"{owner.shown}.{old.name}"
        yield Consequence(
            thing, Change.GONE, f"{owner.symbol}.{old.name}", Level.MAJOR, f"{shown} is gone", meets, old.line, "",
            old.pointer, None, owner.symbol, owner.target, old.name,
        )  # fmt: skip
    elif new:
        needed = thing is Thing.KEY and new.required
        text = f"{owner.shown}.{new.name} is new{' and required' if needed else ''}"
        yield Consequence(
            thing, Change.REQUIRED if needed else Change.NEW, f"{owner.symbol}.{new.name}",
            Level.MAJOR if needed else Level.MINOR, text, CONSTRUCTS if needed else (), "", new.line, None,
            new.pointer, owner.symbol, owner.target, renamed=new.name,
        )  # fmt: skip
