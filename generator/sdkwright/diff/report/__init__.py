"""A review in the formats that people and machines read. No format holds a decision."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from sdkwright.diff.report import changelog, github, html, json, junit, markdown, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sdkwright.diff.review import Review

__all__ = ["FORMATS", "JOINED"]

FORMATS: Final[Mapping[str, Callable[[Review], str]]] = MappingProxyType({
    "text": text.render, "json": json.render, "markdown": markdown.render, "html": html.render,
    "changelog": changelog.render, "github": github.render, "sarif": sarif.render, "junit": junit.render,
})  # fmt: skip
"""Each format by the name that `--format` takes."""

JOINED: Final[Mapping[str, Callable[[Sequence[Review]], str]]] = MappingProxyType({
    "text": text.join, "json": json.join, "markdown": markdown.join, "html": html.join,
    "changelog": changelog.join, "github": github.join, "sarif": sarif.join, "junit": junit.join,
})  # fmt: skip
"""The same for the reviews of several APIs."""
