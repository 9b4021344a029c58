"""Nothing reaches output unquoted: neither through the environment nor through what a template says."""

from __future__ import annotations

import re

import jinja2
import pytest
from sdkwright.render.environment import UnquotedValue, environment, templates_root
from sdkwright.text import Code

TEMPLATES = sorted((templates_root() / "package").glob("*.jinja"))


def test_a_bare_string_is_refused() -> None:
    with pytest.raises(UnquotedValue, match="str"):
        environment().from_string("{{ value }}").render(value="text")


@pytest.mark.parametrize("expression", ["value ~ value", "value.upper()", "value | upper", "[value] | join", "'x'"])
def test_what_a_template_makes_of_code_is_not_code(expression: str) -> None:
    with pytest.raises(UnquotedValue):
        environment().from_string(f"{{{{ {expression} }}}}").render(value=Code("text"))


def test_an_undefined_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ plan.nothing }}").render(plan=object())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_print_attributes_and_decide_nothing(path: object) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]  # a Path
    for expression in re.findall(r"\{\{(.*?)\}\}", text, re.DOTALL):
        assert re.fullmatch(r"\s*\w+(\.\w+|\[\d\])*\s*", expression), expression
    for statement in re.findall(r"\{%(.*?)%\}", text, re.DOTALL):
        assert re.fullmatch(
            r"\s*(for \w+(, \w+)? in [\w.]+|(el)?if \w+(\.\w+)*|else|endfor|endif|include \"\w+\.jinja\")\s*", statement
        ), statement
