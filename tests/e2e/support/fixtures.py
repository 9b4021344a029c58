"""The recorded arguments and answers under `fixtures/`, one file for each operation."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from e2e.support.document import JSON

_ROOT = Path(__file__).parents[1] / "fixtures"


def arguments(api: str, operation: str) -> JSON:
    """The keyword arguments of one call, as a dictionary of the caller's own."""
    return copy.deepcopy(_load(api, operation)["request"])


def answer(api: str, operation: str) -> JSON:
    """The decoded body of the answer."""
    return copy.deepcopy(_load(api, operation)["response"])


def events(api: str, operation: str) -> JSON:
    """The decoded events of a stream."""
    return copy.deepcopy(_load(api, operation)["events"])


@functools.cache
def _load(api: str, operation: str) -> JSON:
    return json.loads((_ROOT / api / f"{operation}.json").read_text(encoding="utf-8"))
