"""What the README shows: `readme`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from sdkwright.config.section import Section
from sdkwright.config.values import Endpoint, Line


class ExampleRequest(Section):
    """A call that the README shows: an endpoint, and what it is called with."""

    type: Literal["request"] = "request"
    """What is shown: a call."""
    endpoint: Endpoint
    """The endpoint that is called."""
    params: dict[Line, JsonValue] = Field(default={})
    """Values by the names that parameters and properties have in the document; what is needed beside is made up."""


class Readme(Section):
    """The README."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"include_stainless_attribution"})

    example_requests: dict[Line, ExampleRequest] = Field(default={})
    """Calls by what they are for: `headline` comes first, `default` where there is none; `pagination` shows pages. An
    upload, a stream or a download is shown by whichever call is one."""
    include_stainless_attribution: bool | None = None
