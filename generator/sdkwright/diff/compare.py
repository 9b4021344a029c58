"""One structural comparison of two canonical documents: `compare` puts the parts together."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright.diff.document import compare_documents, compare_shared
from sdkwright.diff.facts import Comparison
from sdkwright.diff.operations import (
    compare_body,
    compare_callback,
    compare_incoming,
    compare_operation,
    compare_response,
)
from sdkwright.diff.parameters import compare_header, compare_parameter
from sdkwright.diff.schemas import compare_definition, compare_part, compare_use
from sdkwright.diff.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sdkwright.diff.policy import Policy
    from sdkwright.diff.walk import Document, Here


def _known(here: Here) -> None:
    """A unit whose facts were noted when it was made."""


_COMPARERS: Final[Mapping[str, Callable[[Here], None]]] = MappingProxyType({
    "document": compare_shared, "lone": _known, "operation": compare_operation, "moved": compare_operation,
    "incoming": compare_incoming, "parameter": compare_parameter, "header": compare_header,
    "requestBody": compare_body, "response": compare_response, "callback": compare_callback,
    "use": compare_use, "schema": compare_definition, "schemaPart": compare_part,
})  # fmt: skip


def compare(base: Document, revision: Document, policy: Policy) -> Comparison:
    """What changed between two documents, each in the canonical shape of `sdkwright.upgrade`."""
    walk = Walk(base, revision, policy, _COMPARERS)
    compare_documents(walk)
    return Comparison(tuple(walk.units), tuple(walk.operations), dict(sorted(walk.folded.items())))
