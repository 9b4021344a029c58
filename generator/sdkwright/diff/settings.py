"""The policy file of a team: severities, grace periods, and changes that were accepted."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from sdkwright import source
from sdkwright.diagnostics import Location
from sdkwright.diff.levels import Level
from sdkwright.diff.policy import STABILITIES, Policy
from sdkwright.diff.rules import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from sdkwright.diagnostics import Diagnostics
    from sdkwright.limits import Limits


def _rule(name: object) -> object:
    if name not in RULES:
        raise ValueError(f"there is no rule {name!r}")
    return name


def _acceptable(name: object) -> object:
    return name if name in _PACKAGE else _rule(name)


def _level(name: object) -> object:
    if not isinstance(name, str) or name.upper() not in Level.__members__:
        raise ValueError("a level is none, patch, minor, warning or major")
    return Level[name.upper()]


RuleId = Annotated[str, BeforeValidator(_rule)]
_PACKAGE: Final = ("python", "config", "generator")
"""Cards about the package alone have these in place of a rule, and a symbol in place of a pointer."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Acceptance(_Section):
    """A change that somebody accepted: every finding of `rule` on the card at `pointer`.

    After `expires` it counts again, and the entry is reported; so is one that nothing matches.
    """

    rule: Annotated[str, BeforeValidator(_acceptable)]
    pointer: str
    reason: str = Field(min_length=1)
    author: str = Field(min_length=1)
    expires: datetime.date | None = None


class Settings(_Section):
    """A policy file.

    `severity` has levels by rule, none to switch one off; `grace` days by stability; `unstable` the stabilities in
    which anything may change; `soften_deprecated` whether what was deprecated may go.
    """

    severity: dict[RuleId, Annotated[Level, BeforeValidator(_level)]] = {}
    grace: dict[str, int] = {}
    unstable: tuple[str, ...] = STABILITIES[:2]
    soften_deprecated: bool = True
    accept: tuple[Acceptance, ...] = ()

    def policy(self, today: datetime.date) -> Policy:
        """The part of it that decides levels."""
        return Policy(today, self.grace, frozenset(self.unstable), self.soften_deprecated, self.severity)


def load_settings(path: Path, limits: Limits, diagnostics: Diagnostics) -> Settings:
    """Read a policy file, YAML or JSON. Raises `Refusal` with every fault located."""
    data, text = source.load(path, str(path), limits, diagnostics, {})
    try:
        return Settings.model_validate(data)
    except ValidationError as error:
        for fault in error.errors():
            where = Location(str(path)).child(*fault["loc"])
            diagnostics.error("policy/invalid", fault["msg"].removeprefix("Value error, "), where)
        line, _ = text.position("")
        raise diagnostics.refuse(
            "policy/invalid", f"the policy cannot be used (from line {line})", Location(str(path)),
            "see docs/diff-policy.md",
        ) from None  # fmt: skip
