"""What changed in the methods of the client."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sdkwright.diff.annotations import Shift, shift
from sdkwright.diff.consequence import CALLS, CHECKS, READS, Change, Consequence, Thing
from sdkwright.diff.levels import Level
from sdkwright.diff.members import Owner, both, paired

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdkwright.diff.members import Words
    from sdkwright.diff.package import Call, Member
    from sdkwright.diff.pairs import Pairs


def compare_calls(
    old: Mapping[str, Call], new: Mapping[str, Call], words: tuple[Words, Words], pairs: Pairs
) -> Iterator[Consequence]:  # fmt: skip
    """What changed, in the order of symbols; a method of the same operation under another name is the same method."""
    by_place = {each.pointer: each for each in new.values() if each.symbol not in old}
    taken: set[str] = set()
    for symbol, before in sorted(old.items()):
        after = new.get(symbol) or by_place.get(pairs.new(before.pointer))
        if after is None:
            yield Consequence(
                Thing.METHOD, Change.GONE, symbol, Level.MAJOR, f"{symbol}() is gone", CALLS, f"{symbol}(...)", "",
                before.pointer, None, symbol,
            )  # fmt: skip
            continue
        if after.symbol != symbol:
            taken.add(after.symbol)
            yield _moved(before, after)
        yield from _call(_put(before, words[0]), _put(after, words[1]), pairs)
    for symbol, after in sorted(new.items()):
        if symbol not in old and symbol not in taken:
            yield Consequence(
                Thing.METHOD, Change.NEW, symbol, Level.MINOR, f"{symbol}() is new", (), "", f"{symbol}(...)", None,
                after.pointer, "", symbol,
            )  # fmt: skip


def _moved(old: Call, new: Call) -> Consequence:
    parent, _, name = old.symbol.rpartition(".")
    to, _, other = new.symbol.rpartition(".")
    shim = f"methods: {{{name}: {{type: alias, to: {other}, deprecated: use {other}()}}}}" if parent == to else ""
    return Consequence(
        Thing.METHOD, Change.RENAMED, old.symbol, Level.MAJOR, f"{old.symbol}() is now {new.symbol}()", CALLS,
        f"{old.symbol}(...)", f"{new.symbol}(...)", old.pointer, new.pointer, old.symbol, new.symbol, shim=shim,
    )  # fmt: skip


def _put(call: Call, words: Words) -> Call:
    return replace(call, arguments=words.members(call.arguments), returns=words.text(call.returns))


def _call(old: Call, new: Call, pairs: Pairs) -> Iterator[Consequence]:
    owner = Owner(old.symbol, new.symbol, new.symbol)
    renamed: dict[str, str] = {}
    for before, after in paired(old.arguments, new.arguments, pairs, new.pointer):
        yield from _argument(owner, before, after)
        if before and after:
            renamed[before.name] = after.name
    places = [", ".join(each.name for each in call.arguments.values() if each.positional) for call in (old, new)]
    kept = ", ".join(renamed.get(each.name, each.name) for each in old.arguments.values() if each.positional)
    if kept != places[1]:
        text = f"{new.symbol}() takes {places[1] or 'nothing'} by position, before {places[0] or 'nothing'}"
        yield _about(old, new, Change.REORDERED, Level.MAJOR, text, CALLS, places[0], places[1])
    if old.returns != new.returns and (moved := shift(old.returns, new.returns)) is not Shift.SAME:
        level = Level.MINOR if moved is Shift.NARROWER else Level.MAJOR
        text = f"{new.symbol}() returns `{new.returns}`, before `{old.returns}`"
        yield _about(old, new, Change.RETYPED, level, text, READS, f"-> {old.returns}", f"-> {new.returns}")
    if new.deprecated and not old.deprecated:
        text = f"{new.symbol}() is deprecated"
        yield _about(old, new, Change.DEPRECATED, Level.MINOR, text, CHECKS, "", "@deprecated")


def _about(
    old: Call, new: Call, change: Change, level: Level, text: str, meets: tuple[str, ...], before: str, after: str
) -> Consequence:
    return Consequence(
        Thing.METHOD, change, old.symbol, level, text, meets, before, after, old.pointer, new.pointer, old.symbol,
        new.symbol,
    )  # fmt: skip


def _argument(owner: Owner, old: Member | None, new: Member | None) -> Iterator[Consequence]:
    if old and new:
        yield from both(Thing.ARGUMENT, owner, old, new, CALLS, "{owner}({name}=)")
    elif old:
        shown = f"{owner.shown}({old.name}=)"
        yield Consequence(
            Thing.ARGUMENT, Change.GONE, f"{owner.symbol}({old.name}=)", Level.MAJOR, f"{shown} is gone", CALLS,
            old.line, "", old.pointer, None, owner.symbol, owner.target, old.name,
        )  # fmt: skip
    elif new:
        text = f"{owner.shown}({new.name}=) is new{' and required' if new.required else ''}"
        yield Consequence(
            Thing.ARGUMENT, Change.REQUIRED if new.required else Change.NEW, f"{owner.symbol}({new.name}=)",
            Level.MAJOR if new.required else Level.MINOR, text, CALLS if new.required else (), "", new.line, None,
            new.pointer, owner.symbol, owner.target, renamed=new.name,
        )  # fmt: skip
