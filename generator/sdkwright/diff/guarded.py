"""The budgets of a comparison: whatever the documents do, it ends, and says why."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sdkwright import guard
from sdkwright.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Generator

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits

_HINT: Final = "if the documents are meant to be like this, raise the limit (--limit), or split them"


@contextmanager
def guarded(limits: Limits, diagnostics: Diagnostics, where: str) -> Generator[None]:
    """A block that may take so long and so much memory; beyond that, an error in `diagnostics` and `Refusal`."""
    try:
        with guard.deadline(limits.seconds):
            yield
    except guard.OutOfTime:
        message = f"the comparison was not done after {limits.seconds:g} seconds"
        raise diagnostics.refuse("limit/time", message, Location(where), _HINT) from None
    except MemoryError:
        message = "the comparison needs more memory than it may have"
        raise diagnostics.refuse("limit/memory", message, Location(where), _HINT) from None
    except RecursionError:
        message = "what the documents refer to is nested too deeply"
        raise diagnostics.refuse("limit/depth", message, Location(where), _HINT) from None
