"""Server-sent events and JSON lines: typed, ended and failed as the config says, closed on every way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import anyio
import pytest
from starlette.responses import HTMLResponse, JSONResponse

if TYPE_CHECKING:
    from features.kit import Kit

pytestmark = pytest.mark.anyio

BLIP = b'data: {"type":"Blip","bearing":%d}\n\n'


def blips(*bearings: int) -> list[bytes]:
    """Events of the radar."""
    return [BLIP % bearing for bearing in bearings]


async def radar(kit: Kit, *pieces: bytes) -> list[Any]:
    """What the stream of these pieces gives."""
    kit.harbor.streams.radar = list(pieces)
    return await kit.all(await kit(kit.client().radar.watch()))


async def left(kit: Kit) -> int:
    """How many clients went before the end of a stream, once the server knows of one."""
    with anyio.move_on_after(2):
        while not kit.harbor.streams.left:
            await anyio.sleep(0.005)
    return kit.harbor.streams.left


async def test_events_are_the_members_of_their_union(kit: Kit) -> None:
    types = kit.module("types")
    blip, sweep = await radar(kit, *kit.harbor.streams.radar)
    assert (type(blip), blip.bearing, type(sweep)) == (types.Blip, 10, types.Sweep)
    assert kit.harbor.last.headers["accept"] == "text/event-stream"


async def test_a_stream_is_an_iterator_and_a_context_manager(kit: Kit) -> None:
    async with kit.entered(await kit(kit.client().radar.watch())) as stream:
        assert type(stream) is kit.pick(
            *(kit.module("_streaming").__dict__[name] for name in ("Stream", "AsyncStream"))
        )
        first = await kit(stream.__anext__()) if kit.is_async else next(stream)
        assert first.bearing == 10 and stream.response.status_code == 200
    assert stream.response.is_closed


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
async def test_lines_end_in_each_way_and_split_anywhere(kit: Kit, end: bytes) -> None:
    text = b'\xef\xbb\xbf: hello\n\nid: 7\ndata: {"type":"Blip",\ndata: "bearing":5}\n\n'.replace(b"\n", end)
    (blip,) = await radar(kit, *(text[index : index + 1] for index in range(len(text))))
    assert blip.bearing == 5


async def test_done_ends_the_stream_before_what_follows(kit: Kit) -> None:
    assert len(await radar(kit, *blips(1), b"data: [DONE]\n\n", *blips(2))) == 1


async def test_a_configured_event_ends_the_stream(kit: Kit) -> None:
    assert len(await radar(kit, *blips(1), b"event: farewell\ndata: {}\n\n", *blips(2))) == 1


async def test_a_configured_event_is_passed_over(kit: Kit) -> None:
    assert len(await radar(kit, *blips(1), b"event: heartbeat\ndata: tick\n\n", *blips(2))) == 2


@pytest.mark.parametrize("name", ["storm", "error"])
async def test_a_configured_event_is_raised_with_its_body(kit: Kit, name: str) -> None:
    with pytest.raises(kit.top.APIError, match="take shelter") as raised:
        await radar(kit, *blips(1), f'event: {name}\ndata: {{"message":"take shelter"}}\n\n'.encode())
    assert raised.value.body == {"message": "take shelter"}


async def test_data_with_the_error_property_is_raised(kit: Kit) -> None:
    with pytest.raises(kit.top.APIError) as raised:
        await radar(kit, b'data: {"type":"Blip","bearing":1,"failure":"no power"}\n\n')
    assert raised.value.body["failure"] == "no power"


async def test_an_unknown_event_is_no_known_class(kit: Kit) -> None:
    unknown, blip = await radar(kit, b'data: {"type":"Echo","range":3}\n\n', *blips(4))
    assert isinstance(unknown, kit.module("_models").UnknownVariant)
    assert unknown.raw == {"type": "Echo", "range": 3} and blip.bearing == 4


async def test_leaving_the_loop_closes_the_connection(kit: Kit) -> None:
    kit.harbor.streams.endless = True
    stream = await kit(kit.client().radar.watch())
    if kit.is_async:
        async with stream:
            async for _ in stream:
                break
    else:
        for _ in stream:
            break
    assert stream.response.is_closed
    assert await left(kit) == 1


async def test_an_exception_in_the_loop_closes_the_connection(kit: Kit) -> None:
    kit.harbor.streams.endless = True
    stream = await kit(kit.client().radar.watch())
    with pytest.raises(ZeroDivisionError):
        async with kit.entered(stream):
            async for _ in kit.each(stream):
                raise ZeroDivisionError
    assert stream.response.is_closed and await left(kit) == 1


@pytest.mark.parametrize("mode", ["asyncio", "trio"])
async def test_cancelling_a_stream_closes_the_connection_and_the_pool_goes_on(kit: Kit) -> None:
    kit.harbor.streams.endless = True
    client = kit.client()
    stream = await client.radar.watch()
    with anyio.move_on_after(0.05) as scope:
        async for _ in stream:
            pass
    assert scope.cancelled_caught and stream.response.is_closed
    assert await left(kit) == 1
    assert (await client.anthem.get()) == "Over the sea\n"


async def test_json_lines_are_typed_whatever_the_chunks(kit: Kit) -> None:
    kit.harbor.streams.tides = [b'{"level":1', b'.5}\r\n\r\n{"le', b'vel":2}\n{"level":3}']
    tides = await kit.all(await kit(kit.client().tides.watch()))
    assert [tide.level for tide in tides] == [1.5, 2, 3] and type(tides[0]) is kit.module("types").Tide


async def test_the_switch_chooses_between_a_stream_and_the_whole(kit: Kit) -> None:
    client = kit.client()
    assert (await kit(client.forecasts.create(area="north"))).text == "rain later"
    assert kit.harbor.last.json() == {"area": "north"} and kit.harbor.last.headers["accept"] == "application/json"
    stream = await kit(client.forecasts.create(area="north", stream=True))
    assert [part.delta async for part in kit.each(stream)] == ["rain", " later"]
    assert kit.harbor.last.json() == {"area": "north", "stream": True}
    assert kit.harbor.last.headers["accept"] == "text/event-stream"


async def test_a_stream_is_asked_for_again_before_it_starts(kit: Kit) -> None:
    kit.harbor.fail(503)
    assert len(await radar(kit, *blips(1, 2))) == 2
    assert len(kit.harbor.heard) == 2


@pytest.mark.parametrize("answer", [HTMLResponse("<p>Sign in</p>"), JSONResponse({"type": "Blip"})])
async def test_an_answer_that_is_no_stream_is_a_typed_error(kit: Kit, answer: Any) -> None:
    kit.harbor.plan(answer)
    with pytest.raises(kit.top.APIResponseValidationError, match="instead of a stream of events"):
        await kit.all(await kit(kit.client().radar.watch()))


async def test_the_raw_response_of_a_stream_parses_to_the_stream(kit: Kit) -> None:
    async with kit.entered(kit.client().radar.with_streaming_response.watch()) as response:
        events = await kit.all(await kit(response.parse()))
    assert [type(event).__name__ for event in events] == ["Blip", "Sweep"]


async def test_a_stream_that_was_closed_says_so(kit: Kit) -> None:
    stream = await kit(kit.client().radar.watch())
    await kit(stream.close())
    with pytest.raises(kit.top.HarborError, match="closed"):
        await kit.all(stream)
