"""`sdkwright init --from`: a config is taken over as it is, and stays recognised under its new name."""

from __future__ import annotations

import pytest
import yaml
from sdkwright.config import parse
from sdkwright.config.dialect import INHERITED
from sdkwright.diagnostics import Diagnostics
from sdkwright.inheritance import EDITION, inherited_config

BODY = "organization: {name: acme} # ours\nresources: {}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, EDITION + BODY),
        (f"---\n{BODY}", f"---\n{EDITION}{BODY}"),
        (f"# Acme\n{BODY}", f"{EDITION}# Acme\n{BODY}"),
    ],
)
def test_a_config_that_only_its_name_told_gets_an_edition(text: str, expected: str) -> None:
    assert inherited_config(yaml.safe_load(text), text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"edition: python.2025-10-10\n{BODY}",
        f"# yaml-language-server: $schema=https://app.stainless.com/config.schema.json\n{BODY}",
    ],
)
def test_a_config_that_says_itself_what_it_is_stays_as_it_was(text: str) -> None:
    assert inherited_config(yaml.safe_load(text), text) == text


@pytest.mark.parametrize("text", [BODY, f"---\n{BODY}", f"# Acme\n{BODY}", f"edition: python.2025-10-10\n{BODY}"])
def test_the_config_keeps_the_surface_under_its_new_name(text: str) -> None:
    taken = inherited_config(yaml.safe_load(text), text)
    assert parse(yaml.safe_load(taken), "sdk.yaml", Diagnostics(), taken).dialect == INHERITED
