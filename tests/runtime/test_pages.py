"""Lists page by page: all six schemes, and the ways in which a listing ends."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs

import pytest
from loopback import Connection, Heard, Server, reply
from pydantic import Field

Drive = Any
T = TypeVar("T")


def page_class(drive: Drive, info: Callable[[Any, Any], Any], **extra: Any) -> Any:
    """A page class as the generator writes it, with the given rule for the next page."""
    base = drive.module("_base_client")
    bases = base.BaseAsyncPage if drive.kind == "async" else base.BaseSyncPage

    class Page(bases[T], base.BasePage[T], Generic[T]):  # type: ignore[misc] # chosen at run time
        data: list[T] = Field(default_factory=list)
        next: str | None = None
        total: int | None = None
        _array_field = extra.get("array_field")

        def _get_page_items(self) -> list[T]:
            return self.data or []

        def next_page_info(self) -> Any:
            return info(self, base.PageInfo)

    return Page


def item_class(drive: Drive) -> Any:
    class Item(drive.module("_models").BaseModel):  # type: ignore[misc] # chosen at run time
        id: int

    return Item


def by_cursor(page: Any, info: Any) -> Any:
    return info(params={"after": page.next}) if page.next else None


def by_cursor_id(page: Any, info: Any) -> Any:
    return info(params={"after": page.data[-1].id}) if page.data else None


def by_offset(page: Any, info: Any) -> Any:
    done = int(page._origin.options.params.get("offset", 0)) + len(page.data)
    return info(params={"offset": done}) if done < page.total else None


def by_number(page: Any, info: Any) -> Any:
    number = int(page._origin.options.params.get("page", 1))
    return info(params={"page": number + 1})


def by_url(page: Any, info: Any) -> Any:
    return info(url=page.next) if page.next else None


def by_body(page: Any, info: Any) -> Any:
    return info(json={"after": page.next}) if page.next else None


def never(page: Any, info: Any) -> Any:
    return None


def listing(drive: Drive, info: Callable[[Any, Any], Any], path: str = "/items", **arguments: Any) -> Any:
    kind, item = page_class(drive, info, **arguments.pop("extra", {})), item_class(drive)
    return lambda client: client.get_api_list(path, page=kind[item], model=item, **arguments)


def ids(drive: Drive, call: Callable[[Any], Any]) -> list[int]:
    if drive.kind == "sync":
        return drive(lambda client: [item.id for item in call(client)])

    async def read(client: Any) -> list[int]:
        return [item.id async for item in call(client)]

    return drive(read)


def seven(connection: Connection, heard: Heard) -> None:
    """Seven items, three at a time, by any scheme."""
    query = {name: values[0] for name, values in parse_qs(heard.query).items()}
    if heard.body and b"after" in heard.body:
        query["after"] = heard.body.decode().split('"after":"')[1].rstrip('"}')
    start = int(query.get("after") or query.get("offset") or (int(query.get("page", 1)) - 1) * 3)
    data = [{"id": number} for number in range(start + 1, min(start + 4, 8))]
    body = {"data": data, "total": 7}
    if start + 3 < 7:
        body["next"] = f"/v1/items?after={start + 3}" if heard.path == "/v1/items" else str(start + 3)
    reply(body)(connection, heard)


@pytest.mark.parametrize(
    ("info", "requests"),
    [(by_cursor, 3), (by_cursor_id, 4), (by_offset, 3), (by_number, 4)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_every_scheme_yields_every_item_once(drive: Drive, server: Server, info: Any, requests: int) -> None:
    server.answers(seven)
    assert ids(drive, listing(drive, info, options={"params": {"limit": 3}})) == [1, 2, 3, 4, 5, 6, 7]
    assert len(server.heard) == requests
    assert all("limit=3" in heard.query for heard in server.heard)


def test_a_url_scheme_resolves_against_the_request(drive: Drive, server: Server) -> None:
    server.answers(seven)
    call = listing(drive, by_url)
    if drive.kind == "sync":
        found = drive(lambda client: [item.id for item in call(client)], base_url=server.url + "/v1")
    else:

        async def read(client: Any) -> list[int]:
            return [item.id async for item in call(client)]

        found = drive(read, base_url=server.url + "/v1")
    assert found == [1, 2, 3, 4, 5, 6, 7]
    assert [heard.target for heard in server.heard] == ["/v1/items", "/v1/items?after=3", "/v1/items?after=6"]


def test_a_cursor_in_the_body(drive: Drive, server: Server) -> None:
    server.answers(seven)
    assert ids(drive, listing(drive, by_body, method="post", body={"q": "x"})) == [1, 2, 3, 4, 5, 6, 7]
    assert [heard.body for heard in server.heard] == [b'{"q":"x"}', b'{"q":"x","after":"3"}', b'{"q":"x","after":"6"}']


def test_a_bare_array_is_one_page(drive: Drive, server: Server) -> None:
    server.answers(reply([{"id": 1}, {"id": 2}]))
    assert ids(drive, listing(drive, never, extra={"array_field": "data"})) == [1, 2]


def test_an_empty_page_ends_the_listing_though_it_names_a_next_one(drive: Drive, server: Server) -> None:
    server.answers(reply({"data": [{"id": 1}], "next": "a"}), reply({"data": [], "next": "b"}))
    assert ids(drive, listing(drive, by_cursor)) == [1]
    assert len(server.heard) == 2


def test_a_repeated_cursor_ends_the_listing(drive: Drive, server: Server) -> None:
    server.answers(reply({"data": [{"id": 1}], "next": "a"}))
    assert ids(drive, listing(drive, by_cursor)) == [1, 1]
    pages = [reply({"data": [{"id": number}], "next": "ab"[number % 2]}) for number in range(6)]
    server.heard.clear()
    server.answers(*pages)
    assert ids(drive, listing(drive, by_cursor)) == [0, 1, 2]


def test_missing_items_are_no_items(drive: Drive, server: Server) -> None:
    server.answers(reply({"data": None, "next": "x"}))
    assert ids(drive, listing(drive, by_cursor)) == []


def test_pages_can_be_fetched_one_by_one_and_again_after_a_failure(drive: Drive, server: Server) -> None:
    page_3 = reply({"data": [{"id": 4}]})
    server.answers(reply({"data": [{"id": 1}], "next": "3"}), reply({}, 400), page_3)
    error = drive.module("_exceptions").BadRequestError
    call = listing(drive, by_cursor)
    if drive.kind == "sync":

        def walk(client: Any) -> Any:
            page = call(client)
            assert page.has_next_page()
            with pytest.raises(error):
                page.get_next_page()
            return page, page.get_next_page()
    else:

        async def walk(client: Any) -> Any:
            page = await call(client)
            assert page.has_next_page()
            with pytest.raises(error):
                await page.get_next_page()
            return page, await page.get_next_page()

    first, last = drive(walk)
    assert (first.data[0].id, last.data[0].id) == (1, 4)
    assert not last.has_next_page()


def test_the_last_page_has_no_next_one(drive: Drive, server: Server) -> None:
    server.answers(reply({"data": [{"id": 1}]}))
    call = listing(drive, by_cursor)
    if drive.kind == "sync":

        def past_the_end(client: Any) -> Any:
            return call(client).get_next_page()
    else:

        async def past_the_end(client: Any) -> Any:
            return await (await call(client)).get_next_page()

    with pytest.raises(RuntimeError, match="There is no next page"):
        drive(past_the_end)


def test_a_paginator_can_be_awaited_twice(server: Server) -> None:
    import asyncio

    from sdk_runtime._base_client import AsyncAPIClient, AsyncPaginator, BaseAsyncPage, BasePage
    from sdk_runtime._models import BaseModel

    class Item(BaseModel):
        id: int

    class Page(BaseAsyncPage[T], BasePage[T], Generic[T]):
        data: list[T]

        def _get_page_items(self) -> list[T]:
            return self.data

        def next_page_info(self) -> None:
            return None

    server.answers(reply({"data": [{"id": 1}]}))

    async def run() -> list[int]:
        async with AsyncAPIClient(version="1", base_url=server.url) as client:
            paginator = client.get_api_list("/x", page=Page[Item], model=Item, method="post")
            assert isinstance(paginator, AsyncPaginator)
            return [(await paginator).data[0].id, (await paginator).data[0].id]

    assert asyncio.run(run()) == [1, 1]
    assert len(server.heard) == 2


class NamedPage:
    """Replaced below: a page class must be importable to be pickled."""


def test_a_page_pickles_without_its_client() -> None:
    from sdk_runtime._base_client import BasePage, BaseSyncPage, SyncAPIClient
    from sdk_runtime._exceptions import SDKError
    from sdk_runtime._models import BaseModel

    global NamedPage, NamedItem  # noqa: PLW0603 - see above

    class NamedItem(BaseModel):
        id: int

    class NamedPage(BaseSyncPage[T], BasePage[T], Generic[T]):  # type: ignore[no-redef]
        data: list[T]

        def _get_page_items(self) -> list[T]:
            return self.data

        def next_page_info(self) -> None:
            return None

    for cls in (NamedItem, NamedPage):
        cls.__qualname__ = cls.__name__
    with Server([reply({"data": [{"id": 1}]})]) as server, SyncAPIClient(version="1", base_url=server.url) as client:
        page = client.get_api_list("/x", page=NamedPage[NamedItem], model=NamedItem)
    again = pickle.loads(pickle.dumps(page))
    assert again == page and type(again) is type(page)
    with pytest.raises(SDKError, match="did not come from a request"):
        again.has_next_page()
