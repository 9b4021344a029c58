"""What the readers give back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data of one text, and what its source stage has to say about keys."""

    data: object
    duplicated: bool = False
    """Whether an object has a key twice."""
    number_keys: Sequence[int] = ()
    """Where keys of YAML stand that are numbers, as statuses without quotes are: offsets in characters."""
