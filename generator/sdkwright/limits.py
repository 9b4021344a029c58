"""The budgets of a run: what one document may cost before it is refused."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets for hostile or runaway documents, each adjustable; every one that is exceeded is an error.

    Sizes are in bytes, `seconds` is wall time of a whole run, everything else is a count.
    """

    file_bytes: int = 32 * _MIB
    """Size of one file."""
    bundle_bytes: int = 128 * _MIB
    """Size of all files of one document together."""
    yaml_aliases: int = 1_000
    """YAML aliases in one file."""
    expanded_nodes: int = 5_000_000
    """Nodes of one file once its aliases are expanded, and nodes that bundling copies."""
    depth: int = 100
    """Nesting of objects and arrays in one file."""
    ref_chain: int = 100
    """`$ref`s that lead to `$ref`s."""
    allof_chain: int = 100
    """`allOf`s inside `allOf`s."""
    composition_product: int = 4_096
    """Combinations when `allOf` is multiplied out over `oneOf` and `anyOf`."""
    enum_members: int = 2_000
    """Members of one enum; a longer one becomes an open alias."""
    variants: int = 1_000
    """Members of one union."""
    schemas: int = 50_000
    """Named schemas of one document."""
    name_length: int = 512
    """Characters of a component's or property's name."""
    description_bytes: int = 64 * 1024
    """Characters kept of one description; the rest is cut."""
    number_digits: int = 400
    """Characters of one number."""
    seconds: float = 120.0
    """Wall time of one document, from reading it to the last formatted file."""
    memory_bytes: int = 4 * 1024 * _MIB
    """Data of the process, and of each that it starts."""

    def with_text(self, text: str) -> Limits:
        """These limits with one of them set as text gives it: `enum_members=5000`.

        Raises ValueError, with a message for people, for an unknown name and for what is not a positive number.
        """
        name, _, written = text.partition("=")
        known = [item.name for item in fields(self)]
        if name not in known:
            raise ValueError(f"there is no limit {name!r}; the limits are {', '.join(known)}")
        try:
            value: Any = float(written) if name == "seconds" else int(written)
        except ValueError:
            value = 0
        if not 0 < value < float("inf"):
            raise ValueError(f"the limit {name} must be a positive number, not {written!r}")
        return replace(self, **{name: value})
