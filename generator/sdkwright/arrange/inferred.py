"""The tree of a document without a config."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sdkwright.arrange.by_path import by_path
from sdkwright.arrange.grouped import by_operation_id
from sdkwright.arrange.lexicon import PREDICATES
from sdkwright.arrange.placing import Placement, build
from sdkwright.arrange.repeats import told_apart, without_counters

if TYPE_CHECKING:
    from sdkwright.arrange.head import OperationHead
    from sdkwright.ir.tree import ResourceNode
    from sdkwright.words import Casing

_QUESTIONS = {(word,) for word in PREDICATES}


def infer(heads: tuple[OperationHead, ...], casing: Casing, taken: frozenset[str]) -> ResourceNode:
    """A tree with every operation in it.

    What the document says itself (`resource`, `name` of a head) comes first, then operationIds that name their
    groups, then the paths. Adding an operation renames no other, save in three cases: a part becomes a collection
    (`retrieve_poster` is `poster.retrieve` once a PUT joins the GET), a path comes that lacks the prefix which all
    others share, operationIds with groups cross the four of five that make them count.
    """
    told = [_told(head, casing) for head in heads if head.resource]
    rest = without_counters(tuple(head for head in heads if not head.resource))
    grouped = by_operation_id(rest, casing) or ()
    placed = {placement.head.key for placement in grouped}
    paths = by_path(tuple(head for head in rest if head.key not in placed), casing)
    inferred = told_apart((*grouped, *(_renamed(placement, casing) for placement in paths)), casing)
    return build([*told, *inferred], casing, taken)


def _told(head: OperationHead, casing: Casing) -> Placement:
    path = tuple(casing.snake(part) for part in head.resource.split(".") if casing.words(part))
    return Placement(path, (casing.snake(head.name or head.operation_id or head.method),), head)


def _renamed(placement: Placement, casing: Casing) -> Placement:
    """The placement with the method name that the document asks for: outright, or by a question (`isSealed`)."""
    head = placement.head
    name = casing.snake(head.name)
    if not name and head.method == "get" and casing.words(head.operation_id)[:1] in _QUESTIONS:
        name = casing.snake(head.operation_id)
    return replace(placement, names=(name, *placement.names)) if name else placement
