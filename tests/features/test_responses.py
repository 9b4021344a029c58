"""Responses as they came: raw ones, which are read, and streaming ones, which are read on demand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio


async def test_a_raw_response_has_what_http_says_and_parses_to_the_model(kit: Kit) -> None:
    response = await kit(kit.client().ships.with_raw_response.get("s1"))
    assert type(response).__name__ == kit.pick("APIResponse", "AsyncAPIResponse")
    assert (response.status_code, response.method, response.http_version) == (200, "GET", "HTTP/1.1")
    assert (str(response.url), response.request_id) == (f"{kit.origin}/main/ships/s1", "req_1")
    assert response.headers["content-type"] == "application/json"
    assert response.is_closed and response.elapsed > timedelta(0)
    ship = await kit(response.parse())
    assert type(ship) is kit.module("types").Ship and ship.name == "Anna"
    assert (await kit(response.parse())) is ship
    assert "x-sdk-raw-response" not in kit.harbor.last.headers


async def test_a_raw_response_parses_to_another_type(kit: Kit) -> None:
    class Named(kit.top.BaseModel):  # type: ignore[misc,name-defined] # the base is only known now
        name: str

    response = await kit(kit.client().ships.with_raw_response.get("s1"))
    assert (await kit(response.parse(to=Named))).name == "Anna"
    assert (await kit(response.parse(to=dict)))["captain"] is None


async def test_a_streaming_response_is_read_when_it_is_asked_to(kit: Kit) -> None:
    manager = kit.client().ships.with_streaming_response.get("s1")
    assert kit.harbor.heard == []
    async with kit.entered(manager) as response:
        assert not response.is_closed
        assert (await kit(response.parse())).name == "Anna"
    assert response.is_closed


async def test_a_streaming_response_is_read_as_text_lines_json_or_bytes(kit: Kit) -> None:
    client = kit.client()
    async with kit.entered(client.anthem.with_streaming_response.get()) as response:
        assert await kit.all(response.iter_lines()) == ["Over the sea"]
    async with kit.entered(client.anthem.with_streaming_response.get()) as response:
        assert "".join(await kit.all(response.iter_text())) == "Over the sea\n"
    async with kit.entered(client.weather.with_streaming_response.get()) as response:
        assert (await kit(response.json()))["data"] == {"wind": 7}
        assert (await kit(response.text())).startswith("{")


async def test_a_streaming_response_that_is_left_gives_its_connection_back(kit: Kit) -> None:
    kit.harbor.streams.endless = True
    client = kit.client()
    with pytest.raises(ZeroDivisionError):
        async with kit.entered(client.radar.with_streaming_response.watch()) as response:
            raise ZeroDivisionError
    assert response.is_closed
    assert (await kit(client.anthem.get())) == "Over the sea\n"


async def test_an_error_status_is_raised_by_raw_and_streaming_calls_too(kit: Kit) -> None:
    client = kit.client()
    with pytest.raises(kit.top.NotFoundError):
        await kit(client.ships.with_raw_response.get("none"))
    with pytest.raises(kit.top.NotFoundError) as raised:
        async with kit.entered(client.ships.with_streaming_response.get("none")):
            pass
    assert raised.value.parsed.near == ["s1"]


async def test_the_views_of_the_whole_client_do_the_same(kit: Kit) -> None:
    client = kit.client()
    response = await kit(client.with_raw_response.ships.get("s1"))
    assert (await kit(response.parse())).id == "s1"
    async with kit.entered(client.with_streaming_response.cargo.label.put("c1", body=b"x")) as response:
        assert response.status_code == 204
    assert (await kit(client.with_raw_response.sound())).status_code == 204


async def test_an_envelope_is_taken_off_as_the_config_says(kit: Kit) -> None:
    client = kit.client()
    weather = await kit(client.weather.get())
    assert type(weather) is kit.module("types").Weather and weather.wind == 7
    response = await kit(client.weather.with_raw_response.get())
    assert (await kit(response.parse())) == weather and b"served_by" in (await kit(response.read()))


async def test_the_request_id_is_on_what_a_method_returns(kit: Kit) -> None:
    assert (await kit(kit.client().ships.get("s1")))._request_id == "req_1"


async def test_a_page_can_be_read_from_a_streaming_response(kit: Kit) -> None:
    async with kit.entered(kit.client().ships.with_streaming_response.list()) as response:
        page = await kit(response.parse())
    assert len(await kit.all(page)) == 5


async def test_the_raw_response_of_a_switched_on_stream_parses_to_it(kit: Kit) -> None:
    response = await kit(kit.client().forecasts.with_raw_response.create(area="north", stream=True))
    stream = await kit(response.parse())
    assert [part.delta async for part in kit.each(stream)] == ["rain", " later"] and response.is_closed


async def test_the_raw_response_of_a_download_is_one_that_writes_files(kit: Kit) -> None:
    response = await kit(kit.client().charts.with_raw_response.get("c1"))
    assert type(response) is kit.pick(
        *(kit.module("_response").__dict__[f"{x}BinaryAPIResponse"] for x in ("", "Async"))
    )
    assert response.content == kit.harbor.files.chart


async def test_a_head_request_that_fails_has_no_body_to_show(kit: Kit) -> None:
    with pytest.raises(kit.top.NotFoundError) as raised:
        await kit(kit.client().ships.check("none"))
    assert raised.value.body is None and raised.value.parsed is None
