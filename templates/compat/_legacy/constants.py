"""What older versions had in `_constants` besides the defaults."""

from __future__ import annotations

from typing import Final

__all__ = ["OVERRIDE_CAST_TO_HEADER"]

OVERRIDE_CAST_TO_HEADER: Final = "____stainless_override_cast_to"
"""Reserved by older versions for their own use; it has no effect."""
