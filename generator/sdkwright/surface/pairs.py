"""Which definition of the new package succeeds which of the old one: by the paths that users import, then by shape."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from sdkwright.surface.model import Class, Definition, External, Function, Module, Surface, Value

_MOST = 40_000
"""The most pairs of removed and added definitions that are compared by shape."""

LIKELY = 0.75


@dataclass(frozen=True, slots=True)
class Rename:
    """A removed definition's likely successor, and how sure that is (0 to 1)."""

    path: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """`matched` maps old definitions to new ones, `gone` lists old paths by definition that lead nowhere now, `added`
    new definitions by path, `renames` likely successors of definitions that are gone altogether."""

    matched: Mapping[str, str]
    gone: Mapping[str, tuple[str, ...]]
    added: Mapping[str, tuple[str, ...]]
    renames: Mapping[str, Rename]

    @property
    def same(self) -> Mapping[str, str]:
        """Old paths and what stands for them now, likely renames included, so that one rename is one finding."""
        likely = {old: item.path for old, item in self.renames.items() if item.confidence >= LIKELY}
        return {**likely, **self.matched}


def pair(old: Surface, new: Surface) -> Pairs:
    """Pair the definitions of two packages."""
    matched: dict[str, str] = {}
    gone: dict[str, list[str]] = {}
    for target, paths in old.paths.items():
        for path in paths:
            if path in new.exports:
                matched.setdefault(target, new.exports[path])
            else:
                gone.setdefault(target, []).append(path)
    for path in old.definitions:
        if path not in matched and path not in gone and path in new.definitions:
            matched[path] = path
    known = set(matched.values())
    added = {
        target: tuple(path for path in paths if path not in old.exports)
        for target, paths in new.paths.items()
        if any(path not in old.exports for path in paths)
    }
    lost = [path for path in gone if path not in matched]
    fresh = [path for path in added if path not in known]
    return Pairs(matched, {path: tuple(paths) for path, paths in gone.items()}, added, _renames(old, new, lost, fresh))


def _renames(old: Surface, new: Surface, lost: Iterable[str], fresh: Iterable[str]) -> dict[str, Rename]:
    """The best successor of each lost definition; no two share one."""
    left = [(path, old.definitions[path], _shape(path, old.definitions[path])) for path in lost]
    right = [(path, new.definitions[path], _shape(path, new.definitions[path])) for path in fresh]
    if len(left) * len(right) > _MOST:
        return {}
    scored = [
        (similarity(was, now, one, other), was, now)
        for was, before, one in left
        for now, after, other in right
        if type(before) is type(after) and not isinstance(before, Module | External)
    ]
    found: dict[str, Rename] = {}
    taken: set[str] = set()
    for score, was, now in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if score >= 0.6 and was not in found and now not in taken:
            found[was] = Rename(now, round(score, 2))
            taken.add(now)
    return found


def similarity(was: str, now: str, one: frozenset[str], other: frozenset[str]) -> float:
    """How likely `now` is the new name of `was`, from 0 to 1, by name and by shape."""
    left, right = was.rpartition(".")[2], now.rpartition(".")[2]
    shape = len(one & other) / len(one | other) if one or other else 0.0
    if left == right:
        return max(0.8, shape)
    if shape < 0.3:
        return 0.0
    return 0.65 * shape + 0.35 * SequenceMatcher(None, left.lower(), right.lower(), autojunk=False).ratio()


def _shape(path: str, item: Definition) -> frozenset[str]:
    match item:
        case Class():
            own = {name: member.value for name, member in item.members.items() if member.owner == path}
            return frozenset(f"{name}:{shape_text(value)}" for name, value in own.items())
        case Function() | Value():
            return frozenset(shape_text(item).split(", "))
        case _:
            return frozenset()


def shape_text(item: Function | Value) -> str:
    """What a function or a value looks like apart from its name."""
    if isinstance(item, Function):
        return ", ".join(parameter.text for one in item.signatures for parameter in one.parameters) + _returns(item)
    return item.text.partition(":")[2] or item.text.partition("=")[2]


def _returns(item: Function) -> str:
    return "".join(f", ->{one.text.rpartition('->')[2]}" for one in item.signatures)
