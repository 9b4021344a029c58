"""Which lists page, and what the page classes do."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sdkwright.config import Config
from sdkwright.ir.api import Api
from sdkwright.ir.models import Object
from sdkwright.ir.shapes import Shapes
from sdkwright.ir.tree import MethodNode, ResourceNode
from sdkwright.ir.types import NULL, STRING, ListOf, Named, Type, union
from sdkwright.pages import Pages
from sdkwright.pages.infer import infer_schemes
from unit.render.conftest import imported
from unit.render.test_generated import Server, client_of
from unit.render.tiny import API, BOOLEAN, INTEGER, NAMES, TREE, field, item, json, operation, parameter

LIST = MethodNode("list", "get /x")


def an_api(fields: dict[str, Type], query: dict[str, Type]) -> Api:
    """An API of one list operation with these response fields and query parameters."""
    listed = operation(
        "get /x", *(parameter(name, "query", type_) for name, type_ in query.items()), response=json(Named("Page"))
    )
    page = item("Page", *(field(name, type_, required=False) for name, type_ in fields.items()))
    return replace(API, operations=(listed,), declarations={"Page": page})


def pages(config: Config, fields: dict[str, Type], query: dict[str, Type], method: MethodNode = LIST) -> Pages:
    """What pages in that API, whose only resource has this method."""
    return Pages.of(an_api(fields, query), ResourceNode("", children=(ResourceNode("x", methods=(method,)),)), config)


ITEMS = ListOf(STRING)
LISTS: list[tuple[str, dict[str, Type], dict[str, Type]]] = [
    ("cursor", {"data": ITEMS, "next_cursor": union(STRING, NULL)}, {"cursor": STRING, "limit": INTEGER}),
    ("cursor", {"data": ITEMS, "last_id": STRING, "has_more": BOOLEAN}, {"after": STRING}),
    ("cursor", {"items": ITEMS, "nextPageToken": STRING}, {"pageToken": STRING}),
    ("page_number", {"results": ITEMS, "total_pages": INTEGER}, {"page": INTEGER}),
    ("offset", {"items": ITEMS, "total": INTEGER}, {"offset": INTEGER, "limit": INTEGER}),
]
NO_LISTS: list[tuple[dict[str, Type], dict[str, Type]]] = [
    ({"data": ITEMS, "next_cursor": STRING}, {}),
    ({"data": ITEMS}, {"cursor": STRING}),
    ({"data": ITEMS, "others": ITEMS, "next_cursor": STRING}, {"cursor": STRING}),
    ({"data": STRING, "next_cursor": STRING}, {"cursor": STRING}),
    ({"things": ITEMS, "next_cursor": STRING}, {"cursor": STRING}),
    ({"data": ITEMS, "next_cursor": INTEGER}, {"cursor": STRING}),
    ({"data": ITEMS}, {"page": INTEGER}),
]


@pytest.mark.parametrize(("kind", "fields", "query"), LISTS)
def test_a_list_of_a_usual_shape_pages_without_a_config(
    kind: str, fields: dict[str, Type], query: dict[str, Type]
) -> None:
    found = pages(Config(), fields, query)
    assert [scheme.kind for scheme in found.schemes] == [kind]
    match = found.match(LIST)
    assert match is not None
    assert match.item == STRING


@pytest.mark.parametrize(("fields", "query"), NO_LISTS)
def test_a_list_of_another_shape_is_a_plain_response(fields: dict[str, Type], query: dict[str, Type]) -> None:
    assert infer_schemes(Shapes(an_api(fields, query))) == ()


def test_a_config_without_schemes_turns_inference_off() -> None:
    assert pages(Config.model_validate({"pagination": []}), LISTS[0][1], LISTS[0][2]).matches == {}


def test_a_method_that_is_configured_as_not_paginated_does_not_page() -> None:
    assert pages(Config(), LISTS[0][1], LISTS[0][2], replace(LIST, paginated=False)).matches == {}


def test_a_whole_list_becomes_a_page_only_where_it_is_called_list_or_the_config_says_so() -> None:
    config = Config.model_validate({"pagination": [{"name": "all", "type": "fake_page", "response": {"data": {}}}]})
    assert pages(config, {"data": ITEMS}, {}).matches
    assert not pages(config, {"data": ITEMS}, {}, replace(LIST, name="search")).matches


def purpose(name: str, type_: str = "string") -> dict[str, Any]:
    return {"type": type_, "x-stainless-pagination-property": {"purpose": name}}


def array() -> dict[str, Any]:
    return purpose("items", "array")


SCHEMES: dict[str, tuple[dict[str, Any], list[Any], list[bytes]]] = {
    "cursor, nested": (
        {
            "type": "cursor",
            "request": {"cursor": purpose("next_cursor_param")},
            "response": {
                "data": array(),
                "meta": {"type": "object", "properties": {"nextCursor": purpose("next_cursor_field")}},
            },
        },
        [{"data": [{}], "meta": {"nextCursor": "c2"}}, {"data": [{}], "meta": None}],
        [b"", b"cursor=c2"],
    ),
    "cursor, in a header": (
        {
            "type": "cursor",
            "request": {"cursor": purpose("next_cursor_param")},
            "response": {
                "data": array(),
                "next": {
                    "type": "string",
                    "x-stainless-pagination-property": {"purpose": "next_cursor_field", "from_header": "X-Next"},
                },
            },
        },
        [httpx2.Response(200, json={"data": [{}]}, headers={"X-Next": "c2"}), {"data": [{}]}],
        [b"", b"cursor=c2"],
    ),
    "cursor_id": (
        {
            "type": "cursor_id",
            "request": {"cursor": purpose("next_cursor_id_param")},
            "response": {"data": array(), "has_more": purpose("has_next_page", "boolean")},
        },
        [{"data": [{"id": "a"}], "has_more": True}, {"data": [{"id": "b"}], "has_more": False}],
        [b"", b"cursor=a"],
    ),
    "cursor_url": (
        {"type": "cursor_url", "response": {"data": array(), "next_cursor": purpose("cursor_url_field")}},
        [{"data": [{}], "next_cursor": "/v1/pets?page=2"}, {"data": [{}]}],
        [b"", b"page=2"],
    ),
    "offset": (
        {
            "type": "offset",
            "request": {"cursor": purpose("offset_count_param", "integer")},
            "response": {"data": array(), "total": purpose("offset_total_count_field", "integer")},
        },
        [{"data": [{}, {}], "total": 3}, {"data": [{}], "total": 3}],
        [b"", b"cursor=2"],
    ),
    "page_number": (
        {
            "type": "page_number",
            "request": {"cursor": purpose("page_number_param", "integer")},
            "response": {
                "data": array(),
                "page": purpose("current_page_number_field", "integer"),
                "pages": purpose("total_page_count_field", "integer"),
            },
        },
        [{"data": [{}], "page": 1, "pages": 2}, {"data": [{}], "page": 2, "pages": 2}],
        [b"", b"cursor=2"],
    ),
    "fake_page": (
        {"type": "fake_page", "response": {"data": array()}},
        [{"data": [{}]}],
        [b""],
    ),
}


def api_with(scheme: dict[str, Any]) -> Api:
    """The tiny API whose list has the fields that a scheme asks for."""
    nested = "meta" in scheme["response"]
    extra = [field("next_cursor", STRING, required=False)]
    if nested:
        extra.append(field("meta", Named("Meta"), required=False))
    meta = item("Meta", field("nextCursor", STRING))
    listed = API.declarations["PetList"]
    assert isinstance(listed, Object)
    fields = (listed.fields[0], *extra, field("next", STRING, required=False))
    return replace(API, declarations={**API.declarations, "Meta": meta, "PetList": replace(listed, fields=fields)})


@pytest.mark.parametrize("name", SCHEMES)
def test_every_kind_of_page_finds_the_next_one_and_stops_after_the_last(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme, pages, queries = SCHEMES[name]
    api = api_with(scheme)
    responses = [page if isinstance(page, httpx2.Response) else httpx2.Response(200, json=page) for page in pages]
    server = Server(*responses)
    config = Config.model_validate({"pagination": [{"name": "pet_page", **scheme}]})
    fields = {
        id_: tuple(each.wire for each in declaration.fields)
        for id_, declaration in api.declarations.items()
        if isinstance(declaration, Object)
    }
    for tiny in imported(tmp_path, monkeypatch, config, TREE, api, replace(NAMES, fields=fields, keys=fields)):
        pagination = importlib.import_module("tiny.pagination")
        assert pagination.__all__[-2:] == ["SyncPetPage", "AsyncPetPage"]
        assert all(hasattr(pagination, name) for name in pagination.__all__)
        first = client_of(tiny, server).pets.list()
        assert type(first).__name__.startswith("SyncPetPage")
        assert len(list(first)) == sum(len(page["data"]) for page in (r.json() for r in responses))
        assert [request.url.query for request in server.requests] == queries
