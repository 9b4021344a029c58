"""How pages, streams and credentials look on the wire: `pagination`, `streaming`, `security_schemes`."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, JsonValue, field_validator

from sdkwright.config.section import Section
from sdkwright.config.values import HeaderName, Line, Name, listed

Purpose = Literal[
    "items",
    "has_next_page",
    "next_cursor_param",
    "next_cursor_field",
    "previous_cursor_param",
    "previous_cursor_field",
    "cursor_item_id",
    "next_cursor_id_param",
    "previous_cursor_id_param",
    "cursor_url_field",
    "page_number_param",
    "current_page_number_field",
    "total_page_count_field",
    "offset_total_count_field",
    "offset_count_start_field",
    "offset_count_param",
]


class PaginationProperty(Section):
    """What a parameter or field is for (`x-stainless-pagination-property`)."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"required"})

    purpose: Purpose | None = None
    is_top_level_array: bool = False
    """Whether the response is the list of items itself."""
    from_header: HeaderName | None = None
    required: bool = False


class PaginationField(Section):
    """One parameter or field of a pagination scheme: a small schema and what it is for."""

    no_effect: ClassVar[frozenset[str]] = frozenset(
        {"title", "description", "format", "default", "example", "minimum", "maximum", "enum"}
    )

    type: str | list[str] | None = None
    nullable: bool = False
    items: JsonValue = None
    properties: dict[str, PaginationField] = Field(default={})
    required: list[str] = Field(default=[])
    role: PaginationProperty = Field(default=PaginationProperty(), alias="x-stainless-pagination-property")


class PaginationScheme(Section):
    """One kind of page: the class it becomes, and how a method that returns it is recognised."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"description"})

    name: Name = "page"
    type: Literal["cursor", "cursor_id", "cursor_url", "offset", "page_number", "fake_page"]
    request: dict[str, PaginationField] = Field(default={})
    response: dict[str, PaginationField] = Field(default={})
    param_location: Literal["query", "body"] = "query"


class EventRule(Section):
    """What is done with a server-sent event. The first rule that fits an event decides."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"kind"})

    kind: Literal["event_type", "data_starts_with", "fallthrough"] | None = None
    event_type: tuple[Line, ...] | None = None
    """Names of events; None fits every name."""
    data_starts_with: Line | None = None
    handle: Literal["yield", "done", "error", "ignore", "skip"]
    error_property: Line | None = None
    """The property of the data that, where it is present, makes the event an error."""

    @field_validator("event_type", mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return listed(value)


class Streaming(Section):
    """Which events of a stream end it, fail it or are handed on."""

    no_effect: ClassVar[frozenset[str]] = frozenset({"sse"})

    on_event: tuple[EventRule, ...] = ()


SecuritySchemes = dict[str, dict[str, JsonValue]]
"""Security scheme objects (OpenAPI 3.1, 4.8.27) that stand in for those of the document."""
