"""What a change of the document does to people who import the generated package."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from sdkwright.diff.annotations import Shift, shift, split
from sdkwright.diff.levels import Level
from sdkwright.diff.package import Call, Class, Member, Package, plan_surface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sdkwright.diff.cards import Card
    from sdkwright.diff.sides import Reading, Side

_IMPORTS: Final = ("imports", "type-checks")
_CALLS: Final = ("calls", "type-checks")
_READS: Final = ("reads", "type-checks")
_CONSTRUCTS: Final = ("constructs", "type-checks")
_CHECKS: Final = ("type-checks",)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What changed in the package, at one symbol.

    `meets` are those who notice: imports, constructs, calls, reads, type-checks, runtime. `base` and `revision` are
    the pointers of the definitions that the symbol comes from; `shim` is code that keeps old callers going.
    """

    symbol: str
    level: Level
    text: str
    meets: tuple[str, ...]
    before: str
    after: str
    base: str | None
    revision: str | None
    shim: str = ""


@dataclass(frozen=True, slots=True)
class PythonReview:
    """All that changed in the package, in the order of its symbols."""

    consequences: tuple[Consequence, ...]


def compare_packages(base: Side, revision: Side, reading: Reading) -> PythonReview | None:
    """Compare the packages that two documents become with one config; None where one becomes none."""
    stem = PurePath(base.name.rpartition(":")[2]).stem
    old = plan_surface(base.bundle.document, stem, reading.config, reading.limits)
    new = plan_surface(revision.bundle.document, stem, reading.config, reading.limits)
    if old is None or new is None:
        return None
    return PythonReview(tuple(_compare(old, new)))


def _compare(old: Package, new: Package) -> Iterator[Consequence]:
    if old.client != new.client:
        yield Consequence(
            old.client, Level.MAJOR, f"the client {old.client} is now {new.client}", _IMPORTS, old.client, new.client,
            "/info/title", "/info/title",
        )  # fmt: skip
    gone = [each for symbol, each in old.classes.items() if symbol not in new.classes]
    moved = _moved(gone, [each for symbol, each in new.classes.items() if symbol not in old.classes])
    names = {each.name: moved[each.symbol].name for each in gone if each.symbol in moved}
    yield from _classes(old.classes, new.classes, moved, names)
    yield from _calls(old.calls, new.calls, names)


def _classes(
    old: Mapping[str, Class], new: Mapping[str, Class], moved: Mapping[str, Class], names: Mapping[str, str]
) -> Iterator[Consequence]:
    """Compare classes; `names` has the new names of classes that were renamed, so that uses of them stay equal."""
    targets = {each.symbol for each in moved.values()}
    for symbol in sorted(old.keys() | new.keys()):
        before, after = old.get(symbol), new.get(symbol)
        if before and after:
            yield from _class(_renamed(before, names), after)
        elif before:
            other = moved.get(symbol)
            text = f"{before.name} is now {other.symbol}" if other else f"{before.name} is gone"
            yield Consequence(
                symbol, Level.MAJOR, text, _IMPORTS, symbol, other.symbol if other else "", before.pointer,
                other.pointer if other else None,
                f"{before.name} = {other.name}  # deprecated alias" if other else "",
            )  # fmt: skip
            if other:
                yield from _class(_renamed(before, names), other)
        elif after and symbol not in targets:
            yield Consequence(symbol, Level.MINOR, f"{after.name} is new", (), "", symbol, None, after.pointer)


_WORD = re.compile(r"\b[A-Za-z_]\w*\b")


def _renamed_text(text: str, names: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: names.get(match.group(), match.group()), text) if names else text


def _renamed_members(members: Mapping[str, Member], names: Mapping[str, str]) -> dict[str, Member]:
    return {key: replace(each, annotation=_renamed_text(each.annotation, names)) for key, each in members.items()}


def _renamed(item: Class, names: Mapping[str, str]) -> Class:
    """A class with the new names of others in its annotations."""
    if not names:
        return item
    return replace(item, text=_renamed_text(item.text, names), members=_renamed_members(item.members, names))


def _with_names(call: Call, names: Mapping[str, str]) -> Call:
    if not names:
        return call
    arguments = _renamed_members(call.arguments, names)
    return replace(call, arguments=arguments, returns=_renamed_text(call.returns, names))


