"""JSON values as Python that passes for a type: the keys of a `TypedDict`, bytes for a file, dates as dates."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from sdkwright.ir.models import Object
from sdkwright.ir.types import Json, Kind, ListOf, MapOf, Named, Scalar, Type
from sdkwright.plan.package.context import Context
from sdkwright.plan.package.samples import NoSample, leaf_fits
from sdkwright.text import Code, code, join, py_dict, py_literal, py_str

_BYTES = Code('b"Example data"')


@dataclass(frozen=True, slots=True)
class Spelling:
    """How values are written. `dates` has the local name of a class by kind; without one a date is its text.

    `file` is what stands for a file.
    """

    context: Context
    dates: Mapping[Kind, Code]
    file: Code = _BYTES

    def spell(self, type_: Type, value: Json) -> Code:
        """A value as an argument of a type. Raises `NoSample` if it is none."""
        leaves = [leaf for leaf in self.context.leaves(type_) if leaf_fits(self.context, leaf, value)]
        if not leaves:
            raise NoSample("a value that is none of its type")
        leaf = max(leaves, key=lambda leaf: self._known(leaf, value))
        match leaf:
            case Scalar(kind):
                return self._scalar(kind, value)
            case ListOf(item) if isinstance(value, list):
                return code("[{}]", join(", ", (self.spell(item, each) for each in value)))
            case MapOf(item) if isinstance(value, dict):
                return py_dict((py_str(key), self.spell(item, each)) for key, each in value.items())
            case Named() if isinstance(value, dict) and (known := self.context.object_of(leaf)) is not None:
                return self._object(known, value)
            case _:
                return py_literal(value)

    def _known(self, leaf: Type, value: Json) -> int:
        """How many properties of a value a type knows: the one that knows most says best what it is."""
        item = self.context.object_of(leaf) if isinstance(leaf, Named) else None
        if item is None or not isinstance(value, dict):
            return 0
        return len({field.wire for field, _, _ in self.context.fields(item)} & value.keys())

    def _object(self, item: Object, value: dict[str, Json]) -> Code:
        return py_dict(
            (py_str(key), self.spell(field.type, value[field.wire]))
            for field, _, key in self.context.fields(item)
            if field.wire in value and not field.read_only
        )

    def _scalar(self, kind: Kind, value: Json) -> Code:
        if kind in {Kind.FILE, Kind.CONTENT}:
            return self.file
        if kind in self.dates and isinstance(value, str) and _is_iso(kind, value):
            return code("{}.fromisoformat({})", self.dates[kind], py_str(value))
        return py_literal(int(value) if kind is Kind.INTEGER and isinstance(value, float) else value)


def _is_iso(kind: Kind, text: str) -> bool:
    read = datetime.datetime.fromisoformat if kind is Kind.DATETIME else datetime.date.fromisoformat
    try:
        read(text)
    except ValueError:
        return False
    return True
