"""Files taken out of nested arguments, with the field names that forms give them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeVar, cast

from .._types import FileTypes
from .._utils._checks import is_given
from .files import assert_is_file_content
from .types import ArrayFormat

__all__ = ["deepcopy_minimal", "extract_files"]

T = TypeVar("T")
_ITEMS = "<array>"
_Brackets = Literal["", "[]", "[{}]"]
_BRACKETS: Mapping[ArrayFormat, _Brackets] = {"brackets": "[]", "indices": "[{}]", "repeat": "", "comma": ""}


def deepcopy_minimal(item: T) -> T:
    """A copy of dicts and lists at every depth; what they hold, files say, stays the same object."""
    if isinstance(item, Mapping):
        pairs = cast("Mapping[object, object]", item).items()
        return cast("T", {key: deepcopy_minimal(value) for key, value in pairs})
    if isinstance(item, list):
        return cast("T", [deepcopy_minimal(value) for value in cast("list[object]", item)])
    return item


def extract_files(
    query: Mapping[str, object], *, paths: Sequence[Sequence[str]], array_format: ArrayFormat = "brackets"
) -> list[tuple[str, FileTypes]]:
    """Take the files at these paths out of the arguments, which are changed, and give them with their field names.

    A path is a list of keys; `<array>` stands for every item of a list. A path that leads nowhere is passed over.
    Raises RuntimeError for something at the end of a path that is no file.
    """
    files: list[tuple[str, FileTypes]] = []
    for path in paths:
        files += _extract(query, path, "", _BRACKETS[array_format])
    return files


def _extract(node: Any, path: Sequence[str], name: str, brackets: _Brackets) -> Iterable[tuple[str, FileTypes]]:
    step, rest = path[0], path[1:]
    if step == _ITEMS and isinstance(node, list):
        items = cast("list[object]", node)
        for index, item in enumerate(items):
            below = name + brackets.format(index)
            yield from _extract(item, rest, below, brackets) if rest else _file(item, below)
        if not rest:
            items.clear()
    elif step != _ITEMS and isinstance(node, dict):
        members = cast("dict[str, object]", node)
        if step not in members:
            return
        below = f"{name}[{step}]" if name else step
        if not rest:
            yield from _file(members.pop(step), below)
            return
        held = members[step]
        yield from _extract(held, rest, below, brackets)
        if list(rest) == [_ITEMS] and isinstance(held, list):
            del members[step]


def _file(value: object, name: str) -> Iterable[tuple[str, FileTypes]]:
    if value is None or not is_given(value):
        return
    for item in cast("list[object]", value) if isinstance(value, list) else [value]:
        assert_is_file_content(item, key=name)
        yield (f"{name}[]" if isinstance(value, list) else name), cast("FileTypes", item)
