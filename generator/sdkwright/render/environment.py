"""Jinja as this tool uses it: templates of our own, undefined names are errors, and only quoted values are printed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2

import sdkwright
from sdkwright.text import Code


class UnquotedValue(TypeError):  # noqa: N818  (it names the finding)
    """A template was about to print something that did not come through `sdkwright.text`."""


def templates_root() -> Path:
    """The folder of templates: inside the installed package, or beside `generator/` in a checkout."""
    package = Path(sdkwright.__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent.parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """The environment of `templates/package`; each template is compiled once per process."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_root() / "package"),
        undefined=jinja2.StrictUndefined,
        finalize=_quoted,
        autoescape=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def print_template(template: str, plan: object) -> str:
    """A template of `templates/package`, by its name without `.jinja`, printed with a plan."""
    return environment().get_template(f"{template}.jinja").render(plan=plan)


def _quoted(value: object) -> object:
    if isinstance(value, (Code, int, jinja2.Undefined)):  # printing an undefined name raises by itself
        return value
    raise UnquotedValue(f"a template printed {type(value).__name__} {value!r:.80} instead of quoted code")
