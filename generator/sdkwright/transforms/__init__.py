"""Stage 2, second half: the changes that a config asks for, `openapi.transforms`.

They apply to the root document as its owner publishes it, after overlays and before references are resolved and
versions are made equal: their expressions are written against that text, so later shapes would not match them. Parts
of a document that stand in other files are not reached.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from sdkwright.transforms import commands, editing
from sdkwright.transforms.work import Work

if TYPE_CHECKING:
    from sdkwright.config import Config
    from sdkwright.diagnostics import Diagnostics
    from sdkwright.source import SourceDocument


def apply(document: SourceDocument, config: Config, diagnostics: Diagnostics) -> SourceDocument:
    """The document with the config's transforms applied, each to what the ones before it left.

    A transform whose target matches nothing, or nothing that it could change, is a warning; an argument that cannot be
    used is an error. Both are located in the config.
    """
    sections = {name: getattr(config.openapi, name) for name in ("transformations", "transforms")}
    if not any(sections.values()):
        return document
    data = cast("dict[str, object]", editing.unshared(document.data))
    for name, transforms in sections.items():
        for number, transform in enumerate(transforms):
            commands.run(transform, Work(data, config.locate("openapi", name, number, "args"), diagnostics))
    return replace(document, data=data)