def _moved(gone: list[Class], came: list[Class]) -> dict[str, Class]:
    """Classes under another name or in another module: the same name, place in the document, or shape."""
    found: dict[str, Class] = {}
    for key in (_name_key, _place_key, _shape_key):
        taken = {each.symbol for each in found.values()}
        left = _unique([each for each in gone if each.symbol not in found], key)
        right = _unique([each for each in came if each.symbol not in taken], key)
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


def _class(old: Class, new: Class) -> Iterator[Consequence]:
    if old.text or new.text:
        if old.text != new.text:
            yield from _retyped(old.symbol, old.name, old.text, new.text, old.pointer, new.pointer, sent=old.sent)
        return
    for name in sorted(old.members.keys() | new.members.keys()):
        before, after = old.members.get(name), new.members.get(name)
        yield from _member(f"{old.symbol}.{name}", f"{old.name}.{name}", before, after, sent=old.sent)


def _member(symbol: str, shown: str, old: Member | None, new: Member | None, *, sent: bool) -> Iterator[Consequence]:
    """A field that is read, or a key that is written."""
    meets = _CONSTRUCTS if sent else _READS
    if old is None or new is None:
        if old:
            yield Consequence(symbol, Level.MAJOR, f"{shown} is gone", meets, _written(old), "", old.pointer, None)
        elif new:
            needed = sent and new.required
            text = f"{shown} is new and required" if needed else f"{shown} is new"
            yield Consequence(
                symbol, Level.MAJOR if needed else Level.MINOR, text, _CONSTRUCTS if needed else (), "",
                _written(new), None, new.pointer,
            )  # fmt: skip
        return
    if sent and old.required != new.required:
        level = Level.MAJOR if new.required else Level.MINOR
        text = f"{shown} becomes {'required' if new.required else 'optional'}"
        yield Consequence(
            symbol, level, text, meets if new.required else (), _written(old), _written(new), old.pointer, new.pointer
        )
    if old.annotation != new.annotation:
        yield from _retyped(symbol, shown, old.annotation, new.annotation, old.pointer, new.pointer, sent=sent)


def _written(member: Member) -> str:
    return f"{member.name}: {member.annotation}"


def _retyped(
    symbol: str, shown: str, old: str, new: str, base: str, revision: str, *, sent: bool
) -> Iterator[Consequence]:
    """What callers pass may widen, what readers get may narrow; a new Literal member alone is a minor change."""
    moved = shift(old, new)
    if moved is Shift.SAME:
        return
    safe = Shift.WIDER if sent else Shift.NARROWER
    literal = not sent and moved is Shift.WIDER and _only_literals(old, new)
    level = Level.MINOR if moved is safe or literal else Level.MAJOR
    meets = _CHECKS if level is Level.MINOR else (_CALLS if sent else _READS)
    name = symbol.rpartition(".")[2]
    yield Consequence(
        symbol, level, f"`{shown}: {old}` becomes `{new}`", meets, f"{name}: {old}", f"{name}: {new}", base, revision
    )


def _only_literals(old: str, new: str) -> bool:
    """Whether all that came are further values of a Literal that was there before."""
    return "Literal[" in old and all(part in split(old, "|") or part.startswith("Literal[") for part in split(new, "|"))


def _calls(
    old: Mapping[str, Call], new: Mapping[str, Call], names: Mapping[str, str]
) -> Iterator[Consequence]:  # fmt: skip
    by_place = {each.pointer: each for each in new.values() if each.symbol not in old}
    taken: set[str] = set()
    for symbol, before in sorted(old.items()):
        after = new.get(symbol)
        if after:
            yield from _call(_with_names(before, names), after)
            continue
        other = by_place.get(before.pointer)
        taken.add(other.symbol if other else "")
        text = f"{symbol}() is now {other.symbol}()" if other else f"{symbol}() is gone"
        yield Consequence(
            symbol, Level.MAJOR, text, _CALLS, _signature(before), _signature(other) if other else "", before.pointer,
            other.pointer if other else None,
            f"a deprecated {symbol.rpartition('.')[2]}() that calls {other.symbol}()" if other else "",
        )  # fmt: skip
    for symbol, after in sorted(new.items()):
        if symbol not in old and symbol not in taken:
            yield Consequence(symbol, Level.MINOR, f"{symbol}() is new", (), "", _signature(after), None, after.pointer)


