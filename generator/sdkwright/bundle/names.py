"""Names for what bundling moves into `components`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from sdkwright import pointers
from sdkwright.bundle.grammar import SECTIONS, SECTIONS_2

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9._-]+")
_SAYS_NOTHING: Final = frozenset({"schema", "items", "index", "_index", "openapi", "additionalProperties", "content"})
_SECTIONS: Final = frozenset({"components", "$defs", *SECTIONS.values(), *SECTIONS_2.values()})


def choose(file: str, pointer: str, taken: Collection[str]) -> str:
    """A component name (`^[A-Za-z0-9._-]+$`) for the node at `pointer` of `file` that is not taken.

    It is the last step of the pointer, else the file's stem; on a collision what stands before it comes in
    front, step by step, and numbers come last.
    """
    for candidate in _candidates(file, pointer):
        if candidate not in taken:
            return candidate
    raise AssertionError("numbers do not end")


def _candidates(file: str, pointer: str) -> Iterator[str]:
    path = PurePosixPath(file)
    words = [word for word in path.parent.parts if word not in {"..", ".", "/"}] + [path.stem]
    *above, last = pointers.split(pointer) or [""]
    words += [*(step for step in above if step not in _SECTIONS), last]
    words = [clean for word in words if (clean := _NOT_ALLOWED.sub("_", word).strip("_."))]
    words = words or ["Component"]
    count = 1
    while count < len(words) and (words[-count] in _SAYS_NOTHING or words[-count].isdecimal()):
        count += 1
    for length in range(min(count, len(words)), len(words) + 1):
        yield "_".join(words[-length:])
    base, number = "_".join(words), 2
    while True:
        yield f"{base}_{number}"
        number += 1
