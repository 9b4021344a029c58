"""JSON values held against scalar types."""

from __future__ import annotations

import math

from sdkwright.ir.types import Json, Kind


def is_of(kind: Kind, value: Json) -> bool:
    """Whether a value is of a kind: 1.0 is an integer (JSON Schema, 4.2.3), true no number, and dates are text."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    match kind:
        case Kind.ANY:
            return True
        case Kind.NULL:
            return value is None
        case Kind.BOOLEAN:
            return isinstance(value, bool)
        case Kind.INTEGER:
            return is_number and not (isinstance(value, float) and not value.is_integer())
        case Kind.NUMBER:
            return is_number
        case _:
            return isinstance(value, str)
