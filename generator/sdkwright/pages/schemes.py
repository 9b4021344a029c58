"""Ways in which lists are paged: those of a config, in the form in which inferred ones come too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import JsonValue

from sdkwright.config import PaginationField, PaginationScheme

PageKind = Literal["cursor", "cursor_id", "cursor_url", "offset", "page_number", "fake_page"]

_USUAL: Mapping[str, str] = {
    "data": "items",
    "items": "items",
    "results": "items",
    "has_more": "has_next_page",
    "cursor": "next_cursor_param",
    "after": "next_cursor_param",
    "page_token": "next_cursor_param",
    "next_cursor": "next_cursor_field",
    "next_page_token": "next_cursor_field",
    "next_url": "cursor_url_field",
    "page": "page_number_param",
    "total_pages": "total_page_count_field",
    "offset": "offset_count_param",
    "total": "offset_total_count_field",
}
"""What a property is for when a config does not say: by its usual name."""


@dataclass(frozen=True, slots=True)
class PageProperty:
    """A property of a page's request or response.

    `path` has more than one step for a nested property and none where the response is the list itself.
    `header` is set for a value that stands in a response header.
    """

    purpose: str
    path: tuple[str, ...]
    type: str = "string"
    header: str | None = None

    @property
    def is_field(self) -> bool:
        """Whether it is a field of the body: not the whole of it, and not a header."""
        return self.header is None and bool(self.path)


@dataclass(frozen=True, slots=True)
class PageScheme:
    """One way of paging. `in_body` says that its parameters are sent in the body, not in the query."""

    name: str
    kind: PageKind
    request: tuple[PageProperty, ...]
    response: tuple[PageProperty, ...]
    in_body: bool = False

    def param(self, *purposes: str) -> PageProperty | None:
        """The request property with one of the purposes."""
        return next((item for item in self.request if item.purpose in purposes), None)

    def field(self, *purposes: str) -> PageProperty | None:
        """The response property with one of the purposes."""
        return next((item for item in self.response if item.purpose in purposes), None)


def from_config(scheme: PaginationScheme) -> PageScheme:
    """A scheme of a config."""
    return PageScheme(
        scheme.name,
        scheme.type,
        tuple(_properties(scheme.request, scheme.type)),
        tuple(_properties(scheme.response, scheme.type)),
        in_body=scheme.param_location == "body",
    )


def _properties(
    fields: Mapping[str, PaginationField], kind: PageKind, above: tuple[str, ...] = ()
) -> Iterator[PageProperty]:
    for name, field in fields.items():
        path = (*above, name)
        if field.properties:
            yield from _properties(field.properties, kind, path)
        purpose = field.role.purpose or _USUAL.get(name)
        if kind == "cursor_id" and purpose == "next_cursor_param":
            purpose = "next_cursor_id_param"
        if purpose:
            top = purpose == "items" and field.role.is_top_level_array
            yield PageProperty(purpose, () if top else path, _type(field), field.role.from_header)
        if purpose == "items" and (item_id := _item_id(field.items)):
            yield PageProperty("cursor_item_id", (item_id,))


def _item_id(items: JsonValue) -> str | None:
    """The property of an item that identifies it, where the scheme of a config describes the items too."""
    properties = items.get("properties") if isinstance(items, dict) else None
    for name, field in properties.items() if isinstance(properties, dict) else ():
        role = field.get("x-stainless-pagination-property") if isinstance(field, dict) else None
        if isinstance(role, dict) and role.get("purpose") == "cursor_item_id":
            return name
    return None


def _type(field: PaginationField) -> str:
    types = field.type if isinstance(field.type, list) else [field.type]
    return next((name for name in types if name and name != "null"), "string")
