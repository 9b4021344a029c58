"""Which credentials a call sends: requirements as literals, schemes as credentials of the client."""

from __future__ import annotations

from collections.abc import Iterable

from sdkwright.ir.operations import SecurityRequirement
from sdkwright.plan.package.context import Context
from sdkwright.text import Code, py_str, py_tuple

Requirements = tuple[SecurityRequirement, ...]


def default_requirement(context: Context) -> Requirements:
    """What an operation needs that says nothing of its own."""
    configured = context.config.security
    return context.api.security if configured is None else tuple(tuple(needed) for needed in configured)


def requirement_literal(context: Context, requirements: Requirements) -> Code:
    """Alternatives as a tuple of tuples of scheme names; those with a scheme that no client can act on drop out."""
    known = {scheme.id for scheme in context.api.schemes}
    return py_tuple(_alternative(names) for names in requirements if known.issuperset(names))


def _alternative(names: Iterable[str]) -> Code:
    return py_tuple(map(py_str, names))
