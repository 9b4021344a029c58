"""Pagination that a document does not declare but its lists clearly share.

Only shapes whose every part has a usual name count, and of several for one kind the most common one wins: a list
that is not recognised is still a plain, complete response, while a wrong guess would send wrong requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sdkwright.ir.operations import Operation, ResponseKind
from sdkwright.ir.shapes import Shapes
from sdkwright.ir.types import Kind, ListOf, Scalar, Type
from sdkwright.pages.schemes import PageKind, PageProperty, PageScheme

_ITEMS = (
    "data",
    "items",
    "results",
    "records",
    "entries",
    "objects",
    "values",
    "elements",
    "nodes",
    "content",
)
_HAS_NEXT = ("has_more", "hasMore", "has_next", "hasNext", "has_next_page", "hasNextPage")
_CURSORS = {
    "after": ("last_id", "next_cursor", "nextCursor", "after", "end_cursor", "endCursor"),
    "cursor": ("next_cursor", "nextCursor", "next"),
    "starting_after": ("last_id", "next_cursor", "nextCursor"),
    "page_token": ("next_page_token",),
    "pageToken": ("nextPageToken",),
    "next_token": ("next_token",),
    "nextToken": ("nextToken",),
    "PageToken": ("next_page_token",),
    "continuation_token": ("continuation_token", "next_continuation_token"),
    "after_id": ("last_id",),
}
_PAGE_TOTALS = ("total_pages", "totalPages", "page_count", "pageCount", "pages", "last_page")
_OFFSETS = ("offset", "skip")
_TOTALS = ("total", "total_count", "totalCount", "count", "total_items", "totalItems")
_NAMES: dict[PageKind, str] = {
    "cursor": "cursor_page",
    "page_number": "page_number_page",
    "offset": "offset_page",
}


def infer_schemes(shapes: Shapes) -> tuple[PageScheme, ...]:
    """One scheme for each kind of paging that is found, that of the most lists."""
    found = Counter(shape for operation in shapes.api.operations if (shape := _shape(shapes, operation)) is not None)
    best: dict[str, PageScheme] = {}
    for shape, _ in sorted(found.items(), key=lambda pair: (-pair[1], repr(pair[0]))):
        best.setdefault(shape.kind, shape)
    return tuple(best[kind] for kind in _NAMES if kind in best)


def _shape(shapes: Shapes, operation: Operation) -> PageScheme | None:
    if operation.method.lower() != "get" or operation.response.kind is not ResponseKind.JSON:
        return None
    response = shapes.object_of(operation.response.type)
    if response is None:
        return None
    query = {argument.wire: argument.type for argument in operation.arguments if argument.place == "query"}
    fields = {field.wire: field.type for field in shapes.wire_fields(response)}
    lists = [wire for wire, type_ in fields.items() if any(isinstance(leaf, ListOf) for leaf in shapes.leaves(type_))]
    if len(lists) != 1 or lists[0] not in _ITEMS:
        return None
    items = PageProperty("items", (lists[0],), "array")
    return next(_candidates(shapes, query, fields, items), None)


def _candidates(
    shapes: Shapes, query: dict[str, Type], fields: dict[str, Type], items: PageProperty
) -> Iterator[PageScheme]:
    for param, next_fields in _CURSORS.items():
        found = next((field for field in next_fields if _is(shapes, fields.get(field), Kind.STRING)), None)
        if found and _is(shapes, query.get(param), Kind.STRING):
            response = (
                items,
                PageProperty("next_cursor_field", (found,)),
                *_has_next(shapes, fields),
            )
            yield _scheme("cursor", PageProperty("next_cursor_param", (param,)), *response)
    if _is(shapes, query.get("page"), Kind.INTEGER):
        total = next((field for field in _PAGE_TOTALS if _is(shapes, fields.get(field), Kind.INTEGER)), None)
        if total:
            totals = PageProperty("total_page_count_field", (total,), "integer")
            yield _scheme(
                "page_number",
                PageProperty("page_number_param", ("page",), "integer"),
                items,
                totals,
            )
    for param in _OFFSETS:
        total = next((field for field in _TOTALS if _is(shapes, fields.get(field), Kind.INTEGER)), None)
        if total and _is(shapes, query.get(param), Kind.INTEGER):
            totals = PageProperty("offset_total_count_field", (total,), "integer")
            yield _scheme("offset", PageProperty("offset_count_param", (param,), "integer"), items, totals)


def _scheme(kind: PageKind, param: PageProperty, *response: PageProperty) -> PageScheme:
    return PageScheme(_NAMES[kind], kind, (param,), response)


def _has_next(shapes: Shapes, fields: dict[str, Type]) -> tuple[PageProperty, ...]:
    found = next((field for field in _HAS_NEXT if _is(shapes, fields.get(field), Kind.BOOLEAN)), None)
    return (PageProperty("has_next_page", (found,), "boolean"),) if found else ()


def _is(shapes: Shapes, type_: Type | None, kind: Kind) -> bool:
    """Whether a type is one scalar, null apart."""
    if type_ is None:
        return False
    return [leaf for leaf in shapes.leaves(type_) if leaf != Scalar(Kind.NULL)] == [Scalar(kind)]
