"""All scenarios."""

from __future__ import annotations

from . import bodies, connections, crowds, statuses, streams

__all__ = ["SCENARIOS"]

SCENARIOS = (
    *connections.SCENARIOS,
    *bodies.SCENARIOS,
    *statuses.SCENARIOS,
    *streams.SCENARIOS,
    *crowds.SCENARIOS,
)
