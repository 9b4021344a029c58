"""Where the nodes of a bundled, upgraded document came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sdkwright.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.source import SourceText


@dataclass(frozen=True, slots=True)
class Origins:
    """Maps pointers of the document back to files.

    `placed` has, for each subtree that bundling brought in, its pointer and its source. `moves` has the
    renamings of later stages, oldest first, each from the new pointer to the old one.
    """

    file: str
    texts: Mapping[str, SourceText]
    placed: Mapping[str, Location]
    moves: tuple[Mapping[str, str], ...] = ()

    def locate(self, pointer: str) -> Location:
        """The source of the node at `pointer`: in each table the longest prefix decides."""
        for table in reversed(self.moves):
            prefix = _longest_prefix(table, pointer)
            if prefix is not None:
                pointer = table[prefix] + pointer[len(prefix) :]
        prefix = _longest_prefix(self.placed, pointer)
        if prefix is None:
            return Location(self.file, pointer)
        source = self.placed[prefix]
        return Location(source.file, source.pointer + pointer[len(prefix) :])

    def moved(self, moves: Mapping[str, str]) -> Origins:
        """The same after a stage that moved nodes: `moves` goes from new to old pointers."""
        return replace(self, moves=(*self.moves, moves)) if moves else self


def _longest_prefix(table: Mapping[str, object], pointer: str) -> str | None:
    prefix = pointer
    while prefix not in table:
        if not prefix:
            return None
        prefix = prefix[: prefix.rfind("/")]
    return prefix
