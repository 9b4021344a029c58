"""JSON text to plain data, with the C parser and the rules that it does not have."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, cast

from sdkwright.source.brackets import too_deep_at
from sdkwright.source.faults import Fault
from sdkwright.source.json_faults import syntax_fault
from sdkwright.source.loaded import Loaded

if TYPE_CHECKING:
    from sdkwright.limits import Limits


def load_json(text: str, limits: Limits) -> Loaded:
    """The data of a JSON text (RFC 8259).

    Raises `Fault` for text that is not JSON, for NaN, Infinity and numbers that are too long, and for
    nesting deeper than `limits.depth`.
    """
    duplicated = False

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal duplicated
        result = dict(members)
        duplicated |= len(result) != len(members)
        return result

    def integer(literal: str) -> int:
        if len(literal) > limits.number_digits:
            raise number_fault(literal[:40], text.find(literal), limits)
        return int(literal)

    def real(literal: str) -> float:
        value = float(literal)
        if len(literal) > limits.number_digits or not math.isfinite(value):
            raise number_fault(literal[:40], text.find(literal), limits)
        return value

    def constant(literal: str) -> object:
        raise number_fault(literal, text.find(literal), limits)

    try:
        data: object = json.loads(
            text,
            object_pairs_hook=pairs,
            parse_int=integer,
            parse_float=real,
            parse_constant=constant,
        )
    except json.JSONDecodeError as error:
        raise syntax_fault(text, error) from None
    except RecursionError:
        raise depth_fault(limits, too_deep_at(text, limits.depth)) from None
    _check_size(data, text, limits)
    return Loaded(data, duplicated)


def number_fault(literal: str, offset: int, limits: Limits) -> Fault:
    """The refusal of a number that is not finite or too long."""
    return Fault(
        "source/number",
        f"the number {literal} is not finite or has more than {limits.number_digits} digits",
        offset=offset,
        hint="write it as a string, or leave it out",
    )


def depth_fault(limits: Limits, offset: int = -1, pointer: str = "") -> Fault:
    """The refusal of a document that nests too deeply."""
    return Fault(
        "limit/depth", f"objects and arrays are nested deeper than {limits.depth} levels",
        offset=offset, pointer=pointer, hint="raise the limit if the document is meant to be like this",
    )  # fmt: skip


def _check_size(data: object, text: str, limits: Limits) -> None:
    """Count levels and nodes, one level of the tree at a time."""
    level, depth, nodes = [data], 0, 0
    while level:
        depth += 1
        if depth > limits.depth + 1:
            raise depth_fault(limits, too_deep_at(text, limits.depth))
        below: list[object] = []
        for node in level:
            if isinstance(node, dict):
                values = list(cast("dict[str, object]", node).values())
            elif isinstance(node, list):
                values = cast("list[object]", node)
            else:
                continue
            nodes += len(values)
            below += [value for value in values if type(value) is dict or type(value) is list]
        if nodes > limits.expanded_nodes:
            raise Fault("limit/nodes", f"the document has more than {limits.expanded_nodes:,} nodes")
        level = below
