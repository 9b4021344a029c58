"""What changed about a field, a key or an argument."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from sdkwright.diff.annotations import Shift, alternatives, shift, split
from sdkwright.diff.consequence import CALLS, CHECKS, READS, Change, Consequence, Thing
from sdkwright.diff.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sdkwright.diff.package import Member
    from sdkwright.diff.pairs import Pairs

_WORD = re.compile(r"""Literal\[(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^]"'])*]|\b[A-Za-z_]\w*\b""")
"""Names in an annotation; the values of a Literal are none."""
_DEEPEST: Final = 8
"""Aliases in aliases that are followed."""
_LONG: Final = 100
"""Characters of a union from which on only what came or went of it is told."""


@dataclass(frozen=True, slots=True)
class Words:
    """How annotations of one side are put so that those of both compare: `aliases` that only this side has are written
    out, and `names` of classes become those of the other side."""

    names: Mapping[str, str] = field(default_factory=dict[str, str])
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])

    def text(self, annotation: str) -> str:
        """An annotation in these words."""
        for _ in range(_DEEPEST):
            annotation, before = _replaced(annotation, self.aliases), annotation
            if annotation == before:
                break
        return _replaced(annotation, self.names)

    def members(self, members: Mapping[str, Member]) -> dict[str, Member]:
        """Members with annotations in these words; their lines stay as they were."""
        return {key: replace(each, annotation=self.text(each.annotation)) for key, each in members.items()}


def names_in(annotation: str) -> set[str]:
    """The names that an annotation mentions."""
    return set(_WORD.findall(annotation))


def _replaced(text: str, names: Mapping[str, str]) -> str:
    return _WORD.sub(lambda match: names.get(match.group(), match.group()), text) if names else text


@dataclass(frozen=True, slots=True)
class Owner:
    """The class or method whose members are compared: its symbol in both packages and as it is shown."""

    symbol: str
    target: str
    shown: str


@dataclass(frozen=True, slots=True)
class Spots:
    """What a consequence is called: its symbol, how it is shown, and where both documents have it."""

    symbol: str
    shown: str
    base: str
    revision: str
    member: str = ""
    renamed: str = ""


def paired(
    old: Mapping[str, Member], new: Mapping[str, Member], pairs: Pairs, owner: str
) -> Iterator[tuple[Member | None, Member | None]]:
    """Members of both sides by name, or by their place in the document; at `owner` are those without a place of their
    own."""
    by_place = {each.pointer: name for name, each in new.items() if name not in old and each.pointer != owner}
    renamed = {
        name: target
        for name, each in old.items()
        if name not in new and (target := by_place.get(pairs.new(each.pointer)))
    }
    taken = set(renamed.values())
    for name in sorted(old.keys() | new.keys()):
        if name not in taken:
            yield old.get(name), new.get(renamed.get(name, name))


def both(
    thing: Thing, owner: Owner, old: Member, new: Member, meets: tuple[str, ...], form: str
) -> Iterator[Consequence]:
    """A member that both sides have: another name, needed or not, another annotation."""
    shown = form.format(owner=owner.shown, name=old.name)
    spots = Spots(
        form.format(owner=owner.symbol, name=old.name), shown, old.pointer, new.pointer, old.name,
        new.name if new.name != old.name else "",
    )  # fmt: skip
    if spots.renamed:
        now = form.format(owner=owner.shown, name=new.name)
        found = _at(
            thing, Change.RENAMED, owner, spots, Level.MAJOR, f"{shown} is now {now}", meets, old.line, new.line
        )
        beside = f"{old.name}: {{..., deprecated: true}}  # beside {new.name} in the document"
        yield replace(found, shim="" if old.in_path else beside)
    if thing is not Thing.FIELD and old.required != new.required:
        level, change = (Level.MAJOR, Change.REQUIRED) if new.required else (Level.MINOR, Change.OPTIONAL)
        text = f"{shown} becomes {change}"
        yield _at(thing, change, owner, spots, level, text, meets if new.required else (), old.line, new.line)
    if old.annotation != new.annotation:
        yield from retyped(thing, owner, spots, old.annotation, new.annotation, old.line, new.line)


def _at(
    thing: Thing, change: Change, owner: Owner, spots: Spots, level: Level, text: str, meets: tuple[str, ...],
    before: str, after: str,
) -> Consequence:  # fmt: skip
    return Consequence(
        thing, change, spots.symbol, level, text, meets, before, after, spots.base, spots.revision, owner.symbol,
        owner.target, spots.member, spots.renamed,
    )  # fmt: skip


def retyped(
    thing: Thing, owner: Owner, spots: Spots, old: str, new: str, before: str, after: str
) -> Iterator[Consequence]:
    """What callers pass may widen, what readers get may narrow; a new Literal member alone is a minor change."""
    moved = shift(old, new)
    if moved is Shift.SAME:
        return
    sent = thing is not Thing.FIELD
    safe = Shift.WIDER if sent else Shift.NARROWER
    literal = not sent and moved is Shift.WIDER and _only_literals(old, new)
    level = Level.MINOR if moved is safe or literal else Level.MAJOR
    meets = CHECKS if level is Level.MINOR else (CALLS if sent else READS)
    text = f"`{spots.shown}: {old}` becomes `{new}`"
    if moved is not Shift.OTHER and max(len(old), len(new)) > _LONG:
        text = _difference(spots.shown, old, new)
    yield _at(thing, Change.RETYPED, owner, spots, level, text, meets, before, after)


def _difference(shown: str, old: str, new: str) -> str:
    """What came to a long union or went from it."""
    before, after = list(alternatives(old)), list(alternatives(new))
    came = [part for part in after if part not in before]
    gone = [part for part in before if part not in after]
    return f"`{shown}` may also be `{' | '.join(came)}`" if came else f"`{shown}` is no longer `{' | '.join(gone)}`"


def _only_literals(old: str, new: str) -> bool:
    """Whether all that came are further values of a Literal that was there before."""
    return "Literal[" in old and all(part in split(old, "|") or part.startswith("Literal[") for part in split(new, "|"))
