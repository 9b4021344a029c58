"""A review as one page that needs nothing else: its style and script are inside, and a policy forbids all others."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup
from sdkwright import __version__
from sdkwright.diff.report.page import AUDIENCE_NAMES, page
from sdkwright.render.environment import templates_root
from sdkwright.report import sanitise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdkwright.diff.review import Review

_QUOTED: Final = re.compile(r"`([^`]+)`")


def render(result: Review) -> str:
    """The page of one review."""
    return join([result])


def join(results: Sequence[Review]) -> str:
    """The page of several reviews."""
    folder = templates_root() / "report"
    style, script = (folder.joinpath(name).read_text("utf-8") for name in ("review.css", "review.js"))
    return _environment().get_template("review.html.jinja").render(
        page=page(results), audiences=AUDIENCE_NAMES, version=__version__, style=Markup(style), script=Markup(script),
        style_hash=_hash(style), script_hash=_hash(script),
    )  # fmt: skip


def _hash(text: str) -> str:
    """How a content security policy names an inline style or script (CSP 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _environment() -> jinja2.Environment:
    """Everything printed is escaped, and made harmless to whoever reads it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_root() / "report"),
        undefined=jinja2.StrictUndefined,
        finalize=_harmless,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ticks"] = _ticks
    return environment


def _harmless(value: object) -> object:
    return sanitise(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _ticks(text: str) -> Markup:
    """Text whose parts between backticks are code."""
    parts = _QUOTED.split(sanitise(text))
    return Markup().join(
        Markup("<code>{}</code>").format(part) if number % 2 else Markup.escape(part)
        for number, part in enumerate(parts)
    )  # fmt: skip
