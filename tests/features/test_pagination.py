"""Lists: the six schemes, and the places where a cursor can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from starlette.responses import JSONResponse

from features.kit import TOKEN

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


def asked(kit: Kit, name: str) -> list[str | None]:
    """The values of a parameter in all requests so far."""
    return [dict(heard.params).get(name) for heard in kit.harbor.heard]


async def test_cursor_pages_yield_every_item_in_order(kit: Kit) -> None:
    ships = await kit.all(kit.client().ships.list(limit=2))
    assert [ship.name for ship in ships] == [f"Ship {number}" for number in range(5)]
    assert {type(ship) for ship in ships} == {kit.module("types").Ship}
    assert asked(kit, "cursor") == [None, "c2", "c4"]
    assert asked(kit, "limit") == ["2", "2", "2"]


async def test_cursor_id_pages_continue_after_the_last_item(kit: Kit) -> None:
    sailors = await kit.all(kit.client().crew.list())
    assert [sailor.id for sailor in sailors] == [f"sailor-{number}" for number in range(5)]
    assert asked(kit, "after") == [None, "sailor-1", "sailor-3"]


async def test_cursor_url_pages_follow_a_relative_url_as_it_is(kit: Kit) -> None:
    manifests = await kit.all(kit.client().manifests.list())
    assert [manifest.id for manifest in manifests] == ["m0", "m1", "m2", "m3", "m4"]
    assert [heard.query for heard in kit.harbor.heard] == ["", "from=c2&signed=a%2Fb", "from=c4&signed=a%2Fb"]
    assert {heard.headers["authorization"] for heard in kit.harbor.heard} == {kit.harbor.last.headers["authorization"]}


async def test_offset_pages_count_items_up_to_the_total(kit: Kit) -> None:
    docks = await kit.all(kit.client().docks.list(offset=1, limit=2))
    assert [dock.number for dock in docks] == [1, 2, 3, 4]
    assert asked(kit, "offset") == ["1", "3"]


async def test_page_number_pages_count_up_to_the_last(kit: Kit) -> None:
    entries = await kit.all(kit.client().logs.list())
    assert [entry.line for entry in entries] == [0, 1, 2, 3, 4]
    assert asked(kit, "page") == [None, "2", "3"]


async def test_fake_pages_come_whole(kit: Kit) -> None:
    page = await kit(kit.client().flags.list())
    assert [flag.letter for flag in page.flags] == ["A", "B", "C"]
    assert not page.has_next_page() and page.next_page_info() is None
    assert len(kit.harbor.heard) == 1


async def test_a_cursor_in_a_header_pages_a_bare_array(kit: Kit) -> None:
    tugs = await kit.all(kit.client().tugs.list())
    assert [tug.name for tug in tugs] == [f"tug {number}" for number in range(5)]
    assert asked(kit, "cursor") == [None, "c2", "c4"]


async def test_a_cursor_in_the_body_keeps_the_other_fields_of_the_body(kit: Kit) -> None:
    ships = await kit.all(kit.client().ships.search(query="fast"))
    assert [ship.id for ship in ships] == ["s0", "s1", "s2", "s3", "s4"]
    cursors = [{}, {"cursor": "c2"}, {"cursor": "c4"}]
    assert [heard.json() for heard in kit.harbor.heard] == [{"query": "fast", **cursor} for cursor in cursors]


async def test_iter_pages_and_get_next_page_give_pages(kit: Kit) -> None:
    page = await kit(kit.client().ships.list())
    assert [len(each.ships) async for each in kit.each(page.iter_pages())] == [2, 2, 1]
    second = await kit(page.get_next_page())
    assert (second.next_cursor, second.has_next_page()) == ("c4", True)
    assert second.next_page_info().params == {"cursor": "c4"}
    last = await kit(second.get_next_page())
    assert not last.has_next_page()
    with pytest.raises(RuntimeError, match="no next page"):
        await kit(last.get_next_page())


async def test_a_cursor_that_repeats_ends_the_list(kit: Kit) -> None:
    kit.harbor.lists.repeats = True
    ships = await kit.all(kit.client().ships.list())
    assert len(kit.harbor.heard) == 2 and len(ships) == 4


async def test_an_empty_page_ends_the_list_whatever_its_cursor_says(kit: Kit) -> None:
    kit.harbor.lists.total, kit.harbor.lists.promises_more = 0, True
    assert await kit.all(kit.client().ships.list()) == []
    assert len(kit.harbor.heard) == 1


async def test_the_options_of_the_first_page_hold_for_all(kit: Kit) -> None:
    pages = kit.client().ships.list(extra_headers={"X-Watch": "dog"}, extra_query={"port": "home"}, max_retries=0)
    assert len(await kit.all(pages)) == 5
    assert [heard.headers["x-watch"] for heard in kit.harbor.heard] == ["dog"] * 3
    assert asked(kit, "port") == ["home"] * 3


async def test_a_page_that_fails_once_is_asked_for_again(kit: Kit) -> None:
    page = await kit(kit.client().ships.list())
    kit.harbor.fail(503)
    following = await kit(page.get_next_page())
    assert [ship.id for ship in following.ships] == ["s2", "s3"]
    assert asked(kit, "cursor") == [None, "c2", "c2"]


async def test_a_raw_page_can_be_iterated_over_too(kit: Kit) -> None:
    response: Any = await kit(kit.client().ships.with_raw_response.list())
    assert len(await kit.all(await kit(response.parse()))) == 5


async def test_each_page_that_is_posted_for_has_an_idempotency_key_of_its_own(kit: Kit) -> None:
    page = await kit(kit.client().ships.search(query="fast", idempotency_key="mine"))
    kit.harbor.fail(503)
    await kit(page.get_next_page())
    first, second, again = [heard.headers["idempotency-key"] for heard in kit.harbor.heard]
    assert first == "mine" and second == again != first


async def test_an_item_unlike_its_schema_is_still_one_of_its_class(kit: Kit) -> None:
    kit.harbor.fail(200, body={"ships": [{"id": "s1", "captain": None}, {"id": "s2", "name": "B", "captain": None}]})
    page = await kit(kit.client().ships.list())
    assert {type(ship) for ship in page.ships} == {kit.module("types").Ship}
    assert page.ships[0].name is None and page.ships[1].name == "B"
    assert [str(problem) for problem in page._response_problems] == ["ships.0.name: Field required"]


async def test_a_page_is_a_model(kit: Kit) -> None:
    page = await kit(kit.client().docks.list(limit=1))
    assert page.to_dict() == {"docks": [{"number": 0}], "total": 5}
    assert (page.total, page._request_id) == (5, "req_1")


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "http://[::1", f"http://{'a' * 300}.example/", "http://a..b/"),
        *("x" * 100_000, "\r\nX-Evil: 1", "/main/%2e%2e/secret"),
    ],
    ids=lambda url: url[:20].strip(),
)
async def test_a_next_url_that_is_no_place_is_an_error_of_ours(kit: Kit, url: str) -> None:
    kit.harbor.plan(JSONResponse({"manifests": [{"id": "m1"}], "next_url": url}))
    page = await kit(kit.client().manifests.list())
    with pytest.raises(kit.top.HarborError, match="names a URL for the next page that cannot be asked for"):
        await kit.all(page)
    assert len(kit.harbor.heard) == 1


async def test_a_next_url_does_not_choose_the_credentials(kit: Kit) -> None:
    there = f"{kit.origin.replace('://', '://eve:guess@')}/main/manifests?from=1"
    kit.harbor.plan(JSONResponse({"manifests": [{"id": "m1"}], "next_url": there}))
    assert len(await kit.all(await kit(kit.client().manifests.list()))) > 1
    assert kit.harbor.heard[1].headers["authorization"] == f"Bearer {TOKEN}"
