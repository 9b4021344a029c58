"""A review in the formats that people and machines read. No format holds a decision."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright.diff.report import github, json, junit, markdown, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sdkwright.diff.review import Review

__all__ = ["FORMATS"]

FORMATS: Final[Mapping[str, Callable[[Review], str]]] = MappingProxyType({
    "text": text.render, "json": json.render, "markdown": markdown.render, "github": github.render,
    "sarif": sarif.render, "junit": junit.render,
})  # fmt: skip
"""Each format by the name that `--format` takes."""
