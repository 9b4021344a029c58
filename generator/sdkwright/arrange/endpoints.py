"""Endpoints of a config (`get /items/{id}`) looked up among the operations of the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sdkwright.arrange.template import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sdkwright.arrange.head import OperationHead


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The operations of a document by method and path. Names of path parameters need not agree."""

    exact: Mapping[str, OperationHead]
    similar: Mapping[str, OperationHead]

    def find(self, endpoint: str) -> OperationHead | None:
        """The operation of an endpoint; None if there is none, or if only the case of its path differs from several."""
        return self.exact.get(endpoint) or self.similar.get(_similar(endpoint))

    def nearest(self, endpoint: str) -> str:
        """The endpoint that was probably meant, for a hint; empty if none is close."""
        method, _, path = endpoint.partition(" ")
        same_path = [key for key in self.exact if _similar(key).partition(" ")[2] == shape(path)]
        if same_path:
            return min(same_path, key=lambda key: (key.partition(" ")[0] != method, key))
        close = get_close_matches(endpoint, list(self.exact), n=1, cutoff=0.5)
        return close[0] if close else ""


def endpoints(heads: Iterable[OperationHead]) -> Endpoints:
    """The look-up for these operations."""
    exact = {head.key: head for head in heads}
    similar: dict[str, OperationHead] = {}
    ambiguous: set[str] = set()
    for key, head in sorted(exact.items()):
        form = _similar(key)
        if form in similar:
            ambiguous.add(form)
        similar[form] = head
    return Endpoints(exact, {form: head for form, head in similar.items() if form not in ambiguous})


def _similar(endpoint: str) -> str:
    method, _, path = endpoint.partition(" ")
    return f"{method.lower()} {shape(path)}"
