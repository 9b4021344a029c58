"""Parts of documents that are too large to be judged a thousand times: a few paths and all that they refer to."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sdkwright import pipeline
from sdkwright.config import Config
from sdkwright.diagnostics import Diagnostics
from sdkwright.pipeline import Options, Run
from sdkwright.pointers import split

PATHS: Final = 6
"""Path items of a part, and webhooks."""

_GROUPS: Final = {"components": 3, "definitions": 2}
"""Where components stand, and how many steps lead to one."""


def whole(path: Path, root: Path) -> Any:
    """A document as data, in one piece: with what it refers to in other files below `root`."""
    return pipeline._read(path, Options(roots=(root,)), Config(), Run(Diagnostics())).document


def parts(data: Any, count: int) -> Iterator[Any]:
    """So many parts of a document, always the same ones."""
    for number in range(count):
        dice = random.Random(number)
        part = {key: value for key, value in data.items() if key not in _GROUPS and not key.startswith("x-")}
        part |= {key: _sample(data[key], dice) for key in ("paths", "webhooks") if key in data}
        if schemes := data.get("components", {}).get("securitySchemes"):
            part["components"] = {"securitySchemes": schemes}
        _complete(part, data)
        yield part


def _sample(items: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    return {name: items[name] for name in dice.sample(sorted(items), min(PATHS, len(items)))}


def _complete(part: dict[str, Any], data: Any) -> None:
    """Take over what is referred to, and what that refers to."""
    pending: list[Any] = [part]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            target = node.get("$ref")
            if isinstance(target, str) and target.startswith("#/"):
                pending.append(_taken(part, data, split(target[1:])))
            pending += node.values()
        elif isinstance(node, list):
            pending += node


def _taken(part: dict[str, Any], data: Any, steps: list[str]) -> Any:
    """The component at a pointer, put where it is in the document; nothing if it has been, or is no component."""
    depth = _GROUPS.get(steps[0], 0)
    if not depth or len(steps) < depth:
        return None
    *groups, name = steps[:depth]
    for group in groups:
        data, part = data.get(group, {}), part.setdefault(group, {})
    if name in part or name not in data:
        return None
    part[name] = data[name]
    return part[name]
