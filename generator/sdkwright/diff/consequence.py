"""What a change does to people who import the generated package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sdkwright.diff.levels import Level

IMPORTS: Final = ("imports", "type-checks")
CALLS: Final = ("calls", "type-checks")
READS: Final = ("reads", "type-checks")
CONSTRUCTS: Final = ("constructs", "type-checks")
CHECKS: Final = ("type-checks",)
RUNTIME: Final = "runtime"
AUDIENCES: Final = ("reads", "constructs", "calls", "imports", "type-checks", RUNTIME)
"""Who can meet a change; `runtime` are those whom nothing warns before the program runs."""


class Thing(StrEnum):
    """What a consequence is about. A field is read, a key is written."""

    CLIENT = "client"
    CLASS = "class"
    FIELD = "field"
    KEY = "key"
    METHOD = "method"
    ARGUMENT = "argument"


class Change(StrEnum):
    """What happened to it."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    REQUIRED = "required"
    OPTIONAL = "optional"
    RETYPED = "retyped"
    REORDERED = "reordered"
    DEPRECATED = "deprecated"


class Origin(StrEnum):
    """What caused it. `UNDECIDED`: document and config changed, and neither can be taken alone."""

    DOCUMENT = "document"
    CONFIG = "config"
    GENERATOR = "generator"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What changed in the package, at one symbol.

    `meets` are those who notice, of `AUDIENCES`. `before` and `after` are lines of code. `base` and `revision` are the
    pointers of the definitions that the symbol comes from. `owner` is the class or method that it belongs to and
    `target` the same in the new package, "" on a side that has none; `member` is the old name of a field, key or
    argument and `renamed` its new one, if it has another. `shim` is what keeps old callers going.
    """

    thing: Thing
    change: Change
    symbol: str
    level: Level
    text: str
    meets: tuple[str, ...]
    before: str
    after: str
    base: str | None
    revision: str | None
    owner: str = ""
    target: str = ""
    member: str = ""
    renamed: str = ""
    shim: str = ""
    origin: Origin = Origin.DOCUMENT