def _signature(call: Call) -> str:
    words = [f"{each.name}: {each.annotation}{'' if each.required else ' = ...'}" for each in call.arguments.values()]
    return f"{call.symbol.rpartition('.')[2]}({', '.join(words)}) -> {call.returns}"


def _call(old: Call, new: Call) -> Iterator[Consequence]:
    for name in sorted(old.arguments.keys() | new.arguments.keys()):
        yield from _argument(old, new, name)
    places = [[name for name, each in call.arguments.items() if each.positional] for call in (old, new)]
    if places[0] != places[1]:
        yield Consequence(
            old.symbol, Level.MAJOR, f"{old.symbol}() takes {', '.join(places[1]) or 'nothing'} by position, before "
            f"{', '.join(places[0]) or 'nothing'}", _CALLS, _signature(old), _signature(new), old.pointer, new.pointer,
        )  # fmt: skip
    if old.returns != new.returns and (moved := shift(old.returns, new.returns)) is not Shift.SAME:
        level = Level.MINOR if moved is Shift.NARROWER else Level.MAJOR
        yield Consequence(
            old.symbol, level, f"{old.symbol}() returns `{new.returns}`, before `{old.returns}`", _READS,
            f"-> {old.returns}", f"-> {new.returns}", old.pointer, new.pointer,
        )  # fmt: skip
    if new.deprecated and not old.deprecated:
        yield Consequence(
            old.symbol,
            Level.MINOR,
            f"{old.symbol}() is deprecated",
            _CHECKS,
            "",
            "@deprecated",
            old.pointer,
            new.pointer,
        )


def _argument(old: Call, new: Call, name: str) -> Iterator[Consequence]:
    symbol, shown = f"{old.symbol}({name})", f"{old.symbol}({name}=)"
    before, after = old.arguments.get(name), new.arguments.get(name)
    if before and after:
        if before.required != after.required:
            level = Level.MAJOR if after.required else Level.MINOR
            text = f"{shown} becomes {'required' if after.required else 'optional'}"
            yield Consequence(
                symbol, level, text, _CALLS if after.required else (), _written(before), _written(after),
                before.pointer, after.pointer,
            )  # fmt: skip
        if before.annotation != after.annotation:
            yield from _retyped(
                symbol, shown, before.annotation, after.annotation, before.pointer, after.pointer, sent=True
            )
    elif before:
        yield Consequence(symbol, Level.MAJOR, f"{shown} is gone", _CALLS, _written(before), "", before.pointer, None)
    elif after:
        level, meets = (Level.MAJOR, _CALLS) if after.required else (Level.MINOR, ())
        text = f"{shown} is new{' and required' if after.required else ''}"
        yield Consequence(symbol, level, text, meets, "", _written(after), None, after.pointer)


Attached = dict[str, tuple[Consequence, ...]]


def attach(consequences: Iterable[Consequence], cards: Iterable[Card]) -> tuple[Attached, tuple[Consequence, ...]]:
    """Each consequence to the card of its cause: the nearest definition around it that has one; and the rest."""
    by_pointer: dict[tuple[int, str], str] = {}
    for card in cards:
        for side, pointer in enumerate((card.base, card.revision)):
            if pointer is not None:
                by_pointer.setdefault((side, pointer), card.id)
        for side in (0, 1):
            by_pointer.setdefault((side, card.pointer), card.id)
    found: Attached = {}
    loose: list[Consequence] = []
    for each in consequences:
        owner = _owner(by_pointer, each)
        if owner is None:
            loose.append(each)
        else:
            found[owner] = (*found.get(owner, ()), each)
    return found, tuple(loose)


def _owner(by_pointer: Mapping[tuple[int, str], str], consequence: Consequence) -> str | None:
    best: tuple[int, str] | None = None
    for side, pointer in enumerate((consequence.base, consequence.revision)):
        at = pointer
        while at:
            if (side, at) in by_pointer and (best is None or len(at) > best[0]):
                best = (len(at), by_pointer[side, at])
            at = at.rpartition("/")[0]
    return best[1] if best else None
