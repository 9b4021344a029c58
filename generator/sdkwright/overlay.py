"""Stage 2: OpenAPI Overlays change the root document before anything else looks at it.

https://spec.openapis.org/overlay/v1.0.0.html, with `copy` and primitive targets of 1.1. The JSONPath library
is imported only when there is an overlay.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, cast

from sdkwright import pointers, source
from sdkwright.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits
    from sdkwright.source import SourceDocument, SourceText

_Steps = tuple[str | int, ...]


def apply(
    document: SourceDocument, overlay: Path, limits: Limits, diagnostics: Diagnostics,
    texts: dict[str, SourceText] | None = None,
) -> SourceDocument:  # fmt: skip
    """Apply one overlay file to a document, which is changed in place and returned.

    An action whose target matches nothing is a warning; one that cannot be carried out is an error. Raises
    `Refusal` for a file that is no overlay.
    """
    data, text = source.load(overlay, str(overlay), limits, diagnostics, {} if texts is None else texts)
    location = Location(text.name)
    content = cast("dict[str, object]", data) if isinstance(data, dict) else {}
    actions = content.get("actions")
    if not str(content.get("overlay", "")).startswith("1.") or not isinstance(actions, list):
        raise diagnostics.refuse(
            "overlay/not-overlay",
            "this is not an OpenAPI Overlay 1.x document",
            location,
            "it needs `overlay: 1.0.0` and a list of `actions`",
        )
    added = 0
    for number, action in enumerate(cast("list[object]", actions)):
        place = location.child("actions", number)
        added += _apply(document.data, action, place, limits.expanded_nodes - added, diagnostics)
    return document


def _apply(document: dict[str, object], action: object, location: Location, room: int, diagnostics: Diagnostics) -> int:
    """Carry out one action, which may add as many nodes as there is room for; returns how many it added at most."""
    fields = cast("dict[str, object]", action) if isinstance(action, dict) else {}
    target = fields.get("target")
    if not isinstance(target, str):
        diagnostics.error("overlay/action", "an action needs a `target`", location, "add a JSONPath expression")
        return 0
    matches = _find(target, document, location.child("target"), diagnostics)
    if matches is None:
        return 0
    if not matches:
        diagnostics.warning(
            "overlay/no-match",
            f"the target {target} matches nothing",
            location.child("target"),
            "correct the expression, or remove the action",
        )
    elif fields.get("remove") is True:
        _remove(document, matches, location, diagnostics)
    elif "copy" in fields or "update" in fields:
        value = fields.get("update")
        if "copy" in fields:
            value = _source(document, str(fields["copy"]), location, diagnostics)
        added = _size(value, room) * len(matches)
        if added > room:
            raise diagnostics.refuse(
                "limit/nodes", "the actions up to this one add too many nodes to the document", location,
                "raise the limit if this is meant",
            )  # fmt: skip
        if value is not pointers.MISSING:
            for steps in matches:
                _update(document, steps, value)
        return added
    return 0


def _size(value: object, room: int) -> int:
    """The nodes of a value, counted until there is no more room."""
    pending, count = [value], 0
    while pending and count <= room:
        node = pending.pop()
        count += 1
        if pointers.is_object(node):
            pending += node.values()
        elif pointers.is_array(node):
            pending += node
    return count


def _find(
    expression: str, document: dict[str, object], location: Location, diagnostics: Diagnostics
) -> list[_Steps] | None:
    """The ways to all nodes that a JSONPath expression (RFC 9535) selects; None if it is not valid."""
    from jsonpath import JSONPathEnvironment, JSONPathError

    try:
        return [match.parts for match in JSONPathEnvironment(strict=True).finditer(expression, document)]
    except (JSONPathError, RecursionError, ValueError, LookupError) as error:  # the library lets some through
        # Its `str` looks for the place in the expression, and fails if that is empty.
        reason = str(error.args[0] if error.args else "").partition("\n")[0]
        diagnostics.error(
            "overlay/target",
            f"{expression} is not a valid JSONPath expression: {reason}",
            location,
            "see RFC 9535 for the syntax",
        )
        return None


def _remove(
    document: dict[str, object],
    matches: Sequence[_Steps],
    location: Location,
    diagnostics: Diagnostics,
) -> None:
    """Remove nodes, the later items of an array first, so that the positions of the others stay true."""
    for steps in sorted(matches, key=lambda way: [(type(step) is str, step) for step in way], reverse=True):
        if not steps:
            diagnostics.error("overlay/remove", "the whole document cannot be removed", location)
            return
        parent = pointers.follow(document, pointers.join(steps[:-1]))
        if isinstance(parent, dict):
            cast("dict[str, object]", parent).pop(cast("str", steps[-1]), None)
        elif isinstance(parent, list):
            del cast("list[object]", parent)[cast("int", steps[-1])]


def _source(document: dict[str, object], expression: str, location: Location, diagnostics: Diagnostics) -> object:
    """What `copy` selects; `MISSING`, after an error, unless that is one node."""
    sources = _find(expression, document, location.child("copy"), diagnostics)
    if sources is None:
        return pointers.MISSING
    if len(sources) != 1:
        diagnostics.error(
            "overlay/copy",
            f"`copy` must select one node; {expression} selects {len(sources)}",
            location.child("copy"),
            "make the expression select one node",
        )
        return pointers.MISSING
    return pointers.follow(document, pointers.join(sources[0]))


def _update(document: dict[str, object], steps: _Steps, value: object) -> None:
    """Merge into an object, append to an array, replace anything else."""
    node = pointers.follow(document, pointers.join(steps))
    if pointers.is_object(node) and pointers.is_object(value):
        _merge(node, copy.deepcopy(value))
    elif isinstance(node, list):
        items = cast("list[object]", node)
        added = copy.deepcopy(value)
        items.extend(cast("list[object]", added) if isinstance(added, list) else [added])
    elif steps:
        parent = cast("dict[str | int, object]", pointers.follow(document, pointers.join(steps[:-1])))
        parent[steps[-1]] = copy.deepcopy(value)


def _merge(target: dict[str, object], update: dict[str, object]) -> None:
    for key, value in update.items():
        present = target.get(key)
        if isinstance(present, dict) and isinstance(value, dict):
            _merge(cast("dict[str, object]", present), cast("dict[str, object]", value))
        elif isinstance(present, list) and isinstance(value, list):
            cast("list[object]", present).extend(cast("list[object]", value))
        else:
            target[key] = value
