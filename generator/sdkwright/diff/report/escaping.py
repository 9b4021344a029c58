"""Text of a document in Markdown: it is shown, and does nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sdkwright.diff.report.words import flat

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL = re.compile(r"([\\`*\[\]<>#|~@&]|(?<!\w)_|_(?!\w))")
_QUOTED = re.compile(r"`([^`]+)`")
_RUN = re.compile(r"~+")


def plain(text: str, *, code: bool = False) -> str:
    """Text that Markdown, HTML and mentions leave alone; with `code`, what stands between backticks stays code."""
    if code:
        parts = _QUOTED.split(flat(text))
        return "".join(f"`{part}`" if number % 2 else _escaped(part) for number, part in enumerate(parts))
    return _escaped(flat(text))


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\1", text)
    for acting, shown in (("\\<", "&lt;"), ("\\>", "&gt;"), ("\\@", "&#64;"), ("://", "&#58;//"), ("www.", "www&#46;")):
        text = text.replace(acting, shown)
    return text


def inside_html(text: str) -> str:
    """Text inside an element of HTML."""
    return flat(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;")


def code(text: str) -> str:
    """Text as code within a line."""
    return f"`{flat(text).replace('`', chr(39))}`"


def fenced(lines: Iterable[str], language: str) -> list[str]:
    """Lines as a block of code, whose fence is longer than any that they hold."""
    content = [flat(line) for line in lines]
    fence = "~" * max(4, *(len(run) + 1 for line in content for run in _RUN.findall(line)), 4)
    return [f"{fence}{language}", *content, fence]
