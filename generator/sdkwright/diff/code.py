"""The generated code before and after, as far as a card changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sdkwright.diff.consequence import Change, Consequence, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sdkwright.diff.package import Call, Class, Member, Package
    from sdkwright.diff.python import Packages

_MOST: Final = 12
"""Lines of a class or method that came or went as a whole."""
_INDENT: Final = "    "
_REST: Final = f"{_INDENT}..."


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One class or method: where it is, and its changed lines on both sides; `...` stands for what is the same."""

    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def code_changes(packages: Packages, consequences: Iterable[Consequence]) -> tuple[CodeChange, ...]:
    """The code that consequences are about, one entry for each class and method, in their order."""
    groups: dict[tuple[str, str], list[Consequence]] = {}
    for each in consequences:
        if each.owner or each.target:
            groups.setdefault((each.owner, each.target), []).append(each)
    found = (_change(packages, owner, target, group) for (owner, target), group in groups.items())
    return tuple(each for each in found if each.before != each.after)


def _change(packages: Packages, owner: str, target: str, group: list[Consequence]) -> CodeChange:
    before = _lines(packages.old, owner, group, {each.member for each in group if each.member}, new=False)
    after = _lines(packages.new, target, group, {_name(each) for each in group if _name(each)}, new=True)
    title = target or owner
    return CodeChange(title.rpartition(".")[0], before, after)


def _name(each: Consequence) -> str:
    """The new name of a member; none if it is gone."""
    return "" if each.change is Change.GONE else each.renamed or each.member


def _lines(
    package: Package | None, symbol: str, group: list[Consequence], wanted: set[str], *, new: bool
) -> tuple[str, ...]:
    if package is None or not symbol:
        return ()
    if symbol in package.calls:
        return tuple(_method(package.calls[symbol], group, wanted, new=new))
    return tuple(_class(package.classes[symbol], group, wanted)) if symbol in package.classes else ()


def _whole(group: list[Consequence]) -> bool:
    """Whether all of it came or went."""
    return any(each.change in {Change.NEW, Change.GONE} and not each.member and not each.renamed for each in group)


def _class(item: Class, group: list[Consequence], wanted: set[str]) -> Iterator[str]:
    if item.text:
        yield f"{item.name}: TypeAlias = {item.text}"
        return
    yield f"class {item.name}({'TypedDict, total=False' if item.sent else 'BaseModel'}):"
    yield from _members(item.members, wanted, whole=_whole(group), end="")


def _method(item: Call, group: list[Consequence], wanted: set[str], *, new: bool) -> Iterator[str]:
    whole = _whole(group)
    reordered = any(each.change is Change.REORDERED for each in group)
    if new and any(each.change is Change.DEPRECATED for each in group):
        yield "@deprecated(...)"
    returns = whole or any(each.thing is Thing.METHOD and each.change is Change.RETYPED for each in group)
    yield f"def {item.symbol.rpartition('.')[2]}("
    positional = {name: each for name, each in item.arguments.items() if each.positional}
    keywords = {name: each for name, each in item.arguments.items() if not each.positional}
    shown = list(_members(positional, wanted, whole=whole or reordered, end=",")) if positional else []
    if keywords:
        rest = list(_members(keywords, wanted, whole=whole, end=","))
        shown += [f"{_INDENT}*,", *rest] if rest != [_REST] else [_REST]
    yield from (line for at, line in enumerate(shown) if line != _REST or shown[at - 1] != _REST or not at)
    yield f") -> {item.returns}: ..." if returns else "): ..."


def _members(members: Mapping[str, Member], wanted: set[str], *, whole: bool, end: str) -> Iterator[str]:
    """The wanted members, with `...` where others are left out."""
    left_out = False
    for number, (name, each) in enumerate(members.items()):
        if name in wanted or (whole and number < _MOST):
            if left_out:
                yield _REST
            yield f"{_INDENT}{each.line}{end}"
            left_out = False
        else:
            left_out = True
    if left_out or not members:
        yield _REST
