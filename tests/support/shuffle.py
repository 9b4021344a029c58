"""The same document with its keys in another order, which must not matter."""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, cast

from sdkwright.diagnostics import Diagnostics
from sdkwright.limits import Limits
from sdkwright.source import load
from support.golden import Case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def shuffled(case: Case, target: Path, seed: int) -> Case:
    """A copy of the case in `target` with the keys of all documents shuffled; config and overlays stay."""
    generator = random.Random(seed)
    for path in sorted(case.directory.rglob("*")):
        relative = path.relative_to(case.directory)
        if not path.is_file() or relative.parts[0] in {"expected", "diagnostics.txt"}:
            continue
        copy = target / case.name / relative
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.name == "sdk.yaml" or path.name.startswith("overlay"):
            shutil.copyfile(path, copy)
        else:
            data, _ = load(path, path.name, Limits(), Diagnostics(), {})
            copy.write_text(json.dumps(_shuffle(data, generator)), encoding="utf-8")
    return Case(target / case.name)


def _shuffle(node: object, generator: random.Random) -> object:
    if isinstance(node, dict):
        items = list(cast("Mapping[str, object]", node).items())
        generator.shuffle(items)
        return {key: _shuffle(value, generator) for key, value in items}
    if isinstance(node, list):
        return [_shuffle(value, generator) for value in cast("list[object]", node)]
    return node
